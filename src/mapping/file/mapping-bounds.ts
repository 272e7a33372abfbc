/** Bounds of a mapping file, checked before its parser, which takes a thousand times the memory of what is nested in the file. */
import { isCollection, isMap, isNode, isPair, isScalar, Lexer, type Document, type YAMLMap } from 'yaml';

/** Something in the file that no mapping has, and where. */
export interface OutOfBounds {
  readonly offset: number;
  readonly message: string;
}

/** Root, columns, a list of entries, an entry: four are in use. */
const DEEPEST = 20;

/** Signs that begin, part and end what is nested, tags and anchors: more than 20 for each column that a file can have. */
const MOST_SIGNS = 100_000;

/** Entries of an object or a list: more than twice the columns that a file can have. */
const MOST_KEYS = 10_000;

export const TOO_DEEP = 'it is nested deeper than a mapping file ever is';

const OPENS = new Set(['[', '{']);
const CLOSES = new Set([']', '}']);
/** Of block style: several on one line are nested in each other. */
const NESTS = new Set(['-', '?']);
const SIGNS = new Set([...OPENS, ...CLOSES, ...NESTS, ',', ':']);

/** Looks at the signs of a file alone: nothing is held of it. */
export function beyondBounds(text: string): OutOfBounds | undefined {
  let [offset, signs, depth, onLine] = [0, 0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (OPENS.has(token)) depth += 1;
    else if (CLOSES.has(token)) depth -= 1;
    else if (NESTS.has(token)) onLine += 1;
    else if (token.startsWith('\n') || token.startsWith('\r')) onLine = 0;
    if (depth > DEEPEST || onLine > DEEPEST) return { offset, message: TOO_DEEP };
    if (SIGNS.has(token) || /^[!&*]/.test(token)) signs += 1;
    if (signs > MOST_SIGNS) return { offset, message: 'it holds more than a mapping file ever does' };
    // What the lexer puts in by itself stands for no character of the text.
    if (!MADE.has(token)) offset += token.length;
  }
  return undefined;
}

/** Document mode, end of a flow, scalar. */
const MADE = new Set(['\u0002', '\u0018', '\u001F']);

/** A key that stands twice in one object, or too many in one: the parser's own look at that compares each key with each. */
export function keysOutOfBounds(document: Document): OutOfBounds | undefined {
  const left: unknown[] = [document.contents];
  while (left.length > 0) {
    const node = left.pop();
    if (!isCollection(node)) continue;
    const begins = node.range?.[0] ?? 0;
    if (node.items.length > MOST_KEYS) {
      return { offset: begins, message: `${node.items.length} entries begin here: at most ${MOST_KEYS} are read` };
    }
    const twice = isMap(node) ? secondOf(node) : undefined;
    if (twice !== undefined) {
      const offset = isNode(twice) ? (twice.range?.[0] ?? begins) : begins;
      return { offset, message: `${JSON.stringify(nameOf(twice))} stands here for the second time` };
    }
    for (const item of node.items) left.push(isPair(item) ? item.value : item);
  }
  return undefined;
}

/** The first key that another of the map has been before. */
function secondOf(map: YAMLMap): unknown {
  const seen = new Set<unknown>();
  for (const { key } of map.items) {
    const name = nameOf(key);
    if (seen.has(name)) return key;
    seen.add(name);
  }
  return undefined;
}

function nameOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}
