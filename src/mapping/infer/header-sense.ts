/** What one header means on its own. Pure. */

import { NAMES_BY_MEANING } from '../vocabulary/aliases.js';
import { DENY_RULES } from '../vocabulary/denylist.js';
import { displayHeader, headerTokens } from '../header.js';
import { readQualified } from './qualified.js';
import { senseOfWord, type Sense } from './sense.js';
import { keysOf, once, phrasesOf } from '../vocabulary/words.js';

const namesByKey = once(() => {
  const byKey = new Map<string, Sense>();
  for (const [word, list] of Object.entries(NAMES_BY_MEANING)) {
    const sense = senseOfWord(word);
    for (const key of keysOf(list)) if (!byKey.has(key)) byKey.set(key, sense);
  }
  return byKey;
});

const denyRules = once(() =>
  DENY_RULES.map(({ why, never, words }) => ({
    sense: { kind: never === true ? 'ignore' : 'unmapped', why } satisfies Sense,
    phrases: new Set(phrasesOf(words).map((phrase) => phrase.join(' '))),
  })),
);

const LONGEST_PHRASE = 5;

/** The reason why a header is no field, by its words: consent, owner, another person, fax, id… */
export function deniedSense(tokens: readonly string[]): Sense | undefined {
  const phrases: string[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    for (let length = 1; length <= LONGEST_PHRASE && start + length <= tokens.length; length += 1) {
      phrases.push(tokens.slice(start, start + length).join(' '));
    }
  }
  return denyRules().find((rule) => phrases.some((phrase) => rule.phrases.has(phrase)))?.sense;
}

/** Whom the columns are about, said before the name: "Person - Phone - Work", "Primary Contact Email", "Customer Name". */
const SUBJECTS = ['primary contact', 'person', 'contact', 'lead', 'customer', 'client', 'subscriber', 'attendee']
  .concat(['participant', 'member', 'guest', 'buyer', 'kontakt', 'kunde', 'kunden', 'teilnehmer', 'invitee'])
  .map((subject) => subject.split(' '));

function withoutSubject(tokens: readonly string[]): readonly string[] | undefined {
  const subject = SUBJECTS.find((words) => words.every((word, at) => tokens[at] === word));
  return subject === undefined || subject.length === tokens.length ? undefined : tokens.slice(subject.length);
}

/** Names that a number may follow: "Organization 1 - Name", "Website 2 - Value", "Tag 3". */
function numberedName(tokens: readonly string[]): Sense | undefined {
  const words = tokens.filter((token) => !/^\d{1,2}$/.test(token));
  if (words.length === tokens.length || words.length === 0) return undefined;
  const sense = namesByKey().get(words.join('')) ?? namesByKey().get(words.filter((word) => word !== 'value').join(''));
  if (sense === undefined) return undefined;
  const repeatable = sense.kind === 'link' || (sense.kind === 'field' && /^(?:tags|notes)$/.test(sense.field));
  return repeatable || tokens.includes('1') ? sense : undefined;
}

/** Columns of our own: those that the rejects file adds, and what the API answers but takes from nobody. */
const OWN_COLUMNS: Readonly<Record<string, Sense>> = {
  import_line: { kind: 'ignore', why: 'added by the rejects file' },
  import_error: { kind: 'ignore', why: 'added by the rejects file' },
  import_message: { kind: 'ignore', why: 'added by the rejects file' },
  bot_id: { kind: 'ignore', why: 'the bot is chosen with --bot' },
  workspace_id: { kind: 'ignore', why: 'set by Clarky' },
  created_at: { kind: 'ignore', why: 'set by Clarky' },
  updated_at: { kind: 'ignore', why: 'set by Clarky' },
  last_contacted_at: { kind: 'ignore', why: 'set by Clarky' },
  // Only in the API's own spelling: "Company ID" is another program's number.
  company_id: { kind: 'field', field: 'company_id' },
};

const CUSTOM_PREFIX = /^(?:custom:|custom_fields\.)\s*(\S.*)$/is;

/** What a header says on its own, before its neighbours and values are looked at; undefined where it says nothing known. */
export function senseOf(header: string): Sense | undefined {
  const spelt = displayHeader(header);
  if (spelt === '') return { kind: 'unmapped', why: 'has no header' };
  const customKey = CUSTOM_PREFIX.exec(spelt)?.[1];
  if (customKey !== undefined) return { kind: 'custom', key: customKey.trim() };
  const own = Object.hasOwn(OWN_COLUMNS, spelt) ? OWN_COLUMNS[spelt] : undefined;
  if (own !== undefined) return own;
  const tokens = headerTokens(header);
  const plain = namesByKey().get(tokens.join('')) ?? deniedSense(tokens) ?? readQualified(tokens);
  if (plain !== undefined) return plain;
  const rest = withoutSubject(tokens);
  const ofSubject = rest && (namesByKey().get(rest.join('')) ?? readQualified(rest));
  return ofSubject ?? numberedName(tokens);
}
