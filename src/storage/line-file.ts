/** A private file of lines that is only ever appended to, and read back by place. Text is UTF-8. */
import type { FileHandle } from 'node:fs/promises';
import { forEachLine } from './lines.js';
import { ImporterError } from '../errors.js';
import { hasErrno, openForAppend, syncFolderOf } from './private-file.js';

/** Where a line is: its first byte, and its bytes without the newline. */
export interface Place {
  readonly at: number;
  readonly bytes: number;
}

export class LineFile {
  readonly path: string;
  readonly #file: FileHandle;
  #end: number;
  #unwritten = '';
  #flush: Promise<void> | undefined;
  #failure: ImporterError | undefined;

  private constructor(path: string, file: FileHandle, end: number) {
    this.path = path;
    this.#file = file;
    this.#end = end;
  }

  /**
   * Opens the file, making it where it is missing, and gives out its lines; a torn last line is cut off.
   * @throws ImporterError `not_writable`, and whatever `visit` throws
   */
  static async open(path: string, visit: (line: string, place: Place) => void): Promise<LineFile> {
    const file = await openForAppend(path);
    try {
      let end = 0;
      await forEachLine(file, ({ text, endByte }) => {
        // The reader gives one character a byte.
        visit(Buffer.from(text, 'latin1').toString(), { at: end, bytes: text.length });
        end = endByte;
      });
      await file.truncate(end);
      if (end === 0) await syncFolderOf(path);
      return new LineFile(path, file, end);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Appends lines and syncs them; lines that come while a sync is under way share the next one.
   * @returns where each of them is, once all are on disk
   * @throws ImporterError `storage_failed`, and from then on always
   */
  async append(lines: readonly string[]): Promise<Place[]> {
    this.#throwFailure();
    const places = lines.map((line) => {
      const place = { at: this.#end, bytes: Buffer.byteLength(line) };
      this.#end += place.bytes + 1;
      return place;
    });
    this.#unwritten += lines.map((line) => `${line}\n`).join('');
    // The running flush may already have taken its text: then these lines go with the one after it.
    await this.#flush?.catch(() => undefined);
    this.#throwFailure();
    if (this.#unwritten !== '') this.#flush ??= this.#writeOut().finally(() => (this.#flush = undefined));
    await this.#flush;
    return places;
  }

  /** The line at a place; it must be on disk. */
  async read({ at, bytes }: Place): Promise<string> {
    const buffer = Buffer.allocUnsafe(bytes);
    const { bytesRead } = await this.#file.read(buffer, 0, bytes, at);
    return buffer.toString('utf8', 0, bytesRead);
  }

  /** Empties the file. */
  async clear(): Promise<void> {
    await this.#flush?.catch(() => undefined);
    await this.#file.truncate(0).catch((error: unknown) => this.#fail(error));
    this.#end = 0;
  }

  async close(): Promise<void> {
    await this.#flush?.catch(() => undefined);
    await this.#file.close();
  }

  async #writeOut(): Promise<void> {
    const text = this.#unwritten;
    this.#unwritten = '';
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
    } catch (error) {
      this.#fail(error);
    }
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  #fail(cause: unknown): never {
    const why = hasErrno(cause, 'ENOSPC', 'EDQUOT') ? 'the disk is full' : String(cause);
    const failure = new ImporterError('storage_failed', `${this.path} can't be written: ${why}.`, {
      next: 'Make room, then run the same command again: it goes on where it stopped.',
      cause,
    });
    this.#failure = failure;
    throw failure;
  }
}
