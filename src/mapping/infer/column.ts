/** One column of a file as the inference sees it: its header, and what a look at some of its values tells. Pure. */

import { isPlaceholder } from '../../contact/cell/placeholder.js';
import { readListed } from '../../contact/cell/json-list.js';
import { ungarbled } from '../../garbled-text.js';
import type { SourceRecord } from '../../source/record.js';
import { displayHeader, headerKey, headerOccurrences } from '../header.js';

export interface Column {
  readonly index: number;
  readonly header: string;
  readonly key: string;
  /** How many columns before it have the same name. */
  readonly occurrence: number;
  /** The sampled values that are neither blank nor a word for it ("N/A"), trimmed. */
  readonly values: readonly string[];
  readonly fillRate: number;
}

/** The columns of a table, from its header and some records; `fill` (0 to 1 a column) where it is known for the whole file. */
export function columnsOf(
  header: readonly string[],
  records: readonly SourceRecord[],
  fill?: readonly number[],
): Column[] {
  const whole = records.filter((record) => record.problem === undefined);
  const occurrences = headerOccurrences(header);
  return header.map((name, index) => {
    const values = whole.map((record) => (record.cells[index] ?? '').trim()).filter(isValue);
    const fillRate = fill?.[index] ?? (whole.length === 0 ? 0 : values.length / whole.length);
    return {
      index,
      header: name,
      key: headerKey(ungarbled(name) ?? name),
      occurrence: occurrences[index] ?? 0,
      values,
      fillRate,
    };
  });
}

/** No placeholder; NA may be Namibia, Naples or a name. */
function isValue(cell: string): boolean {
  return cell !== '' && (cell === 'NA' || !isPlaceholder(cell));
}

const SHOWN_SAMPLES = 3;

/** Up to three distinct values, in the file's order. */
export function samplesOf(column: Column): string[] {
  return [...new Set(column.values)].slice(0, SHOWN_SAMPLES);
}

/** The share of the values that pass, 0 to 1; 0 where there are no values. */
export function shareOf(column: Column, test: (value: string) => boolean): number {
  return column.values.length === 0 ? 0 : column.values.filter(test).length / column.values.length;
}

const WHATSAPP_ID = /^\d{7,15}(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/i;

/** An address, bare or in angle brackets, and nothing that is a sentence; a number of WhatsApp is written like one. */
export function looksLikeEmail(value: string): boolean {
  return areAll(value, isEmailLike);
}

function isEmailLike(value: string): boolean {
  return !WHATSAPP_ID.test(value) && /^(?:mailto:|[^<>@]*<)?[^\s<>@,;]+@[^\s<>@,;.]+\.[^\s<>@,;]{2,}>?$/i.test(value);
}

/** A number that nobody writes for an id, a date or an amount: with a + or with separators, and 7 to 15 digits. */
export function looksLikePhone(value: string): boolean {
  return areAll(value, isPhoneLike);
}

function isPhoneLike(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  if (digits < 7 || digits > 15 || /^'?\d{1,4}([./-])\d{1,2}\1\d{1,4}/.test(value)) return false;
  return /^(?:(?:p|tel|sms|whatsapp|callto):)?'?(?:\+[\d\s().\-/]+|\(?\d{2,5}[)\s./-][\d\s().\-/]*)(?:(?:ext|x)\.?\s*\d+)?$/i.test(
    value,
  );
}

/** Of a list in JSON each of its values; of one that names people none: whose they are is not told. */
function areAll(value: string, isLike: (text: string) => boolean): boolean {
  const listed = /^[[{]/.test(value) && !/"[a-z_]*name"/i.test(value) ? readListed(value) : undefined;
  return listed === undefined ? isLike(value) : listed.length > 0 && listed.every(({ text }) => isLike(text));
}

/** JSON that holds an address or a number, whoever it is about. */
export function holdsPointInJson(value: string): boolean {
  if (!/^\s*[[{]/.test(value)) return false;
  return (
    /"[^"\s@]+@[^"\s@]+\.[^"\s@]+"/.test(value) ||
    /"[^"]*(?:phone|mobile|tel|cell)[^"]*"\s*:\s*"?\+?[\d\s().-]{7,}/i.test(value)
  );
}

export function looksLikeLinkedIn(value: string): boolean {
  return /linkedin\.com\/(?:in|pub|profile|sales|comm)\b/i.test(value);
}

const SALUTATION =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|sir|rev|herr|frau|herrn|hr|fr|m|mme|mlle|monsieur|madame|mademoiselle|sr|sra|srta|señor|señora|dott|dottor|dottssa|sig|sigra|signor|signora|dhr|mevr|mw|de heer|mevrouw|mag|ing|dipl ing|pan|pani|г-н|г-жа)$/i;

/** "Mr.", "Frau Dr.", "Mme": how a person is addressed. */
export function looksLikeSalutation(value: string): boolean {
  const words = value.replace(/[.]/g, ' ').replace(/\s+/g, ' ').trim();
  return SALUTATION.test(words) || (words !== '' && words.split(' ').every((word) => SALUTATION.test(word)));
}

/** Yes or no, in one of the usual spellings. */
export function looksLikeFlag(value: string): boolean {
  return /^(?:yes|no|y|n|true|false|0|-?1|ja|nein|oui|non|sí|si|sim|não|nee|on|off|checked)$/i.test(value);
}

/** The state of a subscription or a record, not of a country. */
export function looksLikeRecordState(value: string): boolean {
  return /^(?:(?:in|un)?active|activated|cancell?ed|bounced|complained|(?:un)?subscribed|(?:un)?confirmed|pending|archived|deleted|open|opened|reopened|closed|new|blocked|in[ _-]?progress|on[ _-]?hold|waiting|waitlist(?:ed)?|draft|done|complet(?:e|ed)|finished|started|running|paused|stopped|expired|suspended|disabled|enabled|published|approved|declined|rejected|accepted|submitted|scheduled|processing|processed|fulfilled|shipped|delivered|refunded|paid|unpaid|overdue|failed|succeeded|won|lost|(?:un|dis)?qualified|contacted|converted|invited|registered|attended|no[ _-]?show|checked[ _-]?in|trial|live|aktiv|inaktiv|offen|geschlossen|abgeschlossen|in bearbeitung|neu|erledigt|actif|inactif|ouvert|ferm[ée]|en cours|nouveau|termin[ée]|activo|inactivo|abierto|cerrado|en curso|nuevo|ativo|inativo|aberto|fechado|em andamento|novo|attivo|inattivo|aperto|chiuso|in corso|nuovo|actief|inactief|gesloten|bezig|nieuw)$/i.test(
    value,
  );
}

/** The header in quotes, for a reason. */
export function quotedHeader(column: { readonly header: string; readonly index: number }): string {
  const shown = displayHeader(column.header);
  return shown === '' ? `column ${column.index + 1}` : `"${shown}"`;
}
