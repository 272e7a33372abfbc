/** A column map made into a function from records to contacts. */

import { createPhoneReader } from '../contact/phone.js';
import type { Problem } from '../contact/problem.js';
import { unguardCell } from '../csv/formula.js';
import type { SourceRecord } from '../csv/record.js';
import {
  customReader,
  emailReader,
  linkedInReader,
  moneyReader,
  phoneReader,
  stageReader,
  tagReader,
  textReader,
  type CellReader,
  type Refuse,
} from './cell-readers.js';
import { requireContactPoint } from './contact-point.js';
import { displayHeader } from './header.js';
import { readFixedValues, type FixedValues } from './fixed-values.js';
import { customKeyOf } from './infer.js';
import { pairLabels } from './labels.js';
import { DraftRow, type MappedRow } from './mapped-row.js';
import type { ColumnMapping, InferredMapping, Target } from './mapping.js';
import { NameColumns } from './name-columns.js';
import type { Conventions } from './profile.js';
import { RowRegion } from './row-region.js';
import type { StageIds } from './stages.js';

export type { MappedRow } from './mapped-row.js';

export interface MappingSettings {
  /** Region of phones without + in rows that name no country, ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** Fixed values by field name or `custom:KEY`; they win over the columns. */
  readonly set: ReadonlyMap<string, string>;
  /** What becomes of columns without a field. */
  readonly unmapped: 'ignore' | 'custom';
  /** What becomes of a row with a value that can't be read. */
  readonly onInvalid: 'reject' | 'omit';
  /** The workspace's pipeline stages; without them (no network) stages by name are left out. */
  readonly stageIds?: StageIds | undefined;
  /** Takes off the apostrophe that a rejects file puts before formulas; by itself for a file of ours. */
  readonly unguard?: boolean | undefined;
}

interface CompiledColumn {
  readonly index: number;
  /** The column's label, -1 without one. */
  readonly label: number;
  readonly read: CellReader;
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
  requireContactPoint(mapping);
  const fixed = readFixedValues(settings.set, settings.stageIds);
  const regions = new RowRegion(mapping, fixed);
  const names = new NameColumns(mapping);
  const columns = compileColumns(mapping, { settings, conventions, regions, fixed });
  const unguard = settings.unguard ?? mapping.system?.id === 'clarky-rejects';

  return (record) => {
    const row = new DraftRow(record.line);
    if (record.problem !== undefined) {
      row.reject(record.problem);
      return row;
    }
    const cells = unguard ? record.cells.map(unguardCell) : record.cells;
    regions.read(cells);
    for (const { index, label, read } of columns) {
      const cell = cells[index];
      if (cell !== undefined && cell !== '') read(cell, row, label < 0 ? '' : (cells[label] ?? ''));
    }
    names.read(cells, row);
    fixed.apply(row);
    if (row.contact.emails === undefined && row.contact.phone_numbers === undefined && row.problems.length === 0) {
      row.reject(NO_IDENTITY);
    }
    return row;
  };
}

const NO_IDENTITY: Problem = {
  code: 'no_identity',
  message: 'neither an email nor a phone: a second import would create the contact twice',
  hint: 'add an email or a phone to the row',
};

interface Compiling {
  readonly settings: MappingSettings;
  readonly conventions: Conventions | undefined;
  readonly regions: RowRegion;
  readonly fixed: FixedValues;
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
  return [...mapping.columns]
    .sort((a, b) => positionOf(a) - positionOf(b))
    .flatMap((column) => {
      const target = effectiveTarget(column, compiling.settings.unmapped, usedKeys);
      const read = readerOf(column, target, {
        ...compiling,
        refuse,
        isGoogle,
        isIntercom: mapping.system?.id === 'intercom',
        hasParticle,
      });
      return read === undefined ? [] : [{ index: column.index, label: labelOf.get(column.index) ?? -1, read }];
    });
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

interface ReaderContext extends Compiling {
  readonly refuse: Refuse;
  readonly isGoogle: boolean;
  readonly isIntercom: boolean;
  /** A column before the last name holds its particle. */
  readonly hasParticle: boolean;
}

function readerOf({ header, index }: ColumnMapping, target: Target, context: ReaderContext): CellReader | undefined {
  const { settings, conventions, refuse, fixed } = context;
  const isProvisional = conventions === undefined;
  const column = displayHeader(header) || customKeyOf({ header, index });
  if (target.kind === 'pipeline_stage') {
    return fixed.names.has('pipeline_stage') ? undefined : stageReader(column, settings.stageIds, refuse);
  }
  if (target.kind === 'custom') {
    const { key, type } = target;
    const dateOrder = target.dateOrder ?? conventions?.dateOrders.get(index);
    const columnKind = conventions?.customKinds.get(index);
    if (fixed.names.has(`custom:${key}`)) return undefined;
    return customReader(column, { key, type, columnKind, dateOrder, isProvisional }, refuse);
  }
  if (target.kind !== 'field') return undefined;
  const { field } = target;
  switch (field) {
    case 'emails':
      return emailReader(column, refuse);
    case 'phone_numbers': {
      const read = createPhoneReader(settings.country === undefined ? {} : { country: settings.country });
      return phoneReader(column, read, context.regions.get, refuse);
    }
    case 'tags':
      if (fixed.names.has(field)) return undefined;
      return tagReader({ dropSystemGroups: context.isGoogle, isWrapped: context.isIntercom });
    case 'deal_value': {
      if (fixed.names.has(field)) return undefined;
      const decimal = target.decimal ?? conventions?.decimals.get(index);
      return moneyReader(column, { decimal, isProvisional }, refuse);
    }
    case 'linkedin_url':
      return fixed.names.has(field) ? undefined : linkedInReader(column);
    default: {
      if (fixed.names.has(field)) return undefined;
      // A house number of its own column follows the street, a last name its particle ("van der").
      const isJoined =
        (field === 'address_line1' && target.position === 'last') || (field === 'last_name' && context.hasParticle);
      const joinWith = isJoined ? { joinWith: ' ' } : {};
      return textReader(field, column, { isGoogle: context.isGoogle, ...joinWith });
    }
  }
}
