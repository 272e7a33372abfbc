import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importContacts } from '../../../../src/run/import/import.js';
import {
  columnNames,
  rowText,
  writeCorrections,
  type Correction,
} from '../../../../src/run/reading/corrections/corrections.js';
import { printOf } from '../../../../src/run/reading/corrections/row-print.js';
import { startSandbox, type Sandbox } from '../../../../src/sandbox/index.js';
import { UNLIMITED, workplace } from '../../../support/cli.js';
import { privateFolder } from '../../../support/folder.js';
import { workbook } from '../../../support/workbook.js';

type Rows = readonly (readonly string[])[];

/** Columns of one name, and cells of several lines. */
const HEADER = ['First Name', 'E-mail', 'Phone', 'Notes', 'Notes', 'Colour', 'Colour'];
const VALUES: Rows = [
  ['Ada', 'Bob', 'Zo\u00eb "Z"', ''],
  ['ada@example.com', 'bob@example.com', 'bob(at)example.com', 'cy@example.com', ''],
  ['+442079460000', '+442079460001', '12', ''],
  ['likes tea', 'one\ntwo', 'a, b; c', ''],
  ['moved\n\nin May', 'says "hi"', '', 'x'],
  ['red', 'dark\nred', '', ''],
  ['blue', '', 'light, blue', ''],
];
const MAPPING = {
  version: 1,
  columns: {
    'First Name': 'first_name',
    'E-mail': 'emails',
    Phone: 'phone_numbers',
    Notes: ['notes', 'custom:More notes'],
    Colour: ['custom:Colour', 'custom:Second colour'],
  },
};

interface Form {
  readonly ending: string;
  readonly fileOf: (rows: Rows) => string | Buffer;
  /** On which line each row stands. */
  readonly linesOf: (rows: Rows) => readonly number[];
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const FORMS: Readonly<Record<string, Form>> = {
  csv: {
    ending: 'csv',
    fileOf: (rows) => `${[HEADER, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`,
    linesOf: (rows) => {
      let next = 2;
      return rows.map((cells) => {
        const line = next;
        next += cells.join('').split('\n').length;
        return line;
      });
    },
  },
  xlsx: {
    ending: 'xlsx',
    fileOf: (rows) => workbook({ People: [HEADER, ...rows] }),
    linesOf: (rows) => rows.map((_, at) => at + 2),
  },
};

const ROWS = fc.array(fc.tuple(...VALUES.map((values) => fc.constantFrom(...values))), { minLength: 2, maxLength: 7 });
const EDITS = fc.array(fc.record({ row: fc.nat(6), column: fc.nat(6), value: fc.nat(4), skips: fc.nat(7) }), {
  minLength: 1,
  maxLength: 8,
});

/** The same rows later: moved, with others among them. */
const LATER = fc.record({
  keys: fc.array(fc.nat(20), { minLength: 7, maxLength: 7 }),
  added: fc.array(fc.nat(7), { maxLength: 2 }),
});

interface Corrected {
  /** What became of each row; undefined where it was left out. */
  readonly after: readonly (readonly string[] | undefined)[];
  readonly rows: Rows;
  readonly corrections: readonly Correction[];
}

function correct(
  rows: Rows,
  edits: readonly { row: number; column: number; value: number; skips: number }[],
  form: Form,
): Corrected {
  const names = columnNames(HEADER);
  const lines = form.linesOf(rows);
  const after = rows.map((row): string[] | undefined => [...row]);
  const corrections = new Map<string, Correction>();
  for (const { row, column, value, skips } of edits) {
    const [before, line, name, cells] = [rows[row], lines[row], names[column], after[row]];
    const isOpen = ![...corrections.values()].some((one) => one.line === line && one.column === null);
    if (before === undefined || line === undefined || name === undefined || !isOpen) continue;
    if (skips === 0) {
      for (const [place, one] of corrections) if (one.line === line) corrections.delete(place);
      corrections.set(`${line}`, { line, column: null, was: rowText(before), value: null });
      after[row] = undefined;
    } else if (cells !== undefined) {
      const to = VALUES[column]?.[value] ?? '';
      corrections.set(`${line} ${name}`, {
        line,
        column: name,
        was: before[column] ?? '',
        value: to,
        row: printOf(before),
      });
      cells[column] = to;
    }
  }
  const left = after.flatMap((cells) => (cells?.some((cell) => cell !== '') === true ? [cells] : []));
  return { after, rows: left, corrections: [...corrections.values()] };
}

/** Who is there, without what every contact has of its own. */
function contactsIn(sandbox: Sandbox): string[] {
  return sandbox
    .contacts()
    .map(({ id: _id, created_at: _created, updated_at: _updated, internal: _internal, ...contact }) =>
      JSON.stringify(contact),
    )
    .sort();
}

async function sandboxAlone(): Promise<Sandbox> {
  return startSandbox({ writes: { limit: 0, windowMs: 1000 }, reads: { limit: 0, windowMs: 1000 }, bots: ['bot'] });
}

/** The counts of an import, and who is there then. */
async function imported(file: string): Promise<object> {
  const sandbox = await sandboxAlone();
  try {
    const access = { key: sandbox.key, apiUrl: sandbox.url, bot: 'bot', stateDir: false, log: false } as const;
    const { summary } = await importContacts({
      file,
      ...access,
      report: false,
      rate: { writes: Infinity, seconds: 1 },
    });
    const { rows, contacts, created, updated, unchanged, merged, rejected } = summary;
    return { rows, contacts, created, updated, unchanged, merged, rejected, there: contactsIn(sandbox) };
  } finally {
    await sandbox.close();
  }
}

describe.each(Object.entries(FORMS))('an import with corrections (%s)', (_, form) => {
  it('is the import of the corrected file', async () => {
    const folder = await privateFolder();
    let made = 0;
    await fc.assert(
      fc.asyncProperty(ROWS, EDITS, async (rows, edits) => {
        fc.pre(rows.every((row) => row.some((cell) => cell !== '')));
        const corrected = correct(rows, edits, form);
        fc.pre(corrected.rows.length > 0 && corrected.corrections.length > 0);
        const [file, other] = [`${++made}`, `${made}-corrected`].map((name) => join(folder, `${name}.${form.ending}`));
        if (file === undefined || other === undefined) return;
        await writeFile(file, form.fileOf(rows));
        await writeFile(other, form.fileOf(corrected.rows));
        await writeCorrections(`${file}.edits.json`, corrected.corrections);
        for (const one of [file, other]) await writeFile(`${one}.mapping.json`, JSON.stringify(MAPPING));
        expect(await imported(file)).toEqual(await imported(other));
      }),
      { numRuns: 15 },
    );
  });

  it('is so where the rows have moved since', async () => {
    const folder = await privateFolder();
    let made = 0;
    await fc.assert(
      fc.asyncProperty(ROWS, EDITS, LATER, async (same, edits, { keys, added }) => {
        const rows = same.map(([name = '', ...others], at) => [`${name}${at}`, ...others]);
        const { after, corrections } = correct(rows, edits, form);
        fc.pre(corrections.length > 0);
        const later = rows
          .map((before, at) => ({ at, before, then: after[at] }))
          .sort((a, b) => (keys[a.at] ?? 0) - (keys[b.at] ?? 0));
        for (const place of added) {
          const cells = [`New${place}`, `new${place}@example.com`, '', '', '', '', ''];
          later.splice(place, 0, { at: -1, before: cells, then: cells });
        }
        const left = later.flatMap(({ then }) => (then?.some((cell) => cell !== '') === true ? [then] : []));
        fc.pre(left.length > 0);
        const [file, other] = [`${++made}`, `${made}-corrected`].map((name) => join(folder, `${name}.${form.ending}`));
        if (file === undefined || other === undefined) return;
        await writeFile(file, form.fileOf(later.map(({ before }) => before)));
        await writeFile(other, form.fileOf(left));
        await writeCorrections(`${file}.edits.json`, corrections);
        for (const one of [file, other]) await writeFile(`${one}.mapping.json`, JSON.stringify(MAPPING));
        expect(await imported(file)).toEqual(await imported(other));
      }),
      { numRuns: 8 },
    );
  });

  it('is so by the command line, which says that it corrects', async () => {
    const rows = [
      ['Ada', 'ada@example.com', '', 'one\ntwo', 'moved\n\nin May', 'red', 'blue'],
      ['Bob', 'bob(at)example.com', '12', 'a, b; c', '', 'dark\nred', ''],
      ['Cy', 'cy@example.com', '+442079460001', '', 'x', '', ''],
    ];
    const edits = [
      { row: 1, column: 1, value: 1, skips: 1 },
      { row: 1, column: 2, value: 3, skips: 1 },
      { row: 0, column: 4, value: 1, skips: 1 },
      { row: 0, column: 6, value: 2, skips: 1 },
      { row: 2, column: 0, value: 0, skips: 0 },
    ];
    const { rows: left, corrections } = correct(rows, edits, form);
    const work = await workplace({ bots: ['bot'] });
    const second = await sandboxAlone();
    onTestFinished(() => second.close());
    const [file, other] = [`people.${form.ending}`, `corrected.${form.ending}`];
    await work.write(file, form.fileOf(rows));
    await work.write(other, form.fileOf(left));
    await writeCorrections(work.path(`${file}.edits.json`), corrections);
    for (const one of [file, other]) await work.write(`${one}.mapping.json`, JSON.stringify(MAPPING));
    const ours = await work.run('import', file, ...UNLIMITED);
    expect([ours.code, `${ours.stdout}${ours.stderr}`]).toEqual([
      0,
      expect.stringContaining('5 corrections of people'),
    ]);
    const env = { CLARKY_API_URL: second.url, CLARKY_KEY: second.key };
    expect(await work.runWith({ env }, 'import', other, ...UNLIMITED)).toMatchObject({ code: 0 });
    expect(contactsIn(work.sandbox)).toEqual(contactsIn(second));
    expect(contactsIn(second)).toHaveLength(2);
  });
});
