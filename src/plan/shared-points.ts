/** Which e-mails or phones a row has in common with different people, and in which columns they stand, in words. Pure. */
import type { Contact } from '../contact/contact.js';
import { comparableEmail } from '../contact/identity.js';
import type { ColumnMapping } from '../mapping/mapping.js';
import { displayHeader } from '../mapping/header.js';
import type { SourceRecord } from '../source/record.js';
import type { Decisions } from './decisions.js';

/** A row, as it was read. */
export interface ReadRow {
  readonly ordinal: number;
  readonly record: SourceRecord;
  readonly contact: Contact;
  /** Those of the file. */
  readonly columns: readonly ColumnMapping[];
}

/** Digits of a number that stand in every form of it, with its country or without. */
const NATIONAL_DIGITS = 7;

/** `+49309012012 (Telefon)`; '' where none of the row is told apart. */
export function sharedPointsInWords(by: 'email' | 'phone', row: ReadRow, decisions: Decisions): string {
  const { ordinal, contact } = row;
  const all = (by === 'phone' ? contact.phone_numbers : contact.emails) ?? [];
  const shared = all.filter((_, at) =>
    by === 'phone' ? decisions.isSharedPhone(ordinal, at) : decisions.isSharedEmail(ordinal, at),
  );
  return shared.map((point) => withColumns(point, columnsOf(by, point, row))).join(' and ');
}

function withColumns(point: string, columns: readonly string[]): string {
  return columns.length === 0 ? point : `${point} (${columns.join(', ')})`;
}

/** The columns in which it stands, as the file spells them. */
function columnsOf(by: 'email' | 'phone', point: string, { record, columns }: ReadRow): string[] {
  const isIn = by === 'phone' ? hasPhone(point) : hasEmail(point);
  const field = by === 'phone' ? 'phone_numbers' : 'emails';
  return columns.flatMap(({ index, header, target }) =>
    target.kind === 'field' && target.field === field && isIn(record.cells[index] ?? '') ? [displayHeader(header)] : [],
  );
}

function hasEmail(email: string): (cell: string) => boolean {
  const wanted = comparableEmail(email);
  return (cell) => cell.toLowerCase().includes(wanted);
}

function hasPhone(phone: string): (cell: string) => boolean {
  const last = phone.replace(/\D/g, '').slice(-NATIONAL_DIGITS);
  return (cell) => cell.replace(/\D/g, '').includes(last);
}
