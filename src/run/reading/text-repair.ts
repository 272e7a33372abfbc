/** What is done about text that was garbled before it came into the file, and what is said of it. */
import { displayHeader } from '../../mapping/header.js';
import { repairCells, type GarbledColumn, type GarbledText } from '../../source/encoding/garbled.js';
import type { SourceRecord } from '../../source/record.js';

/** Characters of a cell that a sentence quotes. */
const QUOTED_CHARACTERS = 40;

const quoted = (text: string): string =>
  `"${text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text}"`;

export interface TextRepair {
  /** A record as it is to be mapped; the record itself is kept for the rejects. */
  apply(record: SourceRecord): SourceRecord;
  /** Both readings of a column, and which is taken, as sentences. */
  readonly warnings: readonly string[];
}

function sentence(found: GarbledColumn, header: readonly string[], isRepaired: boolean): string {
  const name = quoted(displayHeader(header[found.column] ?? ''));
  const cells = found.cells === 1 ? '1 cell' : `${found.cells} cells`;
  const readings = `${quoted(found.before)} was ${quoted(found.after)} once`;
  if (isRepaired) return `The text of ${name} was garbled before (${cells}): ${readings}, and is read so.`;
  return `The text of ${name} looks garbled (${cells}): ${readings}? --repair-text reads it so; it is sent as it stands.`;
}

/**
 * Decides about each garbled column: one in which nothing speaks against it is read back, a mixed one only on request.
 * @param repairsAll `--repair-text`
 */
export function textRepair(garbled: GarbledText, header: readonly string[], repairsAll: boolean): TextRepair {
  const found = garbled.columns();
  const repaired = new Set(found.filter(({ isSure }) => isSure || repairsAll).map(({ column }) => column));
  return {
    apply: (record) => {
      const cells = repairCells(record.cells, repaired);
      return cells === record.cells ? record : { ...record, cells };
    },
    warnings: found.map((column) => sentence(column, header, repaired.has(column.column))),
  };
}
