/** What the cells say of a header: they take a meaning back that they speak against, and decide where it is silent. Pure. */

import { isFirstName } from '../../contact/names/first-names.js';
import { headerKey } from '../header.js';
import type { FieldName } from '../mapping.js';
import {
  looksLikeEmail,
  looksLikeFlag,
  looksLikePhone,
  looksLikeRecordState,
  quotedHeader,
  shareOf,
  type Column,
} from './column.js';
import type { Sensed } from './neighbours.js';
import { roleOf } from './roles.js';
import { NAME_FIELDS, type Sense } from './sense.js';

const MOSTLY = 0.7;

/** Fields that no column of yes and no, or of e-mails, can be. */
const TEXTS: ReadonlySet<string> = new Set([
  'name',
  'first_name',
  'last_name',
  'company',
  'job_title',
  'lead_source',
  'address_line1',
  'address_line2',
  'city',
]);

function looksLikeOrderNumber(value: string): boolean {
  return /^(?:#|no?\.?\s?)?\d{1,12}$/i.test(value);
}

function looksLikeClearFlag(value: string): boolean {
  return /^(?:true|false|-1|yes|no|ja|nein|oui|non|sí|si|sim|não|nee|wahr|falsch|vrai|faux)$/i.test(value);
}

/** Digits enough to be a phone, in a column that is called one. */
function mayBeNumber(value: string): boolean {
  return value.replace(/\D/g, '').length >= 5 || /^[[{]/.test(value) || /^1?-?8(?:00|88|77|66)/.test(value);
}

/** Takes the meaning of a header that says more than a name back where its values speak against it. */
export function checkLoose(all: readonly Sensed[]): Sensed[] {
  return all.map(({ column, sense }): Sensed => {
    if ((sense?.kind !== 'field' && sense?.kind !== 'address') || sense.isLoose !== true) return { column, sense };
    return { column, sense: speakAgainst(column, sense) ? undefined : sense };
  });
}

function speakAgainst(column: Column, sense: Extract<Sense, { kind: 'field' | 'address' }>): boolean {
  if (column.values.length === 0) return false;
  if (sense.kind === 'address') return shareOf(column, looksLikeFlag) > MOSTLY;
  if (sense.field === 'emails') return shareOf(column, (value) => value.includes('@') || value.includes('＠')) < 0.3;
  if (sense.field === 'phone_numbers') return shareOf(column, mayBeNumber) < 0.3;
  return shareOf(column, looksLikeClearFlag) > MOSTLY || shareOf(column, looksLikeEmail) > MOSTLY;
}

function ask(field: FieldName, column: Column, what: string): Sense {
  return {
    kind: 'ask',
    suggestions: [field],
    why: `its values are ${what}, though ${quotedHeader(column)} is its name`,
  };
}

/** Takes a sense back where the values speak against it: "Email: yes", "State: active", "Address: ada@…". */
export function checkValues(all: readonly Sensed[]): Sensed[] {
  return all.map(({ column, sense }): Sensed => {
    if (sense?.kind === 'address') {
      if (sense.part === 'state' && shareOf(column, looksLikeRecordState) >= MOSTLY) {
        return { column, sense: { kind: 'unmapped', why: 'the state of a record, not of a country' } };
      }
      // A postal code in Brazil, a mobile in Turkey.
      const isMobile =
        /^cep(?:no)?$/.test(column.key) && shareOf(column, (value) => /^(?:\D*\d){10}/.test(value)) >= MOSTLY;
      if (isMobile) return { column, sense: { kind: 'field', field: 'phone_numbers' } };
      return { column, sense: shareOf(column, looksLikeEmail) >= MOSTLY ? ask('emails', column, 'e-mails') : sense };
    }
    return { column, sense: sense?.kind === 'field' ? checkField(column, sense) : sense };
  });
}

function checkField(column: Column, sense: Extract<Sense, { kind: 'field' }>): Sense {
  const { field } = sense;
  // Clarky's own ids are no plain numbers.
  if (field === 'company_id' && column.values.length > 0 && shareOf(column, (value) => /^\d+$/.test(value)) === 1) {
    return { kind: 'unmapped', why: 'an id of the other program' };
  }
  const isPoint = field === 'emails' || field === 'phone_numbers';
  const flags = shareOf(column, isPoint ? looksLikeFlag : looksLikeClearFlag);
  // One of "No" may be a person of that name.
  const areFlags =
    flags === 1 && (isPoint || (TEXTS.has(field) && (field !== 'last_name' || column.values.length > 1)));
  // "#1001" in a list of orders is what the order is called.
  const areNumbers = NAME_FIELDS.has(field) && column.values.length > 0 && shareOf(column, looksLikeOrderNumber) === 1;
  if (areNumbers) return { kind: 'unmapped', why: `numbers, though ${quotedHeader(column)} is its name` };
  if (areFlags) return { kind: 'unmapped', why: `yes or no, though ${quotedHeader(column)} is its name` };
  if (field === 'emails')
    return shareOf(column, looksLikePhone) >= MOSTLY ? ask('phone_numbers', column, 'phones') : sense;
  if (field === 'phone_numbers' || TEXTS.has(field)) {
    if (shareOf(column, looksLikeEmail) >= MOSTLY) return ask('emails', column, 'e-mails');
  }
  if (column.key === 'business' && shareOf(column, looksLikePhone) === 1)
    return { kind: 'field', field: 'phone_numbers' };
  if (TEXTS.has(field) && field !== 'lead_source' && shareOf(column, looksLikePhone) >= MOSTLY) {
    return ask('phone_numbers', column, 'phones');
  }
  return sense;
}

const CONTACT: ReadonlySet<string> = new Set(
  ['contact', 'contacts', 'kontakt', 'kontakte', 'contacto', 'contactos', 'contato', 'contatto', 'contatti'].concat([
    'contactdetails',
    'contactdetail',
    'contactinfo',
    'kontaktdaten',
  ]),
);

/** From these digits on a bare number is no number of a list: "Contact", as India calls a phone. */
const FEWEST_DIGITS = 9;

/** "Contact" over numbers or addresses is no name, and over yes and no it is nothing: said before names are looked for beside it. */
export function resolveContacts(all: readonly Sensed[]): Sensed[] {
  return all.map(({ column, sense }): Sensed => {
    if (!CONTACT.has(column.key) || column.values.length === 0) return { column, sense };
    if (shareOf(column, looksLikeBareNumber) === 1) {
      const areLong = column.values.every((value) => value.replace(/\D/g, '').length >= FEWEST_DIGITS);
      if (areLong) return { column, sense: { kind: 'field', field: 'phone_numbers' } };
      return { column, sense: ask('phone_numbers', column, 'numbers') };
    }
    if (shareOf(column, looksLikeEmail) >= MOSTLY) return { column, sense: { kind: 'field', field: 'emails' } };
    if (shareOf(column, looksLikeFlag) < 1) return { column, sense };
    return { column, sense: { kind: 'unmapped', why: `yes or no, though ${quotedHeader(column)} is its name` } };
  });
}

/** Nothing but a number's digits, as phones without + are exported. */
function looksLikeBareNumber(value: string): boolean {
  return /^\d{7,15}$/.test(value) || looksLikePhone(value);
}

/** Two to four words of letters, half of which begin with a known first name. */
function areFullNames(column: Column): boolean {
  const words = column.values.map((value) => value.trim().split(/\s+/));
  const areNames = words.every((name) => name.length >= 2 && name.length <= 4 && name.every((word) => NAME.test(word)));
  return areNames && words.filter(([first = '']) => isFirstName(first)).length * 2 >= words.length;
}

const NAME = /^\p{L}[\p{L}\p{M}'’.-]*$/u;

/** Who a row is about, and nothing of what: "Subscriber" over addresses, "Customer" over names. */
const NOUNS: ReadonlySet<string> = new Set(
  (
    'tenant subscriber subscribers customer customers client clients attendee participant student member donor guest recipient patient supporter volunteer user person abonnent kunde teilnehmer mitglied ' +
    'abonné client adhérent participant membre suscriptor cliente socio participante assinante aluno iscritto abonnee klant deelnemer lid prenumerant medlem klient uczestnik'
  )
    .split(' ')
    .map(headerKey),
);

/** What spreadsheets and `--no-header` call a column that nobody named. */
const SILENT_HEADER =
  /^(?:key|column|col|spalte|colonne|columna|coluna|colonna|kolom|kolumn|kolumna|field|feld|unnamed)\d*$/;

/** Addresses side by side under no names, and nothing else: they may be as many people as there are. */
function askForOthers(all: Sensed[]): Sensed[] {
  const filled = all.filter(({ column }) => column.values.length > 0);
  const areAddresses = filled.every(
    ({ column, sense }) =>
      (column.key === '' || SILENT_HEADER.test(column.key)) && sense?.kind === 'field' && sense.field === 'emails',
  );
  if (filled.length < 2 || !areAddresses) return all;
  const why = 'may be another person: write one address a line';
  return all.map(({ column, sense }) =>
    column === filled[0]?.column ? { column, sense } : { column, sense: { kind: 'ask', suggestions: ['emails'], why } },
  );
}

/** A mobile in Spanish, Portuguese and Russian; other words in other languages. */
const SHORT_FOR_MOBILE: ReadonlySet<string> = new Set(['cel', 'zap', 'сот']);

/** "The best number to reach you on", where nothing else is asked. */
const NUMBER_TO_CALL = /\bnumber\b.*\b(?:reach|call|ring|text|contact)\b/i;

/** Headers that are silent, or say no more than "Home" or "Contact": there the values decide, where all are of one kind. */
export function decideByValues(all: readonly Sensed[]): Sensed[] {
  const hasName = all.some(
    ({ column, sense }) => sense?.kind === 'field' && NAME_FIELDS.has(sense.field) && roleOf(column.header).rank === 0,
  );
  return askForOthers(
    all.map(({ column, sense }): Sensed => {
      if (column.values.length === 0) return { column, sense };
      const isBlank =
        (sense?.kind === 'unmapped' && column.key === '') || (sense === undefined && SILENT_HEADER.test(column.key));
      if (isBlank && shareOf(column, looksLikeEmail) === 1)
        return { column, sense: { kind: 'field', field: 'emails' } };
      if (isBlank && shareOf(column, (value) => value.startsWith('+') && looksLikePhone(value)) === 1) {
        return { column, sense: { kind: 'field', field: 'phone_numbers' } };
      }
      const isCalled = sense === undefined && NUMBER_TO_CALL.test(column.header);
      const isShort = sense === undefined && SHORT_FOR_MOBILE.has(column.key);
      if (
        (isCalled && shareOf(column, looksLikePhone) === 1) ||
        (isShort && shareOf(column, looksLikeBareNumber) === 1)
      )
        return { column, sense: { kind: 'field', field: 'phone_numbers' } };
      const isNoun = sense === undefined && NOUNS.has(column.key);
      if (isNoun && shareOf(column, looksLikeEmail) === 1) return { column, sense: { kind: 'field', field: 'emails' } };
      if (isNoun && !hasName && areFullNames(column)) return { column, sense: { kind: 'field', field: 'name' } };
      if (isBlank && areFullNames(column)) return { column, sense: { kind: 'field', field: 'name' } };
      const mayBePhone = sense?.kind === 'ask' && sense.why === undefined && sense.suggestions[0] === 'phone_numbers';
      if (mayBePhone && shareOf(column, looksLikeBareNumber) === 1) {
        return { column, sense: { kind: 'field', field: 'phone_numbers' } };
      }
      if (mayBePhone && shareOf(column, looksLikeEmail) === 1)
        return { column, sense: { kind: 'field', field: 'emails' } };
      return { column, sense };
    }),
  );
}
