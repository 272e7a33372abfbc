/**
 * A number that stands in pieces: "Area Code", "Exchange", "Line"; "Phone 1" to "Phone 3" over 212, 555, 0147; "Number" behind
 * its codes. All pieces but the last are read as what comes before the number. Pure.
 */

import { headerTokens } from '../../header.js';
import { keysOf, once } from '../../vocabulary/words.js';
import { shareOf, type Column } from '../column.js';
import type { Sensed } from '../neighbours.js';
import { isOfField, type Sense } from '../sense.js';

/** Between the area code and the rest. */
const EXCHANGES =
  'exchange; exchange code; central office; central office code; prefix; nxx; phone exchange; phone prefix; tel prefix; middle; 市内局番; 국번';
/** Behind its codes: nothing else is a number there. */
const NUMBERS =
  'number; local number; subscriber number; subscriber; line; line number; phone line; last four; last 4; suffix; rufnummer; nummer; teilnehmernummer; numéro; numéro local; número; número local; numero; numero locale; numer; numara; номер; 加入者番号; 号码; 번호';

const exchanges = once(() => new Set(keysOf(EXCHANGES)));
const numbers = once(() => new Set(keysOf(NUMBERS)));

const AREA: Sense = { kind: 'phone_part', part: 'area_code' };
const NUMBER: Sense = { kind: 'field', field: 'phone_numbers' };
const EXTENSION: Sense = { kind: 'unmapped', why: 'an extension: a number in E.164 has no place for it' };

const isPhone = (sensed: Sensed | undefined): boolean => isOfField(sensed?.sense, 'phone_numbers');
const isCode = (sensed: Sensed | undefined): boolean =>
  sensed?.sense?.kind === 'phone_part' && sensed.sense.part !== 'phone_country';
const isArea = (sensed: Sensed | undefined): boolean => isCode(sensed) && /area|exchange|局番/i.test(headerOf(sensed));

function headerOf(sensed: Sensed | undefined): string {
  return sensed?.column.header ?? '';
}

/** The header without the words that stand in all headers of phones: "Phone - Line" is a line. */
function ownKeys({ column }: Sensed): string[] {
  const tokens = headerTokens(column.header);
  const own = tokens.filter((token) => !/^(?:phone|tel|telephone|home|work|cell|mobile|telefon)$/.test(token));
  return [tokens.join(''), own.join('')];
}

function isCalled(sensed: Sensed, keys: ReadonlySet<string>): boolean {
  return ownKeys(sensed).some((key) => keys.has(key));
}

function holds(column: Column, form: RegExp): boolean {
  return column.values.length > 0 && shareOf(column, (value) => form.test(value)) === 1;
}

const SHORT_PIECE = /^\(?\d{1,5}\)?$/;
const LAST_PIECE = /^\d{3,5}$/;

/** "Phone 1", "Phone 2", "Phone 3" side by side, each too short to be a number. */
function numberedPieces(all: readonly Sensed[]): ReadonlySet<number> {
  const baseOf = ({ column }: Sensed): string => column.key.replace(/\d$/, '');
  const found = new Set<number>();
  for (let at = 0; at + 2 < all.length; at += 1) {
    const three = all.slice(at, at + 3);
    const [first] = three;
    const areNumbered = three.every(
      (sensed, place) =>
        isPhone(sensed) && sensed.column.key.endsWith(String(place + 1)) && baseOf(sensed) === (first && baseOf(first)),
    );
    const areShort = three.every(({ column }, place) => holds(column, place === 2 ? LAST_PIECE : SHORT_PIECE));
    if (areNumbered && areShort) found.add(at).add(at + 1);
  }
  return found;
}

/** Makes area codes of the pieces before a number, a phone of "Number" behind its codes, and nothing of an extension. */
export function resolvePhonePieces(all: readonly Sensed[]): Sensed[] {
  const pieces = numberedPieces(all);
  const numbered = all.map((sensed, at) => (pieces.has(at) ? { column: sensed.column, sense: AREA } : sensed));
  const withExchanges = numbered.map((sensed, at): Sensed => {
    const isBetween = isArea(numbered[at - 1]) && numbered[at + 1] !== undefined;
    return isBetween && isCalled(sensed, exchanges()) && holds(sensed.column, /^\d{1,4}$/)
      ? { column: sensed.column, sense: AREA }
      : sensed;
  });
  const named = withExchanges.map((sensed, at): Sensed => {
    const isOpen = sensed.sense === undefined || sensed.sense.kind === 'unmapped' || sensed.sense.kind === 'ask';
    const areDigits = shareOf(sensed.column, (value) => /^[\d\s()./-]{3,17}$/.test(value)) === 1;
    return isOpen && areDigits && isCode(withExchanges[at - 1]) && isCalled(sensed, numbers())
      ? { column: sensed.column, sense: NUMBER }
      : sensed;
  });
  const hasWhole = named.some(
    (sensed) => isPhone(sensed) && shareOf(sensed.column, (value) => value.replace(/\D/g, '').length > 5) > 0,
  );
  return named.map((sensed, at) =>
    hasWhole && isPhone(sensed) && !isCode(named[at - 1]) && holds(sensed.column, /^\d{2,4}$/)
      ? { column: sensed.column, sense: EXTENSION }
      : sensed,
  );
}
