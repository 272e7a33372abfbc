/** What the report says of an import. Pure. */
import { counted, formatCount, formatDuration, overTheLimit } from '../wording/durations.js';
import { shortened } from '../wording/printable.js';
import { correctedInWords, verdictOf } from '../wording/results.js';
import { nextInReport } from '../wording/on-page.js';
import { outcomeBar } from './charts/outcome-bar.js';
import { timelineChart } from './charts/timeline-chart.js';
import { element, type Element } from './markup.js';
import type { ImportReport, RejectedValue } from './model.js';
import {
  columnsSection,
  heldSection,
  leftOutSection,
  nextSection,
  rejectsSection,
  rowOf,
  cellOf,
  section,
  settingsSection,
  tableOf,
  timeTag,
} from './sections.js';

/** How well it went, for the colour of the verdict. */
export function moodOf({
  counts,
  stopped,
}: {
  readonly counts: Pick<ImportReport['counts'], 'rows' | 'pending' | 'rejected'>;
  readonly stopped: { readonly isAsked?: boolean } | undefined;
}): 'good' | 'mixed' | 'stopped' {
  if (stopped?.isAsked === true) return 'mixed';
  if (stopped !== undefined || counts.pending > 0) return 'stopped';
  // A file without rows is seldom what was meant.
  return counts.rejected > 0 || counts.rows === 0 ? 'mixed' : 'good';
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
      : element(
          'p',
          { class: 'lead' },
          [stopped.message, nextInReport(stopped.next)].filter((text) => text !== undefined).join(' '),
        ),
    outcomeBar(counts),
    element('p', { class: 'traffic' }, trafficInWords(report)),
    report.corrections === 0 ? undefined : element('p', {}, correctedInWords(report.corrections, report.rowsLeftOut)),
    report.requests === 0 ? undefined : section('Writes over time', timelineChart(timeline)),
    nextSection(report.next),
    rejectsSection(report.rejects),
    data === undefined ? undefined : rejectedValues(data),
    heldSection(report),
    leftOutSection(report.leftOut),
    columnsSection(report.columns, data !== undefined),
    settingsSection(report.settings),
  );
}

function trafficInWords({ counts, requests, seconds, retries, throttled }: ImportReport): string {
  const isDone = counts.rejected + counts.pending === 0;
  if (requests === 0) return `No write was ${isDone ? 'needed' : 'made'}.`;
  return (
    [
      `${counted(requests, 'write')} in ${seconds < 1 ? 'less than a second' : formatDuration(seconds)}`,
      ...(retries > 0 ? [`${formatCount(retries)} of them again`] : []),
      overTheLimit(throttled),
    ].join(', ') + '.'
  );
}

function rejectedValues(values: readonly RejectedValue[]): Element | undefined {
  if (values.length === 0) return undefined;
  const rows = values.map(({ place, column, message }) =>
    rowOf(cellOf(place), shortened(column, 60), shortened(message, 200)),
  );
  return section('Rejected values', tableOf('Rejected values', ['Line', 'Column', 'What is wrong'], rows));
}
