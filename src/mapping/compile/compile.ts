/** A column map made into a function from records to contacts. */

import type { ContactField } from '../../contact/contact.js';
import type { Problem } from '../../problem.js';
import { asWritten, lettersInWords, rewrittenIn, rewrittenInWords, stillLost } from '../rejects-note.js';
import type { SourceRecord } from '../../source/record.js';
import type { CellReader, Refuse } from './cell-readers.js';
import { readerOf, type Compiling } from './column-reader.js';
import { companionsOf } from './phone-companions.js';
import { requireContactPoint } from '../contact-point.js';
import { FirmRows } from './firm-rows.js';
import { readFixedValues } from './fixed-values.js';
import { customKeyOf } from '../infer/infer.js';
import { displayHeader, headerKey } from '../header.js';
import { pairLabels } from '../labels.js';
import { DraftRow, type MappedRow } from './mapped-row.js';
import type { ColumnMapping, InferredMapping, Target } from '../mapping.js';
import { NameColumns } from './name-columns.js';
import type { Conventions } from './profile.js';
import { RowRegion } from './row-region.js';
import { SeveralPeople } from './several-people.js';
import type { MappingSettings } from './settings.js';

interface CompiledColumn {
  readonly index: number;
  /** The column's label, -1 without one. */
  readonly label: number;
  readonly read: CellReader;
  /** The column tells who is who, or whether a row is good; a company does where nobody is named. */
  readonly matters: 'always' | 'unless named' | 'later';
}

/**
 * Compiles a mapping. The function never throws: what is wrong with a row is in its problems, each with its column. A row
 * without email and phone has the problem `no_identity`.
 *
 * Without `conventions` the reading is provisional, for the first pass: amounts and dates that only the whole column can
 * decide are passed over, neither read nor refused (`ColumnProfile.ambiguousOrdinals` tells afterwards which rows fail).
 *
 * @throws ImporterError `bad_mapping` where no column is an email or a phone; `usage` for a fixed value that can't be
 */
export function compileMapping(
  mapping: InferredMapping,
  settings: MappingSettings,
  conventions?: Conventions,
): (record: SourceRecord) => MappedRow {
  return compile(mapping, settings, conventions, false);
}

/**
 * Compiles a mapping for the first pass, which asks who is in the file and what is wrong with it: provisional, and with the
 * same problems, omissions, notes, emails, phones and names as `compileMapping`, but without texts and tags, which
 * take the most time to read.
 * @throws ImporterError as `compileMapping`
 */
export function compileFirstReading(
  mapping: InferredMapping,
  settings: MappingSettings,
): (record: SourceRecord) => MappedRow {
  return compile(mapping, settings, undefined, true);
}

/** Where a rejects file of ours says of each row which cells it guarded. */
function guardNoteColumn({ system, columns }: InferredMapping): number | undefined {
  if (system?.id !== 'clarky-rejects') return undefined;
  return columns.find(({ header }) => header.trim().toLowerCase() === 'import_message')?.index;
}

function compile(
  mapping: InferredMapping,
  settings: MappingSettings,
  conventions: Conventions | undefined,
  isFirstReading: boolean,
): (record: SourceRecord) => MappedRow {
  requireContactPoint(mapping);
  const fixed = readFixedValues(settings.set, settings.stageIds);
  const regions = new RowRegion(mapping, fixed);
  const names = new NameColumns(mapping, settings.keepPlaceholders === true);
  const several = new SeveralPeople(mapping);
  const firms = new FirmRows(mapping, fixed.names);
  const companions = companionsOf(mapping);
  const all = compileColumns(mapping, { settings, conventions, regions, fixed, companions });
  const columns = isFirstReading ? all.filter(({ matters }) => matters === 'always') : all;
  const ofNameless = isFirstReading ? all.filter(({ matters }) => matters === 'unless named') : [];
  const header = mapping.columns.map((column) => column.header);
  const isChildRow = childRows(header);
  const guardNote = guardNoteColumn(mapping);

  return (record) => {
    const row = new DraftRow(record);
    if (record.problem !== undefined) {
      row.reject(record.problem);
      return row;
    }
    if (isChildRow?.(record.cells) === true) {
      row.reject(CHILD_ROW);
      return row;
    }
    const cells = guardNote === undefined ? record.cells : asWritten(record.cells, guardNote, header);
    if (guardNote !== undefined) {
      const rewritten = rewrittenIn(record.cells, guardNote, header);
      noteChanged(
        [
          ...rewritten.map((one) => ({ at: one.column, said: rewrittenInWords(one) })),
          ...(record.letters ?? []).map((one) => ({ at: one.column, said: lettersInWords(one) })),
        ],
        mapping.columns,
        row,
      );
      for (const lost of stillLost(record.cells, guardNote, header)) {
        // What is left out anyway nobody need type in.
        const column = mapping.columns.find(({ index, target }) => index === lost && target.kind !== 'ignore');
        if (column !== undefined) row.reject({ ...STILL_LOST, column: displayHeader(column.header) });
      }
    }
    regions.read(cells);
    readCells(columns, cells, row, record.given);
    const kind = firms.kindOf(cells);
    const fullName = names.read(cells, row, kind !== undefined);
    firms.fill(cells, { fullName, kind, firmBeside: names.firmIn(cells) }, row);
    if (ofNameless.length > 0 && firms.isNameless(row)) readCells(ofNameless, cells, row, record.given);
    several.note(cells, fullName, row, kind === 'household');
    fixed.apply(row);
    if (row.contact.emails === undefined && row.contact.phone_numbers === undefined && row.problems.length === 0) {
      row.reject(NO_IDENTITY);
    }
    return row;
  };
}

function readCells(
  columns: readonly CompiledColumn[],
  cells: readonly string[],
  row: DraftRow,
  given: SourceRecord['given'],
): void {
  for (const { index, label, read } of columns) {
    const cell = cells[index];
    if (cell === undefined || cell === '') continue;
    row.given = given?.get(index);
    read(cell, row, label < 0 ? '' : (cells[label] ?? ''), cells);
  }
}

const STILL_LOST: Problem = {
  code: 'cell_still_blank',
  message: 'the cell could not be read, and is blank still.',
  hint: 'Type it in; or empty import_message to send the row without it.',
};

/** Says what came back otherwise than it was written. */
function noteChanged(
  changed: readonly { readonly at: number; readonly said: Problem }[],
  columns: readonly ColumnMapping[],
  row: DraftRow,
): void {
  for (const { at, said } of changed) {
    const header = columns.find(({ index }) => index === at)?.header ?? '';
    row.note({ ...said, column: displayHeader(header) || `Column ${at + 1}` });
  }
}

const NO_IDENTITY: Problem = {
  code: 'no_identity',
  message: 'neither an e-mail nor a phone: a second import would create the contact twice.',
  hint: 'Add an e-mail or a phone to the row.',
};

const CHILD_ROW: Problem = {
  code: 'continues_row_above',
  message: 'only columns of a list are filled: the row continues the one above.',
  hint: 'Write its values into the row above, or give it a name of its own.',
};

/**
 * Recognises rows that hold one more entry of a list of the row above, as ERPNext exports them: the columns of the list bear
 * its name in brackets, and all others, the id first, are blank. Undefined for a table without such lists.
 */
function childRows(header: readonly string[]): ((cells: readonly string[]) => boolean) | undefined {
  const isOfList = header.map((name) => /\S\s+\(\D+\)$/.test(name.trim()));
  if (headerKey(header[0] ?? '') !== 'id' || isOfList.filter(Boolean).length < 2) return undefined;
  return (cells) => cells.every((cell, at) => isOfList[at] === true || cell === '');
}

const POSITION = { first: -1, last: 1 } as const;

function positionOf({ target }: ColumnMapping): number {
  return target.kind === 'field' && target.position !== undefined ? POSITION[target.position] : 0;
}

function compileColumns(mapping: InferredMapping, compiling: Compiling): CompiledColumn[] {
  const { labelOf } = pairLabels(mapping.columns.map(({ header }) => header));
  const usedKeys = new Set<string>();
  const refuse: Refuse = (row, column, problem) => {
    if (compiling.settings.onInvalid === 'omit') row.omit({ ...problem, column });
    else row.reject({ ...problem, column });
  };
  const hasParticle = mapping.columns.some(
    ({ target }) => target.kind === 'field' && target.field === 'last_name' && target.position === 'first',
  );
  const isGoogle = mapping.system?.id.startsWith('google') === true;
  const targeted = [...mapping.columns]
    .sort((a, b) => positionOf(a) - positionOf(b))
    .map((column) => ({ column, target: effectiveTarget(column, compiling.settings.unmapped, usedKeys) }));
  // A second column of a field may go unused, and of Google's several values in a cell some do: both are noted.
  const canBePassedOver = (target: Target): boolean =>
    onlyAdds(target) && !isGoogle && targeted.filter((other) => isSameTarget(target, other.target)).length === 1;
  const isIntercom = mapping.system?.id === 'intercom';
  return targeted.flatMap(({ column: { index, ...column }, target }) => {
    const read = readerOf({ index, ...column }, target, { ...compiling, refuse, isGoogle, isIntercom, hasParticle });
    const isCompany = target.kind === 'field' && target.field === 'company';
    const matters = !canBePassedOver(target) ? 'always' : isCompany ? 'unless named' : 'later';
    return read === undefined ? [] : [{ index, label: labelOf.get(index) ?? -1, read, matters }];
  });
}

/** Whether two columns add to one field or one custom field. */
function isSameTarget(one: Target, other: Target): boolean {
  if (one.kind === 'field') return other.kind === 'field' && other.field === one.field;
  return one.kind === 'custom' && other.kind === 'custom' && other.key === one.key;
}

const IDENTIFYING: readonly ContactField[] = ['emails', 'phone_numbers', 'first_name', 'last_name'];
const CHECKED: readonly ContactField[] = ['deal_value', 'linkedin_url', 'pipeline_stage_id'];
/** Sent as it stands, and perhaps remarked upon. */
const REMARKED: readonly ContactField[] = ['postal_code'];
const MATTERS_AT_FIRST: ReadonlySet<ContactField> = new Set([...IDENTIFYING, ...CHECKED, ...REMARKED]);

/** True for a column that, where it is the only one of its target, can neither identify anybody nor be wrong, and is not remarked upon. */
function onlyAdds(target: Target): boolean {
  if (target.kind === 'custom') return target.type === undefined;
  return target.kind === 'field' && !MATTERS_AT_FIRST.has(target.field);
}

/** Columns without a field become custom fields under their own names, if that is wanted. */
function effectiveTarget(column: ColumnMapping, unmapped: 'ignore' | 'custom', usedKeys: Set<string>): Target {
  const { target } = column;
  if (unmapped !== 'custom' || (target.kind !== 'unmapped' && target.kind !== 'undecided')) return target;
  const name = customKeyOf(column);
  let key = name;
  for (let number = 2; usedKeys.has(key); number += 1) key = `${name} ${number}`;
  usedKeys.add(key);
  return { kind: 'custom', key };
}
