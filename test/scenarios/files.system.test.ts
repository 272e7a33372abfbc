/** Several files as one list: what became of the rows of each, through the built command. */
import { expect, it } from 'vitest';
import { workplace } from '../support/cli.js';

type Counts = Readonly<Record<string, number>>;
type Json = Counts & { readonly files: readonly (Counts & { readonly file: string })[] };

const KEYS = ['created', 'updated', 'unchanged', 'merged', 'rejected', 'pending'];

it('import, plan and verify count by file, and the files add up to the total', async () => {
  const { here, write } = await workplace();
  await write('a.csv', 'Name,Email\nAda,ada@example.com\nBob,bob@example.com\nNobody,\n');
  await write('b.csv', 'Email,Name\neve@example.com,Eve\nada@example.com,Ada\n');
  const told = async (command: string): Promise<Json> => {
    const { code, stdout } = await here(command, 'a.csv', 'b.csv', '--json');
    expect(code).toBe(3);
    return JSON.parse(stdout) as Json;
  };
  const sums = (json: Json, keys: readonly string[]): void => {
    for (const key of ['rows', ...keys]) {
      expect([key, json.files.reduce((sum, file) => sum + (file[key] ?? NaN), 0)]).toEqual([key, json[key]]);
    }
  };
  const none = { updated: 0, unchanged: 0, pending: 0 };
  const fresh = [
    { file: 'a.csv', rows: 3, ...none, created: 1, merged: 1, rejected: 1 },
    { file: 'b.csv', rows: 2, ...none, created: 2, merged: 0, rejected: 0 },
  ];
  for (const command of ['plan', 'import']) {
    const json = await told(command);
    expect(json.files).toEqual(fresh);
    sums(json, KEYS);
  }
  const { stdout } = await here('import', 'a.csv', 'b.csv');
  expect(stdout).toContain('  a.csv: 3 rows, 1 unchanged, 1 merged, 1 rejected\n  b.csv: 2 rows, 2 unchanged\n');
  expect((await here('plan', 'a.csv', 'b.csv')).stdout).toContain('\n  b.csv: 2 rows, 2 unchanged\n');
  const verified = await told('verify');
  sums(verified, ['same', 'different', 'missing', 'unknown', 'rejected']);
  expect(verified.files.map(({ same, rejected }) => [same, rejected])).toEqual([
    [1, 1],
    [2, 0],
  ]);
});
