/**
 * Whatever reads a cell takes time that grows with its length, and an index time that grows with its entries: of twice as many
 * twice, where a square would take four times.
 */
import { DigestIndex } from '../dist/collections/digest-index.js';
import { readBoolean } from '../dist/contact/bool.js';
import { decodeEntities, withoutTags } from '../dist/contact/cell/html.js';
import { readListed } from '../dist/contact/cell/json-list.js';
import { labelledAddress, withoutNameLabels, withoutPhoneLabels } from '../dist/contact/cell/labelled-parts.js';
import { severalValues, withoutModule, withoutPages } from '../dist/contact/cell/relations.js';
import { readCountry } from '../dist/contact/country.js';
import { readDate } from '../dist/contact/dates.js';
import { readEmails } from '../dist/contact/email.js';
import { readMoney } from '../dist/contact/money.js';
import { nameKeyOf, splitName } from '../dist/contact/name.js';
import { firmBehind, isFirmByLaw, isFirmOrHousehold } from '../dist/contact/names/firm-names.js';
import { mayBeOnePerson } from '../dist/contact/names/one-person.js';
import { greetsSeveral, joinsTwoNames, mayBeSeveral } from '../dist/contact/names/several-people.js';
import { readWithParts } from '../dist/contact/phone/phone-parts.js';
import { createPhoneReader } from '../dist/contact/phone/phone.js';
import { shortPostalCode } from '../dist/contact/postal-code.js';
import { readTags } from '../dist/contact/tags.js';
import { cleanText, quoted, unwrapExcelText } from '../dist/contact/text.js';
import { isFooterLike, isRule } from '../dist/source/no-records.js';
import { guardCell, unguardCell } from '../dist/source/text/formula.js';

const CHARACTERS = 60_000;

/** What a reader may look for again and again. */
const UNITS = [
  ...[' ', '\n', '<a ', '<a href=mailto:', '<', '>', '(a ', '(', '(a', '[', ']', '@', 'a@', 'a @ ', '(a@a@', 'mailto:'],
  ...['ab: ', 'a:', 'a,', ',', ';', '.', 'a.', '/', 'a', ' - ', '1', '1 ', '1/', '+4', '+44 ', 'tel ', ' x', 'a & '],
  ...['van der ', 'A::::', '(https://notion.so/', '#a ', '"', 'a"', '"a,', '"",', "'", '\\', '&amp;', '\u0301'],
];

/** @param {number} characters of which each cell holds as many */
export function longCells(characters) {
  return UNITS.flatMap((unit) => {
    const long = unit.repeat(characters / unit.length);
    return [`a${long}b`, `first name: a ${long}!`, long, `${long}> <x>`];
  });
}

const readPhone = createPhoneReader({ country: 'DE' });
const PARTS = { callingCode: '49', areaCode: '030', country: 'DE' };

/** @type {Readonly<Record<string, (cell: string) => unknown>>} */
export const READERS = {
  readEmails,
  readPhone,
  readNumber: (cell) => readWithParts(readPhone, cell, PARTS, undefined),
  readCallingCode: (cell) => readWithParts(readPhone, '5551234', { ...PARTS, callingCode: cell }, undefined),
  readAreaCode: (cell) => readWithParts(readPhone, '5551234', { ...PARTS, areaCode: cell }, undefined),
  withoutPhoneLabels,
  splitName,
  nameKeyOf,
  joinsTwoNames,
  mayBeSeveral: (cell) => mayBeSeveral(cell, cell),
  greetsSeveral,
  isFirmOrHousehold,
  isFirmByLaw,
  firmBehind,
  mayBeOnePerson: (cell) => mayBeOnePerson(cell, 'Ann Lee'),
  withoutNameLabels,
  readTags: (cell) => readTags(cell),
  readMoney: (cell) => readMoney(cell, 'point'),
  readDate: (cell) => readDate(cell, undefined),
  readBoolean,
  readCountry,
  shortPostalCode: (cell) => shortPostalCode(cell, 'DE'),
  labelledAddress,
  readListed,
  decodeEntities,
  withoutTags,
  withoutModule,
  withoutPages,
  severalValues: (cell) => severalValues(cell, true),
  cleanText,
  quoted,
  unwrapExcelText,
  guardCell,
  unguardCell,
  // Three of them, for what is searched for at each place by itself.
  isFooterLike: (cell) => isFooterLike({ line: 2, cells: [cell.repeat(3), '1'], afterBlank: false }, 2, false),
  isRule: (cell) => isRule([cell], true),
};

/** @template T @param {(one: T) => unknown} read @param {Iterable<T>} all */
function workedMs(read, all) {
  const before = process.cpuUsage();
  for (const one of all) read(one);
  return process.cpuUsage(before).user / 1000;
}

/** How long an index takes for so many digests that are all different. @param {number} count */
function indexedMs(count) {
  const words = new Uint32Array(4 * count).map((_, at) => Math.imul(at ^ (at >>> 15), 0x2c1b3c6d) ^ (at << 9));
  const digests = Array.from({ length: count }, (_, n) => new Uint8Array(words.buffer, 16 * n, 16));
  const index = new DigestIndex();
  return workedMs((digest) => index.add(digest), digests);
}

/** Less is told by chance. */
const FEWEST_MS = 100;
const MOST_GROWTH = 3;

/** The slowest reader of cells, and how many take more than their length says, each by itself. */
export async function* growth() {
  const [half, whole] = [longCells(CHARACTERS / 2), longCells(CHARACTERS)];
  let slowest = { name: '', ms: -1 };
  let squares = 0;
  for (const [name, read] of Object.entries(READERS)) {
    // What is compiled at first is no part of it.
    workedMs(read, half);
    const before = workedMs(read, half);
    const ms = workedMs(read, whole);
    if (ms > slowest.ms) slowest = { name, ms };
    if (ms < FEWEST_MS || ms / before < MOST_GROWTH) continue;
    squares += 1;
    yield {
      what: `${name}, cells of ${CHARACTERS} characters`,
      figure: `${ms.toFixed(0)} ms`,
      ratio: `${(ms / before).toFixed(1)} x half of them`,
      bound: '2 x',
    };
  }
  yield {
    what: `${whole.length} cells of ${CHARACTERS} characters, slowest reader: ${slowest.name}`,
    figure: `${slowest.ms.toFixed(0)} ms`,
    ratio: '',
    bound: '',
  };
  const [ofHalf, ofAll] = [indexedMs(500_000), indexedMs(1_000_000)];
  yield {
    what: 'an index of a million digests',
    figure: `${ofAll.toFixed(0)} ms`,
    ratio: `${(ofAll / ofHalf).toFixed(1)} x half of them`,
    bound: '2 x',
  };
  yield { what: 'readers whose time grows faster than the cell', figure: String(squares), ratio: '', bound: '0' };
}
