/** What verify and undo add to the report of the import that they look at or take back. Pure. */
import { linesInWords } from '../wording/rows/lines.js';
import { counted, formatCount, ofCount } from '../wording/durations.js';
import { fieldInWords } from '../wording/fields.js';
import { inAllTakenBackInWords, takenBackInWords, verifyVerdict } from '../wording/results.js';
import { printable, shortened } from '../wording/printable.js';
import { element, type Element } from './markup.js';
import { beyondUndoInWords } from '../wording/left-as-is.js';
import type { UndoReport, VerifyReport } from './model.js';
import { leftOutSection, rowsAt, nextSection, pairs, rowOf, cellOf, section, tableOf, timeTag } from './sections.js';

const contacts = (count: number): string => counted(count, 'contact');

/** What the lines are of, and what Clarky was held against. */
function sheetOrFile({ sheet }: Pick<VerifyReport, 'sheet'>): string {
  return sheet === undefined ? 'the file' : `the sheet ${printable(sheet)}`;
}

/** The part of a verify. */
export function verifyPart(report: VerifyReport): Element {
  const what = sheetOrFile(report);
  const isGood = report.same + report.corrected === report.checked && report.rejected === 0;
  const notSame = report.different + report.missing + report.unknown - report.notSent;
  return element(
    'article',
    {},
    element('p', { class: 'kind' }, 'Verified: ', element('b', {}, report.file), ', ', timeTag(report.endedAt)),
    element('h1', { class: isGood ? 'good' : 'mixed' }, verifyVerdict(report, what)),
    tally([
      ['as the file says', report.same],
      [`as ${ofCount(report.corrected, 'it was', 'they were')} corrected`, report.corrected],
      ['with other values', report.different - report.setBack],
      [`set back to what ${ofCount(report.setBack, 'it was', 'they were')}`, report.setBack],
      ['not in Clarky', report.missing - report.notSent],
      ['taken back', report.takenBack],
      ['not sent yet, or taken back', report.notSent - report.takenBack],
      ['not found', report.unknown],
      ['rejected', report.rejected],
    ]),
    report.fields.length === 0
      ? undefined
      : section(
          'Fields that differ',
          pairs(
            report.fields.map(({ field, contacts: count }) => [shortened(fieldInWords(field), 80), contacts(count)]),
          ),
        ),
    notSame === 0 ? undefined : element('p', {}, `${rowsAt(report.lines, notSame)} of ${what}.`),
    leftOutSection(report.leftOut ?? []),
    report.data === undefined || report.data.length === 0 ? undefined : differences(report.data),
    nextSection(report.next),
  );
}

const NOTHING = '(nothing)';

function differences(data: NonNullable<VerifyReport['data']>): Element {
  const rows = data.map(({ place, field, expected, found }) =>
    rowOf(
      cellOf(place),
      ...[fieldInWords(field), expected || NOTHING, found || NOTHING].map((text) => shortened(text, 120)),
    ),
  );
  return section('What differs', tableOf('What differs', ['Line', 'Field', 'The file says', 'Clarky has'], rows));
}

/** What undo did, in a sentence. */
function undoVerdict(report: UndoReport): string {
  return `${report.pending > 0 ? 'Undo stopped' : 'Undone'}: ${takenBackInWords(report)}`;
}

/** The part of an undo. */
export function undoPart(report: UndoReport): Element {
  const mood = report.pending > 0 ? 'stopped' : report.left > 0 ? 'mixed' : 'good';
  return element(
    'article',
    {},
    element('p', { class: 'kind' }, 'Undo of ', element('b', {}, report.file), ', ', timeTag(report.startedAt)),
    element('h1', { class: mood }, undoVerdict(report)),
    tally([
      ['deleted', report.deleted],
      ['set back', report.setBack],
      [`left as ${ofCount(report.left, 'it is', 'they are')}`, report.left],
      ['as before already', report.nothingToDo],
      ['still to be looked at', report.pending],
    ]),
    report.inAll && element('p', {}, inAllTakenBackInWords(report.inAll)),
    report.left === 0
      ? undefined
      : element(
          'p',
          {},
          `Left as ${report.left === 1 ? 'it is' : 'they are'}: ${linesInWords(report.leftLines, report.left - report.leftLines.length)} of ${sheetOrFile(report)}.`,
        ),
    report.beyondUndo === 0 ? undefined : element('p', {}, beyondUndoInWords(report.beyondUndo, ' more')),
    nextSection(report.next),
  );
}

function tally(counts: readonly (readonly [string, number])[]): Element {
  return element(
    'ul',
    { class: 'legend plain' },
    ...counts
      .filter(([, count]) => count > 0)
      .map(([name, count]) =>
        element('li', {}, element('b', {}, formatCount(count)), element('span', { class: 'name' }, name)),
      ),
  );
}
