import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RowStore } from '../../src/ui/jobs/row-store.js';
import { privateFolder } from '../support/folder.js';

const CELL = fc.stringMatching(/^[aAbB"\\\n\tΣςİ{}:,]{0,6}$/);

describe('the rows of a plan', () => {
  it('are found by any text of a cell, in any case, and by nothing else', async () => {
    const folder = await privateFolder();
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(CELL, CELL), { maxLength: 8 }), CELL, async (rows, text) => {
        fc.pre(text !== '');
        const store = await RowStore.create(join(folder, String(++made)));
        for (const [at, cells] of rows.entries()) {
          await store.add({ outcome: 'created', records: [{ line: at, cells }], remarks: [], problems: [] });
        }
        await store.flush();
        const found = await store.page({ text, offset: 0, limit: 100 });
        await store.close();
        const wanted = rows.flatMap(([one, other], at) =>
          [one, other].some((cell) => cell.toLowerCase().includes(text.toLowerCase())) ? [at] : [],
        );
        expect(found.rows.map(({ line }) => line)).toEqual(wanted);
        expect(found.total).toBe(wanted.length);
      }),
    );
  });

  it('are filtered by outcome, reason and column', async () => {
    const store = await RowStore.create(join(await privateFolder(), 'rows'));
    onTestFinished(() => store.close());
    const problem = (code: string, column: string) => ({ code, column, message: code });
    const records = (line: number) => [{ line, cells: ['x'] }];
    await store.add({ outcome: 'created', records: [...records(2), ...records(3)], remarks: [], problems: [] });
    await store.add({
      outcome: 'rejected',
      records: records(4),
      remarks: [],
      problems: [problem('a', 'X'), problem('b', 'Y')],
    });
    await store.add({ outcome: 'rejected', records: records(5), remarks: [], problems: [problem('b', 'X')] });
    await store.flush();
    const linesOf = async (query: object) =>
      (await store.page({ offset: 0, limit: 100, ...query })).rows.map(({ line }) => line);
    expect(await linesOf({})).toEqual([2, 3, 4, 5]);
    expect(await linesOf({ outcome: 'merged' })).toEqual([2]);
    const { rows } = await store.page({ outcome: 'merged', offset: 0, limit: 100 });
    expect(rows[0]).toMatchObject({ line: 2, into: 3 });
    expect(await linesOf({ outcome: 'other' })).toEqual([]);
    expect(await linesOf({ reason: 'b' })).toEqual([4, 5]);
    expect(await linesOf({ reason: 'b', column: 'X' })).toEqual([5]);
    expect(await linesOf({ outcome: 'created', text: 'X' })).toEqual([3]);
    expect(await linesOf({ offset: 3 })).toEqual([5]);
  });
});
