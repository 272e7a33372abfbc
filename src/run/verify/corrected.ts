/** Rows that an import rejected, as somebody corrected them in the rejects file: that is how they may have reached Clarky. */
import { stat } from 'node:fs/promises';
import type { CheckpointState } from '../../checkpoint/state.js';
import { ImporterError } from '../../errors.js';
import type { StageIds } from '../../mapping/stages.js';
import type { Contact } from '../../contact/contact.js';
import { displayHeader } from '../../mapping/header.js';
import type { ColumnMapping } from '../../mapping/mapping.js';
import { importedElsewhere } from '../known/of-rejects/noted.js';
import { placesOfRejects, type SourceOfRejects } from '../known/of-rejects/places.js';
import { checkpointOfRejects } from '../known/of-rejects/rejects-left.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import { asWritten } from '../../mapping/rejects-note.js';
import { correctedRejects } from '../outputs/edited-rejects.js';
import { fieldOf, NAMES, RejectedRows } from './rejected-rows.js';
import { messageInWords, rejectColumnsOf, type RejectColumns } from '../outputs/rejects.js';
import { OpenedFile } from '../reading/reading.js';
import { checkpointOf, defaultPaths } from '../settings.js';
import { Candidates, type Candidate } from './candidates.js';
import { isStill, RowPrints, type RowPrint } from '../known/of-rejects/sent/row-print.js';

/** A row as it stands in a rejects file. */
export interface Corrected {
  readonly planned: PlannedContact;
  /** The rejects file. */
  readonly path: string;
  /** Under which it may have been imported. */
  readonly checkpoints: readonly string[];
  /** False where nothing in it was changed: it can have been sent under other settings. */
  readonly isChanged: boolean;
  /**
   * The row stands as it did when it was rejected, so that all that differs was changed in the rejects file. Where that is not known, it was
   * rejected for the very thing that is wrong now, and nothing but that was changed: the rest may differ in the source, and is yet to be sent.
   */
  readonly isMended: boolean;
}

export interface CorrectedRowsOptions {
  readonly options: SourceOfRejects;
  /** The file that was imported. */
  readonly file: {
    readonly dialect: { readonly header: readonly string[] };
    readonly mapping: { readonly columns: readonly ColumnMapping[] };
    /** Where an import before was told to put the rejects. */
    readonly kept: { readonly rejects: string | undefined };
  };
  readonly stages: StageIds | undefined;
  /** What is known of the source and its rejects. */
  readonly state: Pick<CheckpointState, 'rejects'> | undefined;
  /** Which of them are kept; all, where it is left out. @param checkpoints under which the file may have been imported */
  readonly isWanted?: (planned: PlannedContact, path: string, checkpoints: readonly string[]) => Promise<boolean>;
}

/** A rejects file, and under which checkpoint it was imported where that is not beside it. */
interface Place {
  readonly file: string;
  readonly checkpoint?: string;
}

/** Reads the rejects files once, where a row is asked for. */
export class CorrectedRows {
  readonly #of: CorrectedRowsOptions;
  readonly #header: readonly string[];
  readonly #columns: RejectColumns;
  readonly #rejected: RejectedRows;
  /** True where the rejects of several sheets were written. */
  readonly #hasSheets: boolean;
  readonly #prints: RowPrints;
  #candidates: Promise<Candidates> | undefined;

  constructor(of: CorrectedRowsOptions) {
    this.#of = of;
    this.#header = of.file.dialect.header;
    this.#columns = rejectColumnsOf(this.#header);
    this.#rejected = new RejectedRows(of.file.mapping.columns, of.state?.rejects?.rows);
    this.#hasSheets = new Set(Object.values(of.state?.rejects?.sheets ?? {})).size > 1;
    this.#prints = new RowPrints(this.#header, of.file.mapping.columns);
  }

  /** What contacts of the rejects files add to one of the file: they came in after it. */
  async addedTo({ identity }: Pick<PlannedContact, 'identity'>): Promise<readonly Contact[]> {
    const candidates = await (this.#candidates ??= this.#read());
    return candidates.ofIdentity(identity).map(({ planned }) => planned.contact);
  }

  /** By which its rejects file tells a row. */
  readonly keyOf = (record: SourceRecord): string => this.#columns.keyOf(record);

  /** Whether a row is the one that stood so when it was rejected. */
  readonly isStill = (record: SourceRecord, stood: RowPrint, isOnLine: boolean): boolean =>
    isStill(this.#prints.of(record), stood, isOnLine);

  /** Since when a row stands as it did when it was rejected on that line; undefined where it did not. */
  readonly stoodOn = (key: string, record: SourceRecord): number | undefined => this.#rejected.sinceMsOn(key, record);

  /** Whether it stands so on another line by now. */
  readonly hasMoved = (record: SourceRecord): boolean => this.#rejected.hasMoved(this.keyOf(record), record);

  /** Whether a row stands as it did when the last import rejected it. */
  readonly stoodSo = (record: SourceRecord): boolean =>
    this.#rejected.sinceMs(this.#columns.keyOf(record), record) !== undefined;

  /**
   * What a row became, the newest correction first; none of another row that once stood on that line.
   */
  async of(record: SourceRecord, problems: readonly Problem[]): Promise<Corrected[]> {
    const key = this.#columns.keyOf(record);
    const codes = problems.map(({ code }) => code).join(' ');
    const message = messageInWords(problems);
    // Whom a row has an e-mail or a phone in common with, and where, may be others by now.
    const isOfRow = problems.every(({ column }) => column === undefined);
    const sinceMs = this.#rejected.sinceMs(key, record) ?? Infinity;
    const candidates = await this.#like(key, record, this.#rejected.hasMoved(key, record) ? 0.5 : undefined);
    return candidates.flatMap(({ planned, path, checkpoints, cells, ...noted }) => {
      const { equal, filled } = compared(record, cells);
      const isOfCode = isOfRow || noted.isRejectedAgain;
      const isSameComplaint = codes !== '' && (isOfCode ? noted.codes === codes : noted.message.startsWith(message));
      // What was saved before the row stood so was made of another one.
      const isAsRejected = noted.savedMs >= sinceMs;
      const isAlike = equal * 2 >= filled;
      // A line of another sheet is another row's.
      if (!isAlike && (this.#hasSheets || !(isSameComplaint || isAsRejected))) return [];
      const changed = record.cells.flatMap((cell, at) => (cell === (cells[at] ?? '') ? [] : [at]));
      const isMended = isAsRejected || (isSameComplaint && changed.every((at) => this.#isComplainedOf(at, problems)));
      return [{ planned, path, checkpoints, isChanged: equal < filled, isMended }];
    });
  }

  /**
   * The column of a cell for which somebody was rejected, and that was corrected, where a row has that cell still, whatever else of it has
   * changed, and wherever it stands.
   */
  async stillWrong(record: SourceRecord): Promise<string | undefined> {
    const wrong = this.#rejected.wrongPoints(record);
    if (wrong.length === 0) return undefined;
    const key = this.#columns.keyOf(record);
    const candidates = await this.#like(key, record, 0);
    const found = wrong.find(({ at, sinceMs }) =>
      candidates.some(
        ({ cells, savedMs }) => savedMs >= sinceMs && cells[at] !== undefined && cells[at] !== record.cells[at],
      ),
    );
    return found && displayHeader(this.#header[found.at] ?? '');
  }

  /** What a row may have become, the newest correction first. @param alike also what stood on another line under the same name, and has this share of its cells */
  async #like(key: string, record: SourceRecord, alike: number | undefined): Promise<Candidate[]> {
    const candidates = await (this.#candidates ??= this.#read());
    const own = candidates.ofRow(key);
    const name = alike === undefined ? '' : this.#rejected.nameOf(record.cells);
    if (alike === undefined || name.trim() === '') return own.toReversed();
    const moved = candidates.ofName(name).filter((one) => {
      const { equal, filled } = compared(record, one.cells);
      return own.every(({ at }) => at !== one.at) && equal >= filled * alike;
    });
    return [...moved, ...own].toReversed();
  }

  /** What two people share is mended in an e-mail or phone of one; a row that is nobody's is made somebody's. */
  #isComplainedOf(at: number, problems: readonly Problem[]): boolean {
    const { columns } = this.#of.file.mapping;
    const mapped = columns.find(({ index }) => index === at);
    const field = mapped && fieldOf(mapped);
    return problems.some(({ code, column }) => {
      if (column !== undefined) return column === displayHeader(this.#header[at] ?? '');
      const isPoint = field === 'emails' || field === 'phone_numbers' || field === 'phone_part';
      return isPoint || (code === 'no_identity' && NAMES.has(field ?? ''));
    });
  }

  get #checkpoint(): string {
    const { options } = this.#of;
    return checkpointOf(options.file, options);
  }

  async #read(): Promise<Candidates> {
    const candidates = new Candidates((cells) => this.#rejected.nameOf(cells));
    const { options, file } = this.#of;
    const places = placesOfRejects(options, file.kept.rejects).map((path): Place => ({ file: path }));
    for (const first of [...places, ...(await importedElsewhere(this.#checkpoint, options.stateDir))]) {
      let { file: path } = first;
      for (;;) {
        const paths = await correctedRejects(path);
        for (const each of paths) await this.#readReadable(each, path, first, candidates);
        if (paths.length === 0) break;
        path = defaultPaths(path, { workDir: options.workDir }).rejects;
      }
    }
    return candidates;
  }

  /** What can't be read as contacts was not imported either: it corrected nothing. */
  async #readReadable(path: string, base: string, first: Place, candidates: Candidates): Promise<void> {
    try {
      await this.#readOne(path, base, first, candidates);
    } catch (error) {
      if (!(error instanceof ImporterError) || this.#of.options.signal?.aborted === true) throw error;
    }
  }

  async #readOne(path: string, base: string, first: Place, candidates: Candidates): Promise<void> {
    const { options, stages, isWanted } = this.#of;
    const header = this.#header;
    // How the source is written, and where its own state is, is not said of a file that we wrote.
    const form = { encoding: undefined, delimiter: undefined, sheet: undefined, noHeader: undefined };
    const checkpoint = path === first.file ? first.checkpoint : undefined;
    const list = { file: options.file, checkpoint: this.#checkpoint };
    const checkpoints = [...[base, path].map((each) => checkpointOfRejects(each, options)), checkpoint ?? []].flat();
    const state = { files: undefined, name: undefined, checkpoint, stdin: undefined, list };
    const opened = await OpenedFile.open({ ...options, ...form, ...state, file: path });
    try {
      if (!opened.isRejectsFile) return;
      const { keyOf, noteColumn, codeColumn, own: columns } = rejectColumnsOf(opened.dialect.header);
      const sources = this.#columns.own;
      const at = header.map((column, index) => {
        const there = columns[sources.indexOf(index)];
        return there !== undefined && opened.dialect.header[there] === column ? there : undefined;
      });
      const reading = await opened.read(stages, options.signal);
      const file = { path, checkpoints, isRejectedAgain: base !== first.file, savedMs: (await stat(path)).mtimeMs };
      for await (const batch of reading.planned(reading.decide(), options.signal)) {
        for (const planned of batch) {
          if (planned.kind !== 'contact' || (await isWanted?.(planned, path, checkpoints)) === false) continue;
          for (const record of planned.records) {
            const plain = asWritten(record.cells, noteColumn, opened.dialect.header);
            const cells = at.map((index) => (index === undefined ? undefined : (plain[index] ?? '')));
            const codes = record.cells[codeColumn]?.trim() ?? '';
            candidates.add(keyOf(record), file, { planned, cells, codes, message: record.cells[noteColumn] ?? '' });
          }
        }
      }
    } finally {
      await opened.close();
    }
  }
}

/** How many cells of a row are as they are in the rejects file, of those that are filled in one of them. */
export function compared(
  record: Pick<SourceRecord, 'cells'>,
  cells: Candidate['cells'],
): { readonly equal: number; readonly filled: number } {
  const filled = record.cells.flatMap((cell, at) => (cell === '' && cells[at] === '' ? [] : [cell === cells[at]]));
  return { equal: filled.filter(Boolean).length, filled: filled.length };
}
