/** A mapping file and a table become a column map, and a column map becomes a mapping file. Pure. */

import { nearestNames } from '../../edit-distance.js';
import { given } from '../../given.js';
import type { ContactField } from '../../contact/contact.js';
import type { SourceRecord } from '../../source/record.js';
import { ImporterError } from '../../errors.js';
import type { Settings } from '../../settings/settings.js';
import { displayHeader, normaliseHeader } from '../header.js';
import { inferMapping } from '../infer/infer.js';
import type { ColumnMapping, InferredMapping, Target } from '../mapping.js';
import { isPoint, type FileColumn, type MappingFile } from './mapping-file.js';
import { columnsNamed } from './several-files.js';
import { wordOfTarget } from '../propose.js';

/** The mapping file that says the same as a mapping. */
export function toMappingFile(mapping: InferredMapping, settings: Settings): MappingFile {
  const occurrences = occurrencesOf(mapping.columns.map(({ header }) => displayHeader(header)));
  const columns = mapping.columns.map((column, at) => ({
    header: displayHeader(column.header),
    occurrence: occurrences[at] ?? 0,
    ...entryOf(column.target),
    ...given({ person: column.person }),
  }));
  return { version: 1, columns, settings };
}

function entryOf(target: Target): Omit<FileColumn, 'header' | 'occurrence'> {
  const to = wordOfTarget(target);
  if (target.kind === 'name') return target.lastNameFirst === true ? { to, split: 'last_first' } : { to };
  if (target.kind === 'custom') return { to, ...given({ type: target.type, dates: target.dateOrder }) };
  if (target.kind === 'field') return { to, ...given({ position: target.position, decimal: target.decimal }) };
  return { to };
}

function occurrencesOf(names: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before;
  });
}

/**
 * True where the file was written for another sheet of a workbook and names no e-mail or phone of this one: its columns say
 * nothing of it then.
 */
export function isOfOtherSheet(
  file: MappingFile,
  { sheet, header }: { readonly sheet?: string | undefined; readonly header: readonly string[] },
): boolean {
  if (!isForAnother(file, sheet)) return false;
  const here = new Set(header.map(normaliseHeader));
  return !file.columns.filter(isPoint).some((column) => here.has(normaliseHeader(column.header)));
}

function isForAnother(file: MappingFile, sheet: string | undefined): boolean {
  return file.sheet !== undefined && sheet !== undefined && file.sheet !== sheet;
}

/** The file with what another sheet's file says of columns that it does not name: it is right for both then. */
export function withOtherSheets(file: MappingFile, before: MappingFile): MappingFile {
  if (file.sheet === undefined || before.sheet === undefined || before.sheet === file.sheet) return file;
  const named = new Set(file.columns.map(({ header }) => normaliseHeader(header)));
  const others = before.columns.filter(({ header }) => !named.has(normaliseHeader(header)));
  return { ...file, columns: [...file.columns, ...others] };
}

/** A column that is named and is not there. */
export interface MissingColumn {
  readonly header: string;
  /** What it was to be sent as. */
  readonly to: string;
  /** Of the columns that nothing names, the one that may be meant. */
  readonly near: string | undefined;
}

export interface AppliedMapping {
  readonly mapping: InferredMapping;
  /** Columns that the mapping file names and the table doesn't have. */
  readonly missing: readonly MissingColumn[];
  /** Columns that the table has and the mapping file doesn't name: not sent, or undecided where they look like a field. */
  readonly added: readonly string[];
}

/**
 * Maps a table by a mapping file: columns by name and not by place, so that next month's export is mapped too. A name that
 * differs only in case, accents or punctuation is found all the same.
 * @throws ImporterError `bad_mapping` where every column that the file calls an email or a phone is missing
 */
export function applyMappingFile(
  file: MappingFile,
  table: {
    readonly header: readonly string[];
    readonly samples: readonly SourceRecord[];
    readonly fill?: readonly number[];
    readonly sheet?: string | undefined;
    /** Of several files that are one list: what the columns of each are called in it. */
    readonly ofFiles?: readonly (readonly string[])[] | undefined;
  },
): AppliedMapping {
  const inferred = inferMapping(table);
  const found = matchColumns(file.columns, inferred.columns);
  const missing = missingOf(file.columns, found, inferred.columns);
  requireContactPoints(file.columns, missing);
  // Nobody has decided anything of what the sheet of the mapping file does not have: it is no new column.
  const isKnownFile = columnsNamed(file.columns, table.ofFiles);
  const isNew = ({ index, header }: ColumnMapping): boolean =>
    !found.has(index) && !isForAnother(file, table.sheet) && isKnownFile(header);
  const columns = inferred.columns.map((column) =>
    found.has(column.index) || isNew(column) ? mapped(column, found.get(column.index)) : column,
  );
  const added = inferred.columns.filter(isNew);
  return {
    mapping: { ...inferred, columns },
    missing,
    added: added.map(({ header }) => displayHeader(header)),
  };
}

/** Maps a table by what code says of some columns; what it does not name is mapped as ever. */
export function applyColumns(
  said: readonly FileColumn[],
  table: Parameters<typeof inferMapping>[0],
): Pick<AppliedMapping, 'mapping' | 'missing'> {
  const inferred = inferMapping(table);
  const found = matchColumns(said, inferred.columns);
  const columns = inferred.columns.map((column) => {
    const told = found.get(column.index);
    return told === undefined ? column : mapped(column, told, '`mapping`');
  });
  return { mapping: { ...inferred, columns }, missing: missingOf(said, found, inferred.columns) };
}

function missingOf(
  said: readonly FileColumn[],
  found: ReadonlyMap<number, FileColumn>,
  columns: readonly ColumnMapping[],
): MissingColumn[] {
  const taken = new Set(found.values());
  const open = columns.filter(({ index }) => !found.has(index)).map(({ header }) => displayHeader(header));
  return said
    .filter((column) => !taken.has(column))
    .map(({ header, to }) => ({ header, to, near: nearestNames(header, open)[0] }));
}

/** Such as ` Did you mean "Email"?`; "" where none is near. */
export function nearColumn({ near }: MissingColumn): string {
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** By index: what the file says of the column, by its exact name first, then by its comparable form. */
function matchColumns(said: readonly FileColumn[], columns: readonly ColumnMapping[]): Map<number, FileColumn> {
  const found = new Map<number, FileColumn>();
  for (const comparable of [displayHeader, normaliseHeader]) {
    const open = columns.filter(({ index }) => !found.has(index));
    const taken = new Set(found.values());
    const left = said.filter((column) => !taken.has(column));
    const keyed = new Map<string, FileColumn[]>();
    for (const column of left) {
      const key = comparable(column.header);
      keyed.set(key, [...(keyed.get(key) ?? []), column]);
    }
    for (const column of open) {
      const next = keyed.get(comparable(column.header))?.shift();
      if (next !== undefined) found.set(column.index, next);
    }
  }
  return found;
}

/** @param by what says it, in words */
function mapped(column: ColumnMapping, said: FileColumn | undefined, by = 'the mapping file'): ColumnMapping {
  if (said !== undefined) {
    const target = targetOf(said);
    const isUndecided = target.kind === 'undecided';
    // Of a column that it leaves as it would be anyway, why that is says more.
    const isAnyway =
      wordOfTarget(target) === wordOfTarget(column.target) && (isUndecided || column.certainty !== 'undecided');
    const why = `${by} ${isUndecided ? 'leaves it undecided' : 'says so'}`;
    const reason = isAnyway ? column.reason : why;
    const { person: _inferred, ...own } = column;
    return { ...own, target, reason, certainty: isUndecided ? 'undecided' : 'sure', ...given({ person: said.person }) };
  }
  const word = wordOfTarget(column.target);
  if (column.target.kind === 'ignore' || column.target.kind === 'unmapped') return column;
  const suggestions = column.suggestions.length > 0 ? column.suggestions : suggestionsOf(column.target);
  const reason = `new: not in the mapping file${word === 'undecided' ? '' : `; it may be ${word}`}`;
  return { ...column, target: { kind: 'undecided' }, reason, certainty: 'undecided', suggestions };
}

function suggestionsOf(target: Target): ColumnMapping['suggestions'] {
  if (target.kind === 'field') return [target.field];
  return target.kind === 'name' || target.kind === 'pipeline_stage' ? [target.kind] : [];
}

function targetOf(said: FileColumn): Target {
  const key = /^custom:\s*(.+)$/s.exec(said.to)?.[1];
  if (key !== undefined)
    return { kind: 'custom', key: key.trim(), ...given({ type: said.type, dateOrder: said.dates }) };
  switch (said.to) {
    case 'name':
      return said.split === 'last_first' ? { kind: 'name', lastNameFirst: true } : { kind: 'name' };
    case 'pipeline_stage':
    case 'undecided':
      return { kind: said.to };
    case 'calling_code':
    case 'area_code':
    case 'phone_country':
      return { kind: 'phone_part', part: said.to };
    case 'ignore':
    case 'unmapped':
      return { kind: said.to, why: 'the mapping file says so' };
    default:
      // Checked when the file was read.
      return {
        kind: 'field',
        field: said.to as ContactField,
        ...given({ position: said.position, decimal: said.decimal }),
      };
  }
}

function requireContactPoints(said: readonly FileColumn[], missing: readonly MissingColumn[]): void {
  const points = missing.filter(isPoint);
  if (points.length === 0 || points.length < said.filter(isPoint).length) return;
  const names = points.map(({ header }) => `"${header}"`).join(' and ');
  const near = points.map(nearColumn).join('').trim();
  throw new ImporterError(
    'bad_mapping',
    `The mapping file expects ${names} for e-mails and phones, and the file has no such column.`,
    {
      next: `${near === '' ? '' : `${near} `}Check that it is the right file, or write a new mapping with \`clarky-contacts map FILE\`.`,
    },
  );
}
