/** What became of each of several files, a line each. */
import { counted, formatCount } from '../../wording/durations.js';
import { leftOutInWords, type LeftOut } from '../../wording/left-out.js';
import { printable, shortened } from '../../wording/printable.js';
import { becameOf } from '../../wording/results.js';
import type { FileCounts } from '../../run/tally.js';

/** A person looks for the one that went wrong; all are in `--json`. */
const FILES_SHOWN = 20;

/** A person looks for what went wrong; all are in `--json`. */
const LEFT_OUT_SHOWN = 5;

/** Contacts that go without a value of theirs, with a blank line before it. */
export function leftOutSection(leftOut: readonly LeftOut[] = []): string[] {
  if (leftOut.length === 0) return [];
  const more = leftOut.length - LEFT_OUT_SHOWN;
  return [
    '',
    'Sent without a value of their row',
    ...leftOut.slice(0, LEFT_OUT_SHOWN).map((one) => shortened(`  ${printable(leftOutInWords(one))}`, 80)),
    ...(more > 0 ? [`  and ${more} more: --json lists them`] : []),
  ];
}

/** The section "By file" of an import or a plan. */
export function becameByFile(files: readonly FileCounts[] | undefined): string[] {
  return byFile(files?.map(({ file, rows, ...counts }) => ({ file, rows, counts: becameOf(counts) })));
}

/** The section "By file", with a blank line before it; none where there is one file. @param counts by file, those of 0 left out */
export function byFile(
  files:
    | readonly { readonly file: string; readonly rows: number; readonly counts: Readonly<Record<string, number>> }[]
    | undefined,
  columns = 80,
): string[] {
  if (files === undefined) return [];
  const shown = files.slice(0, FILES_SHOWN).map(({ file, rows, counts }) => {
    const parts = Object.entries(counts).flatMap(([label, count]) =>
      count === 0 ? [] : [`${formatCount(count)} ${label}`],
    );
    const told = ` ${[counted(rows, 'row'), ...parts].join(', ')}`;
    return `  ${shortened(printable(file), Math.max(12, columns - 3 - told.length))}:${told}`;
  });
  const more = files.length - shown.length;
  return ['', 'By file', ...shown, ...(more > 0 ? [`  and ${formatCount(more)} more files: --json lists them`] : [])];
}
