/** Cells so long that whatever grows with the square of their length would take minutes, not milliseconds. */
import { describe, expect, it } from 'vitest';
import { readBoolean } from '../../src/contact/bool.js';
import { decodeEntities, withoutTags } from '../../src/contact/cell/html.js';
import { readListed } from '../../src/contact/cell/json-list.js';
import { labelledAddress, withoutNameLabels, withoutPhoneLabels } from '../../src/contact/cell/labelled-parts.js';
import { severalValues, withoutModule, withoutPages } from '../../src/contact/cell/relations.js';
import { readCountry } from '../../src/contact/country.js';
import { readDate } from '../../src/contact/dates.js';
import { readEmails } from '../../src/contact/email.js';
import { readMoney } from '../../src/contact/money.js';
import { nameKeyOf, splitName } from '../../src/contact/name.js';
import { firmBehind, isFirmByLaw, isFirmOrHousehold } from '../../src/contact/names/firm-names.js';
import { mayBeOnePerson } from '../../src/contact/names/one-person.js';
import { greetsSeveral, joinsTwoNames, mayBeSeveral } from '../../src/contact/names/several-people.js';
import { readWithParts } from '../../src/contact/phone/phone-parts.js';
import { createPhoneReader } from '../../src/contact/phone/phone.js';
import { shortPostalCode } from '../../src/contact/postal-code.js';
import { readTags } from '../../src/contact/tags.js';
import { cleanText, quoted, unwrapExcelText } from '../../src/contact/text.js';
import { isFooterLike, isRule } from '../../src/source/no-records.js';
import { guardCell, unguardCell } from '../../src/source/text/formula.js';
import { workedMs } from '../support/worked.js';

const CHARACTERS = 60_000;
/** It takes half a second. */
const ENOUGH_MS = 9_000;
const long = (unit: string): string => unit.repeat(CHARACTERS / unit.length);

const CELLS = [
  ...[' ', '\n', '<a ', '<a href=mailto:', '<', '(a ', '[', '@', 'a@', 'a @ ', 'mailto:', 'ab: ', 'a,', ' - ', '1'],
  ...[
    '1 ',
    '+44 ',
    'a & ',
    'van der ',
    'A::::',
    '(https://notion.so/',
    '#a ',
    '"',
    '"a,',
    "'",
    '\\',
    '&amp;',
    '\u0301',
  ],
].flatMap((unit) => [`a${long(unit)}b`, `first name: a ${long(unit)}!`]);

const readPhone = createPhoneReader({ country: 'DE' });
const PARTS = { callingCode: '49', areaCode: '030', country: 'DE' };

const READERS: Readonly<Record<string, (cell: string) => unknown>> = {
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
  readTags,
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

describe('a cell of sixty thousand characters', () => {
  it.each(Object.entries(READERS))('is taken by %s in time that grows with its length', (_name, read) => {
    const spentMs = workedMs(() => {
      for (const cell of CELLS) read(cell);
    });
    expect(spentMs).toBeLessThan(ENOUGH_MS);
  });
});
