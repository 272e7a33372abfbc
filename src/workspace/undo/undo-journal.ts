/** What the newest live import changed, on disk before it is changed, so that it can be taken back. */
import { access, rm } from 'node:fs/promises';
import { isSameScope, type Scope } from '../../checkpoint/format.js';
import { hasErrno, notWritable } from '../../storage/failures.js';
import { AppendLog } from '../../storage/append-log.js';
import type { Lock } from '../../storage/lock.js';
import { notOurs } from '../../storage/json-lines.js';
import { openForReading } from '../../storage/private-file.js';
import { FORMAT_NAME, formatUndoFact, parseUndoFact, type UndoFact } from './undo-lines.js';

/** An address, a bot and a time. */
const MOST_OF_A_HEADER = 16 * 1024;

type Sending = Extract<UndoFact, { kind: 'sending' }>;
type Accepted = Extract<UndoFact, { kind: 'accepted' }>;

/** One contact that a live import sent and that has not been taken back. */
export interface UndoEntry
  extends
    Pick<Sending, 'identity' | 'line' | 'file' | 'id' | 'before' | 'wrote' | 'left' | 'seen' | 'restores'>,
    Pick<Accepted, 'created' | 'after' | 'others'> {
  /** True where it was in the workspace before, so far as was known. */
  readonly wasThere: boolean;
  readonly isAccepted: boolean;
  /** True where no answer came, and Clarky was seen not to have it when it could not arrive any more. */
  readonly hasNotCome?: boolean | undefined;
  /** True where Clarky rejected it, or it never left. */
  readonly wasNotTaken?: boolean | undefined;
  /** True where Clarky rejected what was to be written, and so nothing of it is under way. */
  readonly wasRejected?: boolean | undefined;
  /** The id that Clarky has it under by now, where that is another and only its list shows it. */
  readonly listedAs?: string | undefined;
  /** True where another file's import counts it as being in Clarky. */
  readonly isElsewhere?: boolean | undefined;
}

export class UndoJournal {
  readonly #file: AppendLog;
  readonly #keeps: 'all' | 'unanswered';
  readonly #entries: Map<string, UndoEntry>;
  readonly #lock: Pick<Lock, 'assertHeld'>;
  #header: JournalHeader | undefined;
  #hasEnded: boolean;

  private constructor(file: AppendLog, keeps: 'all' | 'unanswered', loaded: Loaded, lock: Pick<Lock, 'assertHeld'>) {
    this.#file = file;
    this.#keeps = keeps;
    this.#lock = lock;
    this.#entries = loaded.entries;
    this.#header = loaded.header;
    this.#hasEnded = loaded.hasEnded;
  }

  /**
   * Opens the journal at `path`, or makes an empty one.
   * @param keeps what is held in memory: everything, or what no answer came to, which is all that an import asks for
   * @param lock what it is written under, where that is not held for a moment alone
   * @throws ImporterError `bad_checkpoint` for a file that is not ours or is damaged, `not_writable`
   */
  static async open(
    path: string,
    keeps: 'all' | 'unanswered',
    lock: Pick<Lock, 'assertHeld'> = { assertHeld: () => undefined },
  ): Promise<UndoJournal> {
    const loaded: Loaded = { entries: new Map(), header: undefined, hasEnded: false };
    const file = await AppendLog.load(path, FORMAT_NAME, (line) => {
      const fact = parseUndoFact(line);
      if (fact === undefined || (loaded.header === undefined && fact.kind !== 'header')) throw notOurs(path);
      if (fact.kind === 'header') loaded.header ??= fact;
      else if (fact.kind === 'ended') loaded.hasEnded = true;
      else {
        // More was sent: an import of corrected rejects goes on with the journal of its file's import.
        if (fact.kind === 'sending') loaded.hasEnded = false;
        applyFact(loaded.entries, fact, keeps);
      }
    });
    return new UndoJournal(file, keeps, loaded, lock);
  }

  /** True where there is a journal. */
  static async exists(path: string): Promise<boolean> {
    try {
      await access(path);
      return true;
    } catch (error) {
      // Under a name that is too long none was ever written.
      if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG')) return false;
      throw notWritable(path, error);
    }
  }

  /** What the journal at `path` is of, without changing it: another import may be writing to it. */
  static async headerOf(path: string): Promise<JournalHeader | undefined> {
    const file = await openForReading(path);
    if (file === undefined) return undefined;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_OF_A_HEADER), 0, MOST_OF_A_HEADER, 0);
      const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
      const fact = parseUndoFact(line);
      return fact?.kind === 'header' ? fact : undefined;
    } finally {
      await file.close();
    }
  }

  /** Where the import went; undefined for an empty journal. */
  get scope(): Scope | undefined {
    return this.#header?.scope;
  }

  /** When the import began, and of a workbook its sheet; undefined for an empty journal. */
  get import(): Pick<JournalHeader, 'at' | 'sheet'> | undefined {
    return this.#header;
  }

  /** What can be taken back, in the order in which it was sent. */
  get entries(): readonly UndoEntry[] {
    return [...this.#entries.values()];
  }

  entryOf(identity: string): UndoEntry | undefined {
    return this.#entries.get(identity);
  }

  /** True where an import to this scope was stopped before its end: the next one goes on with its journal. */
  isOpenFor(scope: Scope): boolean {
    return !this.#hasEnded && this.isOf(scope);
  }

  /** True where the import that it is of went to this scope. */
  isOf(scope: Scope): boolean {
    return isSameScope(this.scope, scope);
  }

  /** Begins anew. */
  async begin(scope: Scope, at: string, sheet?: string): Promise<void> {
    this.#lock.assertHeld();
    await this.#file.clear();
    this.#entries.clear();
    this.#hasEnded = false;
    this.#header = { kind: 'header', scope, at, sheet };
    await this.#file.append([formatUndoFact(this.#header)]);
  }

  /** Another run goes on with the import, and makes it the newest. */
  async goOn(at: string): Promise<void> {
    this.#lock.assertHeld();
    if (this.#header !== undefined) await this.#file.append([formatUndoFact({ ...this.#header, at })]);
  }

  /** The import is not gone on with: it came to its end, or an undo has looked at all of it. */
  async end(): Promise<void> {
    if (this.#header !== undefined && !this.#hasEnded) await this.append({ kind: 'ended' });
  }

  /** Writes facts; on disk when it resolves. @throws ImporterError `storage_failed`, `locked` */
  async append(fact: Exclude<UndoFact, { kind: 'header' }>): Promise<void> {
    this.#lock.assertHeld();
    await this.#file.append([formatUndoFact(fact)]);
    if (fact.kind === 'ended') this.#hasEnded = true;
    else {
      if (fact.kind === 'sending') this.#hasEnded = false;
      applyFact(this.#entries, fact, this.#keeps);
    }
  }

  /** Leaves no empty file behind. */
  async close(): Promise<void> {
    await this.#file.close();
    if (this.#header === undefined) await rm(this.#file.path, { force: true });
  }
}

/** What an import is that a journal is of. */
export type JournalHeader = Extract<UndoFact, { kind: 'header' }>;

interface Loaded {
  readonly entries: Map<string, UndoEntry>;
  header: JournalHeader | undefined;
  hasEnded: boolean;
}

function applyFact(
  entries: Map<string, UndoEntry>,
  fact: Exclude<UndoFact, { kind: 'header' | 'ended' }>,
  keeps: 'all' | 'unanswered',
): void {
  const earlier = entries.get(fact.identity);
  switch (fact.kind) {
    case 'sending':
      entries.set(fact.identity, {
        identity: fact.identity,
        line: fact.line,
        file: fact.file,
        id: fact.id ?? earlier?.id,
        wasThere: earlier?.wasThere ?? fact.id !== undefined,
        created: earlier?.created,
        isAccepted: earlier?.isAccepted ?? false,
        // One import sent it twice, and was stopped in between: undo goes back to what was there first.
        before: { ...fact.before, ...earlier?.before },
        wrote: { ...earlier?.wrote, ...fact.wrote },
        left: fact.left && { ...fact.left, ...earlier?.left },
        seen: earlier === undefined ? fact.seen : earlier.seen,
        restores: earlier === undefined ? fact.restores : earlier.restores,
        after: earlier?.after,
      });
      break;
    case 'accepted':
      if (earlier === undefined) break;
      if (keeps === 'unanswered') {
        entries.delete(fact.identity);
        break;
      }
      entries.set(fact.identity, {
        ...earlier,
        id: fact.id,
        // Clarky wrote to another contact than the one that was meant: what that one held is not known.
        wasThere: earlier.wasThere && fact.id === earlier.id,
        created: earlier.created === true || earlier.isAccepted ? earlier.created : fact.created,
        isAccepted: true,
        after: fact.after,
        others: fact.others,
      });
      break;
    case 'undone':
      entries.delete(fact.identity);
      break;
  }
}

/** The e-mails and phones that an import wrote. */
export function pointsWritten({ wrote }: UndoEntry): { readonly emails: string[]; readonly phone_numbers: string[] } {
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  return { emails: texts(wrote.emails), phone_numbers: texts(wrote.phone_numbers) };
}
