import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ImportEvent } from '../../src/run/events.js';
import { importContacts } from '../../src/run/import/import.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { workbook } from '../support/workbook.js';
import { workbench } from './workbench.js';

it('a sheet’s import lets be what another sheet’s rejected, and calls nobody of that sheet absent', async () => {
  const { folder, api } = await workbench('');
  const book = join(folder, 'messe.xlsx');
  const people = (...emails: string[]): string[][] => [['Email'], ...emails.map((email) => [email])];
  await writeFile(book, workbook({ People: people('ann@x.com', 'bad@@x.com'), Guests: people('cy@x.com') }));
  const warnings: string[] = [];
  const onEvent = (event: ImportEvent): void => {
    if (event.type === 'warning') warnings.push(event.message);
  };
  const send = (sheet: string) => importContacts({ file: book, ...api, sheet, onEvent });
  const rejects = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.includes('.rejected.')).sort();

  expect((await send('People')).summary).toMatchObject({ created: 1, rejected: 1 });
  const of = await readFile(`${book}.rejected.csv`, 'utf8');
  const guests = await send('Guests');
  expect(guests.summary).toMatchObject({ created: 1, rejected: 0 });
  expect(guests.summary).not.toHaveProperty('absent');
  const [kept = ''] = await rejects();
  expect(await rejects()).toEqual([expect.stringMatching(/^messe\.xlsx\.rejected\.kept-\d{4}-\d\d-\d\d\.csv$/)]);
  expect(await readFile(join(folder, kept), 'utf8')).toBe(of);
  expect(warnings).toContain(
    `${book}.rejected.csv has the rows of the sheet People; it is kept as ${join(folder, kept)}.`,
  );

  // It goes by the mapping of the workbook, as the rejects file itself.
  await writeFile(join(folder, kept), of.replace('@@', '@'));
  expect((await importContacts({ file: join(folder, kept), ...api })).summary).toMatchObject({ created: 1 });
});

it('keeps one file of what another sheet’s import rejected, however often they take turns; forget removes it', async () => {
  const { folder, path, write, run } = await workplace();
  const people = (...emails: string[]): string[][] => [['Email'], ...emails.map((email) => [email])];
  const sheets = { People: people('ann@x.com', 'bad@@x.com'), Guests: people('cy@x.com', 'worse@@x.com') };
  const setAside = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => /\.rejected\.(?:kept|edited)-/.test(name));
  const nights = async (...of: (typeof sheets)[]): Promise<void> => {
    for (const night of of) {
      await write('messe.xlsx', workbook(night));
      for (const sheet of ['People', 'Guests'])
        expect(await run('import', 'messe.xlsx', '--sheet', sheet, ...UNLIMITED)).toMatchObject({ code: 3 });
    }
  };
  await nights(sheets, sheets, { ...sheets, People: people('ann@x.com', 'bad@@y.com') });
  const [kept = '', ...more] = await setAside();
  expect(more).toEqual([]);
  expect(await readFile(path(kept), 'utf8')).toContain('bad@@y.com');

  const forgotten = JSON.parse((await run('forget', 'messe.xlsx', '--yes', '--json')).stdout) as { removed: string[] };
  expect(forgotten.removed.some((removed) => removed.endsWith(kept))).toBe(true);
  expect(await setAside()).toEqual([]);
  // What somebody changed is nobody's to remove.
  await nights(sheets);
  const [corrected = ''] = await setAside();
  await writeFile(path(corrected), (await readFile(path(corrected), 'utf8')).replace('@@', '@'));
  await run('import', 'messe.xlsx', '--sheet', 'People', ...UNLIMITED);
  await run('forget', 'messe.xlsx', '--yes');
  expect(await setAside()).toEqual([corrected]);
});

it.each([[[]], [['--live']]])(
  'takes no row for one of another sheet that was corrected on the line where it stands, with %j',
  async (how) => {
    const { folder, path, write, here } = await workplace();
    const header = ['First name', 'Last name', 'Email', 'Company'];
    const North = [header, ['Jens', 'Ott', 'jens@x.com', 'Ott'], ['Kate', 'Voss', 'kate@', 'Voss']];
    const South = [header, ['Sepp', 'Huber', 'sepp@x.com', 'Huber'], ['Vroni', 'Maier', '', 'Maier']];
    await write('book.xlsx', workbook({ North, South }));
    for (const sheet of ['North', 'South']) {
      const { code } = await here('import', 'book.xlsx', '--sheet', sheet, ...how, ...UNLIMITED);
      expect(code).toBe(3);
    }
    const kept = (await readdir(folder)).find((name) => name.includes('.rejected.kept-')) ?? '';
    await writeFile(path(kept), (await readFile(path(kept), 'utf8')).replace('kate@', 'kate@x.com'));
    expect((await here('import', kept, ...how, ...UNLIMITED)).code).toBe(0);
    for (const command of [['verify'], ['plan'], ['import', ...how, ...UNLIMITED]])
      for (const [sheet, code] of [
        ['South', 3],
        ['North', 0],
      ] as const)
        expect([command, sheet, (await here(...command, 'book.xlsx', '--sheet', sheet)).code]).toEqual([
          command,
          sheet,
          code,
        ]);
  },
);
