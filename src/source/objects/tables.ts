/** JSON that is a table without objects: rows that are lists, columns that are lists, a list of texts. Read whole. */
import { isObject } from '../../given.js';

/** The rows of such a table, and the names of its columns where they stand apart. */
export interface JsonTable {
  readonly header?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Scalar = string | number | boolean | null;

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const isRows = (value: unknown): value is readonly (readonly unknown[])[] =>
  isList(value) && value.length > 0 && value.every((row) => isList(row) && row.every(isScalar));

const rowsOf = (rows: readonly (readonly unknown[])[]): readonly (readonly string[])[] =>
  rows.map((row) => row.map(textOf));

/** The names of columns: texts, or objects that have a name. */
function namesOf(value: unknown, width: number): readonly string[] | undefined {
  if (!isList(value) || value.length !== width) return undefined;
  const names = value.map((item) => {
    const name = isObject(item) ? (item.display_name ?? item.name ?? item.id ?? item.label) : item;
    return typeof name === 'string' ? name : undefined;
  });
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** `{"columns": ["Name", "Email"], "data": [["Ada", "ada@…"]]}`, in whatever it is wrapped. */
function wrapped(value: Readonly<Record<string, unknown>>, depth: number): JsonTable | undefined {
  const members = Object.values(value);
  // Beside an address, lists of lists are something about one person.
  const isPerson = members.some((member) => typeof member === 'string' && /[^\s@]@[^\s@]+\.[^\s@]/.test(member));
  if (isPerson) return undefined;
  const rows = members.find(isRows);
  if (rows === undefined) {
    if (depth === 0) return undefined;
    return members
      .filter(isObject)
      .map((inner) => wrapped(inner, depth - 1))
      .find((table) => table !== undefined);
  }
  const width = rows[0]?.length ?? 0;
  const header = members.filter((member) => member !== rows).flatMap((member) => [namesOf(member, width)]);
  const names = header.find((found) => found !== undefined);
  return names === undefined ? { rows: rowsOf(rows) } : { header: names, rows: rowsOf(rows) };
}

/** `{"Name": ["Ada", "Ben"], "Email": ["…", "…"]}`, or each column's cells by their places. */
function byColumns(value: Readonly<Record<string, unknown>>): JsonTable | undefined {
  const columns = Object.values(value).map((column) => {
    if (isList(column)) return column;
    const isPlaced = isObject(column) && Object.keys(column).every((key) => /^\d+$/.test(key));
    return isPlaced ? Object.values(column) : [];
  });
  const length = columns[0]?.length ?? 0;
  const isTable = columns.length >= 2 && length > 0;
  if (!isTable || columns.some((column) => column.length !== length || !column.every(isScalar))) return undefined;
  // Two lists of one length inside one person's record have no say on how many people there are.
  if (length < 2 && Object.values(value).some(isList)) return undefined;
  const rows = Array.from({ length }, (_, row) => columns.map((column) => textOf(column[row])));
  return { header: Object.keys(value), rows };
}

/** How deep in other objects a table is looked for. */
const MAX_WRAPPED = 3;

/** The table that a JSON value is, if it is one. */
export function tableOf(value: unknown): JsonTable | undefined {
  if (isRows(value)) return { rows: rowsOf(value) };
  if (isList(value)) {
    const areTexts = value.length > 0 && value.every((item) => typeof item === 'string');
    return areTexts ? { header: ['Column 1'], rows: value.map((item) => [textOf(item)]) } : undefined;
  }
  return isObject(value) ? (byColumns(value) ?? wrapped(value, MAX_WRAPPED)) : undefined;
}
