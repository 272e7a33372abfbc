/** A checkpoint of version 1.0.0 tells of a contact its identity, its payload and its id: an import gains the rest from the rows. */
import { readFile, rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const HEADER = 'First Name,Last Name,Email,Phone,Notes';
const [ANN, BOB] = ['Ann,Lee,ann@x.com,,n', 'Bob,Moe,bob@x.com;bob2@x.com,+442079460002,n'];
const listOf = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

interface Bench extends Workplace {
  readonly counts: (...how: readonly string[]) => Promise<unknown>;
  readonly checkpoint: () => Promise<string>;
}

/** Ann and Bob came in by version 1.0.0; where `isImported`, this one has imported the same list since. */
async function upgraded(isImported: boolean): Promise<Bench> {
  const place = await workplace();
  const counts: Bench['counts'] = async (...how) => {
    const { stdout } = await place.here('import', 'a.csv', '--json', ...UNLIMITED, ...how);
    return JSON.parse(stdout) as unknown;
  };
  const checkpoint = (): Promise<string> => readFile(place.path('a.csv.checkpoint.jsonl'), 'utf8');
  await place.write('a.csv', listOf(ANN, BOB));
  expect(await counts()).toMatchObject({ created: 2 });
  const asThen = (await checkpoint()).split('\n').flatMap((line) => {
    const fact = line === '' ? {} : (JSON.parse(line) as Record<string, unknown>);
    if ('p' in fact) return [JSON.stringify({ k: fact['k'], p: fact['p'], id: fact['id'] })];
    return 'format' in fact || 'scope' in fact ? [line] : [];
  });
  await place.write('a.csv.checkpoint.jsonl', `${asThen.join('\n')}\n`);
  await rm(place.path('state'), { recursive: true });
  if (isImported) expect(await counts()).toMatchObject({ created: 0, updated: 0, unchanged: 2, requests: 0 });
  return { ...place, counts, checkpoint };
}

it('another e-mail of somebody leads, and nothing of him is lost', async () => {
  const { write, counts, sandbox } = await upgraded(true);
  await write('a.csv', listOf(ANN, 'Bob,Moe,bob2@x.com,+442079460002,n'));
  expect(await counts()).toMatchObject({ created: 0, updated: 1, rejected: 0 });
  const bob = { last_name: 'Moe', emails: ['bob@x.com', 'bob2@x.com'], phone_numbers: ['+442079460002'] };
  expect(sandbox.contacts()).toMatchObject([{ last_name: 'Lee' }, bob]);
});

it.each([
  ['the e-mail', 'Zoe,Quill,ann@x.com,,n', 'shared_email'],
  ['the second e-mail', 'Zoe,Quill,bob2@x.com,,n', 'shared_email'],
  ['the phone', 'Zoe,Quill,,+442079460002,n', 'shared_phone'],
])('somebody else with %s of one who was sent is not made that one', async (_, row, code) => {
  const { write, counts, sandbox } = await upgraded(true);
  await write('a.csv', listOf(row));
  expect(await counts()).toMatchObject({ created: 0, updated: 0, reasons: { [code]: 1 } });
  expect(sandbox.contacts()).toMatchObject([{ last_name: 'Lee' }, { last_name: 'Moe' }]);
});

it('is noted once, behind what is there', async () => {
  const { counts, checkpoint } = await upgraded(false);
  const before = await checkpoint();
  expect(await counts('--live')).toMatchObject({ unchanged: 2 });
  const once = await checkpoint();
  expect(once.startsWith(before)).toBe(true);
  const notes = (text: string): number => text.split('\n').filter((line) => /"p":.*"w":/.test(line)).length;
  expect([notes(before), notes(once)]).toEqual([0, 2]);
  expect(await counts()).toMatchObject({ unchanged: 2 });
  expect(notes(await checkpoint())).toBe(2);
});

it('who is changed at once is not called somebody else, and what is advised mends it', async () => {
  const { write, path, counts, sandbox } = await upgraded(false);
  await write('a.csv', listOf(ANN, 'Bob,Moe,bob2@x.com,+442079460002,n'));
  expect(await counts()).toMatchObject({ reasons: { merged_in_clarky: 1 } });
  const rejects = await readFile(path('a.csv.rejected.csv'), 'utf8');
  expect(rejects).toContain('whether it is the same person was not noted then');
  expect(rejects).not.toContain('is somebody else');
  expect(await counts('--live')).toMatchObject({ created: 0, rejected: 0, exit: 0 });
  expect(sandbox.contacts()).toHaveLength(2);
});
