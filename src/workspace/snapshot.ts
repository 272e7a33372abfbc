/**
 * The contacts of a workspace as last read, kept in a file beside the checkpoint so that the next run reads only what
 * changed. It holds personal data: for its owner alone, and removed by `clarky-contacts forget`. In memory there is only
 * where each contact is: some sixty bytes each, whatever a contact holds.
 */
import { hash } from 'node:crypto';
import { takeLock, type Lock, type LockOptions } from '../storage/lock.js';
import { isSameScope, type Scope } from '../checkpoint/format.js';
import { DigestIndex } from '../collections/digest-index.js';
import { AppendLog, type Place } from '../storage/append-log.js';
import { isTornHeader, notOurs } from '../storage/json-lines.js';
import { textOf } from '../storage/lines.js';
import { FORMAT_NAME, formatLine, parseLine, type SnapshotLine, type SnapshotProgress } from './snapshot-lines.js';
import type { StoredContact } from './stored.js';

/** Below this a file is not worth rewriting. */
const LEAST_LINES_TO_COMPACT = 2000;

export class Snapshot {
  readonly #scope: Scope;
  readonly #lock: Lock;
  readonly #log: AppendLog;
  #ids = new DigestIndex();
  #places: { at: number[]; bytes: number[]; updatedMs: number[] } = { at: [], bytes: [], updatedMs: [] };
  #progress: SnapshotProgress = { kind: 'empty' };

  private constructor(log: AppendLog, lock: Lock, scope: Scope) {
    this.#log = log;
    this.#lock = lock;
    this.#scope = scope;
  }

  /**
   * Opens or makes the snapshot at `path`. One of another workspace, or one that can't be read any more, is begun anew.
   * @throws ImporterError `bad_checkpoint` for a file that is not ours, `locked`, `not_writable`
   */
  static async open(path: string, scope: Scope, options: LockOptions = {}): Promise<Snapshot> {
    const lock = await takeLock(path, options);
    let log: AppendLog | undefined;
    try {
      log = await AppendLog.open(path);
      const snapshot = new Snapshot(log, lock, scope);
      await snapshot.#load();
      return snapshot;
    } catch (error) {
      await log?.close().catch(() => undefined);
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
    const line = parseLine(await this.#log.read({ at: at[number] ?? 0, bytes: bytes[number] ?? 0 }));
    if (line?.kind !== 'contact') throw new Error(`the snapshot has no contact ${number}`);
    return line.contact;
  }

  /** Adds contacts, replacing those of the same id, and what they mean for the progress; on disk when it resolves. */
  async add(contacts: readonly StoredContact[], progress?: SnapshotProgress): Promise<void> {
    const lines: SnapshotLine[] = contacts.map((contact) => ({ kind: 'contact', contact }));
    if (progress) lines.push({ kind: 'progress', progress });
    if (lines.length === 0) return;
    this.#lock.assertHeld();
    const places = await this.#log.append(lines.map(formatLine));
    contacts.forEach((contact, n) => this.#index(contact, places[n] ?? { at: 0, bytes: 0 }));
    if (progress) this.#progress = progress;
  }

  /** Forgets everything: the next reading lists anew. */
  async clear(): Promise<void> {
    this.#lock.assertHeld();
    await this.#log.clear();
    await this.#log.append([formatLine({ kind: 'header', scope: this.#scope })]);
    this.#forget();
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#lock.release();
  }

  async #load(): Promise<void> {
    const { lines, isUsable } = await this.#readLines();
    await this.#log.cutTornLine();
    if (!isUsable) await this.clear();
    else if (lines >= LEAST_LINES_TO_COMPACT && lines >= 2 * this.size) {
      await this.#compact();
      await this.#readLines();
    }
  }

  /** Takes each line into account as it comes: nothing of it is held but where it is. */
  async #readLines(): Promise<{ lines: number; isUsable: boolean }> {
    this.#forget();
    let lines = 0;
    let isUsable = false;
    let at = 0;
    const { tail } = await this.#log.forEachLine(({ text, number, endByte }) => {
      const place = { at, bytes: text.length };
      at = endByte;
      lines = number;
      const line = parseLine(textOf(text));
      if (number === 1) {
        if (line?.kind !== 'header') throw notOurs(this.#log.path);
        isUsable = isSameScope(line.scope, this.#scope);
      } else if (line?.kind === 'contact') this.#index(line.contact, place);
      else if (line?.kind === 'progress') this.#progress = line.progress;
      else isUsable = false;
    });
    if (lines === 0 && !isTornHeader(tail, FORMAT_NAME)) throw notOurs(this.#log.path);
    return { lines, isUsable };
  }

  async #compact(): Promise<void> {
    await this.#log.rewrite(async (target) => {
      const write = (line: SnapshotLine): Promise<void> => target.appendFile(`${formatLine(line)}\n`);
      await write({ kind: 'header', scope: this.#scope });
      for (let number = 0; number < this.size; number++) {
        await write({ kind: 'contact', contact: await this.contact(number) });
      }
      await write({ kind: 'progress', progress: this.#progress });
    });
  }

  #forget(): void {
    this.#ids = new DigestIndex();
    this.#places = { at: [], bytes: [], updatedMs: [] };
    this.#progress = { kind: 'empty' };
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

function idDigest(id: string): Uint8Array {
  return hash('sha256', id, 'buffer');
}
