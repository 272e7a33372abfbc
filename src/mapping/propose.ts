/** The column map as rows for a person to read. Pure; how it looks is the caller's. */

import { withoutName } from '../wording/fields.js';
import { displayHeader } from './header.js';
import { customKeyOf } from './infer/infer.js';
import { columnsOfOtherPersons, type PersonsRule } from './compile/persons.js';
import type { ColumnMapping, InferredMapping, Target } from './mapping.js';

export interface ColumnDescription {
  /** The column's name, or "Column 3" where it has none. */
  readonly column: string;
  /** What it becomes, as in a mapping file: `emails`, `custom:Plan`, `ignore`; null where nothing is sent. */
  readonly field: string | null;
  /** Why, in a few words. */
  readonly reason: string;
  /** Fields to choose from, where it is undecided. */
  readonly suggestions: readonly string[];
  readonly samples: readonly string[];
}

/** The columns in the file's order; `unmapped` as in the settings. */
export function describeColumns(
  mapping: InferredMapping,
  unmapped: 'ignore' | 'custom' = 'ignore',
  persons: PersonsRule = 'first',
): ColumnDescription[] {
  const others = persons === 'each' ? new Set<number>() : columnsOfOtherPersons(mapping);
  return mapping.columns.map((column) => ({
    column: customKeyOf(column),
    field: others.has(column.index) ? null : sentAs(column, unmapped),
    reason: others.has(column.index) ? 'another person of the row: see --persons' : reasonOf(column),
    suggestions: column.suggestions,
    samples: column.samples,
  }));
}

/** Why a column is what it is, in a few words. */
export function reasonOf({ header, index, reason }: Pick<ColumnMapping, 'header' | 'index' | 'reason'>): string {
  const isNamed = !['', `Column ${index + 1}`].includes(displayHeader(header));
  return isNamed ? reason : withoutName(reason);
}

function sentAs(column: ColumnMapping, unmapped: 'ignore' | 'custom'): string | null {
  const { kind } = column.target;
  if (kind === 'ignore') return null;
  if (kind === 'unmapped' || kind === 'undecided')
    return unmapped === 'custom' ? `custom:${customKeyOf(column)}` : null;
  return wordOfTarget(column.target);
}

/** A target as the word that a mapping file uses for it. */
export function wordOfTarget(target: Target): string {
  switch (target.kind) {
    case 'field':
      return target.field;
    case 'custom':
      return `custom:${target.key}`;
    case 'phone_part':
      return target.part;
    default:
      return target.kind;
  }
}
