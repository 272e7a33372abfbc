/** The runs that a checkpoint remembers: the last one, the last that decided every row, and of a workbook the last of each sheet. */
import { DigestIndex } from '../collections/digest-index.js';

/** The counts of a run's end, as the summary has them. */
export type RunCounts = Readonly<Record<string, number>>;

/** A sheet of a workbook that was read. */
export interface SheetOf {
  /** Its name. */
  readonly name: string;
  /** How many sheets hold contacts. */
  readonly of: number;
}

/** What is noted of the beginning and the end of runs. */
export type RunMark =
  | {
      readonly kind: 'started';
      /** When, as ISO 8601. */
      readonly at: string;
      /** Data records in the file. */
      readonly rows: number;
      /** Whether the workspace was read first. */
      readonly live?: boolean;
      /** Of a workbook: the sheet that was read. */
      readonly sheet?: SheetOf | undefined;
    }
  | {
      readonly kind: 'ended';
      /** When, as ISO 8601. */
      readonly at: string;
      /** The exit status. */
      readonly exit: number;
      /** The counts of the summary. */
      readonly counts: RunCounts;
    }
  /** An undo begins, or has ended: of the contacts of an import, how many are taken back by all undos of it so far. */
  | {
      readonly kind: 'undone';
      /** When, as ISO 8601. */
      readonly at: string;
      /** The import that it was of. */
      readonly import: {
        /** When that import began. */
        readonly at: string;
        /** Of a workbook: its sheet. */
        readonly sheet?: string | undefined;
      };
      /** How many contacts that import has sent. */
      readonly of: number;
      /** How many of them are taken back. */
      readonly done: number;
      /** How many are left as they are. */
      readonly left: number;
      /** How many of those for each reason. */
      readonly because?: RunCounts | undefined;
    };

/** A run as the checkpoint remembers it; `exit` is missing where it was killed. */
export interface RunRecord {
  /** When it began, as ISO 8601. */
  readonly start: string;
  /** Data records in the file. */
  readonly rows: number;
  /** Whether the workspace was read first. */
  readonly live: boolean;
  /** Of a workbook: the sheet that was read. */
  readonly sheet?: SheetOf;
  /** When it ended, as ISO 8601. */
  readonly end?: string;
  /** The exit status. */
  readonly exit?: number;
  /** The counts of its summary. */
  readonly counts?: RunCounts;
}

/** What was taken back of an import, by one undo or several. */
export type UndoRecord = Omit<Extract<RunMark, { kind: 'undone' }>, 'kind'>;

/** No workbook has more that are worth remembering. */
export const MOST_SHEETS = 200;

export class RunHistory {
  #last: RunRecord | undefined;
  #finished: RunRecord | undefined;
  readonly #ofSheets = new Map<string, RunRecord>();
  /** By sheet, '' for what has none. */
  readonly #undone = new Map<string, UndoRecord>();
  /** The sheet of the newest undo. */
  #undoing = '';
  /** By sheet, likewise: whom the undos of its import have taken back. */
  readonly #takenBack = new Map<string, DigestIndex>();

  get last(): RunRecord | undefined {
    return this.#last;
  }

  /** The newest run that ended with every row decided. */
  get finished(): RunRecord | undefined {
    return this.#finished;
  }

  /** The newest run of each sheet of a workbook, in the order in which those were begun. */
  get ofSheets(): readonly RunRecord[] {
    return [...this.#ofSheets.values()];
  }

  /** What was taken back of the last run; undefined where nothing was. */
  get undone(): UndoRecord | undefined {
    return this.undoneOf(this.#last?.sheet?.name);
  }

  /** What was taken back of the newest run of a sheet, or of what has no sheets. */
  undoneOf(sheet: string | undefined): UndoRecord | undefined {
    return this.#undone.get(sheet ?? '');
  }

  /** Returns whether a line that told of an earlier run is now worth nothing. */
  apply(fact: RunMark): boolean {
    switch (fact.kind) {
      case 'started':
        return this.#start(fact);
      case 'ended':
        return this.#end(fact);
      case 'undone': {
        const { kind: _, ...undone } = fact;
        this.#undoing = undone.import.sheet ?? this.#last?.sheet?.name ?? '';
        const before = this.#undone.get(this.#undoing);
        if (before !== undefined && before.import.at !== undone.import.at) this.#takenBack.delete(this.#undoing);
        this.#undone.set(this.#undoing, undone);
        return before !== undefined;
      }
    }
  }

  /** A contact was taken back: known though the undo is killed before its end, and once though the next undo does it again. */
  tookBack(identity: Uint8Array): void {
    const all = this.#takenBack.get(this.#undoing) ?? new DigestIndex();
    this.#takenBack.set(this.#undoing, all);
    const isNew = all.get(identity) < 0;
    all.add(identity);
    const undone = this.#undone.get(this.#undoing);
    if (isNew && undone !== undefined) this.#undone.set(this.#undoing, { ...undone, done: undone.done + 1 });
  }

  /** Whether an undo of the newest run of a sheet has taken back this contact. */
  hasTakenBack(identity: Uint8Array, sheet: string | undefined): boolean {
    const all = this.#takenBack.get(sheet ?? '');
    return all !== undefined && all.get(identity) >= 0;
  }

  #start({ at, rows, live, sheet }: Extract<RunMark, { kind: 'started' }>): boolean {
    const before = this.#last;
    for (const ofSheets of [this.#undone, this.#takenBack]) {
      if (sheet === undefined) ofSheets.clear();
      else ofSheets.delete(sheet.name);
    }
    this.#remember({ start: at, rows, live: live === true, ...(sheet === undefined ? {} : { sheet }) });
    return before !== undefined && before !== this.#finished && !this.ofSheets.includes(before);
  }

  #end(fact: Extract<RunMark, { kind: 'ended' }>): boolean {
    if (this.#last === undefined) return false;
    const ended = { ...this.#last, end: fact.at, exit: fact.exit, counts: fact.counts };
    this.#remember(ended);
    if (!isFinished(fact)) return false;
    const isReplaced = this.#finished !== undefined && !this.ofSheets.includes(this.#finished);
    this.#finished = ended;
    return isReplaced;
  }

  #remember(run: RunRecord): void {
    this.#last = run;
    if (run.sheet === undefined) return;
    const { name } = run.sheet;
    this.#ofSheets.delete(name);
    if (this.#ofSheets.size < MOST_SHEETS) this.#ofSheets.set(name, run);
  }
}

/** True for the end of a run in which every row was decided. */
export function isFinished({ exit }: Extract<RunMark, { kind: 'ended' }>): boolean {
  return exit === 0 || exit === 3;
}

/** What a line of the checkpoint says of it. */
export function runMarkToWire(fact: RunMark): Record<string, unknown> {
  switch (fact.kind) {
    case 'started':
      return { run: 'start', at: fact.at, rows: fact.rows, live: fact.live, sheet: fact.sheet };
    case 'ended':
      return { run: 'end', at: fact.at, exit: fact.exit, counts: fact.counts };
    case 'undone':
      return {
        run: 'undo',
        at: fact.at,
        import: fact.import,
        of: fact.of,
        done: fact.done,
        left: fact.left,
        because: fact.because,
      };
  }
}

/** Reads what a line says; undefined where it is of something else. */
export function parseRunMark(w: Readonly<Record<string, unknown>>): RunMark | undefined {
  if (w.run === 'start' && typeof w.at === 'string' && typeof w.rows === 'number') {
    const sheet = isSheet(w.sheet) ? { sheet: w.sheet } : {};
    return { kind: 'started', at: w.at, rows: w.rows, ...(w.live === true ? { live: true } : {}), ...sheet };
  }
  if (
    w.run === 'undo' &&
    typeof w.at === 'string' &&
    isOfImport(w.import) &&
    isCounts({ of: w.of, done: w.done, left: w.left })
  ) {
    const [of, done, left] = [w.of, w.done, w.left] as [number, number, number];
    const because = isCounts(w.because) ? { because: w.because } : {};
    return { kind: 'undone', at: w.at, import: w.import, of, done, left, ...because };
  }
  if (w.run === 'end' && typeof w.at === 'string' && typeof w.exit === 'number' && isCounts(w.counts)) {
    return { kind: 'ended', at: w.at, exit: w.exit, counts: w.counts };
  }
  return undefined;
}

function isSheet(value: unknown): value is { name: string; of: number } {
  const { name, of } = Object(value) as { name?: unknown; of?: unknown };
  return typeof name === 'string' && typeof of === 'number';
}

function isOfImport(value: unknown): value is { at: string; sheet?: string } {
  const { at, sheet = '' } = Object(value) as { at?: unknown; sheet?: unknown };
  return typeof at === 'string' && typeof sheet === 'string';
}

function isCounts(value: unknown): value is RunCounts {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((count) => typeof count === 'number')
  );
}
