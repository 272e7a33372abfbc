/** "Número" behind "Rua": the number of the house, where the cells are one. Pure. */

import { shareOf, type Column } from './column.js';
import type { Sensed } from './neighbours.js';

const NUMBER: ReadonlySet<string> = new Set(['numero', 'num', 'nro', 'nr', 'no', 'n', 'number', 'nummer', 'numer']);
const MOSTLY = 0.7;

function holdsHouseNumbers(column: Column): boolean {
  return shareOf(column, (value) => /^(?:\d{1,5}\s?\p{L}?|s\/?n)$/iu.test(value)) >= MOSTLY;
}

/** Gives a bare "number" column right behind a street to the street. */
export function resolveHouseNumbers(all: readonly Sensed[]): Sensed[] {
  return all.map(({ column, sense }, at): Sensed => {
    const before = all[at - 1]?.sense;
    const isBehindStreet =
      before?.kind === 'address' &&
      (before.part === 'address_line1' || before.part === 'block') &&
      sense?.kind !== 'address';
    if (!isBehindStreet || !NUMBER.has(column.key) || !holdsHouseNumbers(column)) return { column, sense };
    return { column, sense: { kind: 'address', part: 'house_number', group: before.group } };
  });
}
