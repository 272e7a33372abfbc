/** The parts of a report that several of its kinds have. Pure. */
import { lineAtStart, linesInWords, type Place } from '../wording/rows/lines.js';
import { formatCount, percentInWords } from '../wording/durations.js';
import { remedyInReport, remedyOf } from '../wording/remedies.js';
import { leftOutInWords, type LeftOut } from '../wording/left-out.js';
import { columnReason, fieldInWords } from '../wording/fields.js';
import { shortened } from '../wording/printable.js';
import { localTime } from '../wording/times.js';
import { element, type Element, type Markup } from './markup.js';
import type { ImportReport, NextStep, ReportColumn, Setting } from './model.js';
import { WHOLE_ROW, type RejectsTable } from './rejects-table.js';

const MOST_COLUMNS = 60;
/** Names longer than this are cut: the table is for orientation. */
const NAME_LENGTH = 60;

/** A part with its heading. */
export function section(heading: string, ...children: (Markup | undefined)[]): Element {
  return element('section', {}, element('h2', {}, heading), ...children);
}

/** A time by the clock of the machine that wrote it down, and its zone. */
export function timeTag(iso: string): Element {
  return element('time', { datetime: iso }, localTime(iso));
}

/** Where rows stand, of some the first, as a sentence begins. */
export function rowsAt(places: readonly Place[], inAll: number): string {
  return lineAtStart(places, inAll - places.length);
}

/** A row in a column of lines. */
export function cellOf({ line, file }: Place): string {
  return file === undefined ? String(line) : linesInWords([{ line, file }]);
}

/** Rejected rows by reason and column, the fuller a cell the darker. */
export function rejectsSection(table: RejectsTable): Element | undefined {
  if (table.reasons.length === 0) return undefined;
  const most = Math.max(1, ...table.reasons.flatMap(({ cells }) => cells));
  const name = (column: string): string => (column === WHOLE_ROW ? 'the whole row' : shortened(column, NAME_LENGTH));
  return section(
    'Why rows were rejected',
    tableOf(
      'Rejected rows by reason and column',
      ['Reason', number('Rows'), ...table.columns.map((column) => number(name(column)))],
      table.reasons.map((reason) => reasonRow(reason, most)),
      'heat',
    ),
    more(table.moreReasons, 'reason'),
    more(table.moreColumns, 'column'),
  );
}

function reasonRow({ code, rows, cells, lines, canDoWithout }: RejectsTable['reasons'][number], most: number): Element {
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('span', {}, shortened(remedyOf(code).title, NAME_LENGTH + 20)),
      element('small', {}, `${remedyInReport(code, canDoWithout)} ${rowsAt(lines, rows)}.`),
    ),
    element('td', { class: 'number' }, formatCount(rows)),
    ...cells.map((count) =>
      count === 0
        ? element('td', { class: 'number none' }, '·')
        : element('td', { class: `number heat${Math.ceil((count / most) * 4)}` }, formatCount(count)),
    ),
  );
}

/** Which column became what, and why. */
export function columnsSection(columns: readonly ReportColumn[], withSamples: boolean): Element {
  const shown = columns.slice(0, MOST_COLUMNS);
  return section(
    'What became of the columns',
    tableOf(
      'Columns of the file',
      ['Column', 'Becomes', number('Filled'), 'Why', ...(withSamples ? ['For example'] : [])],
      shown.map((column) =>
        element(
          'tr',
          { class: column.isSent ? undefined : 'left-out' },
          element('th', { scope: 'row' }, ...unbroken(shortened(column.column, NAME_LENGTH))),
          element('td', {}, column.isSent ? shortened(fieldInWords(column.to), NAME_LENGTH) : 'not sent'),
          element('td', { class: 'number' }, percentInWords(column.fillRate)),
          element('td', {}, shortened(columnReason(column.reason), 160)),
          withSamples
            ? element('td', {}, column.samples.map((sample) => shortened(sample, 40)).join(' · '))
            : undefined,
        ),
      ),
    ),
    more(columns.length - shown.length, 'column'),
  );
}

export function settingsSection(settings: readonly Setting[]): Element | undefined {
  if (settings.length === 0) return undefined;
  return section('How it was sent', pairs(settings.map(({ name, value }) => [name, shortened(value, 200)])));
}

export function pairs(entries: readonly (readonly [string, string])[]): Element {
  return element(
    'dl',
    { class: 'settings' },
    ...entries.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

/** What to do next: on the page, and the commands as they are typed. */
export function nextSection(steps: readonly NextStep[]): Element | undefined {
  if (steps.length === 0) return undefined;
  return element(
    'section',
    { class: 'steps' },
    element('h2', {}, 'What to do next'),
    element(
      'ol',
      { class: 'next' },
      ...steps.map(({ words, press, command }) =>
        element(
          'li',
          {},
          words,
          press === undefined ? undefined : element('p', { class: 'press' }, `On the page: ${press}. In a terminal:`),
          element('pre', {}, element('code', {}, command)),
        ),
      ),
    ),
  );
}

export function heldSection({ held }: ImportReport): Element | undefined {
  if (held.rows === 0) return undefined;
  return section(
    'People who share a phone or an e-mail',
    element(
      'p',
      {},
      `${formatCount(held.rows)} ${held.rows === 1 ? 'row was' : 'rows were'} not sent, since different people would have become one contact. ${rowsAt(held.lines, held.rows)}.`,
    ),
  );
}

const MOST_LEFT_OUT = 20;

/** Contacts that went without a value of their row. */
export function leftOutSection(leftOut: readonly LeftOut[]): Element | undefined {
  if (leftOut.length === 0) return undefined;
  const said = leftOut
    .slice(0, MOST_LEFT_OUT)
    .map((one) => element('li', {}, shortened(`${leftOutInWords(one)}.`, 200)));
  return section(
    'Sent without a value of their row',
    element('ul', { class: 'next' }, ...said),
    leftOut.length > MOST_LEFT_OUT
      ? element('p', { class: 'more' }, `And ${formatCount(leftOut.length - MOST_LEFT_OUT)} more.`)
      : undefined,
  );
}

/** A table; wide ones scroll by themselves, by keyboard as well. */
export function tableOf(
  label: string,
  heads: readonly (string | Element)[],
  rows: readonly Element[],
  kind?: string,
): Element {
  const heading = (head: string | Element): Element =>
    typeof head === 'string' ? element('th', { scope: 'col' }, ...unbroken(head)) : head;
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    element(
      'table',
      { class: kind },
      element('thead', {}, element('tr', {}, ...heads.map(heading))),
      element('tbody', {}, ...rows),
    ),
  );
}

/** The heading of a column of numbers. */
function number(text: string): Element {
  return element('th', { scope: 'col', class: 'number' }, ...unbroken(text));
}

/** Longer ones need to be broken somewhere. */
const UNBROKEN_LENGTH = 16;

/** The text of a heading, where a short word such as E-mail stays in one line: a table gives its columns as little room as it can. */
function unbroken(text: string): Markup[] {
  return text
    .split(/(\S+-\S+)/)
    .filter((part) => part !== '')
    .map((part) =>
      /\S-\S/.test(part) && part.length <= UNBROKEN_LENGTH ? element('span', { class: 'word' }, part) : part,
    );
}

export function rowOf(...cells: readonly string[]): Element {
  return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
}

function more(count: number, what: string): Element | undefined {
  if (count <= 0) return undefined;
  return element('p', { class: 'more' }, `And ${formatCount(count)} more ${what}${count === 1 ? '' : 's'}.`);
}
