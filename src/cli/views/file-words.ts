/** What became of each of several files, a line each. */
import { formatCount } from '../../wording/durations.js';
import { printable, shortened } from '../../wording/printable.js';

/** A person looks for the one that went wrong; all are in `--json`. */
const FILES_SHOWN = 20;

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
    const told = ` ${[`${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`, ...parts].join(', ')}`;
    return `  ${shortened(printable(file), Math.max(12, columns - 3 - told.length))}:${told}`;
  });
  const more = files.length - shown.length;
  return ['', 'By file', ...shown, ...(more > 0 ? [`  and ${formatCount(more)} more files: --json lists them`] : [])];
}
