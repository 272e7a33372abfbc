import { decodeEntities } from './cell/html.js';
import { readListed } from './cell/json-list.js';
import { cleanText } from './text.js';

/** What may separate tags in a cell. `:::` is Google's; where it occurs, nothing else separates. */
const TAG_SEPARATORS = [',', ';', '|', '\n', ':::'] as const;

export interface TagOptions {
  /** What separates tags in this column; all of `TAG_SEPARATORS` unless given. */
  readonly separators?: readonly string[];
  /** Leave out Google's own groups without their asterisk too (`myContacts`, `starred`). */
  readonly dropSystemGroups?: boolean;
}

/** Google marks its own groups (`* myContacts`) with an asterisk and a space in new exports. */
const MARKED_GROUP = /^\* /;
const SYSTEM_GROUPS = new Set(['mycontacts', 'my contacts', 'starred', 'starred in android']);

/**
 * The tags of a cell in order, each once (case makes no difference, the first spelling stays). A tag in double quotes may
 * hold separators and doubled quotes (`"a, b","c"`, as Mailchimp and Intercom write). Google's marked groups are left out.
 */
export function readTags(cell: string, options: TagOptions = {}): string[] {
  const text = withoutHashes(decodeEntities(cleanText(cell)));
  const separators = options.separators ?? TAG_SEPARATORS;
  const tags = new Map<string, string>();
  const listed = readListed(text)?.map((value) => value.text);
  for (const part of listed ?? split(text, separators.includes(':::') && text.includes(':::') ? [':::'] : separators)) {
    const tag = unquoted(cleanText(part));
    const key = tag.toLowerCase();
    const isSystem = MARKED_GROUP.test(tag) || (options.dropSystemGroups === true && SYSTEM_GROUPS.has(key));
    if (tag !== '' && !isSystem && !tags.has(key)) tags.set(key, tag);
  }
  return [...tags.values()];
}

/** Tags that stand apart already, in order, each once. */
export function asTags(texts: readonly string[]): string[] {
  const tags = new Map<string, string>();
  for (const text of texts) {
    const tag = cleanText(text);
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

/** Hashtags (`#vip #lead`) as tags. */
function withoutHashes(text: string): string {
  return HASHTAGS.test(text) ? text.replace(/\s*#/g, '\n') : text;
}

const HASHTAGS = /^#[^\s#,;|]+(?:\s+#[^\s#,;|]+)+$/;

/** Takes off the curly quotes that a word processor puts around a tag. */
function unquoted(tag: string): string {
  return /^[“”„«‘]([^“”„«»‘’]+)[“”»’]$/.exec(tag)?.[1]?.trim() ?? tag;
}

function split(text: string, separators: readonly string[]): string[] {
  // Only a quote keeps separators from separating.
  if (!text.includes('"')) return splitPlain(text, separators);
  const parts: string[] = [];
  let start = 0;
  let isBlankSoFar = true;
  for (let at = 0; at < text.length;) {
    const quotedEnd = isBlankSoFar ? quotedTagEnd(text, at, separators) : -1;
    const separator = quotedEnd > 0 ? undefined : separators.find((each) => text.startsWith(each, at));
    if (quotedEnd > 0) {
      parts.push(text.slice(at + 1, quotedEnd - 1).replaceAll('""', '"'));
      start = at = quotedEnd;
    } else if (separator !== undefined) {
      parts.push(text.slice(start, at));
      start = at += separator.length;
      isBlankSoFar = true;
    } else {
      isBlankSoFar &&= text.charAt(at).trim() === '';
      at += 1;
    }
  }
  return [...parts, text.slice(start)];
}

function splitPlain(text: string, separators: readonly string[]): string[] {
  let parts = [text];
  for (const each of separators) if (text.includes(each)) parts = parts.flatMap((part) => part.split(each));
  return parts;
}

/** Where a quoted tag that begins at `at` ends; -1 where none does, or something other than a separator follows it. */
function quotedTagEnd(text: string, at: number, separators: readonly string[]): number {
  if (text[at] !== '"') return -1;
  const match = /^"(?:[^"]|"")*"/.exec(text.slice(at));
  if (match === null) return -1;
  const rest = text.slice(at + match[0].length).trimStart();
  return rest === '' || separators.some((each) => rest.startsWith(each)) ? at + match[0].length : -1;
}
