/** The checkpoint of an import: open it under its lock, ask what is known, append facts that are on disk once awaited. */
import { digestText } from '../contact/identity.js';
import { TextPool } from '../collections/digest-index.js';
import { AppendLog, type Place } from '../storage/append-log.js';
import { forEachLine, LinesAt, rereader } from '../storage/lines.js';
import { takeLock, takeLocksOfFile, type FileLockOptions, type Lock } from '../storage/lock.js';
import { openForReading, syncFolderOf, targetOf } from '../storage/private-file.js';
import { compactCheckpoint, isWorthCompacting } from './compact.js';
import { acceptedFact, leavingFact, refusedFact, type AcceptedContact, type Points } from './facts/contact-facts.js';
import type { RunFact } from './facts/run-fact.js';
import { FORMAT_VERSION, formatFact, type Fact, type Scope, type TakenBack } from './format.js';
import { findScopes, findSettings, loadCheckpoint, type KeptSettings, type Lines, type Loaded } from './load.js';
import type { Neighbour } from './neighbours.js';
import { isToldToOthers, OwnPeople } from './others/own-people.js';
import { placeOf } from './others/places.js';
import { type Point } from './points.js';
import type { Sendable } from './acceptance.js';
import { CheckpointState } from './state.js';

/** Reads a checkpoint without a lock and without changing it; undefined where there is none. @param keepsExisting as in its state */
export async function readCheckpoint(
  path: string,
  scope?: Scope,
  keepsExisting = false,
): Promise<CheckpointState | undefined> {
  return withFile(path, async (file) => Object.assign((await loadCheckpoint(file, scope)).state, { keepsExisting }));
}

/** The workspaces and bots that a checkpoint knows of, the one written to last at the end; none where it is missing. */
export async function listScopes(path: string): Promise<Scope[]> {
  return (await withFile(path, findScopes)) ?? [];
}

/** The settings that shaped the newest import which kept any; undefined where there was none. */
export async function readSettings(path: string): Promise<KeptSettings | undefined> {
  return withFile(path, findSettings);
}

async function withFile<T>(path: string, read: (lines: Lines) => Promise<T>): Promise<T | undefined> {
  const file = await openForReading(path);
  if (file === undefined) return undefined;
  try {
    const lines = new LinesAt(rereader(path, (await file.stat()).ino));
    return await read({
      path,
      forEachLine: (visit) => forEachLine(file, path, visit),
      lineAt: (position) => lines.get(position),
    });
  } finally {
    await file.close();
  }
}

const IF_LOCKED = 'Wait for it to end, or use --wait 10m.';

export interface CheckpointOptions extends FileLockOptions {
  /** Told once where the imports of other files can't be told whom this one has sent. */
  readonly onAlone?: ((error: unknown) => void) | undefined;
}

/** What lines are appended to. */
type LineSink = Pick<AppendLog, 'path' | 'close' | 'append'>;

/** An open checkpoint; this process alone writes to it. Every method that notes something resolves once it is on disk. */
export class Checkpoint {
  readonly state: CheckpointState;
  readonly #log: LineSink;
  readonly #locks: readonly Lock[];
  /** For the imports of other files; undefined where nothing is shared. */
  readonly #people: OwnPeople | undefined;
  /** What imports of other files have sent. */
  #others: Pick<CheckpointState, 'names'> | undefined;

  private constructor(state: CheckpointState, log: LineSink, locks: readonly Lock[], people?: OwnPeople) {
    this.state = state;
    this.#log = log;
    this.#locks = locks;
    this.#people = people;
  }

  /**
   * Opens or makes the checkpoint at `path`, cuts off a torn last line, compacts it where that is worth it. What is locked is
   * the file, not its name: links are followed first, and hard links are one file. Where no lock can tell of another process (a
   * mount, another state folder, another machine), each sees by the file's length that it is not alone, and the first to see it stops.
   * @throws ImporterError `locked`, `bad_checkpoint`, `not_writable`
   */
  static async open(path: string, scope: Scope, options: CheckpointOptions = {}): Promise<Checkpoint> {
    const target = await targetOf(path);
    const locks = [await takeLock(target, { advice: IF_LOCKED, ...options, scope })];
    let log: AppendLog | undefined;
    try {
      log = await AppendLog.open(target, `The checkpoint ${path}`);
      locks.push(...(await takeLocksOfFile(target, options)));
      let loaded = await loadCheckpoint(log, scope);
      if (isWorthCompacting(loaded.lines, loaded.state.replacedLines) && !(await log.hasOtherNames())) {
        await compactCheckpoint(log);
        // It is another file now, and the number of the one that it was may be anybody's.
        await releaseAll(locks.splice(1));
        locks.push(...(await takeLocksOfFile(target, options)));
        loaded = await loadCheckpoint(log, scope);
      }
      assertHeld(locks);
      await log.cutTornLine();
      const people = await openPeople(log, loaded.state, options);
      const checkpoint = new Checkpoint(loaded.state, log, locks, people);
      await checkpoint.#begin(loaded, scope);
      return checkpoint;
    } catch (error) {
      await log?.close().catch(() => undefined);
      await releaseAll(locks);
      throw error;
    }
  }

  /** A checkpoint that lasts as long as the process. @param onLine told of each line that a file would hold */
  static inMemory(scope: Scope, onLine: (line: string) => void = () => undefined): Checkpoint {
    const kept = new TextPool();
    const append = (lines: readonly string[]): Promise<Place[]> => {
      lines.forEach(onLine);
      return Promise.resolve(lines.map((line) => ({ at: kept.add(line), bytes: line.length })));
    };
    const state = new CheckpointState(scope, (position) => kept.get(position));
    return new Checkpoint(state, { path: 'memory', append, close: () => Promise.resolve() }, []);
  }

  get path(): string {
    return this.#log.path;
  }

  /** Clarky answered that it has these contacts as they were sent, or they were found there so. */
  async accepted(...accepted: readonly AcceptedContact[]): Promise<void> {
    await this.#append(accepted.map((one) => acceptedFact(one, this.#namesUnder, this.#wentOutWith)));
  }

  /** A name that says less than the one that other imports know of somebody takes no place from it. */
  alsoGoBy(others: Pick<CheckpointState, 'names'>): void {
    this.#others = others;
  }

  /** Clarky refused a contact: it is not asked again until it changes. @param id under which Clarky has it all the same */
  async refused(contact: Sendable, code: string, id?: string): Promise<void> {
    const fact = refusedFact({ contact, code, id }, this.#namesUnder);
    await this.#append([fact], isToldToOthers(fact) ? [fact] : this.#neverArrived(contact));
  }

  /** A contact is about to be sent. @param atMs now, in ms since the epoch @param isAgain once more, without an answer */
  async sending(contact: Sendable, atMs: number, isAgain = false): Promise<void> {
    const payload = digestText(contact.payload);
    const again = isAgain ? ({ again: true } as const) : {};
    const leaving = leavingFact(contact, this.#namesUnder);
    await this.#append([{ ...leaving, atMs, payload, ...again }], isAgain ? [] : [leaving]);
  }

  /** What was sent for a contact was refused, and nothing is kept of that: it is asked again. */
  async answered(contact: Pick<Sendable, 'identity'>): Promise<void> {
    await this.#append([{ kind: 'answered', identity: digestText(contact.identity) }], this.#neverArrived(contact));
  }

  /**
   * A contact is about to be taken back: were nothing heard of that, Clarky may have it no more.
   * @param identity its digest, 22 characters, as an undo journal has it
   */
  async undoing(identity: string, atMs: number, isAgain = false): Promise<void> {
    await this.#append([{ kind: 'sending', identity, atMs, ...(isAgain ? { again: true } : {}) }]);
  }

  /** Clarky would not have it taken back. */
  async notUndone(identity: string): Promise<void> {
    await this.#append([{ kind: 'answered', identity }]);
  }

  /** A contact was taken back. @param now what became of it, where that is known */
  async forgotten(identity: string, now?: TakenBack | 'missing'): Promise<void> {
    await this.#append([{ kind: 'forgotten', identity, now }]);
  }

  /**
   * The contacts of the workspace that keep rows back, as they are now. Those that did before and are not named are forgotten.
   * @throws ImporterError `storage_failed`
   */
  async sawNeighbours(neighbours: readonly Neighbour[]): Promise<void> {
    const facts = this.state.neighbours.changesTo(neighbours);
    if (facts.length > 0) await this.#append(facts);
  }

  /** Notes something of the run as a whole. @throws ImporterError `storage_failed` */
  async note(...facts: readonly RunFact[]): Promise<void> {
    await this.#append(facts);
  }

  /** Before anything is written beside it. @throws ImporterError `locked` where another process has taken its lock */
  assertHeld(): void {
    assertHeld(this.#locks);
  }

  /** Waits for what is being written, then gives the file and the lock up. */
  async close(): Promise<void> {
    await this.#people?.close().catch(() => undefined);
    await this.#log.close().catch(() => undefined);
    await releaseAll(this.#locks);
  }

  async #begin(loaded: Loaded, scope: Scope): Promise<void> {
    const facts: Fact[] = [];
    if (loaded.lines === 0) facts.push({ kind: 'header', version: FORMAT_VERSION });
    if (loaded.lastScope?.api !== scope.api || loaded.lastScope.bot !== scope.bot) facts.push({ kind: 'scope', scope });
    if (facts.length === 0) return;
    await this.#append(facts);
    await syncFolderOf(this.path);
  }

  readonly #wentOutWith = (of: Sendable, contact: Points, phone: string): boolean =>
    this.state.names.wentOutWith(this.state.numberOf(of), contact, phone) === true;

  readonly #namesUnder = (point: Point): Uint8Array[] =>
    [this.state, this.#others].flatMap((known) => known?.names.under(point) ?? []);

  /** What others were told of a contact that left does not hold: it was refused. */
  #neverArrived({ identity }: Pick<Sendable, 'identity'>): Fact[] {
    if (this.state.isKnown({ identity })) return [];
    return [{ kind: 'forgotten', identity: digestText(identity), now: 'deleted' }];
  }

  /** What is written is on disk, and then counted in `state`. @param told of it to the imports of other files */
  async #append(facts: readonly Fact[], told: readonly Fact[] = facts.filter(isToldToOthers)): Promise<void> {
    this.assertHeld();
    // First, so that no other import finds somebody missing whom this one would never tell of again.
    await this.#people?.note(told);
    const places = await this.#log.append(facts.map(formatFact));
    for (const [nth, fact] of facts.entries()) this.state.apply(fact, places[nth]?.at ?? 0);
  }
}

async function openPeople(
  log: AppendLog,
  { scope, acceptedCount }: CheckpointState,
  { stateDir, onAlone = () => undefined }: CheckpointOptions,
): Promise<OwnPeople | undefined> {
  const place = await placeOf(log.path, scope, stateDir);
  return place && OwnPeople.open(place, { lines: log, scope, acceptedCount }, onAlone);
}

/** @throws ImporterError `locked` where another process has taken one of them */
function assertHeld(locks: readonly Lock[]): void {
  for (const lock of locks) lock.assertHeld();
}

async function releaseAll(locks: readonly Lock[]): Promise<void> {
  for (const lock of [...locks].reverse()) await lock.release();
}
