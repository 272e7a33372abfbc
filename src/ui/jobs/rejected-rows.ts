/**
 * The rows that are not sent, as they are corrected: those that the plan of the file rejects, those that only Clarky, or what
 * stands in it, kept back in the last import, and those that were rejected when the plan was compared with Clarky.
 */
import { rejectColumnsOf } from '../../run/outputs/rejects.js';
import { isOfClarky, refusedField } from '../../run/import/answers/as-written.js';
import { columnNames } from '../../run/reading/corrections/corrections.js';
import { OpenedFile } from '../../run/reading/reading.js';
import type { PlannedFile } from './plans.js';
import type { Desk } from '../files/desk.js';
import { comparedRevisionOf, stampsOf } from '../files/revision.js';
import { messageOnPage } from '../../wording/on-page.js';
import { MOST_ROWS, type RowStore } from './row-store.js';
import type { RowPage, RowView } from '../wire.js';

/** Of a larger rejects file, what Clarky said of the rows behind these is in the file alone; so many of a comparison are kept. */
const MOST_TOLD = 10_000;

interface Told {
  readonly cells: readonly string[];
  readonly codes: readonly string[];
  readonly message: string;
  readonly isOfClarky: boolean;
}

/** What is sent of a file, as long as it isn't corrected: what was compared is known by it. */
interface SentAs {
  /** Where the last import left what it rejected. */
  readonly rejects: string;
  readonly revision: string;
}

export async function sentAsOf(desk: Desk, path: string): Promise<SentAs> {
  return { rejects: desk.pathsOf(path).rejects, revision: await comparedRevisionOf(desk.reading(path)) };
}

export class RejectedRows {
  readonly #compared = new Map<string, { readonly revision: string; readonly rows: ReadonlyMap<number, RowView> }>();
  readonly #told = new Map<string, { readonly stamp: string; readonly rows: ReadonlyMap<number, Told> }>();

  /** Keeps what a plan rejects for which Clarky's contacts were read. */
  async keepCompared(compared: RowStore, { rejects, revision }: SentAs): Promise<void> {
    const rows = new Map<number, RowView>();
    for (let offset = 0; offset < MOST_TOLD; offset += MOST_ROWS) {
      const page = await compared.page({ outcome: 'rejected', offset, limit: MOST_ROWS });
      for (const row of page.rows) rows.set(row.line, row);
      if (offset + page.rows.length >= page.total) break;
    }
    this.#compared.set(rejects, { revision, rows });
  }

  async page(
    { rows, result }: PlannedFile,
    { rejects, revision }: SentAs,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<RowPage> {
    const told = await this.#toldIn(rejects);
    const columns = result.columns.map(({ to }) => to);
    const header = columnNames(result.columns.map(({ column }) => column));
    const kept = this.#compared.get(rejects);
    const compared = kept?.revision === revision ? kept.rows : new Map<number, RowView>();
    const comparedAs = ({ line, cells, outcome }: RowView): RowView | undefined => {
      const row = compared.get(line);
      return row !== undefined && outcome !== 'rejected' && isSame(cells, row) ? row : undefined;
    };
    const explained = (row: RowView): RowView => comparedAs(row) ?? explain(row, told.get(row.line), columns, header);
    const held = (await rows.notRejectedOf(new Set([...told.keys(), ...compared.keys()]))).filter(
      (row) => comparedAs(row) !== undefined || isAsItWasRejected(row, told.get(row.line)),
    );
    const first = held.slice(offset, offset + limit).map(explained);
    const rest = { outcome: 'rejected', offset: Math.max(0, offset - held.length), limit: limit - first.length };
    const page = await rows.page(rest);
    return { total: held.length + page.total, offset, rows: [...first, ...page.rows.map(explained)] };
  }

  async #toldIn(path: string): Promise<ReadonlyMap<number, Told>> {
    const [stamp = '-'] = await stampsOf([path]);
    if (stamp === '-') return new Map();
    const known = this.#told.get(path);
    if (known?.stamp === stamp) return known.rows;
    // Somebody may have made of it what can't be read: then the plan alone tells.
    const rows = await readTold(path).catch(() => new Map<number, Told>());
    this.#told.set(path, { stamp, rows });
    return rows;
  }
}

async function readTold(path: string): Promise<Map<number, Told>> {
  const told = new Map<number, Told>();
  const file = await OpenedFile.open({ file: path, noEdits: true });
  try {
    const { header } = file.dialect;
    const { noteColumn, lineOf, cellsOf, messageOf } = rejectColumnsOf(header);
    const codeColumn = header.findIndex((name) => name.trim().toLowerCase() === 'import_error');
    if (noteColumn < 0 || codeColumn < 0) return told;
    for await (const batch of file.records({})) {
      for (const record of batch) {
        const codes = (record.cells[codeColumn] ?? '').split(' ');
        const said = messageOf(record);
        told.set(Number(lineOf(record)), {
          cells: cellsOf(record),
          codes,
          message: inWordsOfPage(said),
          isOfClarky: isOfClarky(said),
        });
      }
      if (told.size >= MOST_TOLD) break;
    }
    return told;
  } finally {
    await file.close();
  }
}

/** Without what is said of options, and of how the file is written. */
function inWordsOfPage(message: string): string {
  const [first = '', ...rest] = message.split(/(?<=[.!?…]) (?=\p{Lu})/u);
  return [messageOnPage(first), ...rest].filter((one) => !/--\w|then import again/.test(one)).join(' ');
}

/** The plan of the file alone would send it; Clarky kept it back, and nobody has changed it since. */
function isAsItWasRejected({ outcome, cells }: RowView, told: Told | undefined): boolean {
  return (outcome === 'created' || outcome === 'updated') && told?.isOfClarky === true && isSame(cells, told);
}

function isSame(cells: readonly string[], told: Pick<Told, 'cells'>): boolean {
  return told.cells.every((cell, at) => cell === (cells[at] ?? ''));
}

/** With what Clarky said, and the cell that it said it of. */
function explain(row: RowView, told: Told | undefined, columns: readonly string[], header: readonly string[]): RowView {
  if (told === undefined || !isSame(row.cells, told)) return row;
  const isEarlier = row.problems.some(({ code }) => code === 'rejected_earlier');
  if (row.problems.length > 0 && !isEarlier) return row;
  const at = columnOf(refusedField(told.message), columns, row.cells);
  const code = told.codes[0] ?? '';
  const column = at === undefined ? null : (header[at] ?? null);
  return { ...row, outcome: 'rejected', problems: [{ code, column, message: told.message }] };
}

/** The column that a field of Clarky was read from, one with a value first. */
function columnOf(field: string | undefined, columns: readonly string[], cells: readonly string[]): number | undefined {
  if (field === undefined) return undefined;
  const [name = '', key] = field.split(/[.[]/);
  const wanted = name === 'custom_fields' && key !== undefined ? `custom:${key}` : name;
  const isName = wanted === 'first_name' || wanted === 'last_name';
  const found = columns.flatMap((to, at) => (to === wanted || (isName && to === 'name') ? [at] : []));
  return found.find((at) => (cells[at] ?? '') !== '') ?? found[0];
}
