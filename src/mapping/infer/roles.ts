/** Rows that name a ticket's holder and its buyer, a payer and a payee: only one of them is the contact. Pure. */

import { headerTokens } from '../header.js';
import { CONTACT_PERSON_WORDS, PAYER_WORDS, PLACE_WORDS, ROLE_WORDS } from '../vocabulary/context.js';
import { once, phrasesOf } from '../vocabulary/words.js';
import { looksLikeEmail, looksLikePhone, shareOf, type Column } from './column.js';
import type { Sensed } from './neighbours.js';
import { numberedPersons } from './persons.js';
import { isNameSense, NAME_FIELDS, type Sense } from './sense.js';
import { expanded } from './words/loose.js';

const rankByPhrase = once(() => {
  const ranks = new Map<string, number>();
  for (const [rank, words] of ROLE_WORDS) {
    for (const phrase of phrasesOf(words)) if (!ranks.has(phrase.join(' '))) ranks.set(phrase.join(' '), rank);
  }
  return ranks;
});

const places = once(() => new Set(phrasesOf(PLACE_WORDS).map((phrase) => phrase.join(' '))));
const payers = once(() => new Set(phrasesOf(PAYER_WORDS).map((phrase) => phrase.join(' '))));
const contactPersons = once(() => new Set(phrasesOf(CONTACT_PERSON_WORDS).map((phrase) => phrase.join(' '))));

/** Words that are a role only where the header begins with them: "From Email Address". */
const ONLY_FIRST: ReadonlySet<string> = new Set(['from', 'to']);
const LONGEST_ROLE = 4;
/** Who gets what another one ordered, and mostly is that one. */
const RECEIVER = 2;
/** A tenant, a driver: the contact of a list of such people, and somebody else beside any other person. */
const BESIDE = 3;
/** From here on nobody is the contact unless a person says so: an agent, a teacher, a host. */
const OTHER_PEOPLE = 4;
/** A doctor, a landlord, a relative: somebody else beside any other person, and asked for where they stand alone. */
const NEVER_BESIDE = 5;

interface Role {
  /** 0 for the contact, more for people who stand beside it. */
  readonly rank: number;
  /** The header names the role. */
  readonly isNamed: boolean;
}

/** The first of a header's runs of words that `pick` knows, the longest at each place first. */
function firstPhrase<Found>(
  header: string,
  pick: (phrase: string, start: number) => Found | undefined,
): Found | undefined {
  const tokens = headerTokens(header);
  for (const words of [tokens, expanded(tokens)]) {
    for (let start = 0; start < words.length; start += 1) {
      for (let length = LONGEST_ROLE; length > 0; length -= 1) {
        const found = pick(words.slice(start, start + length).join(' '), start);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

/** Which of a row's people a header is about. */
export function roleOf(header: string): Role {
  const rank = firstPhrase(header, (phrase, start) =>
    start > 0 && ONLY_FIRST.has(phrase) ? undefined : rankByPhrase().get(phrase),
  );
  return rank === undefined ? { rank: 0, isNamed: false } : { rank, isNamed: true };
}

function names(header: string, phrases: ReadonlySet<string>): boolean {
  return firstPhrase(header, (phrase) => (phrases.has(phrase) ? true : undefined)) === true;
}

/** "Work/Employer Phone" is where the contact is at work. */
const WORK: ReadonlySet<string> = new Set(['work', 'office', 'arbeit', 'travail', 'trabajo', 'trabalho', 'werk']);

const POINTS: ReadonlySet<string> = new Set(['emails', 'phone_numbers']);
const PERSONAL: ReadonlySet<string> = new Set([...POINTS, ...NAME_FIELDS, 'job_title']);

const OF_ANOTHER: Sense = { kind: 'unmapped', why: 'about another person of the row' };

/** Takes the fields of a row's other people back: the buyer's where the ticket's holder has some, an agent's always. */
export function resolveRoles(all: readonly Sensed[]): Sensed[] {
  const numbered = numberedPersons(all.map(({ column }) => column.header));
  const roles = all.flatMap(({ column, sense }) => {
    // "Attendee 2 Email" is one person more and takes nothing from the row's own.
    if (numbered.has(column.header)) return [];
    if (sense?.kind === 'any_name') return [{ index: column.index, field: 'name', ...roleOf(column.header) }];
    return sense?.kind === 'field' && PERSONAL.has(sense.field)
      ? [{ index: column.index, field: sense.field, ...roleOf(column.header) }]
      : [];
  });
  const roleByIndex = new Map(roles.map((role) => [role.index, role]));
  const isBesideLess = (rank: number): boolean =>
    roles.some((other) => other.rank < rank && other.field !== 'job_title');
  const hasOwnName = all.some(({ column, sense }) => isNameSense(sense) && !names(column.header, contactPersons()));
  const ownPoints = all.filter(
    ({ column, sense }) => isOwnPoint(sense) && roleOf(column.header).rank === 0 && !names(column.header, payers()),
  );
  return all.map(({ column, sense }): Sensed => {
    if (sense === undefined) return { column, sense: ofAnother(column, isBesideLess) };
    const role = roleByIndex.get(column.index);
    if (role === undefined) return { column, sense };
    if (sense.kind !== 'field')
      return { column, sense: role.rank >= BESIDE && isBesideLess(role.rank) ? OF_ANOTHER : sense };
    const rivals = roles.filter(({ field, isNamed }) => field === role.field || (isNamed && POINTS.has(field)));
    if (role.rank > Math.min(...rivals.map(({ rank }) => rank))) {
      const isOnly =
        role.rank === RECEIVER && NAME_FIELDS.has(role.field) && !roles.some((own) => isOwnName(own, role));
      const why = 'may be about another person than the contact';
      return { column, sense: isOnly ? { kind: 'ask', suggestions: [sense.field], why } : OF_ANOTHER };
    }
    const isOther = role.rank === BESIDE || role.rank >= NEVER_BESIDE;
    if (isOther && isBesideLess(role.rank)) return { column, sense: OF_ANOTHER };
    const why =
      doubt(column.header, role.rank, POINTS.has(sense.field) && hasOwnName) ??
      payerDoubt({ column, sense }, ownPoints);
    return { column, sense: why === undefined ? sense : { kind: 'ask', suggestions: [sense.field], why } };
  });
}

/** A name of somebody who goes before whom another column names. */
function isOwnName(own: Role & { readonly field: string }, { rank }: Role): boolean {
  return NAME_FIELDS.has(own.field) && own.rank < rank;
}

function isOwnPoint(sense: Sense | undefined): boolean {
  return sense?.kind === 'field' && POINTS.has(sense.field);
}

/** "Billing Email" beside "Email" is the bookkeeping's, unless the other is mostly blank, or both are mostly the same. */
function payerDoubt({ column, sense }: Sensed, ownPoints: readonly Sensed[]): string | undefined {
  if (sense?.kind !== 'field' || !POINTS.has(sense.field) || !names(column.header, payers())) return undefined;
  const own = ownPoints.filter((other) => other.sense?.kind === 'field' && other.sense.field === sense.field);
  const known = new Set(own.flatMap(({ column: { values } }) => values.map((value) => value.toLowerCase())));
  const isFilled = own.some((other) => other.column.fillRate * 2 >= column.fillRate);
  if (!isFilled || shareOf(column, (value) => known.has(value.toLowerCase())) >= 0.5) return undefined;
  return "may be that of whoever pays, not the contact's own";
}

/** Why it can't be said whose a field is; undefined where it can. */
function doubt(header: string, rank: number, isBesideName: boolean): string | undefined {
  if (rank >= OTHER_PEOPLE) return 'may be about another person than the contact';
  if (rank === 0 && isBesideName && names(header, places()) && !names(header, WORK))
    return "may be that of a firm or a school, not the contact's own";
  if (rank === 0 && isBesideName && names(header, contactPersons()))
    return 'may be about another person than the contact';
  return undefined;
}

/** E-mails and phones under a name that is not understood, but for the other person in it: never offered as the contact's. */
function ofAnother(column: Column, isBesideLess: (rank: number) => boolean): Sense | undefined {
  const arePoints = shareOf(column, (value) => looksLikeEmail(value) || looksLikePhone(value)) > 0;
  const { rank } = arePoints ? roleOf(column.header) : { rank: 0 };
  return rank >= BESIDE && isBesideLess(rank) ? OF_ANOTHER : undefined;
}
