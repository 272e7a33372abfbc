/** What is known of a column by its name alone: where the header of a file is, and what is missing from it. */
import { senseOf } from '../../../mapping/infer/words/header-sense.js';
import type { KnownHeader, NameKind } from '../../../source/header.js';
import { MAX_COLUMNS } from '../../../source/row-file.js';

/** No column's name is longer; a whole record that was read with the wrong delimiter is. */
const LONGEST_HEADER = 100;

/** Cells of which it is remembered whether they are names. */
const MOST_REMEMBERED = 10_000;

/** Counts how many cells of a record are names that a column of contacts may have: what the header is found by. */
export function knownHeaderCounter(): KnownHeader {
  // The first records are looked at once for each delimiter that they may have.
  const isKnownByCell = new Map<string, boolean>();
  const isKnown = (cell: string): boolean => {
    if (cell === '' || cell.length > LONGEST_HEADER) return false;
    const known = isKnownByCell.get(cell) ?? senseOf(cell) !== undefined;
    if (isKnownByCell.size >= MOST_REMEMBERED) isKnownByCell.clear();
    isKnownByCell.set(cell, known);
    return known;
  };
  // A table that is wider is read no further, whatever its columns are called.
  return (cells) => cells.slice(0, MAX_COLUMNS).filter(isKnown).length;
}

/** What the cells under a column's name should look like: which column is missing from every row is told by it. */
export function kindOfColumnName(name: string): NameKind | undefined {
  if (name.length > LONGEST_HEADER) return undefined;
  const sense = senseOf(name);
  switch (sense?.kind) {
    case 'field':
      if (sense.field === 'emails') return 'email';
      if (sense.field === 'phone_numbers') return 'phone';
      if (sense.field === 'notes' || sense.field === 'tags') return 'remark';
      return sense.field === 'linkedin_url' ? 'link' : 'text';
    case 'address':
      // Some postal codes have as many digits as a phone.
      return sense.part === 'postal_code' ? undefined : 'text';
    case 'any_name':
    case 'title':
    case 'family':
    case 'salutation':
    case 'profession':
      return 'text';
    case 'link':
      return 'link';
    default:
      return undefined;
  }
}

/** What reading a file asks of the names of its columns. */
export function columnNames() {
  return { knownHeader: knownHeaderCounter(), kindOfName: kindOfColumnName };
}
