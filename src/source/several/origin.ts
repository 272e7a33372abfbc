/** From which of several files a row comes: a column of the list says it, and so its rejects do. */
import type { SourceRecord } from '../record.js';

/** The column that says from which file, and which line of it, a row comes. It is never sent. */
export const ORIGIN_COLUMN = 'import_source';

/** Where that column is; -1 where there is none. */
export function originColumnOf(header: readonly string[]): number {
  return header.findLastIndex((name) => name.trim().toLowerCase() === ORIGIN_COLUMN);
}

/** What stands in that column. @param called what the file is called there */
export function originOf(called: string, line: number | string): string {
  return `${called}, line ${line}`;
}

/** The file, as it is called there, and the line; undefined of what is no such origin. */
export function partsOfOrigin(origin: string): { readonly called: string; readonly line: string } | undefined {
  const [, called, line] = /^(.+), line (\d+)$/.exec(origin.trim()) ?? [];
  return called === undefined || line === undefined ? undefined : { called, line };
}

/** Reads that column: gives a record the line that it has in its own file, and that file; undefined where there is no such column. */
export function lineOfMember(header: readonly string[]): ((record: SourceRecord) => SourceRecord) | undefined {
  const column = originColumnOf(header);
  if (column < 0) return undefined;
  return (record) => {
    const parts = partsOfOrigin(record.cells[column] ?? '');
    return parts === undefined ? record : { ...record, file: parts.called, line: Number(parts.line) };
  };
}
