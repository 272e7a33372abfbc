/** One e-mail, and names in two scripts: two people are told apart, and who may be one is sent and named. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { ImportEvent } from '../../src/run/events.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { workbench } from './workbench.js';

const HEADER = 'First name,Last name,Email\n';
const FIRST =
  '伟,王,a@x.com\nสมชาย,ใจดี,b@x.com\n민준,김,c@x.com\nराहुल,शर्मा,d@x.com\n娜,李,lina@x.com\n지훈,박,park@x.com\n';
const OTHERS = 'Hans,Müller,a@x.com\nPeter,Lang,b@x.com\nMaria,Lopez,c@x.com\nOlga,Petrova,d@x.com\n';
/** The sound of the second is as good as that of the first. */
const SAME = 'Lina,Li,lina@x.com\nJihoon,Park,park@x.com\n';

describe.each([false, true])('with live: %s', (live) => {
  it.each([false, true])('of two lists: %s', async (areLists) => {
    const bench = await workbench(HEADER);
    const stateDir = join(bench.folder, 'state');
    const send = async (list: string, rows: string) => {
      const file = join(bench.folder, `${list}.csv`);
      await writeFile(file, HEADER + rows);
      const options = { file, ...bench.api, stateDir };
      const plan = await planContacts({ ...options, live: live ? { key: bench.api.key } : undefined });
      const told: ImportEvent[] = [];
      const { summary } = await importContacts({ ...options, live, onEvent: (event) => told.push(event) });
      const unclear = told.filter((event) => event.type === 'unclear_name');
      const log = await readFile(`${file}.log.jsonl`, 'utf8');
      const logged = log.split('\n').filter((line) => line.includes('"unclear_name"') && line.includes('"line":6'));
      return { plan, summary, unclear, logged };
    };
    expect((await send('a', FIRST)).summary.created).toBe(6);
    const { plan, summary, unclear, logged } = await send(areLists ? 'b' : 'a', OTHERS + SAME);
    expect([summary.rejected, summary.reasons]).toEqual([4, { shared_email: 4 }]);
    expect(plan.rejected).toBe(4);
    expect(unclear).toEqual([{ type: 'unclear_name', line: 6, name: 'Lina Li' }]);
    expect(plan.unclearNames).toEqual({ contacts: 1, examples: [{ line: 6, name: 'Lina Li' }] });
    expect(logged).toHaveLength(1);
    expect(logged[0]).not.toContain('Lina');
    const names = bench.sandbox.contacts().map(({ last_name: last }) => last);
    expect(names.sort()).toEqual(['王', 'ใจดี', '김', 'शर्मा', 'Li', 'Park'].sort());
    const again = await send(areLists ? 'b' : 'a', OTHERS + SAME);
    expect([again.summary.unchanged, again.unclear, again.plan.unclearNames]).toEqual([2, [], undefined]);
  });
});

it('in one file they are rejected, with or without a known sound of the last name', async () => {
  const bench = await workbench(HEADER + FIRST + OTHERS + SAME);
  const { summary } = await bench.import();
  expect([summary.rejected, summary.created, summary.merged]).toEqual([8, 2, 2]);
});
