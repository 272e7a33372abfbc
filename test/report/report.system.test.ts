import { readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

const FILE = `First Name,Email,Phone,<b>Colour</b>
Ada,ada@example.com,+442079460000,red
Bob,bob(at)example.com,,blue
Cy,cy@example.com,12,
`;

/** Two people with one phone, an e-mail that can't be read beside a phone, and somebody without either. */
const LEFT_OUT = `First Name,Email,Phone
Ada,ada@example.com,+442079460000
Bob,bob@example.com,+442079460000
Cy,cy(at)example.com,+442079460001
Di,di(at)example.com,
`;

describe('the report of a run', () => {
  it('is left by import, grows by verify, and goes with forget --all', async () => {
    const work = await workplace();
    const file = await work.write('people.csv', FILE);
    const report = `${file}.report.html`;
    expect((await work.here('import', file, ...UNLIMITED)).code).toBe(3);
    const text = await readFile(report, 'utf8');
    expect(await modeOf(report)).toBe(OWNER_ALONE);
    expect(text).toContain('Finished: 1 row of 3 is in Clarky, 2 were rejected.');
    expect(text).toContain('The e-mail can&#39;t be read');
    expect(text).toContain('&lt;b&gt;Colour&lt;/b&gt;');
    for (const personal of ['ada@', 'bob(at)', 'Ada', '7946', work.sandbox.key, work.folder]) {
      expect(text).not.toContain(personal);
    }

    await work.here('verify', file);
    expect(await readFile(report, 'utf8')).toContain(
      'The only contact is in Clarky as the file says. 2 rows can&#39;t be sent as they stand.',
    );

    await work.here('forget', file, '--all');
    await expect(stat(report)).rejects.toThrow('ENOENT');
  });

  it('tells, as plan and import do, who goes without which value, and why; of options it tells only in commands', async () => {
    const work = await workplace();
    const file = await work.write('left.csv', LEFT_OUT);
    const leave = ['--on-invalid', 'omit', '--shared-phone', 'omit'];
    const leftOut = [
      { column: 'Phone', code: 'shared_phone_omitted', contacts: 2 },
      { column: 'Email', code: 'invalid_email', contacts: 1 },
    ];
    const planned = JSON.parse((await work.here('plan', file, ...leave, '--json')).stdout) as object;
    expect(planned).toMatchObject({ created: 3, rejected: 1, leftOut });
    const run = await work.here('import', file, ...leave, ...UNLIMITED);
    for (const words of [
      '2 contacts without Phone: others have it, under another name or e-mail',
      '1 contact without Email: the e-mail',
    ]) {
      expect((await work.here('plan', file, ...leave)).stdout).toContain(words);
      expect(run.stdout).toContain(words);
      expect(await readFile(`${file}.report.html`, 'utf8')).toContain(words);
    }
    const text = await readFile(`${file}.report.html`, 'utf8');
    const prose = text.replace(/<style>.*?<\/style>|<pre>.*?<\/pre>|<!--.*?-->|<[^>]*>/gs, ' ');
    expect(prose).not.toMatch(/--[a-z]|first_name|phone_numbers|mapping file|unmapped/);
  });

  it.each([
    ['', [], 'no country: they are rejected'],
    ['', ['--country', 'DE'], 'Germany'],
    [',Country', [], 'the country of their row'],
    [',Country', ['--country', 'DE'], 'the country of their row, else Germany'],
  ])('says of which country phones without + are (Phone%s)', async (column, flags, words) => {
    const work = await workplace();
    const country = column === '' ? '' : ',Austria';
    const file = await work.write(
      'c.csv',
      `First Name,Email,Phone${column}\nAda,ada@x.example,0664 1234567${country}\n`,
    );
    await work.here('import', file, ...flags, ...UNLIMITED);
    const text = (await readFile(`${file}.report.html`, 'utf8')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain(`Phone numbers without + are from ${words} `);
  });

  it('advises to send rows without what is wrong only where somebody is left', async () => {
    const work = await workplace();
    for (const [email, isAdvised] of [
      ['', false],
      ['di@example.com', true],
    ] as const) {
      const file = await work.write(
        `${isAdvised}.csv`,
        `First Name,Email,Phone\nAda,ada@example.com,\nDi,${email},12\n`,
      );
      expect((await work.here('import', file, ...UNLIMITED)).code).toBe(3);
      const report = await readFile(`${file}.report.html`, 'utf8');
      expect([report.includes('--on-invalid omit'), report.includes('eave these values out')]).toEqual([
        isAdvised,
        isAdvised,
      ]);
    }
  });

  it('is never written over a file that is not one, and nothing is sent then', async () => {
    const work = await workplace();
    const file = await work.write('people.csv', FILE);
    const notes = await work.write('notes.txt', 'mine');
    const { key, url: apiUrl } = work.sandbox;
    for (const [report, why] of [
      [notes, 'is there already, and is not'],
      [file, 'is the'],
    ] as const) {
      await expect(importContacts({ file, key, apiUrl, report, stateDir: false })).rejects.toThrow(why);
    }
    expect(await readFile(notes, 'utf8')).toBe('mine');
    expect(await readFile(file, 'utf8')).toBe(FILE);
    expect(work.sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('takes the place of nothing else by default either', async () => {
    const work = await workplace();
    const file = await work.write('people.csv', FILE);
    await writeFile(`${file}.report.html`, 'mine');
    const { key, url: apiUrl } = work.sandbox;
    await expect(importContacts({ file, key, apiUrl, stateDir: false })).rejects.toThrow('is not a report');
    expect(await readFile(`${file}.report.html`, 'utf8')).toBe('mine');
  });
});
