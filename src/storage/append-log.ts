/** A private file of lines that is only ever appended to: one sync for all that come while another is under way. */
import { fstatSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ImporterError } from '../errors.js';
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
  /** What stands behind the last whole line that was read. */
  #tornBytes = 0;
  /** How long the file is, where nobody but this process writes to it; undefined before all of it is ours. */
  #bytesOnDisk: number | undefined;
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
    const read = await forEachLine(this.#file, this.path, (line) => {
      visit(line);
      this.#end = line.endByte;
    });
    this.#tornBytes = read.tail.length;
    return read;
  }

  /**
   * Cuts off what stands behind the last whole line that was read.
   * @throws ImporterError `not_writable`; `locked` where another process has written to it since
   */
  async cutTornLine(): Promise<void> {
    try {
      this.#throwIfOthersWrite(this.#end + this.#tornBytes);
      await this.#file.truncate(this.#end);
      if (this.#end === 0) await syncFolderOf(this.path);
    } catch (error) {
      throw error instanceof ImporterError ? error : notWritable(this.path, error);
    }
    this.#tornBytes = 0;
    this.#bytesOnDisk = this.#end;
  }

  /** True where the file has another name as well: one put in its place here would not be there. */
  async hasOtherNames(): Promise<boolean> {
    return (await this.#file.stat()).nlink > 1;
  }

  /**
   * Appends lines and syncs them; lines that come while a sync is under way share the next one.
   * @returns where each of them is, once all are on disk
   * @throws ImporterError `storage_failed`, `locked` where another process has written to it since: from then on always, so nothing
   * more may be done that is to be recorded
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
    this.#bytesOnDisk = 0;
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
    this.#bytesOnDisk = undefined;
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
      if (this.#bytesOnDisk !== undefined) this.#throwIfOthersWrite(this.#bytesOnDisk);
      await this.#file.appendFile(text);
      await this.#file.datasync();
    } catch (error) {
      this.#fail(error);
    }
    if (this.#bytesOnDisk !== undefined) this.#bytesOnDisk += Buffer.byteLength(text);
  }

  /** No lock tells of a process that knows the file by another name (a hard link, a mount), or does not see the lock; the file does. */
  #throwIfOthersWrite(bytes: number): void {
    // At once, so that what follows is written right then: a process may be stopped for hours wherever it waits.
    if (fstatSync(this.#file.fd).size === bytes) return;
    throw new ImporterError('locked', `${this.#what} is written to by another import, maybe under another name.`, {
      next: 'Nothing is lost. Wait for it to end, then run the same command again: it goes on where both have stopped.',
    });
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  #fail(cause: unknown): never {
    this.#failure = cause instanceof ImporterError ? cause : storageFailed(this.#what, cause);
    throw this.#failure;
  }
}
