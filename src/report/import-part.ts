/** What the report says of an import. Pure. */
import { formatCount, formatDuration, overTheLimit } from '../wording/durations.js';
import { shortened } from '../wording/printable.js';
import { outcomeBar } from './charts/outcome-bar.js';
import { timelineChart } from './charts/timeline-chart.js';
import { element, type Element } from './markup.js';
import type { ImportReport, RejectedValue } from './model.js';
import {
  columnsSection,
  heldSection,
  nextSection,
  rejectsSection,
  rowOf,
  section,
  settingsSection,
  tableOf,
  timeTag,
} from './sections.js';

/** What happened, in a sentence; the same on the page and in the report. */
export function verdictOf({ counts, stopped }: Pick<ImportReport, 'counts' | 'stopped'>): string {
  const rows = (count: number): string => `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
  const { rejected, pending } = counts;
  if (stopped !== undefined || pending > 0) {
    return `Stopped: ${formatCount(counts.rows - pending)} of ${rows(counts.rows)} ${counts.rows === 1 ? 'is' : 'are'} decided, ${formatCount(pending)} ${pending === 1 ? 'is' : 'are'} still to be sent.`;
  }
  if (counts.rows === 0) return 'Finished: the file has no rows.';
  if (rejected === counts.rows)
    return `Finished: ${counts.rows === 1 ? 'the only row was' : `all ${rows(counts.rows)} were`} rejected; nothing was sent.`;
  if (rejected > 0)
    return `Finished: ${rows(counts.rows - rejected)} of ${formatCount(counts.rows)} ${counts.rows - rejected === 1 ? 'is' : 'are'} in Clarky, ${formatCount(rejected)} ${rejected === 1 ? 'was' : 'were'} rejected.`;
  if (counts.rows === 1) return 'Finished: the only row is in Clarky.';
  return `Finished: all ${rows(counts.rows)} are in Clarky.`;
}

/** How well it went, for the colour of the verdict. */
export function moodOf({ counts, stopped }: Pick<ImportReport, 'counts' | 'stopped'>): 'good' | 'mixed' | 'stopped' {
  if (stopped !== undefined || counts.pending > 0) return 'stopped';
  return counts.rejected > 0 ? 'mixed' : 'good';
}

/** The part of an import. */
export function importPart(report: ImportReport): Element {
  const { counts, stopped, timeline, data } = report;
  return element(
    'article',
    {},
    element('p', { class: 'kind' }, 'Import of ', element('b', {}, report.file), ', ', timeTag(report.startedAt)),
    element('h1', { class: moodOf(report) }, verdictOf(report)),
    stopped === undefined
      ? undefined
      : element('p', { class: 'lead' }, [stopped.message, stopped.next].filter((text) => text !== undefined).join(' ')),
    outcomeBar(counts),
    element('p', { class: 'traffic' }, trafficInWords(report)),
    report.corrections === 0 ? undefined : element('p', {}, correctionsInWords(report.corrections)),
    report.requests === 0 ? undefined : section('Writes over time', timelineChart(timeline)),
    nextSection(report.next),
    rejectsSection(report.rejects),
    data === undefined ? undefined : rejectedValues(data),
    heldSection(report),
    columnsSection(report.columns, data !== undefined),
    settingsSection(report.settings),
  );
}

function correctionsInWords(count: number): string {
  const what = count === 1 ? '1 correction was' : `${formatCount(count)} corrections were`;
  return `${what} used that somebody made beside the file; the file itself has what it had.`;
}

function trafficInWords({ counts, requests, seconds, retries, throttled }: ImportReport): string {
  const isDone = counts.rejected + counts.pending === 0;
  if (requests === 0) return `No write was ${isDone ? 'needed' : 'made'} (${formatDuration(seconds)}).`;
  return (
    [
      `${formatCount(requests)} ${requests === 1 ? 'write' : 'writes'} in ${formatDuration(seconds)}`,
      ...(retries > 0 ? [`${formatCount(retries)} of them again`] : []),
      overTheLimit(throttled),
    ].join(', ') + '.'
  );
}

function rejectedValues(values: readonly RejectedValue[]): Element | undefined {
  if (values.length === 0) return undefined;
  const rows = values.map(({ line, column, message }) =>
    rowOf(formatCount(line), shortened(column, 60), shortened(message, 200)),
  );
  return section('Rejected values', tableOf('Rejected values', ['Line', 'Column', 'What is wrong'], rows));
}
