/** Where the header of a table stands, on one row or two, and what stands before it. */
import { ImporterError } from '../errors.js';
import { findHeader, isContactPoint, joinHeaderRows, usualWidth, type KnownHeader } from './header.js';
import type { FileWarning } from './row-file.js';
import type { RawRecord } from './text/rows.js';

/** The header of a table and where it stands. */
export interface PlacedHeader {
  readonly names: readonly string[];
  readonly line: number;
  readonly lastLine: number;
  /** The records that may be data, behind it. */
  readonly data: readonly RawRecord[];
  readonly notes: readonly string[];
  readonly warnings: readonly FileWarning[];
}

/** What the columns of a table without a header are called. */
export function withoutHeader(candidates: readonly RawRecord[], directiveLine: number): PlacedHeader {
  const { width } = usualWidth(candidates);
  return {
    names: Array.from({ length: width }, (_, index) => `Column ${index + 1}`),
    line: directiveLine,
    lastLine: directiveLine,
    data: candidates,
    notes: [`There is no header: the columns are called "Column 1" to "Column ${width}".`],
    warnings: [],
  };
}

/** @throws ImporterError `bad_dialect` where the file is empty or has no header */
export function placeHeader(displayName: string, candidates: readonly RawRecord[], known?: KnownHeader): PlacedHeader {
  const found = findHeader(candidates, known);
  if (found.kind === 'empty') {
    const broken = candidates.find(({ problem }) => problem !== undefined);
    const why = broken?.problem && `has no header that can be read. Line ${broken.line}: ${broken.problem.message}`;
    throw new ImporterError('bad_dialect', `${displayName} ${why ?? 'is empty: it has no header and no rows.'}`, {
      next: 'Export it again, with a row of column names at the top.',
    });
  }
  const row = candidates[found.index];
  if (found.kind === 'no header' || row === undefined) {
    throw new ImporterError(
      'bad_dialect',
      `${displayName} has no header: line ${row?.line ?? 1} already holds values.`,
      { next: 'Add a line with the names of the columns at the top, or say --no-header.' },
    );
  }
  const joined = joinHeaderRows(candidates, found.index, known);
  const lastIndex = joined?.lastIndex ?? found.index;
  const notes: string[] = [];
  const warnings: FileWarning[] = [];
  const above = candidates.slice(0, found.index).filter(({ cells }) => cells.join('').trim() !== '');
  const textLines = above.length;
  const isPerson = ({ cells }: RawRecord): boolean =>
    cells.some((cell) => cell.includes('@') && isContactPoint(cell.trim()));
  if (joined !== undefined)
    notes.push(`The header stands on two rows, ${row.line} is one of them; they are read as one.`);
  else if (textLines > 0) {
    const skipped = textLines === 1 ? '1 line of text before it is' : `${textLines} lines of text before it are`;
    const said = `The header is on line ${row.line}; ${skipped} skipped`;
    const people = above.filter(isPerson).length;
    if (people === 0) notes.push(`${said}.`);
    else
      warnings.push({
        code: 'skipped_lines',
        message: `${said}, and ${people} of them ${people === 1 ? 'holds' : 'hold'} an e-mail.`,
      });
  }
  return {
    names: joined?.names ?? row.cells,
    line: row.line,
    lastLine: candidates[lastIndex]?.line ?? row.line,
    data: candidates.slice(lastIndex + 1),
    notes,
    warnings,
  };
}
