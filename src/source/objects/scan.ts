/** Finds the objects of a JSON text that are records, byte by byte: memory is bounded by one record, however long the text. */
import { MAX_RECORD_BYTES } from '../text/follow.js';

/** One object of the text. */
export interface FoundObject {
  /** The keys that lead to the list it stands in, as `data.contacts`; empty for a list, or lines, at the top. */
  readonly path: string;
  /** The physical line on which it starts. */
  readonly line: number;
  /** Its text; undefined where it is longer than a record may be, or the text ends inside it. */
  readonly text: string | undefined;
  /** True where it stands in a list, false for one that stands at the top of the text by itself, or under a key of its own. */
  readonly isInList: boolean;
  /** The key of one that stands in an object of objects: often its id. */
  readonly key?: string;
  /** No object: what stands in a place of one. */
  readonly isStray?: true;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LF = 0x0a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Levels around the list of records; more is no export. */
const MAX_OUTER_DEPTH = 32;
/** Bytes of a key around it. */
const MAX_KEY_BYTES = 256;

/** More than a brace and its line end. */
const FEWEST_BYTES_OF_LINE = 4;
/** Blanks, commas, brackets, braces, a byte order mark, record separators, the letters of null. */
const MAY_STAND_BETWEEN: ReadonlySet<number> = new Set([...Buffer.from(' \t\r\n,[]{}\u001e\ufeffnul')]);

/** Objects that are records outside of lists: none, those at the top, those inside a key; those of the list `pages` are none. */
export type LooseRecords = 'none' | 'top' | { readonly inside?: string; readonly pages?: string };

/** An object of objects, as far as it was looked at: by ids it may hold the records. */
export interface ObjectOfObjects {
  readonly path: string;
  /** Its values. */
  count: number;
  /** Its first keys. */
  readonly keys: string[];
  /** The first key inside each of its first values. */
  readonly innerKeys: string[];
}

interface Level {
  readonly isList: boolean;
  readonly path: string;
  /** Its keys, and its values that are objects. */
  colons: number;
  objects: number;
  readonly keys: string[];
  readonly innerKeys: string[];
}

/** Keys of an object of objects that are looked at. */
const SEEN_KEYS = 20;
/** Objects of objects that are remembered. */
const MAX_SEEN = 50;

/**
 * Scans a text for objects. An object in a list is found, with all that is in it; any other only where `loose` says that it
 * is a record, and looked into otherwise.
 */
export class ObjectScanner {
  readonly #wholeLines: boolean;
  readonly #loose: { readonly inside?: string; readonly pages?: string };
  readonly #levels: Level[] = [];
  #key = '';
  /** Its bytes, a character each. */
  #string = '';
  #inString = false;
  #escaped = false;
  #line = 1;
  /** Objects and lists that stand at the top of the text. */
  topValues = 0;
  /** Objects that hold nothing but objects. */
  readonly objectsOfObjects: ObjectOfObjects[] = [];
  #record: (Omit<FoundObject, 'text'> & { depth: number }) | undefined;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #isAtLineStart = true;
  /** Bytes of the record on its first line; of one that goes on below, where that is more than its brace, the line is broken. */
  #firstLineBytes = 0;
  /** The line of the last thing that was no object. */
  #strayLine = 0;

  constructor(loose: LooseRecords) {
    this.#wholeLines = loose === 'top';
    this.#loose = typeof loose === 'object' ? loose : {};
  }

  /** Takes the next bytes of the text; gives the objects that end in them. */
  add(block: Buffer): FoundObject[] {
    const found: FoundObject[] = [];
    let from = 0;
    for (let at = 0; at < block.length; at += 1) {
      const byte = block[at] ?? 0;
      if (byte === OPEN_OBJECT && this.#isBrokenOff()) {
        this.#keep(block.subarray(from, at));
        found.push(this.#take());
      }
      this.#isAtLineStart = byte === LF;
      if (byte === LF) this.#line += 1;
      else if (this.#record?.line === this.#line) this.#firstLineBytes += 1;
      if (this.#record === undefined && !this.#inString && this.#isStray(byte)) found.push(this.#stray());
      if (this.#inString) this.#insideString(byte);
      else if (this.#record !== undefined) {
        if (this.#insideRecord(byte)) {
          this.#keep(block.subarray(from, at + 1));
          found.push(this.#take());
        }
      } else if (this.#outside(byte)) from = at;
    }
    if (this.#record !== undefined) this.#keep(block.subarray(from));
    return found;
  }

  /** What the text breaks off in, if it does. */
  end(): FoundObject[] {
    if (this.#record === undefined) return [];
    const { depth: _, ...place } = this.#record;
    return [{ ...place, text: undefined }];
  }

  /** A record of one line that does not end before the next one begins. */
  #isBrokenOff(): boolean {
    const isLine = this.#record !== undefined && !this.#record.isInList && this.#wholeLines;
    if (!isLine || !this.#isAtLineStart || this.#firstLineBytes < FEWEST_BYTES_OF_LINE) return false;
    this.#inString = false;
    this.#escaped = false;
    return true;
  }

  /** A byte between objects that is of none: the first of its line, nulls apart. */
  #isStray(byte: number): boolean {
    const level = this.#levels.at(-1);
    const isPlace = level === undefined ? this.#wholeLines : level.isList;
    return isPlace && this.#strayLine !== this.#line && !MAY_STAND_BETWEEN.has(byte);
  }

  #stray(): FoundObject {
    this.#strayLine = this.#line;
    const level = this.#levels.at(-1);
    return { line: this.#line, path: level?.path ?? '', isInList: level !== undefined, text: '', isStray: true };
  }

  #insideString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    else if (this.#record === undefined && this.#string.length < MAX_KEY_BYTES)
      this.#string += String.fromCharCode(byte);
  }

  /** True where the record ends. */
  #insideRecord(byte: number): boolean {
    const record = this.#record;
    if (record === undefined) return false;
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) record.depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) record.depth -= 1;
    return record.depth === 0;
  }

  /** True where a record begins. */
  #outside(byte: number): boolean {
    if (byte === QUOTE) {
      this.#inString = true;
      this.#string = '';
    } else if (byte === COLON) this.#name(Buffer.from(this.#string, 'latin1').toString('utf8'));
    else if (byte === COMMA) this.#key = '';
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#close();
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#open(byte === OPEN_LIST);
    return false;
  }

  #name(key: string): void {
    this.#key = key;
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    level.colons += 1;
    if (level.keys.length < SEEN_KEYS) level.keys.push(key);
    const outer = this.#levels.at(-2);
    if (level.colons === 1 && outer !== undefined && outer.innerKeys.length < SEEN_KEYS) outer.innerKeys.push(key);
  }

  #close(): void {
    const level = this.#levels.pop();
    if (level === undefined || level.isList || level.objects === 0 || level.objects < level.colons) return;
    const { path, objects: count, keys, innerKeys } = level;
    if (this.objectsOfObjects.length < MAX_SEEN) this.objectsOfObjects.push({ path, count, keys, innerKeys });
  }

  #open(isList: boolean): boolean {
    const level = this.#levels.at(-1);
    if (level !== undefined && !isList) level.objects += 1;
    if (level === undefined) this.topValues += 1;
    const path =
      level?.isList === false && this.#key !== ''
        ? [level.path, this.#key].filter((key) => key !== '').join('.')
        : (level?.path ?? '');
    const key = this.#key;
    this.#key = '';
    const isKeyed = level?.isList === false && level.path === this.#loose.inside;
    const isListed = level?.isList === true && level.path !== this.#loose.pages;
    if (!isList && (isListed || isKeyed || (level === undefined && this.#wholeLines))) {
      const place = { line: this.#line, isInList: level?.isList === true, depth: 1 };
      this.#record = isKeyed ? { ...place, path: level.path, key } : { ...place, path };
      this.#pieces = [];
      this.#pieceBytes = 0;
      this.#firstLineBytes = 0;
      return true;
    }
    if (this.#levels.length < MAX_OUTER_DEPTH) {
      this.#levels.push({ isList, path, colons: 0, objects: 0, keys: [], innerKeys: [] });
    }
    return false;
  }

  #keep(piece: Buffer): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes <= MAX_RECORD_BYTES) this.#pieces.push(Buffer.from(piece));
    else this.#pieces = [];
  }

  #take(): FoundObject {
    const { depth: _, ...place } = this.#record ?? { line: this.#line, path: '', isInList: false, depth: 0 };
    const text = this.#pieceBytes > MAX_RECORD_BYTES ? undefined : Buffer.concat(this.#pieces).toString('utf8');
    this.#record = undefined;
    this.#pieces = [];
    return { ...place, text };
  }
}

/** The objects of a text. */
export async function* objectsOf(blocks: AsyncIterable<Buffer>, loose: LooseRecords): AsyncGenerator<FoundObject> {
  const scanner = new ObjectScanner(loose);
  for await (const block of blocks) yield* scanner.add(block);
  yield* scanner.end();
}
