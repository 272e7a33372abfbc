import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planContacts } from '../../../src/run/plan/plan.js';
import { readCorrections, rowText, writeCorrections, type Correction } from '../../../src/run/reading/corrections.js';
import { privateFolder } from '../../support/folder.js';
import { OWNER_ALONE, modeOf } from '../../support/posix.js';
import { workbook } from '../../support/workbook.js';

const HEADER = ['First Name', 'E-mail', 'Phone', 'Deal Value'];
const VALUES = [
  ['Ada', 'Bob', ''],
  ['ada@example.com', 'bob@example.com', 'bob(at)example.com', ''],
  ['+442079460000', '+442079460001', '12', ''],
  ['100', '1,234', 'much', ''],
] as const;

const rowOf = fc.tuple(...VALUES.map((values) => fc.constantFrom(...values)));

function csvOf(rows: readonly (readonly string[])[]): string {
  return `${[HEADER, ...rows].map((cells) => cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\n')}\n`;
}

/** What a plan says, lines apart: a row that was left out moves those behind it. */
async function planOf(file: string): Promise<object> {
  const { created, merged, rejected, mapping, problems } = await planContacts({ file });
  const reasons = problems.map(({ code, count }) => `${code} ${count}`).sort();
  return { created, merged, rejected, mapping, reasons };
}

describe('corrections', () => {
  it('make of a file what the corrected file is', async () => {
    const folder = await privateFolder();
    const [file, corrected] = [join(folder, 'people.csv'), join(folder, 'corrected.csv')];
    const edit = fc.record({ row: fc.nat(7), column: fc.nat(3), value: fc.nat(3), leavesOut: fc.nat(9) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf, { minLength: 3, maxLength: 8 }),
        fc.array(edit, { maxLength: 6 }),
        async (rows, edits) => {
          const after: (string[] | undefined)[] = rows.map((row) => [...row]);
          const corrections: Correction[] = [];
          for (const { row, column, value, leavesOut } of edits) {
            const before = rows[row];
            const line = row + 2;
            if (before === undefined || after[row] === undefined) continue;
            if (corrections.some((one) => one.line === line && (one.column === null || one.column === HEADER[column])))
              continue;
            if (leavesOut === 0 && after.filter((one) => one !== undefined).length > 2) {
              if (corrections.some((one) => one.line === line)) continue;
              corrections.push({ line, column: null, was: rowText(before), value: null });
              after[row] = undefined;
              continue;
            }
            const to = VALUES[column]?.[value] ?? '';
            corrections.push({ line, column: HEADER[column] ?? '', was: before[column] ?? '', value: to });
            const cells = after[row];
            if (cells !== undefined) cells[column] = to;
          }
          const left = after.filter((row) => row !== undefined);
          // A blank line is no row of the file, and none that a correction makes.
          fc.pre(rows.every((row) => row.some((cell) => cell !== '')));
          await writeFile(file, csvOf(rows));
          await writeFile(corrected, csvOf(left));
          await writeCorrections(`${file}.edits.json`, corrections);
          const [one, other] = await Promise.allSettled([planOf(file), planOf(corrected)]);
          expect(one.status).toBe(other.status);
          if (one.status === 'fulfilled' && other.status === 'fulfilled') expect(one.value).toEqual(other.value);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are applied only where the cell holds what it held, and are listed otherwise', async () => {
    const folder = await privateFolder();
    const file = join(folder, 'people.csv');
    await writeFile(
      file,
      csvOf([
        ['Ada', 'ada(at)example.com', '', '1'],
        ['Bob', 'bob(at)example.com', '', '2'],
      ]),
    );
    await writeCorrections(`${file}.edits.json`, [
      { line: 2, column: 'E-mail', was: 'ada(at)example.com', value: 'ada@example.com' },
      { line: 3, column: 'E-mail', was: 'somebody@else', value: 'bob@example.com' },
      { line: 3, column: 'No such column', was: '', value: 'x' },
      { line: 9, column: null, was: 'gone', value: null },
    ]);
    expect(await modeOf(`${file}.edits.json`)).toBe(OWNER_ALONE);
    const plan = await planContacts({ file });
    expect(plan).toMatchObject({ created: 1, rejected: 1, corrected: 1 });
    expect(plan.staleCorrections.map(({ line }) => line)).toEqual([3, 3, 9]);
    expect(plan.notes.join(' ')).toContain('line 3 (E-mail)');
    expect(await planContacts({ file, noEdits: true })).toMatchObject({ created: 0, rejected: 2, corrected: 0 });
  });

  it('tell how many rows they leave out, which are in no other count', async () => {
    const file = join(await privateFolder(), 'people.csv');
    const rows = [
      ['Ada', 'ada@example.com', '', '1'],
      ['Bob', 'bob(at)example.com', '', '2'],
    ];
    await writeFile(file, csvOf(rows));
    await writeCorrections(`${file}.edits.json`, [
      { line: 3, column: null, was: rowText(rows[1] ?? []), value: null },
      { line: 9, column: null, was: 'gone', value: null },
    ]);
    const plan = await planContacts({ file });
    expect(plan).toMatchObject({ rows: 1, rejected: 0, corrected: 1, rowsLeftOut: 1 });
    expect(plan.notes.join(' ')).toContain('is applied. 1 row is left out by hand: it is in no other number.');
  });

  it('of a workbook are of the sheet that they were made in', async () => {
    const file = join(await privateFolder(), 'book.xlsx');
    const sheetOf = (name: string) => [
      ['First Name', 'E-mail'],
      [name, 'nobody'],
    ];
    await writeFile(file, workbook({ One: sheetOf('Ada'), Two: sheetOf('Bob') }));
    const of = { line: 2, column: 'E-mail', was: 'nobody' };
    await writeCorrections(`${file}.edits.json`, [{ ...of, value: 'ada@example.com', sheet: 'One' }]);
    const counts = { created: 1, rejected: 0, corrected: 1, staleCorrections: [] };
    expect(await planContacts({ file, sheet: 'One' })).toMatchObject(counts);
    const other = await planContacts({ file, sheet: 'Two' });
    expect(other).toMatchObject({ ...counts, created: 0, rejected: 1, corrected: 0 });
  });

  it.each(['{', '{}', '[1]', '[{"line":2}]', '[{"line":2,"column":null,"was":"","value":"x"}]'])(
    'that are none stop with one sentence: %s',
    async (text) => {
      const path = join(await privateFolder(), 'a.csv.edits.json');
      await writeFile(path, text);
      await expect(readCorrections(path)).rejects.toMatchObject({ code: 'usage', exitStatus: 2 });
      await rm(path);
      expect(await readCorrections(path)).toEqual([]);
    },
  );

  it.each([
    ['{"line": 1}', 'it is no list'],
    ['[{"line": 1, "column": "A", "was": "", "value": ""}, 7]', 'entry 2 is no {'],
    ['[{"line": 1, "column": "A", "was": "}{[", "value": "\\""}', 'it is no JSON'],
    ['[[[]]]', 'entry 1 is no {'],
    ['[{"line": 1, "column": "A", "was": "", "value": "", "x": {}}]', 'entry 1 is no {'],
    // Whoever would hold all of them first holds fifty times as much.
    [`[${'{},'.repeat(5_000_000)}{}]`, 'entry 1 is no {'],
  ])('that are none are told, and not held: %#', async (text, why) => {
    const path = join(await privateFolder(), 'a.edits.json');
    await writeFile(path, text);
    const heldBefore = process.memoryUsage().heapUsed;
    await expect(readCorrections(path)).rejects.toThrow(why);
    expect(process.memoryUsage().heapUsed - heldBefore).toBeLessThan(60 << 20);
  });
});
