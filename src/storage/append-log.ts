/** A private file of lines that is only ever appended to: one sync for all that come while another is under way. */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { ImporterError } from '../errors.js';
import { isTornHeader, notOurs } from './json-lines.js';
import { forEachLine, LinesAt, textOf, type Line, type Tail } from './lines.js';
import { notWritable, storageFailed } from './failures.js';
import { openForAppend, syncFolderOf } from './private-file.js';
import { replaceFile } from './replacement.js';

/** Where a line is: its first byte, and its bytes without the newline. */
export interface Place {
  readonly at: number;
  readonly bytes: number;
}

export class AppendLog {
  readonly path: string;
  /** The file as the beginning of a sentence, for messages. */
  readonly #what: string;
  #file: FileHandle;
  #end = 0;
  #unwritten = '';
  #flush: Promise<void> | undefined;
  #linesAt: LinesAt | undefined;
  #failure: ImporterError | undefined;

  private constructor(path: string, what: string, file: FileHandle) {
    this.path = path;
    this.#what = what;
    this.#file = file;
  }

  /**
   * Opens the file, making it where it is missing. Its lines are to be read before anything is appended.
   * @throws ImporterError `not_writable`
   */
  static async open(path: string, what = path): Promise<AppendLog> {
    return new AppendLog(path, what, await openForAppend(path));
  }

  /**
   * Opens a file whose first line names its format, gives out its lines, and cuts off a torn last one.
   * @throws ImporterError `not_writable`, `bad_checkpoint` for a file without a whole line that is none of this format,
   * and whatever `visit` throws
   */
  static async load(path: string, format: string, visit: (text: string) => void): Promise<AppendLog> {
    const log = await AppendLog.open(path);
    try {
      let lines = 0;
      const { tail } = await log.forEachLine(({ text, number }) => {
        lines = number;
        visit(textOf(text));
      });
      if (lines === 0 && !isTornHeader(tail, format)) throw notOurs(path);
      await log.cutTornLine();
      return log;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  /** Gives out the whole lines, in order. @throws ImporterError `bad_checkpoint` for a line that none of ours can be */
  async forEachLine(visit: (line: Line) => void): Promise<Tail> {
    this.#end = 0;
    return forEachLine(this.#file, this.path, (line) => {
      visit(line);
      this.#end = line.endByte;
    });
  }

  /** Cuts off what stands behind the last whole line that was read. @throws ImporterError `not_writable` */
  async cutTornLine(): Promise<void> {
    try {
      await this.#file.truncate(this.#end);
      if (this.#end === 0) await syncFolderOf(this.path);
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }

  /**
   * Appends lines and syncs them; lines that come while a sync is under way share the next one.
   * @returns where each of them is, once all are on disk
   * @throws ImporterError `storage_failed`: from then on always, so nothing more may be done that is to be recorded
   */
  async append(lines: readonly string[]): Promise<Place[]> {
    this.#throwFailure();
    const places = lines.map((line) => {
      const place = { at: this.#end, bytes: Buffer.byteLength(line) };
      this.#end += place.bytes + 1;
      return place;
    });
    for (const line of lines) this.#unwritten += `${line}\n`;
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

  /** The line that begins there, at once; undefined where none does, or it can't be read. */
  lineAt(position: number): string | undefined {
    this.#linesAt ??= new LinesAt((into, at) => readSync(this.#file.fd, into, 0, into.length, at));
    try {
      return this.#linesAt.get(position);
    } catch {
      return undefined;
    }
  }

  /** Empties the file. */
  async clear(): Promise<void> {
    await this.#flush?.catch(() => undefined);
    await this.#file.truncate(0).catch((error: unknown) => this.#fail(error));
    this.#end = 0;
    this.#linesAt = undefined;
  }

  /**
   * Puts another file in its place, whole or not at all; its lines are to be read again.
   * @throws ImporterError `not_writable`
   */
  async rewrite(write: (target: Pick<FileHandle, 'appendFile' | 'fd'>) => Promise<void>): Promise<void> {
    await replaceFile(this.path, write);
    const file = await openForAppend(this.path);
    await this.#file.close();
    this.#file = file;
    this.#end = 0;
    this.#linesAt = undefined;
  }

  /** Waits for what is being written. */
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
    this.#failure = storageFailed(this.#what, cause);
    throw this.#failure;
  }
}
