/**
 * Takes keys out of what a server said, wherever in it they are, in whatever case. On decoded values: an escape in JSON can
 * hide nothing then. A text that holds a key in another form, or much of one, is struck whole.
 */
import { decodeEntities } from '../entities.js';

/** Shorter than any key; what is so short would be struck from the middle of words. */
const SHORTEST_KEY = 8;
const STRUCK = '[key]';
/** No answer of Clarky's is nested so; one that is can't be looked through to its end. */
const DEEPEST = 100;

/** So many characters of a key in a row are no coincidence, where so many of them differ. */
const TELLING = 12;
const LEAST_DIFFERENT = 5;

export class KeyStriker {
  readonly #whole: RegExp | undefined;
  readonly #bare: Runs;
  readonly #base64: Runs;
  readonly #hex: Runs;

  constructor(keys: Iterable<string>) {
    const long = [...keys].filter((key) => key.length >= SHORTEST_KEY);
    this.#whole = long.length === 0 ? undefined : new RegExp(long.map((key) => escaped(key)).join('|'), 'gi');
    this.#bare = new Runs(long.map(bare), TELLING);
    this.#base64 = new Runs(long.flatMap(base64Forms), (TELLING * 4) / 3);
    this.#hex = new Runs(
      long.map((key) => Buffer.from(key).toString('hex')),
      TELLING * 2,
    );
  }

  strike(value: unknown, depth = 0): unknown {
    if (this.#whole === undefined) return value;
    if (typeof value === 'string') return this.#strikeText(value, this.#whole);
    if (typeof value !== 'object' || value === null) return value;
    if (depth === DEEPEST) return STRUCK;
    if (Array.isArray(value)) return value.map((item) => this.strike(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.strike(name), this.strike(item, depth + 1)]),
    );
  }

  #strikeText(text: string, whole: RegExp): string {
    const struck = text.replace(whole, STRUCK);
    return struck.length >= TELLING && this.#isTold(struck) ? STRUCK : struck;
  }

  #isTold(text: string): boolean {
    for (const reading of readingsOf(text)) if (this.#bare.areIn(bare(reading))) return true;
    const coded = text.replace(/[^A-Za-z0-9+/_-]/g, '');
    return this.#base64.areIn(inPlainBase64(coded)) || this.#hex.areIn(coded.toLowerCase());
  }
}

/** Texts; no other text may hold a part of them that is so long. */
class Runs {
  readonly #runs: ReadonlySet<string>;
  readonly #length: number;
  /** Of each run one is in it whole: found fast, where a look at every run of a long text would take its time. */
  readonly #pieces: RegExp | undefined;

  constructor(texts: readonly string[], length: number) {
    const runs = texts.flatMap((text) => pieces(text, length, 1));
    this.#runs = new Set(runs.filter((run) => new Set(run).size >= LEAST_DIFFERENT));
    this.#length = length;
    const half = texts.flatMap((text) => pieces(text, length / 2, length / 2));
    this.#pieces = this.#runs.size === 0 ? undefined : new RegExp(half.map((piece) => escaped(piece)).join('|'));
  }

  areIn(text: string): boolean {
    if (this.#pieces?.test(text) !== true) return false;
    return pieces(text, this.#length, 1).some((run) => this.#runs.has(run));
  }
}

function pieces(text: string, length: number, step: number): string[] {
  const count = Math.max(0, Math.floor((text.length - length) / step) + 1);
  return Array.from({ length: count }, (_, n) => text.slice(n * step, n * step + length));
}

/** Letters and digits alone: a line break, a blank or an invisible character between them hides nothing. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

/** A text as it stands, and with each kind of escape in it read. */
function* readingsOf(text: string): Generator<string> {
  yield text;
  const character = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16));
  if (text.includes('%')) yield text.replace(/%(?:25)*([0-9a-f]{2})/gi, character);
  if (text.includes('\\')) yield text.replace(/\\(?:u00|u\{0*|x)([0-9a-f]{2})\}?/gi, character);
  if (text.includes('&')) yield decodeEntities(text);
}

/** What stands for a key in base64, whatever stands before it, without what its neighbours have a share in. */
function base64Forms(key: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.from('\0'.repeat(before) + key);
    return bytes.toString('base64').slice(before === 0 ? 0 : before + 1, -4);
  });
}

function inPlainBase64(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}-]/g, '\\$&');
}
