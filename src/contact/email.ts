import isEmailModule from 'validator/lib/isEmail.js';
import type { Problem } from '../problem.js';
import { cleanText, isPlaceholder, quoted } from './text.js';

/** What one cell of an email column holds. Where there is a problem, `emails` has the addresses that could be read. */
export interface EmailReading {
  /** Lower-cased, checked, without repeats, in the cell's order. */
  readonly emails: readonly string[];
  readonly problems: readonly Problem[];
}

// Alone: the package's index loads a hundred other validators.
const isEmail = isEmailModule.default;

const NONE: readonly never[] = [];
const BLANK: EmailReading = { emails: NONE, problems: NONE };

/** A lower-case ASCII address of the common kind. Accepts a part of what `isEmail` accepts (shown by property). */
const PLAIN = /^(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const LONGEST = 254;

/** An address inside Exchange (`/o=ExchangeLabs/ou=…`), which Outlook exports where the type is EX. */
const EXCHANGE_PATH = /^\/(?:o|ou|cn)=/i;

const MAILTO = /mailto:([^\s<>?]*)(?:\?[^\s<>]*)?/gi;
/** `Zoë Muster (zoe@example.com)`, as Outlook displays an address. */
const BRACKETED = /\(\s*([^()\s<>]+@[^()\s<>]+)\s*\)/g;
const LABEL = /(?<![^\s,;|])\p{L}[\p{L}\d -]{0,20}:(?=\s*[^\s@:]+@)/gu;
const REMARK = /\([^()@]*\)|\[[^[\]@]*\]/g;
const SEPARATOR = /\s*(?:[\s,;|]|:::)+\s*/;
/** Words and signs that stand alone between two addresses. */
const CONJUNCTION = /^(?:[/&+]|or|and|oder|und|ou|et|o|y|e|of|en)$/i;
const WRAPPING_START = /^["'‘’“”„«<([{]+/;
const WRAPPING_END = /["'‘’“”«»>)\]}.,;:]+$/;

/**
 * Reads one cell of an email column: one or several addresses, bare, as `Name <a@b>` or as `mailto:`, separated by comma,
 * semicolon, white space, `|` or `:::`. Addresses are checked with validator's `isEmail` (quoted local parts refused,
 * international domains accepted) and lower-cased. A cell that only says "none" counts as blank.
 */
export function readEmails(cell: string): EmailReading {
  if (PLAIN.test(cell) && cell.length <= LONGEST) return { emails: [cell], problems: NONE };
  const text = cleanText(cell).replace(/\p{Cf}/gu, '');
  if (text === '' || isPlaceholder(text)) return BLANK;
  if (EXCHANGE_PATH.test(text)) return { emails: NONE, problems: [exchangePath(text)] };

  const whole = address(text);
  if (whole !== undefined) return { emails: [whole], problems: NONE };
  const emails = new Set<string>();
  let unreadable = false;
  for (const token of candidates(text)) {
    const email = address(token);
    if (email === undefined) unreadable = true;
    else emails.add(email);
  }
  const problems = unreadable || emails.size === 0 ? [invalidEmail(text)] : NONE;
  return { emails: [...emails], problems };
}

function candidates(text: string): string[] {
  const linked = text.replace(MAILTO, (_link, address: string) => percentDecoded(address));
  const plain = linked.replace(BRACKETED, '<$1>').replace(LABEL, ' ').replace(REMARK, ' ');
  if (!plain.includes('<')) return tokensOf(plain);
  const found: string[] = [];
  const end = plain.lastIndexOf('>') + 1;
  for (const [, before = '', bracketed = ''] of plain.slice(0, end).matchAll(/([^<>]*)<([^<>]*)>/g)) {
    // What stands before a bracket without an @ is the display name, which belongs to no email field.
    found.push(...tokensOf(before.replace(/"[^"]*"/g, ' ')).filter((token) => token.includes('@')), bracketed.trim());
  }
  return [...found, ...tokensOf(plain.slice(end))];
}

function tokensOf(text: string): string[] {
  return text.split(SEPARATOR).filter((token) => token !== '' && !CONJUNCTION.test(token));
}

function address(token: string): string | undefined {
  const bare = token.replace(WRAPPING_START, '').replace(WRAPPING_END, '').toLowerCase().normalize('NFC');
  return isEmail(bare, { blacklisted_chars: '"' }) ? bare : undefined;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function invalidEmail(text: string): Problem {
  return { code: 'invalid_email', message: `${quoted(text)} is not an email address.` };
}

function exchangePath(text: string): Problem {
  return {
    code: 'email_is_exchange_path',
    message: `${quoted(text)} is an address inside an Exchange server, not an email address.`,
    hint: 'Look up the SMTP address of this contact in Outlook and write it here.',
  };
}
