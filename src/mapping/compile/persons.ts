/** Records that hold several persons ("Contact 1 Name", "Contact 2 Name") as one record for each, or for the first. Pure. */

import type { SourceRecord } from '../../source/record.js';
import type { ColumnMapping, InferredMapping, Target } from '../mapping.js';

/** Which of a row's persons become contacts. */
export type PersonsRule = 'first' | 'each';

/** The records that one record stands for: itself with the cells of all other persons blank. */
export type PersonExpander = (record: SourceRecord) => readonly SourceRecord[];

const PERSONAL_FIELDS: ReadonlySet<string> = new Set([
  'first_name',
  'last_name',
  'emails',
  'phone_numbers',
  'job_title',
  'linkedin_url',
  'notes',
  'deal_value',
]);

/** What belongs to one person and must not be given to another of the row, unlike the company and its address. */
function isPersonal({ kind, ...target }: Target): boolean {
  if (kind === 'name' || kind === 'phone_part') return true;
  return kind === 'field' && 'field' in target && PERSONAL_FIELDS.has(target.field);
}

function isNameOrPoint({ target }: ColumnMapping): boolean {
  if (target.kind === 'name') return true;
  return target.kind === 'field' && /^(?:first_name|last_name|emails|phone_numbers)$/.test(target.field);
}

function isName({ target }: ColumnMapping): boolean {
  return target.kind === 'name' || (target.kind === 'field' && /^(?:first|last)_name$/.test(target.field));
}

/** The numbers of the persons that columns name, each once. */
function numberedPersons({ columns }: InferredMapping): number[] {
  return [...new Set(columns.flatMap(({ person }) => (person === undefined ? [] : [person])))];
}

/** Whether columns without a number name a person as well. */
function hasBasePerson({ columns }: InferredMapping): boolean {
  return columns.some((column) => column.person === undefined && isName(column));
}

/**
 * Makes the records of a row's persons; undefined where its columns hold one person each. Where the row itself has a name, it
 * is the first person; else the first numbered one that is there is, and what the row says without a number is said of it.
 */
export function personExpander(mapping: InferredMapping, rule: PersonsRule): PersonExpander | undefined {
  const numbers = numberedPersons(mapping);
  if (numbers.length === 0) return undefined;
  const groups = numbers
    .sort((a, b) => a - b)
    .map((number) => mapping.columns.filter(({ person }) => person === number));
  const base = mapping.columns.filter(({ person }) => person === undefined);
  const isBasePerson = hasBasePerson(mapping);
  const personal = base.filter(({ target }) => isPersonal(target)).map(({ index }) => index);
  const indexes = groups.map((columns) => columns.map(({ index }) => index));
  const telling = groups.map((columns) => columns.filter(isNameOrPoint).map(({ index }) => index));

  return (record) => {
    if (record.problem !== undefined) return [record];
    const isThere = (at: number): boolean =>
      (telling[at] ?? []).some((index) => (record.cells[index] ?? '').trim() !== '');
    const blanked = (kept: number, dropsBase: boolean): SourceRecord => {
      const dropped = new Set(indexes.flatMap((own, at) => (at === kept ? [] : own)).concat(dropsBase ? personal : []));
      return { ...record, cells: record.cells.map((cell, index) => (dropped.has(index) ? '' : cell)) };
    };
    const there = groups.map((_, at) => at).filter(isThere);
    if (isBasePerson) {
      const first = blanked(-1, false);
      return rule === 'first' ? [first] : [first, ...there.map((at) => blanked(at, true))];
    }
    const [first = -1, ...others] = there;
    return rule === 'first'
      ? [blanked(first, false)]
      : [blanked(first, false), ...others.map((at) => blanked(at, true))];
  };
}

/** The columns of persons who are not the first of their row: left out, but with `--persons each`. */
export function columnsOfOtherPersons(mapping: InferredMapping): ReadonlySet<number> {
  const first = hasBasePerson(mapping) ? 0 : Math.min(...numberedPersons(mapping));
  return new Set(mapping.columns.flatMap(({ index, person = first }) => (person === first ? [] : [index])));
}

/** What a person should know where a row holds several persons; undefined where none does. */
export function personsInWords(mapping: InferredMapping, rule: PersonsRule): string | undefined {
  const { length } = numberedPersons(mapping);
  if (length === 0) return undefined;
  const people = length + (hasBasePerson(mapping) ? 1 : 0);
  return rule === 'each'
    ? `A row holds up to ${people} persons: each becomes a contact of its own (--persons first: only the first).`
    : `A row holds up to ${people} persons: only the first becomes a contact. With --persons each, each does.`;
}
