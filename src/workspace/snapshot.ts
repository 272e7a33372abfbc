/**
 * The contacts of a workspace as last read, kept in a file beside the checkpoint so that the next run reads only what
 * changed. It holds personal data: for its owner alone, and removed by `clarky-contacts forget`. In memory there is only
 * where each contact is: some sixty bytes each, whatever a contact holds.
 */
import { hash } from 'node:crypto';
import { takeLock, type Lock, type LockOptions } from '../storage/lock.js';
import type { Scope } from '../checkpoint/format.js';
import { DigestIndex } from '../collections/digest-index.js';
import { replaceFile } from '../storage/private-file.js';
import { LineFile, type Place } from '../storage/line-file.js';
import { formatLine, notASnapshot, parseLine, type SnapshotLine } from './snapshot-lines.js';
import type { StoredContact } from './stored.js';

/** How far the snapshot is. */
export type SnapshotProgress =
  /** Nothing was read yet. */
  | { readonly kind: 'empty' }
  /** A listing of everything is under way; its pages up to `page` are here. */
  | { readonly kind: 'listing'; readonly startedAt: string; readonly page: number }
  /** Everything is here, as it was when all changes after `since` (the server's clock) had been read. */
  | { readonly kind: 'complete'; readonly since: string | undefined };

/** Below this a file is not worth rewriting. */
const LEAST_LINES_TO_COMPACT = 2000;

export class Snapshot {
  readonly #scope: Scope;
  readonly #lock: Lock;
  #file: LineFile;
  #ids = new DigestIndex();
  #places: { at: number[]; bytes: number[]; updatedMs: number[] } = { at: [], bytes: [], updatedMs: [] };
  #progress: SnapshotProgress = { kind: 'empty' };

  private constructor(file: LineFile, lock: Lock, scope: Scope) {
    this.#file = file;
    this.#lock = lock;
    this.#scope = scope;
  }

  /**
   * Opens or makes the snapshot at `path`. One of another workspace, or one that can't be read any more, is begun anew.
   * @throws ImporterError `bad_checkpoint` for a file that is not ours, `locked`, `not_writable`
   */
  static async open(path: string, scope: Scope, options: LockOptions = {}): Promise<Snapshot> {
    const lock = await takeLock(path, options);
    try {
      const loaded = new Loaded(path, scope);
      const file = await LineFile.open(path, (line, place) => loaded.take(line, place));
      const snapshot = new Snapshot(file, lock, scope);
      if (loaded.isUsable) await snapshot.#adopt(loaded);
      else await snapshot.clear();
      return snapshot;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** How many contacts are in it. */
  get size(): number {
    return this.#ids.size;
  }

  get progress(): SnapshotProgress {
    return this.#progress;
  }

  /** When the contact that changed last was changed, in ms since the epoch by the server's clock; -Infinity without any. */
  get newestMs(): number {
    return this.#places.updatedMs.reduce((newest, ms) => Math.max(newest, ms), -Infinity);
  }

  /** How many contacts changed after this moment. */
  countChangedAfter(ms: number): number {
    return this.#places.updatedMs.reduce((count, updatedMs) => count + (updatedMs > ms ? 1 : 0), 0);
  }

  /** The number of a contact, from 0; undefined where it is not here. */
  numberOf(id: string): number | undefined {
    const number = this.#ids.get(idDigest(id));
    return number < 0 ? undefined : number;
  }

  /** The contact of a number below `size`. */
  async contact(number: number): Promise<StoredContact> {
    const { at, bytes } = this.#places;
    const line = parseLine(await this.#file.read({ at: at[number] ?? 0, bytes: bytes[number] ?? 0 }));
    if (line?.kind !== 'contact') throw new Error(`the snapshot has no contact ${number}`);
    return line.contact;
  }

  /** Adds contacts, replacing those of the same id, and what they mean for the progress; on disk when it resolves. */
  async add(contacts: readonly StoredContact[], progress?: SnapshotProgress): Promise<void> {
    const lines: SnapshotLine[] = contacts.map((contact) => ({ kind: 'contact', contact }));
    if (progress) lines.push({ kind: 'progress', progress });
    if (lines.length === 0) return;
    const places = await this.#file.append(lines.map(formatLine));
    contacts.forEach((contact, n) => this.#index(contact, places[n] ?? { at: 0, bytes: 0 }));
    if (progress) this.#progress = progress;
  }

  /** Forgets everything: the next reading lists anew. */
  async clear(): Promise<void> {
    await this.#file.clear();
    await this.#file.append([formatLine({ kind: 'header', scope: this.#scope })]);
    this.#ids = new DigestIndex();
    this.#places = { at: [], bytes: [], updatedMs: [] };
    this.#progress = { kind: 'empty' };
  }

  async close(): Promise<void> {
    await this.#file.close();
    await this.#lock.release();
  }

  async #adopt({ contacts, progress, lines }: Loaded): Promise<void> {
    for (const { contact, place } of contacts) this.#index(contact, place);
    this.#progress = progress;
    if (lines < LEAST_LINES_TO_COMPACT || lines < 2 * this.size) return;
    const { path } = this.#file;
    await replaceFile(path, async (target) => {
      await target.appendFile(`${formatLine({ kind: 'header', scope: this.#scope })}\n`);
      for (let number = 0; number < this.size; number++) {
        const contact = await this.contact(number);
        await target.appendFile(`${formatLine({ kind: 'contact', contact })}\n`);
      }
      await target.appendFile(`${formatLine({ kind: 'progress', progress })}\n`);
    });
    await this.#file.close();
    this.#ids = new DigestIndex();
    this.#file = await LineFile.open(path, (text, place) => {
      const line = parseLine(text);
      if (line?.kind === 'contact') this.#index(line.contact, place);
    });
  }

  #index({ id, updated_at: updatedAt }: Indexed, { at, bytes }: Place): void {
    const number = this.#ids.add(idDigest(id));
    const updatedMs = updatedAt === undefined ? NaN : Date.parse(updatedAt);
    this.#places.at[number] = at;
    this.#places.bytes[number] = bytes;
    this.#places.updatedMs[number] = Number.isNaN(updatedMs) ? -Infinity : updatedMs;
  }
}

type Indexed = Pick<StoredContact, 'id' | 'updated_at'>;

/** The lines of a file as it is opened. */
class Loaded {
  readonly contacts: { contact: Indexed; place: Place }[] = [];
  progress: SnapshotProgress = { kind: 'empty' };
  lines = 0;
  #isOfScope = false;
  #isDamaged = false;
  readonly #path: string;
  readonly #scope: Scope;

  constructor(path: string, scope: Scope) {
    this.#path = path;
    this.#scope = scope;
  }

  /** False where there is nothing, or something that is better read again. */
  get isUsable(): boolean {
    return this.#isOfScope && !this.#isDamaged;
  }

  take(text: string, place: Place): void {
    this.lines++;
    const line = parseLine(text);
    if (this.lines === 1) {
      if (line?.kind !== 'header') throw notASnapshot(this.#path);
      this.#isOfScope = line.scope.api === this.#scope.api && line.scope.bot === this.#scope.bot;
    } else if (line?.kind === 'contact') {
      const { id, updated_at } = line.contact;
      this.contacts.push({ contact: updated_at === undefined ? { id } : { id, updated_at }, place });
    } else if (line?.kind === 'progress') this.progress = line.progress;
    else this.#isDamaged = true;
  }
}

function idDigest(id: string): Uint8Array {
  return hash('sha256', id, 'buffer');
}
