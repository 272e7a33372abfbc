/**
 * What a column is as a whole: decimal comma or point, day or month first, all dates, all yes and no. One pass over the
 * file, in constant memory but for four bytes for each amount or date that can be read in two ways.
 */

import { readBoolean } from '../../contact/bool.js';
import { dateShape } from '../../contact/dates.js';
import { moneyShape } from '../../contact/money.js';
import { given } from '../../given.js';
import { GrowingOrdinals } from './growing-ordinals.js';
import type { ColumnMapping, DateOrder, Decimal, InferredMapping } from '../mapping.js';

/** A column to be watched: an amount, a date, or a custom field whose type the column decides. */
export interface ProfiledColumn {
  readonly index: number;
  readonly kind: 'money' | 'date' | 'custom';
  /** Of a custom field whose type the column decides: the order that its dates have, if they are dates. */
  readonly dateOrder?: DateOrder | undefined;
}

/** What whole columns decided, by column index. What is not there stayed undecided. */
export interface Conventions {
  readonly decimals: ReadonlyMap<number, Decimal>;
  readonly dateOrders: ReadonlyMap<number, DateOrder>;
  /** Custom columns that hold nothing but readable dates, or nothing but yes and no. */
  readonly customKinds: ReadonlyMap<number, 'date' | 'boolean'>;
  /** Addresses of nobody (noemail@…) that stand in rows of different people. */
  readonly sharedPlaceholders?: ReadonlySet<string>;
}

export interface ColumnProfile {
  /** Looks at the next record; `ordinal` counts them from 0. Malformed records are not to be shown. */
  observe(ordinal: number, cells: readonly string[], given?: ReadonlyMap<number, unknown>): void;
  /** Takes over what another file of the same columns decided where nothing in this one does, and what custom columns hold. */
  adopt(decided: Conventions): void;
  /** What the columns have decided so far. */
  conventions(): Conventions;
  /** The ordinals, ascending and without repeats, of the records with a value that can be read in two ways: rejected, or sent without it. */
  ambiguousOrdinals(): Uint32Array;
  /** How many values of a column can be read in two ways; 0 where it has decided. */
  ambiguousCount(index: number): number;
  /** Custom columns of dates that are sent as text: for the few records (by ordinal) that hold none, or for their order. */
  nearlyDates(): { readonly index: number; readonly dates: number; readonly others: readonly number[] }[];
}

/** The columns of a mapping whose reading depends on the whole column; `set` holds the fixed values. */
export function profiledColumns(
  mapping: InferredMapping,
  unmapped: 'ignore' | 'custom',
  set: ReadonlyMap<string, string> = new Map(),
): ProfiledColumn[] {
  return mapping.columns.flatMap((column) => {
    // A fixed value stands in for the column: what its cells say decides nothing, and rejects nobody.
    const kind = isFixed(column, set) ? undefined : profiledKind(column, unmapped);
    if (kind === undefined) return [];
    const dateOrder = column.target.kind === 'custom' ? column.target.dateOrder : undefined;
    return [{ index: column.index, kind, ...given({ dateOrder }) }];
  });
}

function isFixed({ target }: ColumnMapping, set: ReadonlyMap<string, string>): boolean {
  if (target.kind === 'custom') return set.has(`custom:${target.key}`);
  return target.kind === 'field' && set.has(target.field);
}

function profiledKind({ target }: ColumnMapping, unmapped: 'ignore' | 'custom'): ProfiledColumn['kind'] | undefined {
  switch (target.kind) {
    case 'field':
      return target.field === 'deal_value' && target.decimal === undefined ? 'money' : undefined;
    case 'custom':
      if (target.type === 'date') return target.dateOrder === undefined ? 'date' : undefined;
      return target.type === undefined ? 'custom' : undefined;
    case 'unmapped':
    case 'undecided':
      return unmapped === 'custom' ? 'custom' : undefined;
    default:
      return undefined;
  }
}

interface Watcher {
  readonly index: number;
  readonly kind: ProfiledColumn['kind'];
  observe(ordinal: number, cell: string, given: unknown): void;
  first: number;
  second: number;
  /** Values that are of the first shape where nothing speaks for the second. */
  readonly likelyFirst: number;
  readonly ambiguous: GrowingOrdinals;
  /** For a custom column: what it may still be. */
  readonly customKind: 'date' | 'boolean' | undefined;
  /** For a custom column that is text: what kept it from being one of dates. */
  readonly nearlyDates?: ReturnType<ColumnProfile['nearlyDates']>[number] | undefined;
  /** For a custom column: what it is in the file that this one came from. */
  adopted?: { readonly customKind: 'date' | 'boolean' | undefined };
}

/** Watches columns; see `ColumnProfile`. */
export function createColumnProfile(columns: readonly ProfiledColumn[]): ColumnProfile {
  const watchers = columns.map(({ index, kind, dateOrder }): Watcher => {
    return kind === 'money' ? new MoneyWatcher(index) : new DateWatcher(index, kind, dateOrder);
  });
  const undecided = (): Watcher[] =>
    watchers.filter((watcher) => watcher.kind !== 'custom' && shapeOf(watcher) === undefined);
  return {
    observe(ordinal, cells, given) {
      for (const watcher of watchers) {
        const cell = cells[watcher.index];
        if (cell !== undefined && cell !== '') watcher.observe(ordinal, cell, given?.get(watcher.index));
      }
    },
    adopt({ decimals, dateOrders, customKinds }) {
      for (const watcher of watchers) {
        if (watcher.kind === 'custom') watcher.adopted = { customKind: customKinds.get(watcher.index) };
        const isSilent = watcher.first === 0 && watcher.second === 0;
        const decided = watcher.kind === 'money' ? decimals.get(watcher.index) : dateOrders.get(watcher.index);
        if (!isSilent || decided === undefined) continue;
        if (decided === 'point' || decided === 'dmy') watcher.first = 1;
        else watcher.second = 1;
      }
    },
    conventions: () => conventionsOf(watchers),
    ambiguousOrdinals() {
      const all = new Set(undecided().flatMap((watcher) => [...watcher.ambiguous.values()]));
      return Uint32Array.from(all).sort();
    },
    nearlyDates: () =>
      watchers.flatMap((watcher) => (watcher.adopted === undefined ? (watcher.nearlyDates ?? []) : [])),
    ambiguousCount: (index) => undecided().find((watcher) => watcher.index === index)?.ambiguous.length ?? 0,
  };
}

/** The shape that was proved while the other never was, or that is likely while neither was. */
function shapeOf({ first, second, likelyFirst }: Pick<Watcher, 'first' | 'second' | 'likelyFirst'>) {
  if (first > 0 && second > 0) return undefined;
  return second > 0 ? 'second' : first + likelyFirst > 0 ? 'first' : undefined;
}

function conventionsOf(watchers: readonly Watcher[]): Conventions {
  const decimals = new Map<number, Decimal>();
  const dateOrders = new Map<number, DateOrder>();
  const customKinds = new Map<number, 'date' | 'boolean'>();
  for (const watcher of watchers) {
    const shape = shapeOf(watcher);
    if (shape !== undefined && watcher.kind === 'money')
      decimals.set(watcher.index, shape === 'first' ? 'point' : 'comma');
    if (shape !== undefined && watcher.kind !== 'money')
      dateOrders.set(watcher.index, shape === 'first' ? 'dmy' : 'mdy');
    const { customKind } = watcher.adopted ?? watcher;
    if (customKind !== undefined) customKinds.set(watcher.index, customKind);
  }
  return { decimals, dateOrders, customKinds };
}

class MoneyWatcher implements Watcher {
  readonly kind = 'money';
  readonly customKind = undefined;
  readonly likelyFirst = 0;
  readonly ambiguous = new GrowingOrdinals();
  first = 0;
  second = 0;

  constructor(readonly index: number) {}

  observe(ordinal: number, cell: string, given: unknown): void {
    const shape = moneyShape(cell);
    if (shape === 'point') this.first += 1;
    else if (shape === 'comma') this.second += 1;
    else if (shape === 'either' && given !== Number(cell)) this.ambiguous.push(ordinal);
  }
}

/** Where more values are no dates, or every fifth, the column is text. */
const MOST_OTHERS = 3;
const DATES_FOR_ONE_OTHER = 5;

class DateWatcher implements Watcher {
  adopted?: { readonly customKind: 'date' | 'boolean' | undefined };
  readonly ambiguous = new GrowingOrdinals();
  first = 0;
  second = 0;
  likelyFirst = 0;
  #dates = 0;
  #ambiguousDates = 0;
  #booleans = 0;
  #words = 0;
  /** What is no date in a custom column, by ordinal. */
  readonly #others: number[] = [];
  #mayBeBooleans: boolean;

  constructor(
    readonly index: number,
    readonly kind: 'date' | 'custom',
    dateOrder: DateOrder | undefined,
  ) {
    if (dateOrder === 'dmy') this.first = 1;
    if (dateOrder === 'mdy') this.second = 1;
    this.#mayBeBooleans = kind === 'custom';
  }

  observe(ordinal: number, cell: string): void {
    if (this.#others.length <= MOST_OTHERS) this.#observeDate(ordinal, cell);
    if (this.#mayBeBooleans) this.#observeBoolean(cell);
  }

  #observeDate(ordinal: number, cell: string): void {
    const shape = dateShape(cell);
    if (shape === 'blank') return;
    if (shape === 'invalid') {
      // A custom column with one value that is no date is text; of a date column the bad value is the row's problem.
      if (this.kind === 'custom') this.#others.push(ordinal);
      return;
    }
    this.#dates += 1;
    if (shape === 'dmy') this.first += 1;
    else if (shape === 'mdy') this.second += 1;
    else if (shape === 'either' || shape === 'dotted') {
      if (shape === 'dotted') this.likelyFirst += 1;
      this.#ambiguousDates += 1;
      if (this.kind === 'date') this.ambiguous.push(ordinal);
    }
  }

  #observeBoolean(cell: string): void {
    const text = cell.trim();
    if (text === '') return;
    if (readBoolean(text) === undefined) {
      this.#mayBeBooleans = false;
      return;
    }
    this.#booleans += 1;
    // 1, 0, x and single letters may be a code as well as a yes.
    if (text.length > 1) this.#words += 1;
  }

  get customKind(): 'date' | 'boolean' | undefined {
    if (this.kind !== 'custom') return undefined;
    const isReadable = this.#ambiguousDates === 0 || shapeOf(this) !== undefined;
    if (this.#others.length === 0 && this.#dates > 0 && isReadable) return 'date';
    return this.#mayBeBooleans && this.#words > 0 && this.#booleans > 0 ? 'boolean' : undefined;
  }

  get nearlyDates(): Watcher['nearlyDates'] {
    const others = this.#others;
    const isFew = others.length <= MOST_OTHERS && this.#dates >= DATES_FOR_ONE_OTHER * others.length;
    if (this.kind !== 'custom' || this.customKind !== undefined || this.#dates === 0 || !isFew) return undefined;
    return { index: this.index, dates: this.#dates, others };
  }
}
