/** Which encoding a file is in: mark, NUL pattern, strict UTF-8 over the whole file, and only then a guess. */
import { isAscii, isUtf8 } from 'node:buffer';
import { editDistance } from '../../edit-distance.js';
import { ImporterError } from '../../errors.js';
import { ENCODING_SYNONYMS, GUESSABLE } from './alphabets.js';
import type { Source } from '../opening/source.js';

/** How sure the encoding is: by its mark, by strict validity, by a guess, or because the user said so. */
export type EncodingCertainty = 'bom' | 'valid' | 'guessed' | 'given';

export interface Encoding {
  /** iconv-lite's name; `utf-8` is checked and passed through. */
  readonly codec: string;
  /** The name for people. */
  readonly label: string;
  readonly certain: EncodingCertainty;
}

/** Longest first: UTF-32LE's mark begins with UTF-16LE's. */
const MARKS: readonly { readonly bytes: readonly number[]; readonly codec: string; readonly label: string }[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], codec: 'utf-32le', label: 'UTF-32 LE' },
  { bytes: [0x00, 0x00, 0xfe, 0xff], codec: 'utf-32be', label: 'UTF-32 BE' },
  { bytes: [0xef, 0xbb, 0xbf], codec: 'utf-8', label: 'UTF-8' },
  { bytes: [0xff, 0xfe], codec: 'utf-16le', label: 'UTF-16 LE' },
  { bytes: [0xfe, 0xff], codec: 'utf-16be', label: 'UTF-16 BE' },
];
/** Enough for a header and a few rows; NULs of UTF-16 show in every row. */
const NUL_SAMPLE_BYTES = 4096;
/** What the guess looks at: chardet takes 44 ms for so much, and 275 ms for a megabyte. */
const GUESS_SAMPLE_BYTES = 64 * 1024;

/** UTF-16 without a mark: NULs in one half of the byte pairs (separators, digits, Latin letters), none in the other. */
function utf16ByNuls(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = Math.floor(Math.min(head.length, NUL_SAMPLE_BYTES) / 2);
  let evenNuls = 0;
  let oddNuls = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) evenNuls += 1;
    if (head[index + 1] === 0) oddNuls += 1;
  }
  const enough = Math.max(2, pairs * 0.1);
  const none = pairs * 0.01;
  if (oddNuls >= enough && evenNuls <= none) return 'utf-16le';
  if (evenNuls >= enough && oddNuls <= none) return 'utf-16be';
  return undefined;
}

/** How many bytes at the end of a chunk belong to a UTF-8 character that the chunk cuts. */
export function cutUtf8Bytes(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back += 1) {
    const byte = chunk[chunk.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Appends to `sample` the lines of `chunk` that hold bytes beyond ASCII, until it is full. */
function sampleForeignLines(chunk: Buffer, sample: Buffer[], sampledBytes: number): number {
  let total = sampledBytes;
  let start = 0;
  while (start < chunk.length && total < GUESS_SAMPLE_BYTES) {
    const lineFeed = chunk.indexOf(0x0a, start);
    const carriageReturn = chunk.indexOf(0x0d, start);
    const ends = [lineFeed, carriageReturn].filter((end) => end >= 0);
    const end = Math.min(chunk.length, start + 4096, ...ends.map((position) => position + 1));
    const line = chunk.subarray(start, end);
    if (!isAscii(line)) {
      sample.push(Buffer.from(line));
      total += line.length;
    }
    start = end;
  }
  return total;
}

interface Survey {
  readonly head: Buffer;
  readonly validUtf8: boolean;
  readonly foreignLines: Buffer;
  /** Rows end with CR alone, as an old Mac wrote them. */
  readonly carriageReturnsOnly: boolean;
}

/** Reads the whole file once: a letter beyond ASCII may come only in its last row. */
async function survey(source: Source): Promise<Survey> {
  const sample: Buffer[] = [];
  let head = Buffer.alloc(0);
  let carry = Buffer.alloc(0);
  let validUtf8 = true;
  let sampledBytes = 0;
  for await (const chunk of source.readBytes()) {
    if (head.length < NUL_SAMPLE_BYTES) head = Buffer.concat([head, chunk]);
    if (validUtf8) {
      const whole = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
      const cut = cutUtf8Bytes(whole);
      validUtf8 = isUtf8(whole.subarray(0, whole.length - cut));
      carry = Buffer.from(whole.subarray(whole.length - cut));
    }
    if (sampledBytes < GUESS_SAMPLE_BYTES && !isAscii(chunk)) {
      sampledBytes = sampleForeignLines(chunk, sample, sampledBytes);
    }
    if (!validUtf8 && sampledBytes >= GUESS_SAMPLE_BYTES) break;
  }
  return {
    head,
    validUtf8: validUtf8 && carry.length === 0,
    foreignLines: Buffer.concat(sample),
    carriageReturnsOnly: head.includes(0x0d) && !head.includes(0x0a),
  };
}

/** Letters and digits only, lower case: how encoding names are compared. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Codecs of iconv-lite that turn text into something else rather than bytes into text. */
const NOT_ENCODINGS = new Set(['base64', 'hex', 'binary', 'ucs2']);

const SUGGESTED_NAMES = [
  ...['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254'],
  ...['windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'macintosh', 'iso-8859-1', 'iso-8859-2'],
  ...['iso-8859-15', 'koi8-r', 'cp437', 'cp850', 'cp866', 'shift_jis', 'euc-jp', 'gb18030', 'gbk', 'big5', 'euc-kr'],
];

/**
 * The encoding that a user named, by any name that iconv-lite or a spreadsheet has for it.
 * @throws ImporterError `bad_encoding` listing the nearest names
 */
export async function encodingByName(name: string): Promise<Encoding> {
  const { default: iconv } = await import('iconv-lite');
  const codec = (ENCODING_SYNONYMS.get(bare(name)) ?? name.trim()).replace(
    /^(?:cp|win|windows)[-_ ]?(?=125\d$)/i,
    'windows-',
  );
  if (!NOT_ENCODINGS.has(bare(codec)) && iconv.encodingExists(codec)) {
    const known = GUESSABLE.find((candidate) => bare(candidate.codec) === bare(codec));
    const normal = bare(codec) === 'utf8' ? 'utf-8' : codec;
    return { codec: normal, label: known?.label ?? normal.toUpperCase(), certain: 'given' };
  }
  const near = SUGGESTED_NAMES.map((known) => ({ known, distance: editDistance(bare(known), bare(name)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 4)
    .map(({ known }) => known);
  throw new ImporterError('bad_encoding', `There is no encoding named "${name}".`, {
    next: `Near names: ${near.join(', ')}.`,
  });
}

/** The encoding where the bytes leave no doubt. */
function certainlyIn({ head, validUtf8 }: Survey): Encoding | undefined {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (mark !== undefined) return { codec: mark.codec, label: mark.label, certain: 'bom' };
  const utf16 = utf16ByNuls(head);
  if (utf16 !== undefined) {
    return { codec: utf16, label: utf16 === 'utf-16le' ? 'UTF-16 LE' : 'UTF-16 BE', certain: 'valid' };
  }
  return validUtf8 ? { codec: 'utf-8', label: 'UTF-8', certain: 'valid' } : undefined;
}

/**
 * Whether a file that was in the encoding of that name when it was read before is certainly in another one now, which is
 * then returned: it was written anew. Reads the file whole, in constant memory.
 */
export async function otherEncodingThan(source: Source, name: string): Promise<Encoding | undefined> {
  const before = await encodingByName(name);
  const surveyed = await survey(source);
  const now = certainlyIn(surveyed);
  if (now === undefined || bare(now.codec) === bare(before.codec)) return undefined;
  // Letters, digits and signs alone are the same in nearly all: only one that takes two or four bytes for each is wrong then.
  const isPlain = now.certain === 'valid' && now.codec === 'utf-8' && surveyed.foreignLines.length === 0;
  return isPlain && !/^(?:utf|ucs)-?(?:16|32|2|4)/i.test(before.codec) ? undefined : now;
}

/**
 * Finds out a file's encoding; reads the file whole, in constant memory. What is valid UTF-8 is UTF-8; the rest is a guess
 * among single-byte and East Asian encodings, Windows-1252 where nothing speaks against it.
 * @param given the name that the user said, which is believed
 * @throws ImporterError `bad_encoding` for a name that doesn't exist, or where no encoding makes sense of the bytes
 */
export async function detectEncoding(source: Source, given?: string): Promise<Encoding> {
  if (given !== undefined) return encodingByName(given);
  const surveyed = await survey(source);
  const { foreignLines, carriageReturnsOnly } = surveyed;
  const certain = certainlyIn(surveyed);
  if (certain !== undefined) return certain;
  // Only here is a decoder needed before the text is read; UTF-8 needs none at all.
  const { guessEncoding } = await import('./guess.js');
  const guess = await guessEncoding(foreignLines, carriageReturnsOnly);
  if (guess !== undefined) return { ...guess, certain: 'guessed' };
  throw new ImporterError('bad_encoding', `The encoding of ${source.displayName} can't be told from its bytes.`, {
    next: 'Name it with --encoding (windows-1252, shift_jis, gb18030, big5, euc-kr…), or save the file as UTF-8.',
  });
}
