/** The spreadsheets of one folder: regular files that a page knows by an opaque id, never by a path of its own. */
import { createHmac, randomBytes } from 'node:crypto';
import { access, lstat, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ImporterError } from '../../errors.js';
import { defaultPaths, type ReadingOptions } from '../../run/settings.js';
import { hasWords, isRejects, isSpreadsheet, usabilityOf } from './names.js';
import { OwnFiles } from './own-files.js';
import { revisionOf } from './revision.js';
import { reasonOf } from '../../storage/failures.js';
import { replaceFile } from '../../storage/replacement.js';
import type { FileEntry } from '../wire.js';
import { Elsewhere } from '../jobs/elsewhere.js';
import { isChanged, isCutOff, SentFiles, told, type SentSoFar } from './sent.js';

/** A folder of downloads may hold thousands of files: the newest are shown, the others found by their names. */
const MOST_FILES = 300;
const RECENT_MS = 1000;
/** Looking at the files takes no more than one part of so many of the time. */
const COSTS_AT_MOST = 10;
const CHECKPOINT = '.checkpoint.jsonl';
/** Two gigabytes are some 20 million contacts. */
export const MOST_UPLOAD_BYTES = 2 * 1024 ** 3;

export interface Listed {
  readonly files: readonly FileEntry[];
  /** How many there are, with those that are not listed. */
  readonly total: number;
}

export class Folder {
  readonly path: string;
  readonly #secret = randomBytes(32);
  readonly #optionsOf: (path: string) => ReadingOptions;
  readonly #apiUrl: () => string;
  readonly elsewhere = new Elsewhere();
  /** Another program was at work on one of the newest files when they were looked at last. */
  isUsedElsewhere = false;
  #listed: ({ readonly atMs: number; readonly goodMs: number; readonly runs: string } & Listed) | undefined;
  /** Names of files that somebody opened: they are listed however old they are. */
  readonly #opened = new Set<string>();
  readonly #own = new OwnFiles();
  readonly #names = new Map<string, string>();
  /** Each as it was when it was looked at last. */
  readonly #seen = new Map<string, FileEntry>();
  readonly #sent: SentFiles;

  /** @param optionsOf how a file is read, and where its state is @param apiUrl where Clarky is: what was sent elsewhere is not there */
  constructor(path: string, optionsOf: (path: string) => ReadingOptions, apiUrl: () => string) {
    this.path = path;
    this.#apiUrl = apiUrl;
    this.#sent = new SentFiles(path, apiUrl);
    this.#optionsOf = optionsOf;
  }

  /**
   * The files as they were up to a second ago, where looking at them takes its time: what a run changes in them can wait that long.
   * @param runs those that there are; where they were others, the files are looked at again
   */
  async recentList(runs: string): Promise<Listed> {
    const known = this.#listed;
    const beganMs = performance.now();
    if (known?.runs === runs && beganMs - known.atMs <= known.goodMs) return known;
    const list = await this.list();
    const atMs = performance.now();
    const listed = { atMs, goodMs: Math.min(RECENT_MS, (atMs - beganMs) * COSTS_AT_MOST), runs, ...list };
    this.#listed = listed;
    return listed;
  }

  /**
   * The newest files, and those that were opened; with words, the newest that have them in their name.
   * @throws ImporterError `file_unreadable` where the folder is gone
   */
  async list(words = ''): Promise<Listed> {
    const all = await readdir(this.path).catch((error: unknown) => {
      throw new ImporterError('file_unreadable', `The folder of the files can't be read: ${reasonOf(error)}.`, {
        next: 'Put it back where it was, or end the program and start it with another one.',
        cause: error,
      });
    });
    const isListed = (name: string): boolean => isSpreadsheet(name) || (isRejects(name) && this.#opened.has(name));
    const names = all.filter((name) => isListed(name) && hasWords(name, words));
    const isLocked = all.some((name) => name.includes('.lock-'));
    const found: { name: string; bytes: number; modifiedMs: number }[] = [];
    for (const name of names) {
      const path = join(this.path, name);
      const entry = await lstat(path).catch(() => undefined);
      if (entry?.isFile() !== true) continue;
      const stamp = `${entry.ino} ${entry.size} ${entry.mtimeMs}`;
      if (await this.#own.has({ path, stamp })) continue;
      found.push({ name, bytes: entry.size, modifiedMs: entry.mtimeMs });
    }
    found.sort((a, b) => b.modifiedMs - a.modifiedMs);
    const shown = found.filter(({ name }, at) => at < MOST_FILES || (words === '' && this.#opened.has(name)));
    const described = shown.map((file) => {
      const ofRejects = all.filter((name) => name.startsWith(`${file.name}.rejected`) && name.endsWith(CHECKPOINT));
      return this.#describe(file, isLocked, ofRejects);
    });
    const files = await Promise.all(described);
    if (words === '') this.isUsedElsewhere = files.some(({ elsewhere }) => elsewhere !== null);
    return { files, total: found.length };
  }

  /** A file is worked on: it is listed from now on. Returns whether that is new. */
  keep(id: string): boolean {
    const name = this.#names.get(id);
    if (name === undefined || this.#opened.has(name)) return false;
    this.#opened.add(name);
    return true;
  }

  /** The id of a file of this folder. */
  idOf(name: string): string {
    const id = createHmac('sha256', this.#secret).update(name).digest('base64url').slice(0, 22);
    this.#names.set(id, name);
    return id;
  }

  /** The path of a file that was listed and is still one. */
  async pathOf(id: string): Promise<string | undefined> {
    const name = this.#names.get(id);
    if (name === undefined) return undefined;
    const path = join(this.path, name);
    const entry = await lstat(path).catch(() => undefined);
    return entry?.isFile() === true ? path : undefined;
  }

  /**
   * A file that somebody renamed or removed, if it was seen: what was sent of it is told, and nothing can be begun with it.
   * @param isOver false while it is sent: it is as it was seen then
   */
  async gone(id: string, isOver: boolean): Promise<FileEntry | undefined> {
    const seen = this.#seen.get(id);
    if (seen === undefined) return undefined;
    const now = isOver ? await this.#describe(seen, true, []) : seen;
    return { ...now, isGone: true, hasReport: false, hasRejects: false, isUndoable: false, isChanged: false };
  }

  /** Whether a file may be put here under this name, and whether there is one. */
  async look(name: string): Promise<'free' | 'taken' | 'unusable' | 'too_long'> {
    const usability = usabilityOf(name);
    if (usability !== 'usable') return usability;
    const entry = await lstat(join(this.path, name)).catch(() => undefined);
    if (entry === undefined) return 'free';
    return entry.isFile() ? 'taken' : 'unusable';
  }

  /** Whether what comes is what lies there already, byte for byte. All of it is read, so that an answer finds its way back. */
  async holds(name: string, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
    const file = await open(join(this.path, name));
    try {
      let at = 0;
      let isSame = true;
      for await (const chunk of chunks) {
        if (isSame) {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(chunk.byteLength), 0, chunk.byteLength, at);
          isSame = bytesRead === chunk.byteLength && buffer.equals(chunk);
        }
        at += chunk.byteLength;
      }
      return isSame && at === (await file.stat()).size;
    } finally {
      await file.close();
    }
  }

  /**
   * Puts a file here, whole or not at all.
   * @param name one that `look` found usable
   * @throws ImporterError `not_writable`; what the chunks throw
   */
  async receive(name: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
    // What comes with the chunks is the sender's matter, and no fault of the disk.
    let broken: { readonly error: unknown } | undefined;
    const iterator = chunks[Symbol.asyncIterator]();
    const next = (): Promise<IteratorResult<Uint8Array>> =>
      iterator.next().catch((error: unknown) => {
        broken = { error };
        throw error;
      });
    try {
      await replaceFile(join(this.path, name), async (file) => {
        for (let step = await next(); step.done !== true; step = await next()) await file.appendFile(step.value);
      });
    } catch (error) {
      throw broken === undefined ? error : broken.error;
    }
    if (isRejects(name)) this.#opened.add(name);
    return this.idOf(name);
  }

  async #describe(
    { name, bytes, modifiedMs }: { name: string; bytes: number; modifiedMs: number },
    isLocked: boolean,
    ofRejects: readonly string[],
  ): Promise<FileEntry> {
    const path = join(this.path, name);
    const options = this.#optionsOf(path);
    const paths = defaultPaths(path, options);
    const [hasReport, hasRejects, hasCorrections] = await Promise.all(
      [paths.report, paths.rejects, paths.corrections].map(isThere),
    );
    // What is kept in another folder is locked there.
    const mayBeLocked = isLocked || dirname(paths.checkpoint) !== this.path;
    let holder = mayBeLocked ? await this.elsewhere.of(options) : undefined;
    const runs = (): Promise<SentSoFar> => this.#sent.of(options, paths.checkpoint, ofRejects, holder?.owner.scope);
    let sent = await runs();
    if (holder === undefined && isCutOff(sent)) {
      // It may have begun since it was asked who sends it, or ended.
      holder = await this.elsewhere.of(options);
      sent = await runs();
    }
    const all = await told(sent, options);
    const entry: FileEntry = {
      id: this.idOf(name),
      name,
      isGone: false,
      bytes,
      modifiedMs,
      hasReport: hasReport === true,
      hasRejects: hasRejects === true,
      hasCorrections: hasCorrections === true,
      elsewhere: holder === undefined ? null : this.elsewhere.viewOf(holder, this.#apiUrl()),
      revision: await revisionOf(options),
      isChanged: isChanged(all, modifiedMs),
      toSend: null,
      ...all,
    };
    this.#seen.set(entry.id, entry);
    return entry;
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
