/** The end of a run in words, for a person. */
import { SEVERAL } from '../../run/reading/named-input.js';
import type { Summary } from '../../run/tally.js';
import { formatCount, formatDuration, overTheLimit } from '../../wording/durations.js';
import { fileInWords, printable, shortened } from '../../wording/printable.js';
import { byFile } from './file-words.js';
import { remedyOf } from '../../wording/remedies.js';
import { shellWord } from '../../wording/shell.js';

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
    if (count === 0 && (label !== 'created' || summary.rows > 0)) continue;
    lines.push(`  ${label.padEnd(LABEL_WIDTH)}${formatCount(count).padStart(width)}  ${meaning}`);
  }
  const files = summary.files?.map(({ file, rows, ...counts }) => ({ file, rows, counts }));
  lines.push(...byFile(files), ...reasonsSection(summary), '', traffic(summary), ...nextSection(summary));
  return `${lines.join('\n')}\n`;
}

const REASONS_SHOWN = 5;
const FILES_NAMED = 6;

function reasonsSection({ reasons }: Summary): string[] {
  const all = Object.entries(reasons);
  if (all.length === 0) return [];
  const width = Math.max(...all.map(([, count]) => formatCount(count).length));
  return [
    '',
    'Why rows were rejected',
    ...all.slice(0, REASONS_SHOWN).map(([code, count]) => {
      const why = remedyOf(code).title;
      return shortened(`  ${formatCount(count).padStart(width)}  ${printable(why)}`, 80);
    }),
    ...(all.length > REASONS_SHOWN ? [`  and ${all.length - REASONS_SHOWN} more reasons: --json lists them`] : []),
  ];
}

/** The command that comes next; paths may be longer than a line. */
function nextSection(summary: Summary): string[] {
  const { file, rejects, rejected, pending, created, updated, undoable } = summary;
  const shown = file === '-' ? '' : `${shellWord(file)}${whereItsStateIs(summary)}`;
  const next = [
    ...(rejected > 0 && pending === 0 ? [`when corrected: clarky-contacts import ${shellWord(rejects)}`] : []),
    ...(pending === 0 && created + updated > 0 ? verifyStep(summary, shown) : []),
    ...(undoable && created + updated > 0 && shown !== '' ? [`take it back: clarky-contacts undo ${shown}`] : []),
  ];
  return next.length === 0 ? [] : ['', 'Next', ...next.map((line) => `  ${line}`)];
}

/** A list of files is no path: each of them is named again, where they are few. */
function verifyStep(summary: Summary, shown: string): string[] {
  const { files = [] } = summary;
  if (!isListOfFiles(summary)) return shown === '' ? [] : [`check it: clarky-contacts verify ${shown}`];
  if (files.length > FILES_NAMED) return [];
  return [`check it: clarky-contacts verify ${files.map(({ file }) => shellWord(file)).join(' ')}`];
}

function isListOfFiles({ file, files }: Summary): boolean {
  return files !== undefined && file.split(/[\\/]/).at(-1) === SEVERAL;
}

/** What the next command must be told where the state of a run is not beside its file. */
function whereItsStateIs({ file, checkpoint }: Summary): string {
  return checkpoint === `${file}.checkpoint.jsonl` || checkpoint === 'memory' || checkpoint === ''
    ? ''
    : ` --checkpoint ${shellWord(checkpoint)}`;
}

function headline(summary: Summary): string {
  const rows = `${formatCount(summary.rows)} ${summary.rows === 1 ? 'row' : 'rows'}`;
  const file = isListOfFiles(summary) ? `${summary.files?.length ?? 0} files` : fileInWords(summary.file);
  if (summary.pending > 0)
    return `Stopped: ${formatCount(summary.rows - summary.pending)} of ${rows} of ${file} ${summary.rows === 1 ? 'is' : 'are'} done.`;
  if (summary.rows === 0) return `Finished: ${file} has no rows, so nothing was imported.`;
  if (summary.rejected > 0) return `Finished: ${rows} of ${file}, ${formatCount(summary.rejected)} of them rejected.`;
  return summary.rows === 1
    ? `Finished: the 1 row of ${file} is in Clarky.`
    : `Finished: all ${rows} of ${file} are in Clarky.`;
}

function traffic(summary: Summary): string {
  if (summary.requests === 0) return `No write was needed (${formatDuration(summary.seconds)}).`;
  const notes = [
    `${formatCount(summary.requests)} ${summary.requests === 1 ? 'write' : 'writes'} in ${formatDuration(summary.seconds)}`,
    ...(summary.retries > 0 ? [`${formatCount(summary.retries)} of them again`] : []),
    overTheLimit(summary.throttled),
  ];
  return `${notes.join(', ')}.`;
}
