/** How an import ended, in the first sentence of its summary, and what it cost. */
import { devNull } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Summary } from '../../run/tally.js';
import { counted, formatCount, formatDuration, overTheLimit } from '../../wording/durations.js';
import { fileInWords, printable } from '../../wording/printable.js';
import { allRejected } from '../../wording/results.js';

/** True for several files that are no folder of their own. */
export function isListOfFiles({ file, files }: Summary): boolean {
  return files !== undefined && !files.every((one) => dirname(resolve(one.file)) === resolve(file));
}

/** Whether there is a file of the rejected rows. */
export function hasRejectsFile({ rejects }: Summary): boolean {
  return rejects !== '' && rejects !== devNull;
}

interface Named {
  /** Before a point or a comma. */
  readonly name: string;
  /** Before the verb, or whatever else goes on with the sentence. */
  readonly subject: string;
}

const alone = (name: string): Named => ({ name, subject: name });

/** A file, and of a workbook its sheet, as a sentence names them. */
export function withSheet({ file, sheet }: Pick<Summary, 'file' | 'sheet'>): Named {
  if (sheet === undefined) return alone(fileInWords(file));
  const name = `${fileInWords(file)}, sheet ${printable(sheet)}`;
  return { name, subject: `${name},` };
}

/** What became of the rows, in a sentence. */
export function headline(summary: Summary): string {
  const rows = counted(summary.rows, 'row');
  const { name, subject: file } = isListOfFiles(summary)
    ? alone(`${summary.files?.length ?? 0} files`)
    : withSheet(summary);
  if (summary.pending > 0)
    return `Stopped: ${formatCount(summary.rows - summary.pending)} of ${rows} of ${file} ${summary.rows === 1 ? 'is' : 'are'} done.`;
  if (summary.rows === 0) return `Finished: ${file} has no rows, so nothing was imported.`;
  if (summary.rejected === summary.rows) return `Finished: ${allRejected(summary.rows, ` of ${file}`)}.`;
  if (summary.rejected > 0) return `Finished: ${rows} of ${name}, ${formatCount(summary.rejected)} of them rejected.`;
  return summary.rows === 1
    ? `Finished: the 1 row of ${file} is in Clarky.`
    : `Finished: all ${rows} of ${file} are in Clarky.`;
}

/** The writes of a run, in a sentence. */
export function traffic(summary: Summary): string {
  if (summary.requests === 0) {
    return `${summary.pending > 0 ? 'Nothing was written in this run' : 'No write was needed'} (${formatDuration(summary.seconds)}).`;
  }
  const notes = [
    `${counted(summary.requests, 'write')} in ${formatDuration(summary.seconds)}`,
    ...(summary.retries > 0 ? [`${formatCount(summary.retries)} of them again`] : []),
    overTheLimit(summary.throttled),
  ];
  return `${notes.join(', ')}.`;
}
