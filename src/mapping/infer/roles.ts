/** Rows that name a ticket's holder and its buyer, a payer and a payee: only one of them is the contact. Pure. */

import { headerTokens } from '../header.js';
import { ROLE_WORDS } from '../vocabulary/context.js';
import { once, phrasesOf } from '../vocabulary/words.js';
import type { Sensed } from './neighbours.js';

const rankByPhrase = once(() => {
  const ranks = new Map<string, number>();
  for (const [rank, words] of ROLE_WORDS) {
    for (const phrase of phrasesOf(words)) if (!ranks.has(phrase.join(' '))) ranks.set(phrase.join(' '), rank);
  }
  return ranks;
});

/** Words that are a role only where the header begins with them: "From Email Address". */
const ONLY_FIRST: ReadonlySet<string> = new Set(['from', 'to']);
const LONGEST_ROLE = 3;
/** From here on nobody is the contact unless a person says so: an agent, a teacher, a host. */
const OTHER_PEOPLE = 3;

interface Role {
  /** 0 for the contact, more for people who stand beside it. */
  readonly rank: number;
  /** The header names the role. */
  readonly isNamed: boolean;
}

function roleOf(header: string): Role {
  const tokens = headerTokens(header);
  for (let start = 0; start < tokens.length; start += 1) {
    for (let length = LONGEST_ROLE; length > 0; length -= 1) {
      const phrase = tokens.slice(start, start + length).join(' ');
      const rank = rankByPhrase().get(phrase);
      if (rank !== undefined && !(start > 0 && ONLY_FIRST.has(phrase))) return { rank, isNamed: true };
    }
  }
  return { rank: 0, isNamed: false };
}

const POINTS: ReadonlySet<string> = new Set(['emails', 'phone_numbers']);
const PERSONAL: ReadonlySet<string> = new Set([...POINTS, 'first_name', 'last_name', 'name', 'job_title']);

/** Takes the fields of a row's other people back: the buyer's where the ticket's holder has some, an agent's always. */
export function resolveRoles(all: readonly Sensed[]): Sensed[] {
  const roles = all.flatMap(({ column, sense }) =>
    sense?.kind === 'field' && PERSONAL.has(sense.field)
      ? [{ index: column.index, field: sense.field, ...roleOf(column.header) }]
      : [],
  );
  const roleByIndex = new Map(roles.map((role) => [role.index, role]));
  return all.map(({ column, sense }): Sensed => {
    const role = roleByIndex.get(column.index);
    if (role === undefined || sense?.kind !== 'field') return { column, sense };
    const rivals = roles.filter(({ field, isNamed }) => field === role.field || (isNamed && POINTS.has(field)));
    if (role.rank > Math.min(...rivals.map(({ rank }) => rank))) {
      return { column, sense: { kind: 'unmapped', why: 'about another person of the row' } };
    }
    if (role.rank >= OTHER_PEOPLE) {
      const why = 'may be about another person than the contact';
      return { column, sense: { kind: 'ask', suggestions: [sense.field], why } };
    }
    return { column, sense };
  });
}
