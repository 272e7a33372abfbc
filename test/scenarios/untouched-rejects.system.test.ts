import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const LIST = 'Name,Email,Phone,Notes\nAda,ada@@x.com,,=1+1\nBob,bob@@x.com,020 7946 0000,-x\nCy,cy@x.com,,\n';
const REJECTS = 'c.csv.rejected.csv';

/** What an import says of rejects that lay there, and what it set aside. */
interface Told {
  readonly said: string;
  readonly aside: readonly string[];
}

async function imported(place: Workplace, env: Record<string, string>, ...words: string[]): Promise<Told> {
  const ended = await place.hereWith({ env }, 'import', 'c.csv', ...words, ...UNLIMITED);
  expect(ended.code, ended.stderr).toBe(3);
  const aside = (await readdir(place.folder)).filter((name) => /\.(?:edited|kept)-/.test(name));
  return { said: ended.stderr.replace(/\s+/g, ' '), aside };
}

type Edit = (text: string) => string;
const EDITS: Readonly<Record<string, Edit>> = {
  corrected: (text) => text.replace('ada@@', 'ada@'),
  'less a row': (text) => text.replace(/^Bob.*\r?\n/m, ''),
};

async function edit(place: Workplace, how: Edit): Promise<string> {
  const text = await readFile(place.path(REJECTS), 'utf8');
  expect(how(text)).not.toBe(text);
  await place.write(REJECTS, how(text));
  return how(text);
}

/** An import that leaves rejects, and what comes before the next one on them: each gives what the last import is told. */
const WAYS: Readonly<Record<string, (place: Workplace, between: () => Promise<void>) => Promise<Told>>> = {
  'after an import to another Clarky': async (place, between) => {
    const other = await workplace();
    await imported(place, {});
    await between();
    const { CLARKY_API_URL = '', CLARKY_KEY = '' } = other.env;
    return imported(place, { CLARKY_API_URL, CLARKY_KEY });
  },
  'after rejects that went elsewhere': async (place, between) => {
    await imported(place, {});
    await imported(place, {}, '--rejects', 'x.csv', '--on-invalid', 'omit');
    await imported(place, {}, '--rejects', '/dev/null');
    await between();
    return imported(place, {}, '--rejects', REJECTS);
  },
  'after version 1.0.0, which noted nothing of them': async (place, between) => {
    const lines = [
      { format: 'clarky-contacts checkpoint', version: 1 },
      { scope: { api: place.sandbox.url, bot: place.sandbox.botId } },
      { run: 'start', at: '2026-11-27T20:45:27.655Z', rows: 3, live: false },
      { k: 'yycT2MxDNp5h3yAL4042yg', p: 'GTqptmjKm4j9D00D10OcFw', id: 'con_00000001' },
      { run: 'end', at: '2026-11-27T20:45:27.956Z', exit: 3, counts: { rows: 3, contacts: 1, rejected: 2 } },
    ];
    await place.write('c.csv.checkpoint.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await place.write(
      REJECTS,
      [
        '\ufeffName,Email,Phone,Notes,import_line,import_error,import_message',
        `Ada,ada@@x.com,,'=1+1,2,invalid_email,"Email: ""ada@@x.com"" is not an email address."`,
        `Bob,bob@@x.com,020 7946 0000,'-x,3,invalid_email phone_needs_country,"Email: ""bob@@x.com"" is not an email address. Phone: ""020 7946 0000"" has no + and country code, so its country can't be told."`,
        '',
      ].join('\r\n'),
    );
    await between();
    return imported(place, {});
  },
};

describe.each(Object.entries(WAYS))('a rejects file %s', (_, way) => {
  it('is written over where nobody touched it, and nothing is said', async () => {
    const place = await workplace();
    await place.write('c.csv', LIST);
    const { said, aside } = await way(place, async () => {
      expect((await place.here('plan', 'c.csv')).stdout).not.toContain('Rejected rows were corrected');
    });
    expect(aside).toEqual([]);
    expect(said).not.toContain('it is kept as');
    expect((await imported(place, {}, '--rejects', 'x.csv')).said).not.toContain('it is kept as');
  });

  it.each(Object.entries(EDITS))('is set aside where it was %s', async (of, how) => {
    const place = await workplace();
    await place.write('c.csv', LIST);
    let changed = '';
    const { said, aside } = await way(place, async () => {
      changed = await edit(place, how);
    });
    expect(aside).toHaveLength(1);
    expect(await readFile(place.path(aside[0] ?? ''), 'utf8')).toBe(changed);
    expect(said).not.toContain('another way');
    const isCorrected = of === 'corrected';
    expect(said.includes('import that to send what was corrected.')).toBe(isCorrected);
    expect(said.includes('no row in it was corrected.')).toBe(!isCorrected);
  });
});

it('what was corrected in it has come to Clarky another way only where something was corrected', async () => {
  const place = await workplace();
  await place.write('c.csv', LIST);
  await imported(place, {});
  await edit(place, (text) => text.replace('ada@@', 'ada@'));
  await place.write('c.csv', LIST.replace('ada@@', 'ada@'));
  expect((await imported(place, {})).said).toContain('what was corrected in it has come to Clarky another way.');
});
