/** Rows that hold several numbered persons: "Contact 1 Name", "Contact 2 Email", "Person1FirstName". Pure. */

import { headerTokens } from '../header.js';
import { once, phrasesOf } from '../vocabulary/words.js';
import { deniedSense } from './words/denied.js';
import { senseOfKey } from './words/lookup.js';
import { readTokens } from './words/loose.js';
import { readObjectPath } from './words/object-path.js';
import type { Sensed } from './neighbours.js';
import { isNameSense, isOfField, type Sense } from './sense.js';

const PERSON_WORDS =
  'contacts; persons; attendees; participants; guests; members; passengers; adult; buyer; purchaser; owner; homeowner; proprietor; founder; investor; partner; co applicant; tenant; borrower; director; shareholder; driver; signatory; officer; contact; person; people; individual; attendee; participant; guest; member; delegate; passenger; traveller; traveler; student; player; client; customer; applicant; registrant; user; lead; ' +
  'kontakt; kontaktperson; ansprechpartner; ansprechpartnerin; teilnehmer; gast; mitglied; personne; participant; interlocuteur; invité; contacto; persona; participante; asistente; invitado; contato; pessoa; convidado; contatto; referente; partecipante; ospite; ' +
  'contactpersoon; persoon; deelnemer; deltagare; kontaktperson; deltager; osoba; uczestnik; henkilö; yhteyshenkilö; kişi; контакт; человек; участник; 联系人; 聯絡人; 担当者; 담당자';
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  primary: 1,
  main: 1,
  second: 2,
  secondary: 2,
  third: 3,
  fourth: 4,
  zweiter: 2,
  zweite: 2,
  dritter: 3,
  deuxième: 2,
  segundo: 2,
  secondo: 2,
  tweede: 2,
  andra: 2,
  anden: 2,
  drugi: 2,
};

/** Which contact a word makes it, beside one that is called nothing else: "Alternate Contact Phone". */
const OTHER_CONTACTS: Readonly<Record<string, number>> = {
  alternate: 2,
  alternative: 2,
  backup: 3,
  other: 4,
  alternativo: 2,
  autre: 2,
  anderer: 2,
  weiterer: 2,
  otro: 2,
  altro: 2,
  outro: 2,
};

const persons = once(() => new Set(phrasesOf(PERSON_WORDS).map((phrase) => phrase.join(' '))));
const ordinals = once(
  () => new Map(Object.entries(ORDINALS).map(([word, number]) => [headerTokens(word).join(''), number])),
);

/** Whoever owns a house is its contact, unless the row names contacts as well. */
const OWNER = 'owner';

interface Numbered {
  readonly number: number;
  readonly isOwner: boolean;
  /** What the rest of the header means. */
  readonly sense: Sense | undefined;
  /** Nothing but the person and the number. */
  readonly isBare: boolean;
}

/** "contacts 2." of "contacts 2.emails.email". */
const FIRST_OF_PATH = /^[^.]*\./;

/** Columns of persons who are told apart by their numbers, where there are two at least: "Attendee 1 Email", "Attendee 2 Name". */
export function numberedPersons(headers: readonly string[]): ReadonlySet<string> {
  const numbered = headers.filter((header) => personOf(header) !== undefined);
  const numbers = new Set(numbered.map((header) => personOf(header)?.number));
  return new Set(numbers.size < 2 ? [] : numbered);
}

/** The person that a header is about, by number; undefined where it names none. */
function personOf(header: string): Numbered | undefined {
  const tokens = headerTokens(header);
  for (let at = 0; at < tokens.length; at += 1) {
    if (!persons().has(tokens[at] ?? '')) continue;
    const after = /^\d{1,2}$/.test(tokens[at + 1] ?? '') ? Number(tokens[at + 1]) : undefined;
    const before = tokens[at - 1] ?? '';
    const ordinal = after === undefined ? (ordinals().get(before) ?? OTHER_CONTACTS[before]) : undefined;
    const number = after ?? ordinal;
    if (number === undefined) continue;
    const rest = tokens.filter((_, index) => index !== at && index !== (after === undefined ? at - 1 : at + 1));
    const sense: Sense | undefined =
      rest.length === 0
        ? { kind: 'field', field: 'name' }
        : (deniedSense(rest) ?? readTokens(rest) ?? readObjectPath(header.replace(FIRST_OF_PATH, '')));
    return {
      number,
      isOwner: tokens[at] === OWNER,
      sense: sense?.kind === 'any_name' ? { kind: 'field', field: 'name' } : sense,
      isBare: rest.length === 0,
    };
  }
  return undefined;
}

function isPointSense(sense: Sense | undefined): boolean {
  return sense?.kind === 'field' && (sense.field === 'emails' || sense.field === 'phone_numbers');
}

/** The number, or the word for one, of a header that names no person: "Name 2", "Email 2", "Secondary Email". */
function numberOf(header: string): Numbered | undefined {
  const tokens = headerTokens(header);
  // Of "First Name 2" the number counts persons, and the word none.
  const digits = tokens.filter((token) => /^\d{1,2}$/.test(token));
  const [token = '', ...more] = digits.length > 0 ? digits : tokens.filter((word) => ordinals().has(word));
  // "Second name" is a middle name.
  if (token === '' || more.length > 0 || senseOfKey(tokens.join(''))?.kind === 'unmapped') return undefined;
  const rest = tokens.filter((other) => other !== token);
  const sense = deniedSense(rest) === undefined ? readTokens(rest) : undefined;
  const field: Sense | undefined = sense?.kind === 'any_name' ? { kind: 'field', field: 'name' } : sense;
  return { number: ordinals().get(token) ?? Number(token), isOwner: false, sense: field, isBare: false };
}

function holds(columns: readonly Numbered[], ...fields: readonly string[]): boolean {
  return fields.every((field) => columns.some(({ sense }) => isOfField(sense, field)));
}

/** Adds "Name 2" and "Email 2", "Secondary Email" beside "Secondary Contact": a second name with an e-mail is somebody else. */
function addByNumber(all: readonly Sensed[], found: Map<number, Numbered>): void {
  const others = all.flatMap(({ column }) => {
    const numbered = found.has(column.index) ? undefined : numberOf(column.header);
    return numbered === undefined ? [] : [{ index: column.index, ...numbered }];
  });
  const numbers = new Set([...others, ...found.values()].map(({ number }) => number));
  const isPerson = (number: number): boolean => {
    const columns = [...others, ...found.values()].filter((column) => column.number === number);
    if (holds(columns, 'first_name', 'last_name', 'phone_numbers')) return true;
    return holds(columns, 'emails') && (holds(columns, 'name') || holds(columns, 'first_name'));
  };
  const people = [...numbers].filter(isPerson);
  const highest = Math.max(0, ...people);
  if (highest < 2) return;
  for (const { index, ...numbered } of others) {
    const { sense } = numbered;
    const isPersonal = isNameSense(sense) || isPointSense(sense) || holds([numbered], 'job_title');
    if (people.includes(numbered.number) && isPersonal) found.set(index, numbered);
  }
}

/** The columns of each numbered person, where a row holds more people than one. */
export interface Persons {
  /** By column index: the number of its person. */
  readonly numberOf: ReadonlyMap<number, number>;
  /** The senses of all columns, those of persons read without their number. */
  readonly sensed: readonly Sensed[];
}

/** "Buyer Name" beside several attendees is a person as well. */
function asPerson({ column, sense }: Sensed): Sensed {
  const isName = sense?.kind === 'ask' && sense.suggestions.includes('name');
  const isOfPerson = isName && headerTokens(column.header).some((token) => persons().has(token));
  return { column, sense: isOfPerson ? { kind: 'field', field: 'name' } : sense };
}

/** Finds numbered persons. Where the groups carry no names, nobody can say whether they are people: then it is asked. */
export function findPersons(sensed: readonly Sensed[], isKnownSystem: boolean): Persons {
  const several = numberedPersons(sensed.map(({ column }) => column.header));
  const all = several.size === 0 ? sensed : sensed.map((one) => (several.has(one.column.header) ? one : asPerson(one)));
  const none: Persons = { numberOf: new Map(), sensed: all };
  const found = new Map<number, Numbered>();
  for (const { column } of all) {
    const numbered = personOf(column.header);
    if (numbered !== undefined) found.set(column.index, numbered);
  }
  if ([...found.values()].some(({ isOwner }) => !isOwner)) {
    for (const [index, { isOwner }] of found) if (isOwner) found.delete(index);
  }
  // What "User 2" and "E-mail 2" are in a known program is known.
  if (!isKnownSystem) addByNumber(all, found);
  const groups = new Map<number, Numbered[]>();
  for (const numbered of found.values())
    groups.set(numbered.number, [...(groups.get(numbered.number) ?? []), numbered]);
  // "User 1" alone is a field of its program; "Contact 1" beside "Contact 1 Email" is a name.
  for (const [number, columns] of groups)
    if (columns.length === 1 && columns[0]?.isBare === true) groups.delete(number);
  const isPersonal = [...groups].filter(([, columns]) =>
    columns.some(({ sense }) => isNameSense(sense) || isPointSense(sense)),
  );
  const named = isPersonal.filter(([, columns]) => columns.some(({ sense }) => isNameSense(sense)));
  const baseHasName = all.some(({ column, sense }) => !found.has(column.index) && isNameSense(sense));
  if (isPersonal.length + (baseHasName ? 1 : 0) < 2) return none;
  if (baseHasName && named.length === 1 && named[0]?.[0] === 1 && isPersonal.length === 1) {
    const firm = firmOfContact(all, found);
    if (firm !== undefined) return { numberOf: new Map(), sensed: firm };
  }
  if (named.length === 0) return { numberOf: new Map(), sensed: asked(all, found, baseHasName) };
  const isLone = baseHasName && !all.some(({ column, sense }) => !found.has(column.index) && isPointSense(sense));
  // Whoever booked for them, and left neither e-mail nor phone: a contact must have one.
  const isNobody = ({ column, sense }: Sensed): boolean => isLone && !found.has(column.index) && isNameSense(sense);
  const numbers = new Set(isPersonal.map(([number]) => number));
  const numberOf = new Map(
    [...found].flatMap(([index, { number }]) => (numbers.has(number) ? [[index, number] as const] : [])),
  );
  const own = all.map(({ column, sense }): Sensed => {
    const numbered = numberOf.has(column.index) ? found.get(column.index) : undefined;
    if (isNobody({ column, sense })) return { column, sense: WITHOUT_POINT };
    return numbered === undefined ? { column, sense } : { column, sense: ownSense(numbered.sense) };
  });
  return { numberOf, sensed: own };
}

const WITHOUT_POINT: Sense = { kind: 'unmapped', why: 'somebody without an e-mail or a phone of their own' };

/** "Name" beside "Primary Contact Name" and that one's e-mail, without any of its own: the firm, or the household. */
function firmOfContact(all: readonly Sensed[], found: ReadonlyMap<number, Numbered>): Sensed[] | undefined {
  const isBase = ({ column }: Sensed): boolean => !found.has(column.index);
  if (all.some((sensed) => isBase(sensed) && isPointSense(sensed.sense))) return undefined;
  const isName = ({ sense }: Sensed): boolean =>
    sense?.kind === 'any_name' || (sense?.kind === 'field' && sense.field === 'name');
  if (all.some((sensed) => isBase(sensed) && isNameSense(sensed.sense) && !isName(sensed))) return undefined;
  const hasCompany = all.some(({ sense }) => isOfField(sense, 'company'));
  const firm: Sense = hasCompany
    ? { kind: 'unmapped', why: 'the name of a firm or a household' }
    : { kind: 'field', field: 'company' };
  return all.map((sensed) => (isBase(sensed) && isName(sensed) ? { column: sensed.column, sense: firm } : sensed));
}

/** A person's own address would compete with the row's: it is left out. */
function ownSense(sense: Sense | undefined): Sense | undefined {
  return sense?.kind === 'address' ? { kind: 'unmapped', why: 'the address of one of several persons' } : sense;
}

function asked(all: readonly Sensed[], found: ReadonlyMap<number, Numbered>, baseHasName: boolean): Sensed[] {
  // Beside a name without a number, a second one's phone is not the first.
  const first = baseHasName ? 1 : Math.min(...[...found.values()].map(({ number }) => number));
  return all.map(({ column, sense }): Sensed => {
    const numbered = found.get(column.index);
    const isLeftOut = sense?.kind === 'unmapped' || sense?.kind === 'ignore';
    if (numbered === undefined || numbered.number === first || isLeftOut || !isPointSense(numbered.sense))
      return { column, sense };
    const field = numbered.sense?.kind === 'field' ? numbered.sense.field : 'emails';
    return {
      column,
      sense: { kind: 'ask', suggestions: [field], why: 'may be another person, or one more of the same' },
    };
  });
}
