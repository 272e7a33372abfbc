/** Bytes in any encoding to valid UTF-8, or an error that names the line. U+FFFD is never put in for what can't be read. */
import { isUtf8 } from 'node:buffer';
import { ImporterError } from '../../errors.js';
import { cutUtf8Bytes, type Encoding } from './encoding.js';
import type { Source } from '../opening/source.js';

/** Counts line ends (LF, CRLF, CR) in text that comes in pieces. */
class LineCounter {
  #ends = 0;
  #endedWithCarriageReturn = false;

  /** Counts a piece; a CRLF cut in two counts once. */
  add(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 0x0d || (code === 0x0a && !this.#endedWithCarriageReturn)) this.#ends += 1;
      this.#endedWithCarriageReturn = code === 0x0d;
    }
  }

  /** The line (1-based) on which the next character stands. */
  get line(): number {
    return this.#ends + 1;
  }
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Where bytes stop being valid: the text up to there, for counting its lines. */
class InvalidBytes extends Error {
  constructor(readonly textBefore: string) {
    super('invalid bytes');
  }
}

/** The longest valid UTF-8 at the start of a block. */
function validStart(block: Buffer): Buffer {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const part = block.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - cutUtf8Bytes(part)))) low = middle;
    else high = middle - 1;
  }
  return block.subarray(0, low);
}

async function* checkedUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  let atStart = true;
  const check = (block: Buffer): Buffer => {
    if (!isUtf8(block)) throw new InvalidBytes(validStart(block).toString('utf8'));
    return block;
  };
  for await (const chunk of chunks) {
    let block = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    if (atStart) {
      if (block.length < MARK.length) {
        carry = block;
        continue;
      }
      atStart = false;
      if (block.subarray(0, MARK.length).equals(MARK)) block = block.subarray(MARK.length);
    }
    const end = block.length - cutUtf8Bytes(block);
    carry = Buffer.from(block.subarray(end));
    if (end > 0) yield check(block.subarray(0, end));
  }
  if (carry.length > 0 && !carry.equals(MARK)) yield check(carry);
}

/** A half of a surrogate pair on its own, which no text holds. */
const LONE_SURROGATE = /\p{Cs}/u;

async function* transcoded(chunks: AsyncIterable<Buffer>, codec: string): AsyncGenerator<Buffer> {
  const { decoderFor } = await import('./codec.js');
  const decoder = decoderFor(codec);
  const unitBytes = /^utf-?16/i.test(codec) ? 2 : /^utf-?32/i.test(codec) ? 4 : 1;
  // U+FFFD can itself be written in UTF-16 and UTF-32; elsewhere it is the decoder's sign for bytes that mean nothing.
  const invalid = unitBytes === 2 ? LONE_SURROGATE : /\ufffd|\p{Cs}/u;
  let bytes = 0;
  let held = '';
  const check = (text: string): Buffer => {
    const index = text.search(invalid);
    if (index >= 0) throw new InvalidBytes(text.slice(0, index));
    return Buffer.from(text, 'utf8');
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    let text = held + decoder.write(chunk);
    const last = text.charCodeAt(text.length - 1);
    held = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : '';
    text = text.slice(0, text.length - held.length);
    if (text !== '') yield check(text);
  }
  const rest = held + decoder.end();
  if (rest !== '') yield check(rest);
  if (bytes % unitBytes !== 0) throw new InvalidBytes('');
}

function textChunks(source: Source, encoding: Encoding): AsyncGenerator<Buffer> {
  const bytes = source.readBytes();
  return encoding.codec === 'utf-8' ? checkedUtf8(bytes) : transcoded(bytes, encoding.codec);
}

/** Reads again up to the first invalid byte, counting: cheaper than counting lines in every file that is fine. */
async function lineOfFirstInvalid(source: Source, encoding: Encoding): Promise<number> {
  const counter = new LineCounter();
  try {
    for await (const block of textChunks(source, encoding)) counter.add(block.toString('utf8'));
  } catch (error) {
    if (!(error instanceof InvalidBytes)) throw error;
    counter.add(error.textBefore);
  }
  return counter.line;
}

/**
 * The table's text as blocks of valid UTF-8, without a byte order mark; characters are never cut between blocks.
 * @throws ImporterError `bad_encoding` naming the line with the first byte that isn't valid in the encoding
 */
export async function* readText(source: Source, encoding: Encoding): AsyncGenerator<Buffer> {
  try {
    yield* textChunks(source, encoding);
  } catch (error) {
    if (!(error instanceof InvalidBytes)) throw error;
    const line = await lineOfFirstInvalid(source, encoding);
    throw new ImporterError(
      'bad_encoding',
      `${source.displayName} is not valid ${encoding.label}: line ${line} holds bytes that mean nothing in it.`,
      {
        next:
          encoding.certain === 'given'
            ? 'Name another encoding with --encoding, or leave it out to have it detected.'
            : 'Name the encoding with --encoding, or correct that line and save the file as UTF-8.',
      },
    );
  }
}
