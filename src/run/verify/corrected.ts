/** Rows that an import rejected, as somebody corrected them in the rejects file: that is how they may have reached Clarky. */
import { stat } from 'node:fs/promises';
import type { CheckpointState } from '../../checkpoint/state.js';
import { ImporterError } from '../../errors.js';
import type { StageIds } from '../../mapping/stages.js';
import type { Contact } from '../../contact/contact.js';
import { digestText } from '../../contact/identity.js';
import { displayHeader } from '../../mapping/header.js';
import type { ColumnMapping } from '../../mapping/mapping.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import { asWritten } from '../../mapping/rejects-note.js';
import { correctedRejects } from '../outputs/edited-rejects.js';
import { fieldOf, NAMES, RejectedRows } from './rejected-rows.js';
import { inWords, rejectColumnsOf } from '../outputs/rejects.js';
import { OpenedFile } from '../reading/reading.js';
import { defaultPaths, type ReadingOptions } from '../settings.js';

/** A row as it stands in a rejects file. */
export interface Corrected {
  readonly planned: PlannedContact;
  /** The rejects file. */
  readonly path: string;
  /** False where nothing in it was changed: it can have been sent under other settings. */
  readonly isChanged: boolean;
  /**
   * The row stands as it did when it was rejected, so that all that differs was changed in the rejects file. Where that is not known, it was
   * rejected for the very thing that is wrong now, and nothing but that was changed: the rest may differ in the source, and is yet to be sent.
   */
  readonly isMended: boolean;
}

interface Candidate {
  readonly planned: PlannedContact;
  readonly path: string;
  /** By column of the source, undefined where the rejects file has another one there. */
  readonly cells: readonly (string | undefined)[];
  readonly codes: string;
  readonly message: string;
  /** What is complained of is the value to which it was corrected before. */
  readonly isRejectedAgain: boolean;
  /** When the rejects file was last saved. */
  readonly savedMs: number;
}

/** A file, and where its rejects were put, if that is told. */
export type SourceOfRejects = ReadingOptions & { readonly rejects?: string | false | undefined };

/** Where the rejects of a file are written. */
export function rejectsOf(options: SourceOfRejects): string {
  const { rejects } = options;
  return rejects === undefined || rejects === false ? defaultPaths(options.file, options).rejects : rejects;
}

export interface CorrectedRowsOptions {
  readonly options: SourceOfRejects;
  /** The file that was imported. */
  readonly file: {
    readonly dialect: { readonly header: readonly string[] };
    readonly mapping: { readonly columns: readonly ColumnMapping[] };
  };
  readonly stages: StageIds | undefined;
  /** What is known of the source and its rejects. */
  readonly state: Pick<CheckpointState, 'rejects'> | undefined;
  /** Which of them are kept; all, where it is left out. @param base the rejects file, also of one that was set aside */
  readonly isWanted?: (planned: PlannedContact, path: string, base: string) => Promise<boolean>;
}

/** Reads the rejects files once, where a row is asked for. */
export class CorrectedRows {
  readonly #of: CorrectedRowsOptions;
  readonly #header: readonly string[];
  readonly #rejected: RejectedRows;
  #byRow: Promise<ReadonlyMap<string, readonly Candidate[]>> | undefined;
  #byName: Map<string, Candidate[]> | undefined;

  constructor(of: CorrectedRowsOptions) {
    this.#of = of;
    this.#header = of.file.dialect.header;
    this.#rejected = new RejectedRows(of.file.mapping.columns, of.state?.rejects?.rows);
  }

  /** What contacts of the rejects files add to one of the file: they came in after it. */
  async addedTo({ identity }: Pick<PlannedContact, 'identity'>): Promise<readonly Contact[]> {
    const own = digestText(identity);
    const all = [...(await (this.#byRow ??= this.#read())).values()].flat();
    return all.filter(({ planned }) => digestText(planned.identity) === own).map(({ planned }) => planned.contact);
  }

  /** Whether a row stands as it did when the last import rejected it. */
  readonly stoodSo = (record: SourceRecord): boolean =>
    this.#rejected.sinceMs(rejectColumnsOf(this.#header).keyOf(record), record) !== undefined;

  /**
   * What a row became, the newest correction first; none of another row that once stood on that line.
   */
  async of(record: SourceRecord, problems: readonly Problem[]): Promise<Corrected[]> {
    const key = rejectColumnsOf(this.#header).keyOf(record);
    const codes = problems.map(({ code }) => code).join(' ');
    const message = problems.map(inWords).join(' ');
    // Whom a row has an e-mail or a phone in common with, and where, may be others by now.
    const isOfRow = problems.every(({ column }) => column === undefined);
    const sinceMs = this.#rejected.sinceMs(key, record) ?? Infinity;
    const candidates = await this.#candidates(key, record, this.#rejected.hasMoved(key, record) ? 0.5 : undefined);
    return candidates.flatMap(({ planned, path, cells, ...noted }) => {
      const { equal, filled } = compared(record, cells);
      const isOfCode = isOfRow || noted.isRejectedAgain;
      const isSameComplaint = codes !== '' && (isOfCode ? noted.codes === codes : noted.message.startsWith(message));
      // What was saved before the row stood so was made of another one.
      const isAsRejected = noted.savedMs >= sinceMs;
      if (!isSameComplaint && !isAsRejected && equal * 2 < filled) return [];
      const changed = record.cells.flatMap((cell, at) => (cell === (cells[at] ?? '') ? [] : [at]));
      const isMended = isAsRejected || (isSameComplaint && changed.every((at) => this.#isComplainedOf(at, problems)));
      return [{ planned, path, isChanged: equal < filled, isMended }];
    });
  }

  /**
   * The column of a cell for which somebody was rejected, and that was corrected, where a row has that cell still, whatever else of it has
   * changed, and wherever it stands.
   */
  async stillWrong(record: SourceRecord): Promise<string | undefined> {
    const wrong = this.#rejected.wrongPoints(record);
    if (wrong.length === 0) return undefined;
    const key = rejectColumnsOf(this.#header).keyOf(record);
    const candidates = await this.#candidates(key, record, 0);
    const found = wrong.find(({ at, sinceMs }) =>
      candidates.some(
        ({ cells, savedMs }) => savedMs >= sinceMs && cells[at] !== undefined && cells[at] !== record.cells[at],
      ),
    );
    return found && displayHeader(this.#header[found.at] ?? '');
  }

  /** What a row may have become, the newest correction first. @param alike also what stood on another line under the same name, and has this share of its cells */
  async #candidates(key: string, record: SourceRecord, alike: number | undefined): Promise<Candidate[]> {
    const byRow = await (this.#byRow ??= this.#read());
    const own = byRow.get(key) ?? [];
    if (alike === undefined) return own.toReversed();
    const name = this.#rejected.nameOf(record.cells);
    if (name.trim() === '') return own.toReversed();
    const byName = (this.#byName ??= this.#named([...byRow.values()].flat()));
    const moved = (byName.get(name) ?? []).filter((one) => {
      const { equal, filled } = compared(record, one.cells);
      return !own.includes(one) && equal >= filled * alike;
    });
    return [...moved, ...own].toReversed();
  }

  #named(all: readonly Candidate[]): Map<string, Candidate[]> {
    const byName = new Map<string, Candidate[]>();
    for (const one of all) {
      const name = this.#rejected.nameOf(one.cells);
      const there = byName.get(name);
      if (there === undefined) byName.set(name, [one]);
      else there.push(one);
    }
    return byName;
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

  async #read(): Promise<Map<string, Candidate[]>> {
    const byRow = new Map<string, Candidate[]>();
    const { workDir } = this.#of.options;
    for (const first of new Set([
      rejectsOf(this.#of.options),
      defaultPaths(this.#of.options.file, this.#of.options).rejects,
    ])) {
      let path = first;
      for (;;) {
        const paths = await correctedRejects(path);
        for (const each of paths) await this.#readReadable(each, path, byRow);
        if (paths.length === 0) break;
        path = defaultPaths(path, { workDir }).rejects;
      }
    }
    return byRow;
  }

  /** What can't be read as contacts was not imported either: it corrected nothing. */
  async #readReadable(path: string, base: string, byRow: Map<string, Candidate[]>): Promise<void> {
    try {
      await this.#readOne(path, base, byRow);
    } catch (error) {
      if (!(error instanceof ImporterError) || this.#of.options.signal?.aborted === true) throw error;
    }
  }

  async #readOne(path: string, base: string, byRow: Map<string, Candidate[]>): Promise<void> {
    const { options, stages, isWanted } = this.#of;
    const header = this.#header;
    const own = [rejectsOf(options), defaultPaths(options.file, options).rejects];
    // How the source is written, and where its own state is, is not said of a file that we wrote.
    const form = { encoding: undefined, delimiter: undefined, sheet: undefined, noHeader: undefined };
    const state = { files: undefined, name: undefined, checkpoint: undefined, stdin: undefined };
    const opened = await OpenedFile.open({ ...options, ...form, ...state, file: path });
    try {
      if (!opened.isRejectsFile) return;
      const { keyOf, noteColumn, codeColumn, own: columns } = rejectColumnsOf(opened.dialect.header);
      const sources = rejectColumnsOf(header).own;
      const at = header.map((column, index) => {
        const there = columns[sources.indexOf(index)];
        return there !== undefined && opened.dialect.header[there] === column ? there : undefined;
      });
      const reading = await opened.read(stages, options.signal);
      const savedMs = (await stat(path)).mtimeMs;
      for await (const batch of reading.planned(reading.decide(), options.signal)) {
        for (const planned of batch) {
          if (planned.kind !== 'contact' || (await isWanted?.(planned, path, base)) === false) continue;
          for (const record of planned.records) {
            const plain = asWritten(record.cells, noteColumn, opened.dialect.header);
            const cells = at.map((index) => (index === undefined ? undefined : (plain[index] ?? '')));
            const codes = record.cells[codeColumn]?.trim() ?? '';
            const message = record.cells[noteColumn] ?? '';
            const candidate = { planned, path, cells, codes, message, isRejectedAgain: !own.includes(base), savedMs };
            const key = keyOf(record);
            byRow.set(key, [...(byRow.get(key) ?? []), candidate]);
          }
        }
      }
    } finally {
      await opened.close();
    }
  }
}

/** How many cells of a row are as they are in the rejects file, of those that are filled in one of them. */
function compared(
  record: SourceRecord,
  cells: Candidate['cells'],
): { readonly equal: number; readonly filled: number } {
  const filled = record.cells.flatMap((cell, at) => (cell === '' && cells[at] === '' ? [] : [cell === cells[at]]));
  return { equal: filled.filter(Boolean).length, filled: filled.length };
}
