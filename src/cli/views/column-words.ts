/** What becomes of each column, as tables of at most so many columns of a terminal. */
import type { PlanResult } from '../../run/plan/plan.js';
import type { PlannedColumn } from '../../run/plan/planned-columns.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { fitted, widthOf } from '../../wording/width.js';
import { asText, wrapped } from '../../wording/wrapped.js';
import { KINDS_SHOWN } from './problem-words.js';

const NAME_WIDTH = 24;
/** In a narrow window what is said of a column matters more. */
const NARROW_COLUMNS = 60;
const NARROW_NAME_WIDTH = 12;
const FIELD_WIDTH = 18;
const FILL_WIDTH = 5;
/** Two blanks at the left, and two between columns. */
const GAPS = 2 + 3 * 2;
/** Which columns are sent, as what, and which are left out. */
export function mappingSection(plan: PlanResult, columns: number): string {
  const sent = plan.columns.filter((column) => column.isSent);
  const left = plan.columns.filter((column) => !column.isSent && column.to !== 'undecided' && column.fillRate > 0);
  const blank = plan.columns.filter((column) => !column.isSent && column.to !== 'undecided' && column.fillRate === 0);
  return asText([
    'Columns that are sent, and in how many rows they have a value',
    ...rowsOf(sent, columns, (column) => column.to),
    ...(left.length === 0 ? [] : ['', 'Columns that are left out', ...leftOutRows(left, columns)]),
    ...(blank.length === 0
      ? []
      : [`  and ${blank.length} ${blank.length === 1 ? 'column' : 'columns'} without any value`]),
  ]);
}

function nameWidthIn(columns: number): number {
  return columns < NARROW_COLUMNS ? NARROW_NAME_WIDTH : NAME_WIDTH;
}

/** A line for each column: its name, what becomes of it, how often it is filled, and with what. */
export function rowsOf(
  columns: readonly PlannedColumn[],
  width: number,
  field: (column: PlannedColumn) => string,
): string[] {
  if (columns.length === 0) return ['  none'];
  const lastWidth = Math.max(10, width - nameWidthIn(width) - FIELD_WIDTH - FILL_WIDTH - GAPS);
  return tableLines(
    columns.map((column) => [column.column, field(column), percent(column.fillRate), column.samples.join(' · ')]),
    [nameWidthIn(width), FIELD_WIDTH, FILL_WIDTH, lastWidth],
  );
}

function leftOutRows(columns: readonly PlannedColumn[], width: number): string[] {
  const lastWidth = Math.max(10, width - nameWidthIn(width) - FILL_WIDTH - GAPS + 2);
  // Of values the beginning is enough, of words it is not.
  return columns.flatMap((column) => {
    const reason = wrapped(printable(column.reason), lastWidth);
    const rows = reason.map((part, at) =>
      at === 0 ? [column.column, percent(column.fillRate), part] : ['', '', part],
    );
    return tableLines(rows, [nameWidthIn(width), FILL_WIDTH, lastWidth]);
  });
}

/** What stands in columns that are sent where there is no value: a line a column. */
export function blanksSection(plan: PlanResult, width: number): string {
  const found = plan.columns.filter(({ isSent, placeholders }) => isSent && placeholders.length > 0);
  if (found.length === 0) return '';
  const last = Math.max(10, width - nameWidthIn(width) - 4);
  const rows = found.slice(0, KINDS_SHOWN).map(({ column, placeholders }) => {
    const words = placeholders.map(({ text, rows: times }) => `${formatCount(times)} × ${text}`);
    return [column, words.join(', ')];
  });
  return asText([
    'Counted as blank, since it says that there is no value',
    ...tableLines(rows, [nameWidthIn(width), last]),
    ...(found.length > KINDS_SHOWN ? [`  and ${found.length - KINDS_SHOWN} more columns: --json lists them`] : []),
  ]);
}

/** Rows of cells in columns of these widths, each after two blanks; percentages stand at the right. */
function tableLines(rows: readonly (readonly string[])[], widths: readonly number[]): string[] {
  return rows.map((cells) =>
    cells
      .map((text, at) => `  ${padded(text, widths[at] ?? 0)}`)
      .join('')
      .trimEnd(),
  );
}

function padded(text: string, width: number): string {
  const shown = fitted(printable(text), width);
  const blanks = ' '.repeat(width - widthOf(shown));
  return width === FILL_WIDTH ? `${blanks}${shown}` : `${shown}${blanks}`;
}

/** Whole percent, where a few values are never 0 % and a few gaps never 100 %. */
function percent(rate: number): string {
  if (rate === 0) return '0%';
  if (rate === 1) return '100%';
  return `${Math.min(99, Math.max(1, Math.round(rate * 100)))}%`;
}
