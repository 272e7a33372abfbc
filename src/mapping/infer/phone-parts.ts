/** What a column beside a phone is: its calling code, its area code, its country, or the contact's country. Pure. */

import { readCallingCode } from '../../contact/phone/calling-code.js';
import { headerTokens } from '../header.js';
import { shareOf, quotedHeader, type Column } from './column.js';
import type { Sensed } from './neighbours.js';
import { isOfField, type Sense } from './sense.js';

/** The share of the values from which a column counts as holding codes. */
const MOSTLY = 0.7;
const COUNTRY: Sense = { kind: 'address', part: 'country', group: '' };

function holdsDigits(column: Column): boolean {
  return shareOf(column, (value) => /^\(?(?:\+|00)?\s*\d[\d\s-]{0,5}\)?(?:\.0)?$/.test(value)) >= MOSTLY;
}

function isInternational(value: string): boolean {
  return /^\(?(?:\+|00)/.test(value) && readCallingCode(value)?.code !== undefined;
}

const looksLikeAreaCode = (value: string): boolean => /^\(?0?\d{2,5}\)?$/.test(value);

const SHORT_NAMES: ReadonlySet<string> = new Set(['cc', 'code', 'ccode', 'phcode', 'prefix', 'vw', 'lv']);

/** "CC" or "Code" beside a phone, where every cell is a calling code: no card's number, and nothing else. */
function isUnnamedCode(column: Column, next: Sensed | undefined, before: Sensed | undefined): boolean {
  const isPhone = (sensed: Sensed | undefined): boolean => isOfField(sensed?.sense, 'phone_numbers');
  if (!SHORT_NAMES.has(column.key) || column.values.length === 0 || !(isPhone(next) || isPhone(before))) return false;
  return column.key === 'cc'
    ? column.values.every((value) => /^\+?\d{1,4}$/.test(value) && readCallingCode(value)?.code !== undefined)
    : column.values.every(isInternational);
}

/** Decides what "Country Code", "Dial Code", "Prefix" and the like are, by the values below them. */
export function resolvePhoneParts(all: readonly Sensed[]): Sensed[] {
  const isPhone = ({ sense }: Sensed): boolean => isOfField(sense, 'phone_numbers');
  const hasPhone = all.some((sensed) => isPhone(sensed) || sensed.sense?.kind === 'phone_part');
  const hasCallingCode = all.some(({ sense }) => sense?.kind === 'phone_part' && sense.part === 'calling_code');
  let unclear: Column | undefined;
  const resolved = all.map(({ column, sense }, at): Sensed => {
    if (sense?.kind !== 'field' && isUnnamedCode(column, all[at + 1], all[at - 1])) {
      return { column, sense: { kind: 'phone_part', part: 'calling_code' } };
    }
    if (column.key === 'area' && sense?.kind !== 'field' && shareOf(column, looksLikeAreaCode) === 1) {
      const isBeside = [all[at - 1], all[at + 1]].some((next) => next !== undefined && isPhone(next));
      if (isBeside) return { column, sense: { kind: 'phone_part', part: 'area_code' } };
    }
    if (sense?.kind === 'address' && sense.part === 'country' && hasPhone && holdsDigits(column)) {
      return { column, sense: { kind: 'phone_part', part: 'calling_code' } };
    }
    if (sense?.kind !== 'phone_part') return { column, sense };
    const isSecond = sense.part === 'prefix' && hasCallingCode;
    const decided = decide(column, isSecond ? 'area_code' : sense.part, hasPhone);
    if (decided === undefined) unclear = column;
    return { column, sense: decided ?? { kind: 'ask', suggestions: ['calling_code', 'area_code'] } };
  });
  if (unclear === undefined) return resolved;
  const why = `${quotedHeader(unclear)} may be its calling code or its area code`;
  return resolved.map((sensed) =>
    isPhone(sensed) ? { column: sensed.column, sense: { kind: 'ask', suggestions: ['phone_numbers'], why } } : sensed,
  );
}

function decide(
  column: Column,
  part: Extract<Sense, { kind: 'phone_part' }>['part'],
  hasPhone: boolean,
): Sense | undefined {
  const isBlank = column.values.length === 0;
  const areDigits = holdsDigits(column);
  if (part === 'phone_country' || part === 'code') {
    if (areDigits) return { kind: 'phone_part', part: 'calling_code' };
    const isOfPhone = headerTokens(column.header).some((token) => /^(?:phones?|mobile|tel\w*|cell)$/.test(token));
    return part === 'phone_country' || isOfPhone ? { kind: 'phone_part', part: 'phone_country' } : COUNTRY;
  }
  if (!isBlank && !areDigits) {
    const areCodes = shareOf(column, (value) => readCallingCode(value) !== undefined) >= MOSTLY;
    if (areCodes) return { kind: 'phone_part', part: 'phone_country' };
    return { kind: 'unmapped', why: 'no calling code, though it is called so' };
  }
  if (!hasPhone) return { kind: 'unmapped', why: 'a part of a phone number, without the number' };
  if (shareOf(column, isInternational) >= MOSTLY) return { kind: 'phone_part', part: 'calling_code' };
  if (part !== 'prefix') return { kind: 'phone_part', part };
  if (isBlank) return { kind: 'phone_part', part: 'area_code' };
  const hasTrunkPrefix = shareOf(column, (value) => /^\(?0[1-9]/.test(value)) > 0;
  const canBeCode = column.values.every((value) => readCallingCode(value)?.code !== undefined);
  return hasTrunkPrefix || !canBeCode ? { kind: 'phone_part', part: 'area_code' } : undefined;
}
