import type { Dialect } from '../../../source/dialect.js';
import type { Source } from '../../../source/opening/source.js';
import type { SourceRecord } from '../../../source/record.js';
import { readRecords } from '../../../source/records.js';
import { inOrderOfLines } from './by-line.js';
import { Correcting } from './correcting.js';
import { columnNames, rowText, type Correction } from './corrections.js';
import { forEachOfLines, withRow, type Placement } from './placement.js';

/**
 * New corrections of rows as somebody saw them: corrected already, and long cells cut. Theirs is what the file itself holds there,
 * and what their row is known by.
 */
export async function asTheFileHolds(
  { source, dialect, placement }: { readonly source: Source; readonly dialect: Dialect; readonly placement: Placement },
  made: readonly Correction[],
  longestCell: number,
): Promise<Correction[]> {
  const correcting = new Correcting(placement.placed, dialect.header);
  const names = columnNames(dialect.header);
  const found = new Map<Correction, Correction>();
  const show = (record: SourceRecord, one: Correction): void => {
    const corrected = correcting.apply([record])[0] ?? record;
    const seen = corrected.cells.map((cell) => cell.slice(0, longestCell));
    const at = names.indexOf(one.column ?? '');
    // Where it is not what was seen, the file has changed meanwhile.
    const isSame = (at < 0 ? rowText(seen) : (seen[at] ?? '')) === one.was;
    const was = at < 0 ? rowText(record.cells) : (record.cells[at] ?? '');
    if (isSame) found.set(one, withRow({ ...one, was }, record));
  };
  await forEachOfLines(inOrderOfLines(made), () => readRecords(source, dialect), show);
  return made.map((one) => found.get(one) ?? one);
}
