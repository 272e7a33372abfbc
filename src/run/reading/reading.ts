/**
 * The first reading of a file: how it is written, which column is what, and who is in it. Plan, import and verify all
 * start here, and read the file a second time through `planned`.
 */
import { detectDialect, type Dialect, type DialectOptions } from '../../source/dialect.js';
import { GarbledText } from '../../source/encoding/garbled.js';
import { readRecords, type ReadOptions } from '../../source/records.js';
import type { SourceRecord } from '../../source/record.js';
import { openSource, type OpenOptions, type Source } from '../../source/opening/source.js';
import { compileFirstReading } from '../../mapping/compile/compile.js';
import { personExpander, personsInWords } from '../../mapping/compile/persons.js';
import { PlaceholderWatch } from '../../mapping/compile/placeholder-watch.js';
import type { MappingSettings } from '../../mapping/compile/settings.js';
import type { InferredMapping } from '../../mapping/mapping.js';
import { createColumnProfile, profiledColumns } from '../../mapping/compile/profile.js';
import { adoptFromOrigin } from './of-origin/decided.js';
import { LetterKeeper } from './of-origin/lost-letters.js';
import type { StageIds } from '../../mapping/stages.js';
import type { Settings } from '../../settings/settings.js';
import { Roster } from '../../plan/roster.js';
import { correctionsBeside } from './corrections/beside.js';
import { Correcting, correctionNotes } from './corrections/correcting.js';
import type { Placement } from './corrections/placement.js';
import { Reading } from './first-reading.js';
import { howWritten, readKept, type Kept } from './kept.js';
import { takenInWords, type Taken } from './kept/words.js';
import { ownFilesNote, refuseKeys } from './named-input.js';
import { FilledCells } from './filled-cells.js';
import { columnNames } from './mapping/column-names.js';
import { loadMapping, type LoadedMapping } from './mapping/mapping-source.js';
import { openSeveral } from './mapping/several-files.js';
import { toldLines } from './told-lines.js';
import { ProblemDigest } from './problem-digest.js';
import { withoutHeaderGuards } from '../outputs/rejects.js';
import { isSentByOmission } from '../plan/sent-without.js';
import { textRepair } from './text-repair.js';
import { coded, type CodedNote, compileOnSheet, sentAsText } from './reading-warnings.js';
import { resolveReadingSettings, type ReadingSettings } from './reading-settings.js';
import type { ListOfRejects, ReadingOptions } from '../settings.js';
import { listOf, type FoundList, type ListOptions } from '../known/of-rejects/list.js';

/** An opened file whose columns are known, before its records are read. */
export class OpenedFile {
  readonly source: Source;
  readonly dialect: Dialect;
  /** The first records as the file has them; the dialect has them as they were corrected. */
  readonly asInFile: Dialect['sampleRecords'];
  readonly mapping: InferredMapping;
  readonly settings: ReadingSettings;
  /** What earlier runs were told. */
  readonly kept: Kept;
  /** What a person should know about how the mapping came about. */
  readonly mappingNotes: readonly CodedNote[];
  /** The path of the mapping file, where one was used. */
  readonly mappingFile: string | undefined;
  /** Where corrections of it are, or would be. */
  readonly correctionsFile: string;
  readonly taken: Taken | undefined;
  /** Which corrections of it fit, and where. */
  readonly placement: Placement;
  /** What is said of the lines by which its rows are told, where those are another file's. */
  readonly linesNote: string | undefined;
  /** Of a rejects file, the list that it is of, where that is known. */
  readonly foundList: FoundList | undefined;
  /** A record with the line by which it is told. */
  readonly #told: ((record: SourceRecord) => SourceRecord) | undefined;
  readonly #letters: LetterKeeper | undefined;

  private constructor(
    source: Source,
    dialect: Dialect,
    loaded: LoadedMapping,
    { kept, found }: { readonly kept: Kept; readonly found: FoundList | undefined },
    settings: ReadingSettings,
    corrections: {
      readonly path: string;
      readonly placement: Placement;
      readonly asInFile: Dialect['sampleRecords'];
    },
    options: ReadingOptions,
    stronger: readonly Settings[],
  ) {
    this.foundList = found;
    this.correctionsFile = corrections.path;
    this.placement = corrections.placement;
    this.source = source;
    this.dialect = dialect;
    this.asInFile = corrections.asInFile;
    this.mapping = loaded.mapping;
    ({ told: this.#told, note: this.linesNote } = toldLines(this, options));
    this.#letters = LetterKeeper.of(this);
    const persons = personsInWords(loaded.mapping, settings.persons) ?? [];
    const lines = this.linesNote ?? [];
    this.mappingNotes = coded({ own_files: ownFilesNote(options), mapping: loaded.notes, persons, lines });
    this.mappingFile = loaded.path;
    this.settings = settings;
    this.kept = kept;
    this.taken = takenInWords(kept, ...stronger);
  }

  /**
   * Opens a file and finds out how it is written and what its columns are.
   * @throws ImporterError `file_not_found`, `file_unreadable`, `bad_encoding`, `bad_dialect`, `bad_mapping`, `usage`
   */
  static async open(given: ListOptions, keptOf = readKept): Promise<OpenedFile> {
    const ownKept = await keptOf(given);
    const { stdin, signal } = given;
    const how = { ...howWritten(given, ownKept), ...columnNames(), stdin, signal } satisfies OpenOptions &
      DialectOptions;
    const set = await openSeveral(given, how, ownKept.mapping);
    const source = set?.source ?? (await openSource(given.file, how));
    try {
      // Of several files each has read its own sheet.
      const ofSet = set === undefined ? {} : { rows: set.rows, sheet: undefined, before: undefined };
      const detected = withoutHeaderGuards(await detectDialect(source, { ...how, ...ofSet }));
      refuseKeys(source.displayName, detected);
      const found = await listOf(given, detected);
      const options = found?.isByName === false ? { ...given, list: found.list } : given;
      const kept = options.list === undefined ? ownKept : await keptOf(options);
      const { path, placement } = await correctionsBeside(options, source, detected);
      // The columns are known by their values, and those are what they were corrected to.
      const sampleRecords = new Correcting(placement.placed, detected.header).apply(detected.sampleRecords);
      const dialect = { ...detected, sampleRecords };
      const loaded = await loadMapping(options, dialect, {
        before: kept.mapping,
        ofFiles: source.members?.headers,
      });
      const settings = resolveReadingSettings(options, loaded.settings, kept.settings);
      const corrections = { path, placement, asInFile: detected.sampleRecords };
      const stronger = [options, loaded.settings];
      return new OpenedFile(source, dialect, loaded, { kept, found }, settings, corrections, options, stronger);
    } catch (error) {
      await source.dispose();
      throw error;
    }
  }

  /** Of a rejects file, the list that it is of, where its name does not tell. */
  get list(): ListOfRejects | undefined {
    return this.foundList?.isByName === false ? this.foundList.list : undefined;
  }

  /** True where a column, or a fixed value, names pipeline stages: their ids are looked up first. */
  get needsStages(): boolean {
    const isNamed = this.mapping.columns.some(({ target }) => target.kind === 'pipeline_stage');
    return isNamed || this.settings.set.has('pipeline_stage');
  }

  /** True for a rejects file of ours, whose guards are taken off and whose own columns are skipped. */
  get isRejectsFile(): boolean {
    return this.mapping.system?.id === 'clarky-rejects';
  }

  /**
   * Reads every record once.
   * @param stageIds the workspace's pipeline stages; without them stages by name are left out
   */
  async read(stageIds: StageIds | undefined, signal?: AbortSignal): Promise<Reading> {
    const settings: MappingSettings = { ...this.settings, stageIds };
    const mapProvisionally = compileOnSheet(this.dialect, () => compileFirstReading(this.mapping, settings));
    const profile = createColumnProfile(profiledColumns(this.mapping, this.settings.unmapped, this.settings.set));
    const roster = new Roster();
    const [problems, remarks] = [new ProblemDigest(), new ProblemDigest()];
    const filled = FilledCells.of(this);
    const garbled = new GarbledText();
    const notes: string[] = [];
    const correcting = new Correcting(this.placement.placed, this.dialect.header);
    const placeholders = new PlaceholderWatch();
    let ordinal = 0;
    for await (const batch of this.persons({ signal, onNote: (note) => notes.push(note) }, correcting)) {
      for (const record of batch) {
        if (!record.problem) profile.observe(ordinal, record.cells, record.given);
        filled.add(record);
        garbled.observe(record.cells);
        const row = mapProvisionally(record);
        if (row.problems.length > 0) problems.add(row, row.problems, isSentByOmission(row));
        if (row.omitted.length > 0) remarks.add(row, row.omitted);
        if (row.notes.length > 0) remarks.add(row, row.notes);
        if (row.placeholders.length > 0) placeholders.add(ordinal, row);
        roster.addRecord(row);
        ordinal++;
      }
    }
    await adoptFromOrigin(this, profile, (file) => OpenedFile.open({ file, signal }), signal);
    const ambiguous = profile.ambiguousOrdinals();
    if (this.settings.onInvalid === 'reject') {
      for (const at of ambiguous) roster.invalidate(at);
      for (const at of placeholders.sharedOrdinals()) roster.invalidate(at);
    }
    return new Reading({
      file: this,
      settings,
      roster,
      conventions: { ...profile.conventions(), sharedPlaceholders: placeholders.shared() },
      ambiguousRecords: ambiguous.length,
      ambiguousCount: (column) => profile.ambiguousCount(column.index),
      problems,
      remarks,
      fillRates: filled.rates(),
      placeholders: filled.placeholders(),
      repair: textRepair(garbled, this.dialect.header, this.settings.repairText === true),
      notes: [...notes, ...sentAsText(this.mapping, profile, roster)],
      correcting,
      staleCorrections: this.placement.stale,
      correctionNotes: correctionNotes(this.correctionsFile, correcting, this.placement),
    });
  }

  /** The records, those that hold several persons parted as the setting says. */
  async *persons(options: ReadOptions, correcting?: Correcting): AsyncGenerator<readonly SourceRecord[]> {
    const expand = personExpander(this.mapping, this.settings.persons);
    for await (const batch of this.records(options, correcting)) yield expand ? batch.flatMap(expand) : batch;
  }

  /** The records as they were corrected. */
  async *records(
    options: ReadOptions,
    correcting = new Correcting(this.placement.placed, this.dialect.header),
  ): AsyncGenerator<readonly SourceRecord[]> {
    const { signal } = options;
    const again = (): AsyncIterable<readonly SourceRecord[]> => readRecords(this.source, this.dialect, { signal });
    for await (const batch of readRecords(this.source, this.dialect, options)) {
      const corrected = correcting.apply(batch);
      const records =
        (await this.#letters?.putBack(corrected, again, (file) => OpenedFile.open({ file, signal }), signal)) ??
        corrected;
      yield this.#told === undefined ? records : records.map(this.#told);
    }
  }

  /** A cell with the letters that were put back in it. */
  asPutBack(column: number, cell: string): string {
    return this.#letters?.asPutBack(column, cell) ?? cell;
  }

  /** Shows every record that is well formed, in order. */
  async forEachRecord(visit: (record: SourceRecord, ordinal: number) => void, signal?: AbortSignal): Promise<void> {
    let ordinal = 0;
    for await (const batch of this.records({ signal })) {
      for (const record of batch) {
        if (!record.problem) visit(record, ordinal);
        ordinal++;
      }
    }
  }

  async close(): Promise<void> {
    await this.source.dispose();
  }
}
