/** What is no list however it goes on: an input that may never end is given up at its first bytes. */
import { ImporterError } from '../../errors.js';
import { LOOK_BYTES, lookAt } from './first-look.js';

/** So much of an input tells that it is no text. */
const JUDGED_BYTES = 1024 * 1024;
/** A first line that is longer than this is no header, and a record has no room for it either. */
const MAX_FIRST_LINE_BYTES = 16 * 1024 * 1024;
/** Of text in any encoding, but for UTF-16 and UTF-32, that is the most: bytes that no text has, and NULs that those two have. */
const MAX_CONTROL_SHARE = 0.02;
const UTF_16_NUL_SHARE = 0.01;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** More than a file system that lost its power fills a file up with; a file that was only given its size has terabytes. */
const MAX_NUL_BYTES = 64 * 1024 * 1024;

/** Passes a file's bytes on. @throws ImporterError `file_unreadable` where they are NUL and nothing else for too long */
export async function* refusingNuls(bytes: AsyncIterable<Buffer>, displayName: string): AsyncGenerator<Buffer> {
  let zeros = Buffer.alloc(0);
  let nuls = 0;
  for await (const block of bytes) {
    if (zeros.length < block.length) zeros = Buffer.alloc(block.length);
    nuls = block.equals(zeros.subarray(0, block.length)) ? nuls + block.length : 0;
    if (nuls > MAX_NUL_BYTES) {
      const message = `${displayName} holds ${MAX_NUL_BYTES / 2 ** 20} MiB and more of NUL bytes, one after the other: it was not written to its end.`;
      throw new ImporterError('file_unreadable', message, { next: 'Export or download it again.' });
    }
    yield block;
  }
}

/** Looks at an input as it comes, block by block. */
export class HopelessWatch {
  readonly #displayName: string;
  #head: Buffer[] = [];
  #bytes = 0;
  #isJudged = false;
  #hasLineEnd = false;

  constructor(displayName: string) {
    this.#displayName = displayName;
  }

  /** @throws ImporterError `file_unreadable` where nothing that comes can make a list of it */
  watch(block: Buffer): void {
    this.#bytes += block.length;
    this.#hasLineEnd ||= block.includes(LINE_FEED) || block.includes(CARRIAGE_RETURN);
    if (!this.#isJudged) this.#judge(block);
    else if (!this.#hasLineEnd && this.#bytes > MAX_FIRST_LINE_BYTES) {
      throw this.#hopeless(`gives ${MAX_FIRST_LINE_BYTES / 2 ** 20} MiB without the end of a line`);
    }
  }

  #judge(block: Buffer): void {
    this.#head.push(block);
    if (this.#bytes <= JUDGED_BYTES) return;
    this.#isJudged = true;
    const head = Buffer.concat(this.#head);
    this.#head = [];
    if (head.every((byte) => byte === 0)) throw this.#hopeless('gives nothing but NUL bytes');
    const look = lookAt(head.subarray(0, LOOK_BYTES));
    if (look.kind === 'stranger') throw this.#hopeless(`is ${look.stranger.what}`, look.stranger.how);
    const isText = look.kind === 'form' && look.form === 'text';
    if (isText && isBinary(head)) throw this.#hopeless('gives bytes that are no text');
    // Anything but text may well be one line: JSON, a page, an archive.
    this.#hasLineEnd ||= !isText;
  }

  #hopeless(what: string, next?: string): ImporterError {
    const message = `${this.#displayName} ${what}: it is no list of contacts.`;
    return new ImporterError('file_unreadable', message, next === undefined ? {} : { next });
  }
}

function isBinary(bytes: Buffer): boolean {
  let nuls = 0;
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) nuls++;
    // Not tab, line ends, form feed, the end of file of DOS, or what switches an encoding.
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a && byte !== 0x1b)) controls++;
  }
  return controls / bytes.length > MAX_CONTROL_SHARE && nuls / bytes.length < UTF_16_NUL_SHARE;
}
