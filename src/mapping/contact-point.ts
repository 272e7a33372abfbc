/** A mapping without emails and phones can't be used: contacts couldn't be told apart. Pure. */

import { ImporterError } from '../errors.js';
import { displayHeader } from './header.js';
import { holdsPointInJson, looksLikeEmail, looksLikePhone } from './infer/column.js';
import type { ColumnMapping, InferredMapping } from './mapping.js';

type PointField = 'emails' | 'phone_numbers';

function isSure({ columns }: InferredMapping, field: PointField): boolean {
  return columns.some(({ target }) => target.kind === 'field' && target.field === field);
}

/** Undecided columns that look most like e-mails or phones. */
function undecidedPoints({ columns }: InferredMapping): ColumnMapping[] {
  return columns.filter(
    ({ target, suggestions }) =>
      target.kind === 'undecided' && suggestions.some((field) => field === 'emails' || field === 'phone_numbers'),
  );
}

function named({ header }: ColumnMapping): string {
  return `"${displayHeader(header)}"`;
}

/** What an undecided column may be, and why that was not taken for granted. */
function inDoubt(column: ColumnMapping): string {
  const field = column.suggestions.find((name) => name === 'emails' || name === 'phone_numbers');
  return `${named(column)} may hold ${field === 'emails' ? 'e-mails' : 'phones'} (${column.reason})`;
}

const DECIDE = 'Decide with `clarky-contacts map FILE`, or rename the header to "Email" or "Phone".';

const OUT_OF_JSON =
  'Give each of its values a column of its own; or import the JSON by itself, one object a line in a file that ends in .jsonl: its keys become columns.';

/** Whether a column is certainly an e-mail or a phone, and none of those left open may be the e-mail. */
export function tellsPeople(mapping: InferredMapping): boolean {
  const isOne = isSure(mapping, 'emails') || isSure(mapping, 'phone_numbers');
  return isOne && undecidedIdentity(mapping, '') === undefined;
}

/** @throws ImporterError `bad_mapping` where no column is an email or a phone, naming those that may be one, and why */
export function requireContactPoint(mapping: InferredMapping): void {
  if (isSure(mapping, 'emails') || isSure(mapping, 'phone_numbers')) return;
  const maybe = undecidedPoints(mapping);
  if (maybe.length > 0) {
    throw new ImporterError(
      'bad_mapping',
      `No column is certainly an e-mail or a phone. ${maybe.map(inDoubt).join('; ')}.`,
      { next: DECIDE },
    );
  }
  const inJson = mapping.columns.filter(({ samples }) => samples.length > 0 && samples.every(holdsPointInJson));
  if (inJson.length > 0) {
    const names = inJson.slice(0, MOST_NAMED).map(named).join(', ');
    const message = `No column holds emails or phones by itself: they stand within the JSON in ${names}.`;
    throw new ImporterError('bad_mapping', message, { next: OUT_OF_JSON });
  }
  throw new ImporterError('bad_mapping', `No column holds emails or phones${whyNot(mapping)}.`, {
    next: isInOneCell(mapping)
      ? 'All of it stands in one column: leave --delimiter out, or say the one that the file has, such as --delimiter comma.'
      : 'Name the column with `clarky-contacts map FILE`, or rename its header to "Email" or "Phone".',
  });
}

/** The names of several columns as one: they were parted by a character that the file does not part them by. */
function isInOneCell({ columns: [first, ...others] }: InferredMapping): boolean {
  return first !== undefined && others.length === 0 && /[^,;\t|][,;\t|][^,;\t|]/.test(first.header);
}

const MOST_NAMED = 5;

const OF_OTHERS = /another person|a user of the other program/;

/** Columns whose values look like e-mails or phones, and that were left out since they are other people's. */
function leftOut({ columns }: InferredMapping): string[] {
  return columns.flatMap(({ target, samples, header, reason }) => {
    if (target.kind !== 'unmapped' || samples.length === 0 || !OF_OTHERS.test(reason)) return [];
    const looksLike = samples.every(looksLikeEmail) ? 'e-mails' : samples.every(looksLikePhone) ? 'phones' : undefined;
    return looksLike === undefined ? [] : [`"${displayHeader(header)}" has ${looksLike}, but is left out (${reason})`];
  });
}

function whyNot(mapping: InferredMapping): string {
  const { columns } = mapping;
  const others = leftOut(mapping);
  if (others.length > 0) return ` of the contacts: ${others.slice(0, MOST_NAMED).join('; ')}`;
  const isKnown = columns.some(({ target }) => target.kind !== 'unmapped');
  const names = columns.filter(({ header }) => displayHeader(header) !== '').map(named);
  const list = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ' and others' : ''}`;
  if (isKnown || names.length === 0) return ', so no contact could be told from another';
  return `: no name is known (${list}), and no values look like them`;
}

/**
 * What stops an import before its first write, and is told by a plan: a column that looks like e-mails and may be none. Contacts
 * known by their phones now would be there twice once they go by their e-mails. Undefined where nothing is open.
 * @param file as a command takes it, for the one that decides it
 */
export function undecidedIdentity(mapping: InferredMapping, file: string): ImporterError | undefined {
  if (isSure(mapping, 'emails')) return undefined;
  const maybe = undecidedPoints(mapping).filter(
    ({ suggestions, fillRate }) => suggestions[0] === 'emails' && fillRate > 0,
  );
  if (maybe.length === 0) return undefined;
  const open = `${maybe.map(inDoubt).join('; ')}: while that is not decided, nobody can be told by an e-mail.`;
  return new ImporterError('bad_mapping', open, { next: `Decide with: clarky-contacts map ${file}` });
}
