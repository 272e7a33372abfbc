/** What one header means on its own. Pure. */

import { ungarbled } from '../../../garbled-text.js';
import { displayHeader, headerTokens } from '../../header.js';
import { deniedSense, secretSense } from './denied.js';
import { lookUp, senseOfKey } from './lookup.js';
import { asksYesOrNo, expanded, readLoosely } from './loose.js';
import { readObjectPath } from './object-path.js';
import { phonePartSense } from './phone-part-names.js';
import type { Sense } from '../sense.js';

/** Columns of our own: those that the rejects file adds, and what the API answers but takes from nobody. */
const OWN_COLUMNS: Readonly<Record<string, Sense>> = {
  import_source: { kind: 'ignore', why: 'says from which file the row comes' },
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

/** A column that a rejects file or a set of files has from us. */
export function isOwnColumn(header: string): boolean {
  return /^import_(?:source|line|error|message)$/.test(displayHeader(header));
}

const CUSTOM_PREFIX = /^(?:custom:|custom_fields\.)\s*(\S.*)$/is;

/** Characters of a header that are read; no question of a form is longer. */
const LONGEST_READ = 500;

/** What a header says on its own, before its neighbours and values are looked at; undefined where it says nothing known. */
export function senseOf(raw: string): Sense | undefined {
  const header = withoutMarkup((ungarbled(raw) ?? raw).slice(0, LONGEST_READ));
  const spelt = displayHeader(header);
  if (spelt === '') return { kind: 'unmapped', why: 'has no header' };
  const customKey = CUSTOM_PREFIX.exec(spelt)?.[1];
  if (customKey !== undefined) return { kind: 'custom', key: customKey.trim() };
  const own = Object.hasOwn(OWN_COLUMNS, spelt) ? OWN_COLUMNS[spelt] : undefined;
  if (own !== undefined) return own;
  const tokens = headerTokens(header);
  const strict = secretSense(header) ?? senseOfKey(tokens.join('')) ?? phonePartSense(tokens);
  if (strict !== undefined) return strict;
  if (asksYesOrNo(header)) return { kind: 'unmapped', why: 'a question that is answered with yes or no' };
  const emailId = emailIdSense(tokens);
  if (emailId !== undefined) return emailId;
  const ofObject = readObjectPath(spelt);
  if (ofObject !== undefined) return loosely(ofObject);
  const denied = deniedSense(tokens) ?? deniedSense(expanded(tokens));
  if (denied !== undefined) return denied;
  const known = lookUp(tokens);
  if (known !== undefined) return known;
  const loose = readLoosely(header) ?? readLastQuestion(header);
  return loose === undefined ? undefined : loosely(loose);
}

/** Typeform's questions as they were written: `And your *email*, {{field:01AB}}?`, `What's your **name**?` */
function withoutMarkup(header: string): string {
  if (!/[*{`]/.test(header)) return header;
  return header.replace(/\s*\{\{[^{}]*\}\}/g, '').replace(/\*+(?=\S)([^*]+)\*+|`([^`]+)`/g, '$1$2');
}

/** A greeting, then the question: "Nice to meet you! What's your email?" */
const LAST_QUESTION = /[.!…,;:]\s+(\p{L}[^.!…;:?]{3,80}\?)\s*$/u;

function readLastQuestion(header: string): Sense | undefined {
  const [, question] = LAST_QUESTION.exec(header) ?? [];
  return question === undefined ? undefined : readLoosely(question);
}

function loosely(sense: Sense): Sense {
  return sense.kind === 'field' || sense.kind === 'address' ? { ...sense, isLoose: true } : sense;
}

/** "Email ID", as India calls an address, is no id: "Email ID (Email IDs)", "Contact email id". */
function emailIdSense(tokens: readonly string[]): Sense | undefined {
  const words = [...new Set(tokens.filter((token) => token !== 'id' && token !== 'ids'))];
  const sense = words.length === tokens.length ? undefined : lookUp(words);
  return sense?.kind === 'field' && sense.field === 'emails' ? { ...sense, isLoose: true } : undefined;
}
