/** A mapping to be looked at, changed and kept. */
import { access, rm } from 'node:fs/promises';
import { given } from '../given.js';
import { toMappingFile, withOtherSheets } from '../mapping/file/apply-file.js';
import { formatMappingFile } from '../mapping/file/format-mapping-file.js';
import type { MappingFile } from '../mapping/file/mapping-file.js';
import { parseMappingFile } from '../mapping/file/parse-mapping-file.js';
import type { ColumnMapping, DateOrder, Decimal, InferredMapping } from '../mapping/mapping.js';
import { likelyReading } from '../mapping/likely-reading.js';
import {
  createColumnProfile,
  profiledColumns,
  type ColumnProfile,
  type ProfiledColumn,
} from '../mapping/compile/profile.js';
import { replaceFile } from '../storage/replacement.js';
import { draftOf } from './map-draft.js';
import { checkRunPaths, makeWorkDir } from './outputs/check.js';
import { fillRatesOf } from './reading/filled-cells.js';
import { howWrittenOf, readKept } from './reading/kept.js';
import { readMapping } from './reading/mapping/mapping-source.js';
import { OpenedFile } from './reading/reading.js';
import type { ReadingSettings } from './reading/reading-settings.js';
import { defaultPaths, type ReadingOptions } from './settings.js';

export interface Proposal {
  /** Where the mapping file is, or is to be. */
  readonly path: string;
  readonly mapping: InferredMapping;
  readonly settings: ReadingSettings;
  /** The sheet that it is decided for, where the workbook has others with contacts. */
  readonly sheet: string | undefined;
  /** True where the proposal comes from a mapping file that is there already. */
  readonly isThere: boolean;
  /** True where the proposal comes from what was decided before and not finished. */
  readonly isDraft: boolean;
  /** How the file was read, so far as that was a choice: which sheet, where the header is, in which encoding. */
  readonly notes: readonly string[];
}

/**
 * Proposes a mapping, with the share of filled cells and samples from the whole file.
 * @throws ImporterError with an exit status of 2
 */
export async function proposeMapping(options: ReadingOptions): Promise<Proposal> {
  const path = options.mapping ?? defaultPaths(options.file, options).mapping;
  makeWorkDir(options);
  // One that is broken can be set aside where it is ours by its name; one that was named may be anything.
  if (options.mapping !== undefined) await checkRunPaths([options.file], { mapping: path });
  const draft = draftOf(path);
  const [isThere, isDraft] = await Promise.all([isReadable(path), isReadable(draft)]);
  const before = (await readKept(options)).mapping;
  const from = isDraft
    ? draft
    : isThere
      ? path
      : before !== undefined && (await isReadable(before))
        ? before
        : undefined;
  const file = await openBy(options, from);
  try {
    await checkRunPaths([options.file], { mapping: path });
    const fillRates = await fillRatesOf(file, options.signal);
    const columns = file.mapping.columns.map((column) => ({
      ...column,
      fillRate: fillRates[column.index] ?? 0,
      reason: isDraft ? reasonOfDraft(column.reason) : column.reason,
    }));
    const { settings } = file;
    const mapping = await decidedIn(file, { ...file.mapping, columns }, options.signal);
    return { path, mapping, settings, sheet: sheetOf(file), isThere, isDraft, notes: file.dialect.notes };
  } finally {
    await file.close();
  }
}

/** What a draft says differently from us was answered by the person at an earlier turn: no mapping file is there yet. */
function reasonOfDraft(reason: string): string {
  return reason.replace(/^the mapping file says so$/, 'you decided so').replace(/^the mapping file leaves/, 'you left');
}

/** The sheet that a mapping of the file is decided for; nothing where there is but one. */
export function sheetOf({ dialect }: OpenedFile): string | undefined {
  return dialect.otherSheets.length > 0 ? dialect.sheet : undefined;
}

/**
 * Opens the file to be mapped anew: by this mapping file or by none, whatever an import went by. What an import was told stays in the
 * checkpoint: in the mapping file is what is told of it.
 */
export function openBy(options: ReadingOptions, mapping: string | undefined): Promise<OpenedFile> {
  return OpenedFile.open({ ...options, mapping }, async (told) => {
    const kept = await readKept(told);
    return { ...kept, settings: howWrittenOf(kept.settings), mapping: undefined };
  });
}

function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A column whose amounts or dates can be read in two ways, and nothing in it decides. */
export interface OpenColumn {
  readonly column: ColumnMapping;
  readonly kind: 'money' | 'date';
  /** How many values it is about. */
  readonly values: number;
  /** How such values are usually written in a file like this; undefined where nothing speaks for either. */
  readonly likely: Decimal | DateOrder | undefined;
}

/** Which columns of a mapping leave open how their amounts or dates are to be read, over the whole file. */
export async function findOpenColumns(options: ReadingOptions, mapping: InferredMapping): Promise<OpenColumn[]> {
  const profiled = profiledColumns(mapping, 'ignore');
  if (profiled.length === 0) return [];
  const file = await openBy(options, undefined);
  try {
    const profile = await profileOf(file, profiled, options.signal);
    return profiled.flatMap(({ index, kind }) => {
      const column = mapping.columns.find((candidate) => candidate.index === index);
      const values = profile.ambiguousCount(index);
      if (column === undefined || kind === 'custom' || values === 0) return [];
      const likely = likelyReading(kind, file.settings.country, file.dialect.delimiter);
      return [{ column, kind, values, likely }];
    });
  } finally {
    await file.close();
  }
}

/** The mapping with what the whole file decided of its amounts and dates: a few rows of the same program may not show it. */
export async function withDecided(options: ReadingOptions, mapping: InferredMapping): Promise<InferredMapping> {
  const file = await openBy(options, undefined);
  try {
    return await decidedIn(file, mapping, options.signal);
  } finally {
    await file.close();
  }
}

/** The same of a file that is open. */
export async function decidedIn(
  file: OpenedFile,
  mapping: InferredMapping,
  signal: AbortSignal | undefined,
): Promise<InferredMapping> {
  const profiled = profiledColumns(mapping, 'ignore');
  if (profiled.length === 0) return mapping;
  const { decimals, dateOrders, customKinds } = (await profileOf(file, profiled, signal)).conventions();
  const columns = mapping.columns.map((column): ColumnMapping => {
    const { target, index } = column;
    const [decimal, dateOrder] = [decimals.get(index), dateOrders.get(index)];
    if (target.kind === 'field' && decimal !== undefined) return { ...column, target: { decimal, ...target } };
    const isDate = target.kind === 'custom' && (target.type ?? customKinds.get(index)) === 'date';
    return isDate && dateOrder !== undefined ? { ...column, target: { dateOrder, ...target } } : column;
  });
  return { ...mapping, columns };
}

async function profileOf(
  file: OpenedFile,
  profiled: readonly ProfiledColumn[],
  signal: AbortSignal | undefined,
): Promise<ColumnProfile> {
  const profile = createColumnProfile(profiled);
  await file.forEachRecord((record, ordinal) => profile.observe(ordinal, record.cells, record.given), signal);
  return profile;
}

type Decided = Pick<Proposal, 'path' | 'settings' | 'sheet'>;

/** Writes the mapping file of a proposal; a draft is done with then. @throws ImporterError `not_writable` */
export async function writeMapping(decided: Decided, mapping: InferredMapping): Promise<void> {
  await write(decided.path, decided, mapping);
  await rm(draftOf(decided.path), { force: true });
}

/** Keeps what was decided, without using it yet. @throws ImporterError `not_writable` */
export async function keepDraft(proposal: Proposal, mapping: InferredMapping): Promise<void> {
  await write(draftOf(proposal.path), proposal, mapping);
}

async function write(to: string, { path, settings, sheet }: Decided, mapping: InferredMapping): Promise<void> {
  const file = {
    ...toMappingFile(mapping, { ...settings, set: Object.fromEntries(settings.set) }),
    ...given({ sheet }),
  };
  // One that is broken has nothing that could be kept.
  const before =
    sheet === undefined ? undefined : await readMapping({ file: '', mapping: path }).catch(() => undefined);
  await writeMappingFile(to, before === undefined ? file : withOtherSheets(file, before.file));
}

/**
 * Nothing is written that could not be read again.
 * @throws ImporterError `not_writable`, `bad_mapping`
 */
export async function writeMappingFile(path: string, file: MappingFile): Promise<void> {
  const text = formatMappingFile(file);
  await parseMappingFile(text, path);
  await replaceFile(path, text);
}
