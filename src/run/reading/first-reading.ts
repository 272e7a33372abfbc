/** A file that was read once: what is in it is known, and what is to be done with it can be decided. */
import type { Contact } from '../../contact/contact.js';
import type { Dialect } from '../../source/dialect.js';
import type { Source } from '../../source/opening/source.js';
import { LACKS_COUNTRY } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { ReadOptions } from '../../source/records.js';
import { compileMapping } from '../../mapping/compile/compile.js';
import type { Conventions } from '../../mapping/compile/profile.js';
import type { MappingSettings } from '../../mapping/compile/settings.js';
import type { ColumnMapping, InferredMapping } from '../../mapping/mapping.js';
import type { Decisions } from '../../plan/decisions.js';
import { planRecords, type Planned } from '../../plan/planned.js';
import type { Roster } from '../../plan/roster.js';
import type { Correcting } from './corrections/correcting.js';
import type { FoundList } from '../known/of-rejects/list.js';
import { likelyCountries, type LikelyCountries } from './likely-countries.js';
import type { StaleCorrection, UnfitCorrection } from './corrections/placement.js';
import type { ProblemDigest, ProblemKind } from './problem-digest.js';
import type { FilledCells } from './filled-cells.js';
import type { Taken } from './kept/words.js';
import type { Kept } from './kept.js';
import type { ReadingSettings } from './reading-settings.js';
import { type CodedNote, readingWarnings, type ReadingWarning } from './reading-warnings.js';
import type { TextRepair } from './text-repair.js';

/** What a reading goes on to need of its file. */
export interface FileAsRead {
  readonly isRejectsFile: boolean;
  readonly foundList: FoundList | undefined;
  readonly correctionsFile: string;
  readonly source: Pick<Source, 'members'>;
  readonly dialect: Dialect;
  readonly mapping: InferredMapping;
  readonly settings: ReadingSettings;
  readonly kept: Kept;
  /** What is as earlier imports of the file were told, in a sentence. */
  readonly taken: Taken | undefined;
  readonly mappingNotes: readonly CodedNote[];
  readonly mappingFile: string | undefined;
  /** A cell with the letters that were put back in it. */
  asPutBack(column: number, cell: string): string;
  /** The records as they were corrected, those that hold several persons parted. */
  persons(options: ReadOptions): AsyncIterable<readonly SourceRecord[]>;
}

export interface ReadingParts {
  readonly file: FileAsRead;
  readonly settings: MappingSettings;
  readonly roster: Roster;
  readonly conventions: Conventions;
  readonly ambiguousRecords: number;
  readonly ambiguousCount: (column: ColumnMapping) => number;
  readonly problems: ProblemDigest;
  readonly remarks: ProblemDigest;
  readonly fillRates: readonly number[];
  readonly placeholders: ReturnType<FilledCells['placeholders']>;
  readonly repair: TextRepair;
  readonly notes: readonly string[];
  readonly correcting: Pick<Correcting, 'applied' | 'rowsLeftOut'>;
  readonly staleCorrections: readonly StaleCorrection[];
  readonly correctionNotes: readonly string[];
}

/** A file that was read once: what is in it is known, and what is to be done with it can be decided. */
export class Reading {
  readonly file: FileAsRead;
  readonly roster: Roster;
  readonly conventions: Conventions;
  /** Records with an amount or a date that their column leaves open. */
  readonly ambiguousRecords: number;
  /** How many values of a column can be read in two ways. */
  readonly ambiguousCount: (column: ColumnMapping) => number;
  /** By column: the share of records with a value, 0 to 1. */
  readonly fillRates: readonly number[];
  /** By column: what stands where there is no value, and in how many rows. */
  readonly placeholders: ReturnType<FilledCells['placeholders']>;
  /** Sentences on what was left out as no data, and on text that was garbled before. */
  readonly notes: readonly string[];
  /** What an import must say before it begins: contacts may be elsewhere, texts may read otherwise. */
  readonly warnings: readonly ReadingWarning[];
  /** Of a workbook: the sheet, and how many hold contacts; undefined for what has no sheets. */
  readonly sheet: { readonly name: string; readonly of: number } | undefined;
  /** How many corrections were applied. */
  readonly corrected: number;
  /** Rows that somebody left out: they are in no other count. */
  readonly rowsLeftOut: number;
  /** Corrections that no longer fit. */
  readonly staleCorrections: readonly UnfitCorrection[];
  readonly #repair: TextRepair;
  readonly #settings: MappingSettings;
  readonly #problems: ProblemDigest;
  readonly #remarks: ProblemDigest;

  constructor(parts: ReadingParts) {
    this.file = parts.file;
    const { sheet: name, otherSheets } = parts.file.dialect;
    this.sheet = name === undefined ? undefined : { name, of: otherSheets.length + 1 };
    this.roster = parts.roster;
    this.conventions = parts.conventions;
    this.ambiguousRecords = parts.ambiguousRecords;
    this.ambiguousCount = parts.ambiguousCount;
    this.fillRates = parts.fillRates;
    this.placeholders = parts.placeholders;
    this.notes = [...parts.notes, ...parts.correctionNotes, ...parts.repair.warnings];
    this.warnings = [
      ...parts.correctionNotes.map((message) => ({ code: 'corrections', message })),
      ...readingWarnings(parts.file, { ...parts, repaired: parts.repair.warnings }),
    ];
    this.corrected = parts.correcting.applied;
    this.rowsLeftOut = parts.correcting.rowsLeftOut;
    this.staleCorrections = parts.staleCorrections.map(({ correction: { line, column }, why }) => ({
      line,
      column,
      why,
    }));
    this.#repair = parts.repair;
    this.#settings = parts.settings;
    this.#problems = parts.problems;
    this.#remarks = parts.remarks;
  }

  get rows(): number {
    return this.roster.records;
  }

  /** Problems of values by kind; what sharing and repeating add comes with `decide`. */
  get valueProblems(): readonly ProblemKind[] {
    return this.#problems.kinds();
  }

  /** Where phones lack their country: the one that the file, or every file of the list, speaks for. */
  get likelyCountries(): LikelyCountries {
    if (!this.valueProblems.some(({ code }) => code === LACKS_COUNTRY)) return { ofAll: undefined, ofSome: [] };
    return likelyCountries(this.file, this.#problems.filesLackingCountry);
  }

  /** Values left out or read with a remark, by kind. */
  get remarks(): readonly ProblemKind[] {
    return this.#remarks.kinds();
  }

  /** A cell of a column as it is sent: text that was garbled before is read back, and lost letters are there again. */
  asRead(column: number, given: string): string {
    const cell = this.file.asPutBack(column, given);
    const cells = Array.from({ length: column + 1 }, (_, at) => (at === column ? cell : ''));
    return this.#repair.apply({ line: 0, cells }).cells[column] ?? cell;
  }

  /** @param isOpen true where more of the workspace is yet to be added, and it is decided again then */
  decide(isOpen = false): Decisions {
    const { sharedPhone, sharedEmail, duplicates, lists, keepExisting } = this.file.settings;
    const replacesLists = lists === 'replace' && keepExisting !== true;
    return this.roster.decide({ sharedPhone, sharedEmail, duplicates, replacesLists }, isOpen);
  }

  /** Reads the file again: what can be read of each row, whoever it is, with its ordinal. */
  async *contacts(signal?: AbortSignal): AsyncGenerator<{ readonly ordinal: number; readonly contact: Contact }> {
    const mapRecord = compileMapping(this.file.mapping, this.#settings, this.conventions);
    let ordinal = 0;
    for await (const batch of this.file.persons({ signal })) {
      for (const record of batch) {
        const { contact, problems } = mapRecord(this.#repair.apply(record));
        if (problems.length === 0) yield { ordinal, contact };
        ordinal++;
      }
    }
  }

  /**
   * Reads the file again: one decided contact after the other.
   * @param isWanted by the ordinals of its rows, of each contact all or none; every one where it is left out
   */
  planned(
    decisions: Decisions,
    signal?: AbortSignal,
    isWanted?: (ordinal: number) => boolean,
  ): AsyncGenerator<readonly Planned[]> {
    const { file } = this;
    const mapRecord = compileMapping(file.mapping, this.#settings, this.conventions);
    return planRecords(file.persons({ signal }), {
      decisions,
      isWanted,
      columns: file.mapping.columns,
      mapRecord: (record) => mapRecord(this.#repair.apply(record)),
      omitSharedEmails: file.settings.sharedEmail === 'omit',
      omitSharedPhones: file.settings.sharedPhone === 'omit',
      keepSharedPhone: file.settings.keepSharedPhone,
    });
  }
}
