/** Checks a mapping file, and says what is wrong and on which line. It loads yaml and zod, so it is loaded late, by parse-mapping-file.ts. */

import { isMap, isNode, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { nearestNames } from '../../edit-distance.js';
import { given } from '../../given.js';
import { CONTACT_FIELDS } from '../../contact/contact.js';
import { ImporterError } from '../../errors.js';
import { CUSTOM_TYPES } from '../mapping.js';
import { isObject } from '../../settings/code-kinds.js';
import { shown } from '../../settings/kind.js';
import { checkFileSetting, FILE_KEYS } from '../../settings/file-settings.js';
import type { Settings } from '../../settings/settings.js';
import type { FileColumn, MappingFile } from './mapping-file.js';
import { beyondBounds, keysOutOfBounds } from './mapping-bounds.js';
import { withoutSlashComments } from './json-comments.js';
import { syntaxInWords } from './syntax-words.js';
import { isTargetWord, unknownTarget } from './target-word.js';

const ENTRY = z
  .strictObject({
    to: z
      .string({ error: ({ input }) => unknownTarget(input) })
      .refine(isTargetWord, { error: ({ input }) => unknownTarget(input) }),
    position: z.enum(['first', 'last']).optional(),
    decimal: z.enum(['point', 'comma']).optional(),
    dates: z.enum(['dmy', 'mdy']).optional(),
    type: z.enum(CUSTOM_TYPES).optional(),
    split: z.enum(['first_last', 'last_first']).optional(),
    person: z.int().min(1).max(99).optional(),
  })
  .superRefine((entry, context) => {
    const refuse = (option: string, isAllowed: boolean, on: string): void => {
      if (!isAllowed) context.addIssue({ code: 'custom', path: [option], message: `${option} is only for ${on}` });
    };
    refuse('position', entry.position === undefined || isFieldWord(entry.to), 'fields');
    refuse('decimal', entry.decimal === undefined || entry.to === 'deal_value', 'deal_value');
    const mayBeDate = entry.to.startsWith('custom:') && (entry.type ?? 'date') === 'date';
    refuse('dates', entry.dates === undefined || mayBeDate, 'custom fields of the type date, or of none');
    refuse('type', entry.type === undefined || entry.to.startsWith('custom:'), 'custom fields');
    refuse('split', entry.split === undefined || entry.to === 'name', 'name');
  });

function isFieldWord(word: string): boolean {
  return (CONTACT_FIELDS as readonly string[]).includes(word);
}

const NEXT = 'Correct the line, or move the file away and decide the columns anew.';

/** What code says of columns, each by its name, as a mapping file does. @throws ImporterError `usage` naming the column */
export function readColumnsInCode(columns: object): FileColumn[] {
  const fail = (path: Path, message: string): ImporterError =>
    new ImporterError(
      'usage',
      `mapping${path.length > 1 ? ` of ${JSON.stringify(path[1])}` : ''}: ${message}.`.replace('?.', '?'),
      {
        next: "It is the path of a mapping file, or the field of each column, such as { Mail: 'emails', Plan: 'custom:plan' }.",
      },
    );
  if (!isObject(columns)) throw fail([], `${shown(columns)} is not what it takes`);
  return columnsOfFile(
    mapOf(columns),
    checking(fail, ([, , ...inside]) => inside),
    fail,
  );
}

/** Objects as the parser gives them. */
function mapOf(value: object): Map<unknown, unknown> {
  const inner = (one: unknown): unknown =>
    Array.isArray(one) ? one.map(inner) : typeof one === 'object' && one !== null ? mapOf(one) : one;
  return new Map(Object.entries(value).map(([key, one]: [string, unknown]) => [key, inner(one)]));
}

type Path = readonly (string | number)[];

/** @param named what of the path is not said otherwise */
function checking(fail: (path: Path, message: string) => ImporterError, named = (path: Path): Path => path): Check {
  return (schema, path, value) => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const inside = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));
    const name = named([...path, ...inside]).join(' › ');
    throw fail([...path, ...inside], `${name === '' ? '' : `${name}: `}${describe(issue)}`);
  };
}

/** @throws ImporterError `bad_mapping` */
export function readMappingFile(written: string, displayName: string): MappingFile {
  const text = withoutSlashComments(written);
  const failAt = (place: string, message: string): ImporterError => {
    const end = message.endsWith('?') ? '' : '.';
    return new ImporterError('bad_mapping', `${displayName}, ${place}: ${message}${end}`, { next: NEXT });
  };
  const lineOf = (offset: number): string => `line ${text.slice(0, offset).split('\n').length}`;
  const fail = (offset: number, message: string): ImporterError => failAt(lineOf(offset), message);
  const beyond = beyondBounds(text);
  if (beyond !== undefined) throw fail(beyond.offset, beyond.message);
  // The parser would compare each key with each to find one that stands twice.
  const options = { prettyErrors: false, version: '1.2', uniqueKeys: false } as const;
  const document = parseDocument(text, options);
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const { offset, words } = syntaxInWords(syntax, text, syntax.pos[0]);
    const column = offset - text.lastIndexOf('\n', offset - 1);
    throw failAt(`${lineOf(offset)}, column ${column}`, words);
  }
  const keys = keysOutOfBounds(document);
  if (keys !== undefined) throw fail(keys.offset, keys.message);
  if (!isMap(document.contents)) throw fail(0, 'expected an object with "version" and "columns"');
  const at = (path: Path): number => offsetOf(document, path);
  const check = checking((path, message) => fail(at(path), message));
  const root = plainOf(document, (message) => fail(0, message));
  checkRoot(root, (key, message) => fail(at(key), message));
  const sheet = root.get('sheet');
  if (sheet !== undefined && typeof sheet !== 'string') throw fail(at(['sheet']), 'sheet: expected a name, in quotes');
  return {
    version: 1,
    ...given({ sheet }),
    columns: columnsOfFile(root.get('columns'), check, (path, message) => fail(at(path), message)),
    settings: settingsOfFile(root.get('settings') ?? new Map(), (path, message) => fail(at(path), message)),
  };
}

/** Aliases (`*name`) would let a small file become a large one. */
function plainOf(document: Document, fail: (message: string) => ImporterError): Map<unknown, unknown> {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: 0 }) as Map<unknown, unknown>;
  } catch {
    throw fail('it has aliases (*name), which a mapping file may not have: write the values out');
  }
}

const ROOT_KEYS = ['version', 'columns', 'settings', 'sheet', '//', '$schema', 'description'];

function checkRoot(root: ReadonlyMap<unknown, unknown>, fail: (path: Path, message: string) => ImporterError): void {
  const version = root.get('version');
  if (version === undefined) {
    const curly = [...root.keys()].map(String).find((key) => /^[“”„«‘’]/.test(key));
    throw fail(
      curly === undefined ? [] : [curly],
      curly === undefined ? 'expected "version": 1' : 'curly quotation marks are letters here: write straight ones (")',
    );
  }
  if (typeof version === 'number' && version > 1) {
    throw fail(['version'], `version ${version} was written by a newer clarky-contacts; this one knows version 1`);
  }
  if (version !== 1) throw fail(['version'], 'expected "version": 1');
  for (const key of root.keys()) {
    if (ROOT_KEYS.includes(String(key))) continue;
    throw fail([String(key)], `unknown key "${String(key)}": expected ${ROOT_KEYS.slice(0, 3).join(', ')}`);
  }
}

type Check = <Value>(schema: z.ZodType<Value>, path: Path, value: unknown) => Value;

function columnsOfFile(
  columns: unknown,
  check: Check,
  fail: (path: Path, message: string) => ImporterError,
): FileColumn[] {
  if (!(columns instanceof Map)) throw fail(['columns'], 'expected "columns": an object from column names to fields');
  return [...(columns as Map<unknown, unknown>)].flatMap(([name, value]) => {
    const header = String(name);
    const entries: unknown[] = Array.isArray(value) ? value : [value];
    return entries.map((entry, occurrence): FileColumn => {
      const path = Array.isArray(value) ? ['columns', header, occurrence] : ['columns', header];
      const column = entry instanceof Map ? plain(entry) : { to: entry };
      return { header, occurrence, ...check(ENTRY, path, column) };
    });
  });
}

function settingsOfFile(settings: unknown, fail: (path: Path, message: string) => ImporterError): Settings {
  if (!(settings instanceof Map)) throw fail(['settings'], 'expected "settings": an object');
  const said = [...(settings as Map<unknown, unknown>)].map(([name, value]) => {
    const key = String(name);
    if (!FILE_KEYS.includes(key)) {
      const near = nearestNames(key, FILE_KEYS);
      const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `expected ${FILE_KEYS.join(', ')}`;
      throw fail(['settings', key], `settings: unknown key "${key}": ${hint}`);
    }
    const checked = checkFileSetting(key, plain(value));
    if ('value' in checked) return checked.value;
    const hint = checked.next === undefined ? '' : `. ${checked.next.replace(/\.$/, '')}`;
    throw fail(['settings', key], `settings › ${key}: ${checked.wrong}${hint}`);
  });
  return Object.assign({}, ...said) as Settings;
}

/** A parsed map as an object, which is what the schemas know. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...(value as Map<unknown, unknown>)].map(([key, inner]) => [String(key), plain(inner)]));
}

/** Where in the text the node of a path stands, or the nearest one above it that exists. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value')
    return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  if (issue?.code === 'unrecognized_keys') return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  if (issue?.code === 'invalid_type')
    return issue.message.startsWith('Invalid input') ? `expected ${issue.expected}` : issue.message;
  return issue?.message ?? 'not valid';
}
