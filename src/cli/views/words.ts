/** The end of a run in words, for a person. */
import type { Summary } from '../../run/tally.js';
import { formatCount, formatDuration } from '../../wording/durations.js';
import { fileInWords, printable } from '../../wording/printable.js';

const LABEL_WIDTH = 12;

/** The summary as lines of at most 80 columns (paths aside), with a newline at the end. */
export function summaryInWords(summary: Summary): string {
  const lines = [headline(summary), ''];
  const counts: [string, number, string][] = [
    ['created', summary.created, 'new in Clarky'],
    ['updated', summary.updated, 'were there, and have the new values'],
    ['unchanged', summary.unchanged, 'as last sent: nothing to do'],
    ['merged', summary.merged, 'rows folded into another row of the same contact'],
    ['rejected', summary.rejected, `see ${printable(summary.rejects)}`],
    ['pending', summary.pending, 'not sent yet: run the same command again'],
  ];
  const width = Math.max(...counts.map(([, count]) => formatCount(count).length));
  for (const [label, count, meaning] of counts) {
    if (count === 0 && label !== 'created') continue;
    lines.push(`  ${label.padEnd(LABEL_WIDTH)}${formatCount(count).padStart(width)}  ${meaning}`);
  }
  lines.push('', traffic(summary));
  return `${lines.join('\n')}\n`;
}

function headline(summary: Summary): string {
  const rows = `${formatCount(summary.rows)} ${summary.rows === 1 ? 'row' : 'rows'}`;
  const file = fileInWords(summary.file);
  if (summary.pending > 0)
    return `Stopped: ${formatCount(summary.rows - summary.pending)} of ${rows} of ${file} are decided.`;
  if (summary.rejected > 0) return `Finished: ${rows} of ${file}, ${formatCount(summary.rejected)} of them rejected.`;
  return `Finished: all ${rows} of ${file} are in Clarky.`;
}

function traffic(summary: Summary): string {
  if (summary.requests === 0) return `No write was needed (${formatDuration(summary.seconds)}).`;
  const notes = [
    `${formatCount(summary.requests)} ${summary.requests === 1 ? 'write' : 'writes'} in ${formatDuration(summary.seconds)}`,
    ...(summary.retries > 0 ? [`${formatCount(summary.retries)} of them again`] : []),
    summary.throttled === 0 ? 'never over the limit' : `${formatCount(summary.throttled)} times over the limit`,
  ];
  return `${notes.join(', ')}.`;
}
