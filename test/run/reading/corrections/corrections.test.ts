import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planContacts } from '../../../../src/run/plan/plan.js';
import {
  readCorrections,
  rowText,
  writeCorrections,
  type Correction,
} from '../../../../src/run/reading/corrections/corrections.js';
import { printOf } from '../../../../src/run/reading/corrections/row-print.js';
import { privateFolder } from '../../../support/folder.js';
import { OWNER_ALONE, modeOf } from '../../../support/posix.js';
import { workbook } from '../../../support/workbook.js';

const HEADER = ['First Name', 'E-mail', 'Phone', 'Deal Value'];
const VALUES = [
  ['Ada', 'Bob', ''],
  ['ada@example.com', 'bob@example.com', 'bob(at)example.com', ''],
  ['+442079460000', '+442079460001', '12', ''],
  ['100', '1,234', 'much', ''],
] as const;

const rowOf = fc.tuple(...VALUES.map((values) => fc.constantFrom(...values)));

function csvOf(rows: readonly (readonly string[])[], header: readonly string[] = HEADER): string {
  return `${[header, ...rows].map((cells) => cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\n')}\n`;
}

/** Corrections of rows from line 2 on, at most one of a cell. */
function correctionsOf(
  rows: readonly (readonly string[])[],
  edits: readonly { row: number; column: number; value: number; leavesOut: number }[],
): Correction[] {
  const made = new Map<string, Correction>();
  for (const { row, column, value, leavesOut } of edits) {
    const cells = rows[row];
    const line = row + 2;
    if (cells === undefined || made.has(`${line}`)) continue;
    if (leavesOut === 0) {
      for (const [place, one] of made) if (one.line === line) made.delete(place);
      made.set(`${line}`, { line, column: null, was: rowText(cells), value: null });
    } else {
      const to = VALUES[column]?.[value] ?? '';
      const of = { column: HEADER[column] ?? '', was: cells[column] ?? '' };
      made.set(`${line} ${column}`, { line, ...of, value: to, row: printOf(cells) });
    }
  }
  return [...made.values()];
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
      { numRuns: 30 },
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
    expect(plan.staleCorrections).toEqual([
      { line: 3, column: 'E-mail', why: 'changed' },
      { line: 3, column: 'No such column', why: 'no_column' },
      { line: 9, column: null, why: 'gone' },
    ]);
    expect(plan.notes.join(' ')).toContain(
      '3 corrections no longer fit and are not used: line 3 (E-mail), where the cell holds something else now; ' +
        'line 9, where there is no such row any more; line 3 (No such column), where there is no such column any more.',
    );
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
    ['[{"line": 1, "column": "A", "was": "", "value": ""} {"line": 2}]', 'it is no JSON'],
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

/** Rows that nobody else is, so that each can be told wherever it stands. */
const distinctRows = fc
  .array(fc.tuple(...VALUES.map((values) => fc.constantFrom(...values))), { minLength: 3, maxLength: 8 })
  .map((rows) => rows.map(([, email, ...rest], at) => [`P${at}`, email === '' ? '' : `${at}${email}`, ...rest]));

describe('corrections of a file that has changed since', () => {
  it('follow their rows, and make of them what the corrected file is', async () => {
    const folder = await privateFolder();
    const [file, corrected] = [join(folder, 'people.csv'), join(folder, 'corrected.csv')];
    const edit = fc.record({ row: fc.nat(7), column: fc.nat(3), value: fc.nat(2), leavesOut: fc.nat(9) });
    const later = fc.record({
      keys: fc.array(fc.nat(20), { minLength: 8, maxLength: 8 }),
      removed: fc.array(fc.nat(11), { maxLength: 2 }),
      copied: fc.array(fc.nat(11), { maxLength: 2 }),
      inserted: fc.array(fc.nat(8), { maxLength: 3 }),
      isTurned: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(distinctRows, fc.array(edit, { maxLength: 6 }), later, async (rows, edits, changes) => {
        const made = correctionsOf(rows, edits);
        const now = rows
          .map((cells, at) => ({ at, cells }))
          .filter(({ at }) => !changes.removed.includes(at))
          .flatMap((one) => (changes.copied.includes(one.at) ? [one, one] : [one]))
          .sort((a, b) => (changes.keys[a.at] ?? 0) - (changes.keys[b.at] ?? 0));
        for (const place of changes.inserted) {
          now.splice(place, 0, { at: -1, cells: ['New', `new${place}@example.com`, '', `${place}`] });
        }
        const standing = (at: number) => now.flatMap((one, place) => (one.at === at ? [place] : []));
        const after: (string[] | undefined)[] = now.map(({ cells }) => [...cells]);
        const stale: object[] = [];
        for (const one of made) {
          const at = one.line - 2;
          const places = standing(at);
          const place = places.includes(at) ? at : places.length === 1 ? places[0] : undefined;
          const { line, column, value } = one;
          if (place === undefined) {
            stale.push({ line, column, isTwice: places.length > 1 });
            continue;
          }
          const cells = after[place];
          if (value === null) after[place] = undefined;
          else if (cells !== undefined) cells[HEADER.indexOf(column ?? '')] = value;
        }
        const left = after.filter((row) => row !== undefined);
        fc.pre(left.length > 0 && left.every((row) => row.some((cell) => cell !== '')));
        // Columns may stand elsewhere as well, and there may be more of them.
        const turned = (table: readonly (readonly string[])[]): readonly (readonly string[])[] =>
          changes.isTurned ? table.map((cells) => [...cells].reverse()) : table;
        const [header = HEADER] = turned([HEADER]);
        const isLeavingOut = made.some(({ column }) => column === null);
        fc.pre(!changes.isTurned || !isLeavingOut);
        await writeFile(file, csvOf(turned(now.map(({ cells }) => cells)), header));
        await writeFile(corrected, csvOf(turned(left), header));
        await writeCorrections(`${file}.edits.json`, made);
        const plan = await planContacts({ file });
        // Where a row is gone, what stands in its place may look like it with another value.
        const unfit = plan.staleCorrections.map(({ why, ...one }) => ({ ...one, isTwice: why === 'ambiguous' }));
        expect(unfit).toEqual(stale);
        expect(await planOf(file)).toEqual(await planOf(corrected));
      }),
      { numRuns: 15 },
    );
  });

  const ADA = ['Ada', 'ada(at)example.com', '', '100'];
  const BOB = ['Bob', 'bob@example.com', '', '1,234'];
  const ofAda = { line: 2, column: 'E-mail', was: 'ada(at)example.com', value: 'ada@example.com', row: printOf(ADA) };
  it.each([
    ['a row above it', [BOB, ADA], [], '1 correction of people.csv.edits.json is applied, to a row that moved.'],
    ['another value in its row', [['Ada', 'ada(at)example.com', '', '100', 'x'], BOB], [], 'is applied.'],
    ['its own cell', [['Ada', 'ada(at)', '', '100'], BOB], ['changed'], 'where the cell holds something else now'],
    ['its row', [BOB], ['gone'], 'where there is no such row any more'],
    ['two of its row', [BOB, ADA, ADA], ['ambiguous'], 'where the row has moved, and is in the file more than once'],
    // Who stands where she stood, with the same slip, is somebody else.
    ['who stands there', [['Eve', 'ada(at)example.com', '', '100'], BOB], ['gone'], 'no longer fits and is not used'],
  ])('are followed or listed: %s', async (_, rows, why, sentence) => {
    const folder = await privateFolder();
    const file = join(folder, 'people.csv');
    const isWide = rows.some((row) => row.length > 4);
    await writeFile(
      file,
      csvOf(
        rows.map((row) => (isWide ? [...row, ''].slice(0, 5) : row)),
        isWide ? [...HEADER, 'City'] : HEADER,
      ),
    );
    await writeCorrections(`${file}.edits.json`, [ofAda]);
    const plan = await planContacts({ file });
    expect(plan.staleCorrections).toEqual(why.map((one) => ({ line: 2, column: 'E-mail', why: one })));
    expect(plan.corrected).toBe(1 - why.length);
    expect(plan.notes.join(' ').replaceAll(`${folder}/`, '')).toContain(sentence);
  });
});
