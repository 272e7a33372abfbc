/** What verify and undo add to the report of the import that they look at or take back. Pure. */
import { formatCount } from '../wording/durations.js';
import { fileWithCorrections } from '../wording/corrections.js';
import { shortened } from '../wording/printable.js';
import { element, type Element } from './markup.js';
import type { UndoReport, VerifyReport } from './model.js';
import { linesInWords, nextSection, pairs, rowOf, section, tableOf, timeTag } from './sections.js';

const contacts = (count: number): string => `${formatCount(count)} ${count === 1 ? 'contact' : 'contacts'}`;

/** What verify found, in a sentence. */
export function verifyVerdict({ checked, same, corrected, rejected, corrections }: VerifyReport): string {
  const others = checked - same - corrected;
  const source = fileWithCorrections(corrections);
  if (others > 0)
    return `${contacts(others)} of ${formatCount(checked)} ${others === 1 ? 'is' : 'are'} not as ${source}.`;
  const besides = rejected === 0 ? '' : ` ${formatCount(rejected)} ${rejected === 1 ? 'row' : 'rows'} can’t be sent.`;
  const all = checked === 1 ? 'The only contact in Clarky is' : `All ${contacts(checked)} in Clarky are`;
  return `${all} as ${source}.${besides}`;
}

/** The part of a verify. */
export function verifyPart(report: VerifyReport): Element {
  const isGood = report.same + report.corrected === report.checked && report.rejected === 0;
  const notSame = report.different + report.missing + report.unknown;
  return element(
    'article',
    {},
    element('p', { class: 'kind' }, 'Verified ', timeTag(report.endedAt)),
    element('h1', { class: isGood ? 'good' : 'mixed' }, verifyVerdict(report)),
    tally([
      ['same', report.same],
      ['same as corrected', report.corrected],
      ['different', report.different],
      ['missing', report.missing],
      ['not found by lookup', report.unknown],
      ['rejected rows', report.rejected],
    ]),
    report.fields.length === 0
      ? undefined
      : section(
          'Fields that differ',
          pairs(report.fields.map(({ field, contacts: count }) => [shortened(field, 80), contacts(count)])),
        ),
    notSame === 0 ? undefined : element('p', {}, `${linesInWords(report.lines, notSame)}.`),
    report.data === undefined || report.data.length === 0 ? undefined : differences(report.data),
    nextSection(report.next),
  );
}

function differences(data: NonNullable<VerifyReport['data']>): Element {
  const rows = data.map(({ line, field, expected, found }) =>
    rowOf(formatCount(line), ...[field, expected, found].map((text) => shortened(text, 120))),
  );
  return section('What differs', tableOf('What differs', ['Line', 'Field', 'The file says', 'Clarky has'], rows));
}

/** What undo did, in a sentence. */
function undoVerdict(report: UndoReport): string {
  return `${report.pending > 0 ? 'Undo stopped' : 'Undone'}: ${undoneInWords(report)}`;
}

/** What became of the contacts that undo looked at. */
export function undoneInWords({ deleted, setBack, left, pending }: UndoReport): string {
  const done = `${contacts(deleted)} deleted, ${formatCount(setBack)} set back`;
  if (pending > 0) return `${done}, ${formatCount(pending)} still to be looked at.`;
  return left === 0
    ? `${done}.`
    : `${done}; ${formatCount(left)} left, since somebody changed ${left === 1 ? 'it' : 'them'}.`;
}

/** The part of an undo. */
export function undoPart(report: UndoReport): Element {
  const mood = report.pending > 0 ? 'stopped' : report.left > 0 ? 'mixed' : 'good';
  return element(
    'article',
    {},
    element('p', { class: 'kind' }, 'Undo ', timeTag(report.endedAt)),
    element('h1', { class: mood }, undoVerdict(report)),
    tally([
      ['deleted', report.deleted],
      ['set back', report.setBack],
      ['left', report.left],
      ['nothing to do', report.nothingToDo],
      ['pending', report.pending],
    ]),
    report.left === 0 ? undefined : element('p', {}, `${linesInWords(report.leftLines, report.left)}.`),
    nextSection(report.next),
  );
}

function tally(counts: readonly (readonly [string, number])[]): Element {
  return element(
    'ul',
    { class: 'legend plain' },
    ...counts
      .filter(([, count], at) => count > 0 || at === 0)
      .map(([name, count]) =>
        element('li', {}, element('b', {}, formatCount(count)), element('span', { class: 'name' }, name)),
      ),
  );
}
