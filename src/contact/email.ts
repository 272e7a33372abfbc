import { percentDecoded } from '../address.js';
import isEmailModule from 'validator/lib/isEmail.js';
import type { Problem } from '../problem.js';
import { decodeEntities, withoutTags } from './cell/html.js';
import { whyNoEmail } from './cell/no-email.js';
import { readListed } from './cell/json-list.js';
import { isPlaceholder, isPlaceholderAddress, saysNone } from './cell/placeholder.js';
import { cleanText, quoted, unwrapExcelText } from './text.js';

/** What one cell of an email column holds. Where there is a problem, `emails` has the addresses that could be read. */
export interface EmailReading {
  /** Lower-cased, checked, without repeats, in the cell's order. */
  readonly emails: readonly string[];
  readonly problems: readonly Problem[];
  /** Addresses that are nobody's (noemail@…, test@test…), where there are any: not among `emails`. */
  readonly placeholders?: readonly string[];
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
const BRACKETED = /\(\s*([^()\s<>@]+@[^()\s<>@]+)\s*\)/g;
const LABEL = /(?<![^\s,;|])\p{L}[\p{L}\d -]{0,20}:(?=\s*[^\s@:]+@)/gu;
const REMARK = /\([^()@]*\)|\[[^[\]@]*\]/g;
const SEPARATOR = /\s*(?:[\s,;|]|:::)+\s*/;
/** Words and signs that stand alone between two addresses. */
const CONJUNCTION = /^(?:[/&+]|or|and|oder|und|ou|et|o|y|e|of|en)$/i;
const WRAPPING_START = /^["'‘’“”„«<([{]+/;
const WRAPPING_END = /(?<!["'‘’“”«»>)\]}.,;:])["'‘’“”«»>)\]}.,;:]+$/;

/**
 * Reads one cell of an email column: one or several addresses, bare, as `Name <a@b>`, as `mailto:`, as a link in HTML or as
 * JSON, separated by comma, semicolon, white space, `/`, `|` or `:::`. Addresses are checked with validator's `isEmail`
 * (quoted local parts refused, international domains accepted) and lower-cased. A cell that only says "none" counts as
 * blank; an address that says so is a placeholder.
 */
export function readEmails(cell: string): EmailReading {
  if (cell.length <= LONGEST && PLAIN.test(cell)) return sorted([cell], NONE);
  const text = unwrapExcelText(plainText(cell));
  if (text === '' || isPlaceholder(text) || saysNone(text)) return BLANK;
  if (EXCHANGE_PATH.test(text)) return { ...BLANK, problems: [exchangePath(cell)] };
  const whole = address(text);
  if (whole !== undefined) return sorted([whole], NONE);
  const listed = readListed(text);
  const found = findAddresses(listed === undefined ? text : listed.map((value) => value.text).join('; '));
  if (listed?.length === 0) return BLANK;
  return sorted(found.emails, found.isReadable ? NONE : [invalidEmail(cell)]);
}

function sorted(emails: readonly string[], problems: readonly Problem[]): EmailReading {
  if (!emails.some(isPlaceholderAddress)) return { emails, problems };
  const placeholders = emails.filter(isPlaceholderAddress);
  return { emails: emails.filter((email) => !placeholders.includes(email)), problems, placeholders };
}

interface Found {
  readonly emails: readonly string[];
  /** Nothing was left over. */
  readonly isReadable: boolean;
}

/** The addresses of a text; where some of it is none, once more as people misspell them. */
function findAddresses(text: string): Found {
  const found = readTokens(candidates(text));
  if (found.isReadable) return found;
  const closed = text.replace(BLANKS_AROUND_AT, '@');
  const mended = readTokens(candidates(closed).flatMap(partedBySlash));
  return mended.isReadable ? mended : found;
}

function readTokens(tokens: readonly string[]): Found {
  const emails = new Set<string>();
  let isReadable = true;
  for (const part of tokens) {
    // What is left of a slash between two addresses.
    const token = part.replace(/^[/\\]+|(?<![/\\])[/\\]+$/g, '');
    const email = address(token);
    if (email !== undefined) emails.add(email);
    else if (!isPlaceholder(token)) isReadable = false;
  }
  return { emails: [...emails], isReadable: isReadable && emails.size > 0 };
}

/** `ben @ example.com` */
const BLANKS_AROUND_AT = /(?<=[^\s@<>,;])\s+@\s*(?=[^\s@]+\.)|(?<=[^\s@<>,;])\s*@\s+(?=[^\s@]+\.)/g;

/** `a@example.com/b@example.com`, where each part is an address; a slash may stand in an address. */
function partedBySlash(token: string): string[] {
  const parts = token.split('/');
  return parts.length > 1 && parts.every((part) => address(part) !== undefined) ? parts : [token];
}

const FULL_WIDTH = /[\uff01-\uff5e\u3002\uff61]/g;

/** The cell without marks that nobody sees, full-width letters as plain ones, entities and tags of HTML taken out. */
function plainText(cell: string): string {
  const text = cleanText(cell)
    .replace(/\p{Cf}/gu, '')
    .replace(FULL_WIDTH, (character) => {
      const code = character.charCodeAt(0);
      return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : '.';
    });
  return withoutTags(decodeEntities(text));
}

function candidates(text: string): string[] {
  const linked = text.replace(MAILTO, (_link, address: string) => percentDecoded(address));
  const plain = linked.replace(BRACKETED, '<$1>').replace(LABEL, ' ').replace(REMARK, ' ');
  if (!plain.includes('<')) return tokensOf(plain);
  const found: string[] = [];
  const end = plain.lastIndexOf('>') + 1;
  for (const [, before = '', bracketed = ''] of plain.slice(0, end).matchAll(/(?<![^<>])([^<>]*)<([^<>]*)>/g)) {
    // What stands before a bracket without an @ is the display name, which belongs to no email field.
    found.push(...tokensOf(before.replace(/"[^"]*"/g, ' ')).filter((token) => token.includes('@')), bracketed.trim());
  }
  return [...found, ...tokensOf(plain.slice(end))];
}

function tokensOf(text: string): string[] {
  return text.split(SEPARATOR).filter((token) => token !== '' && !CONJUNCTION.test(token));
}

function address(token: string): string | undefined {
  const bare = lowerCased(token.replace(WRAPPING_START, '').replace(WRAPPING_END, ''));
  return bare.includes('@') && isEmail(bare, { blacklisted_chars: '"' }) ? bare : undefined;
}

/** As `fi` and `ff` are copied from a PDF. */
const LIGATURES = /[\ufb00-\ufb06]/g;
/** An i in Turkish capitals, and that in other small letters (an i with a dot more); an I in Turkish small ones. */
const CAPITAL_DOTTED_I = /\u0130|i\u0307/g;
const DOTLESS_I = /\u0131/g;
const ASCII = /^[!-~]*$/;

/** An address in small letters; an i that was written by Turkish rules is an i, unless other letters speak for Turkish. */
function lowerCased(written: string): string {
  const lower = written
    .replace(CAPITAL_DOTTED_I, 'i')
    .toLowerCase()
    .normalize('NFC')
    .replace(LIGATURES, partedLigature);
  if (ASCII.test(lower)) return lower;
  const dotted = lower.replace(CAPITAL_DOTTED_I, 'i').replace(DOTLESS_I, 'i');
  return ASCII.test(dotted) ? dotted : lower;
}

function partedLigature(ligature: string): string {
  return ligature.normalize('NFKC');
}

function invalidEmail(text: string): Problem {
  const why = whyNoEmail(plainText(text));
  const message = `${quoted(text.trim())} is not an email address${why === undefined ? '' : `: ${why}`}.`;
  return { code: 'invalid_email', message };
}

function exchangePath(text: string): Problem {
  return {
    code: 'email_is_exchange_path',
    message: `${quoted(text.trim())} is an address inside an Exchange server, not an e-mail address.`,
    hint: 'Look up the SMTP address of this contact in Outlook and write it here.',
  };
}
