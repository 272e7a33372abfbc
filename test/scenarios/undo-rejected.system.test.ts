/** Whom Clarky rejected, an import has not brought in: there is nothing to take back of them, and nobody is told so. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { countToUndo } from '../../src/run/undo/reach.js';
import { readStatus } from '../../src/run/status.js';
import { undoImport } from '../../src/run/undo/undo.js';
import type { UndoPlan } from '../../src/run/undo/undo-plan.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { workbench } from './workbench.js';

it('whom Clarky rejected is none of what an undo counts', async () => {
  const taken = Array.from({ length: 9 }, (_, at) => `p${at}@x.com,Pat,a\n`).join('');
  const csv = `Email,First name,Notes\n${taken}bob@x.com,Bob,b\ncid@x.com,Cid,new\n`;
  const bench = await workbench(csv, { faults: { forEmail: { 'bob@x.com': '422' } } });
  bench.sandbox.seed([{ first_name: 'Cid', emails: ['cid@x.com'], notes: 'old' }]);
  const { summary } = await bench.import();
  expect(summary).toMatchObject({ created: 9, updated: 1, rejected: 1 });
  expect(await countToUndo(summary)).toBe(10);
  const plans: UndoPlan[] = [];
  const confirm = (plan: UndoPlan): boolean => plans.push(plan) > 0;
  expect(await undoImport({ file: bench.file, ...bench.api, confirm })).toMatchObject({
    deleted: 9,
    setBack: 1,
    nothingToDo: 0,
  });
  expect(plans).toMatchObject([{ contacts: 10, toDelete: 9, nothingToDo: 0 }]);
  const { scopes } = await readStatus(bench.file);
  expect(scopes).toMatchObject([{ undone: { of: 10, done: 10 } }]);
});

it('an import of rejects that goes on with that of their list says that undo takes back both', async () => {
  const place = await workplace();
  const flags = ['--live', '--checkpoint', 'night.jsonl', ...UNLIMITED];
  const first = await place.write('a.csv', 'First name,Email\nAnn,ann@x.com\nBob,bob@\n');
  expect((await place.here('import', 'a.csv', ...flags)).stdout).toContain('\n  take it back:');
  const rejects = `${first}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('bob@,', 'bob@x.com,'));
  const { stdout } = await place.here('import', 'a.csv.rejected.csv', ...flags);
  expect(stdout).toContain('\n  take back all 2 contacts, also those of earlier runs:\n');
});
