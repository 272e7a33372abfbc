/** Headers that are no field whatever else they hold: consent, owner, other people, fax, ids; and what must stay secret. Pure. */

import { headerTokens } from '../../header.js';
import { DENY_RULES } from '../../vocabulary/denylist.js';
import { ACCOUNT_WORDS, PROTECTED_WORDS, SECRET_SHORT, SECRET_STEMS, SECRET_WORDS } from '../../vocabulary/secrets.js';
import { keysOf, once, phrasesOf } from '../../vocabulary/words.js';
import type { Sense } from '../sense.js';
import { areSecrets } from './secret-values.js';

const LONGEST_PHRASE = 5;

/** Every run of up to five words of a header, each as one text. */
function phrasesIn(tokens: readonly string[]): string[] {
  const phrases: string[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    for (let length = 1; length <= LONGEST_PHRASE && start + length <= tokens.length; length += 1) {
      phrases.push(tokens.slice(start, start + length).join(' '));
    }
  }
  return phrases;
}

function phraseSet(list: string): ReadonlySet<string> {
  return new Set(phrasesOf(list).map((phrase) => phrase.join(' ')));
}

const denyRules = once(() =>
  DENY_RULES.map(({ why, never, words }) => ({
    sense: { kind: never === true ? 'ignore' : 'unmapped', why } satisfies Sense,
    phrases: phraseSet(words),
  })),
);

/** A fax in a longer word: "Telefaxnummer", "Faksin numero". */
const FAX_STEM = /fax|faks|telecop|传真|傳真|факс|팩스|فاكس|ファックス|ファクス/;
const FAX: Sense = { kind: 'unmapped', why: 'a fax or pager, not a phone' };

/** The reason why a header is no field, by its words: consent, owner, another person, fax, id… */
export function deniedSense(tokens: readonly string[]): Sense | undefined {
  const phrases = phrasesIn(tokens);
  const denied = denyRules().find((rule) => phrases.some((phrase) => rule.phrases.has(phrase)))?.sense;
  return denied ?? (FAX_STEM.test(tokens.join('')) ? FAX : undefined);
}

/** A remark of three words or more in brackets. */
const EXPLANATION = /\((?:as|like|exactly|same|wie|comme|como|come|zoals)(?:\s+[^\s()]+){2,}\)/i;

const SECRET: Sense = {
  kind: 'ignore',
  why: 'an identity number or a secret: sent only if you name it in a mapping file',
};
const PROTECTED: Sense = {
  kind: 'ignore',
  why: 'about health, belief or origin: sent only if you name it in a mapping file',
};

const secrets = once(() => ({
  phrases: phraseSet(SECRET_WORDS),
  short: new Set(keysOf(SECRET_SHORT)),
  stems: keysOf(SECRET_STEMS),
  accounts: new Set(keysOf(ACCOUNT_WORDS)),
  protected: phraseSet(PROTECTED_WORDS),
}));

const FILLERS: ReadonlySet<string> = new Set(
  'number no nr num code id value your my the customer client user contact'.split(' '),
);

/** A bank's, card's, state's or insurer's number, or a way in: never sent, not even as a custom field. */
export function secretSense(raw: string): Sense | undefined {
  // "Full name (as on passport)" explains a name; "Number (bank account)" is one.
  const header = raw.replace(EXPLANATION, ' ');
  const tokens = headerTokens(header);
  const { phrases, short, stems, protected: protectedPhrases } = secrets();
  const inHeader = phrasesIn(tokens);
  if (inHeader.some((phrase) => phrases.has(phrase))) return SECRET;
  if (inHeader.some((phrase) => protectedPhrases.has(phrase))) return PROTECTED;
  if (tokens.includes('pin') && !tokens.some((token) => POSTAL_WORDS.has(token))) return SECRET;
  const bare = tokens.filter((token) => !FILLERS.has(token)).join('');
  if (short.has(bare)) return isPostalPin(tokens) ? undefined : SECRET;
  const key = tokens.join('');
  return stems.some((stem) => key.includes(stem)) ? SECRET : undefined;
}

/** Beside "pin" they make a postal code of it. */
const POSTAL_WORDS: ReadonlySet<string> = new Set(['code', 'zip', 'postal']);

/** India calls its postal code so. */
function isPostalPin(tokens: readonly string[]): boolean {
  return tokens.join(' ') === 'pin code';
}

/** "PIN-Code" where the cells are no postal codes of India, which have six digits. */
export function pinSense(header: string, values: readonly string[]): Sense | undefined {
  if (!isPostalPin(headerTokens(header)) || values.length === 0) return undefined;
  return values.some((value) => /^[1-9]\d{2}\s?\d{3}$/.test(value)) ? undefined : SECRET;
}

/** "Account Number": a bank's where the cells are long numbers, else the other program's own id. */
export function accountSense(header: string, values: readonly string[]): Sense | undefined {
  if (!secrets().accounts.has(headerTokens(header).join(''))) return undefined;
  const isLong = values.some((value) => /^[\d\s-]{6,}$/.test(value) && value.replace(/\D/g, '').length >= 6);
  return isLong ? SECRET : { kind: 'unmapped', why: 'an id of the other program' };
}

/** A column of accounts, cards or state numbers, whatever it is called. */
export function secretValueSense(values: readonly string[]): Sense | undefined {
  return areSecrets(values) ? SECRET : undefined;
}
