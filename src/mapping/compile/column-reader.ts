/** Which reader a column has, by its target, the settings and what the whole column is. */

import { isNoName, isPlaceholder, saysNone } from '../../contact/cell/placeholder.js';
import { areItalianProvinces } from '../../contact/provinces.js';
import { shortPostalCode } from '../../contact/postal-code.js';
import { createPhoneReader } from '../../contact/phone/phone.js';
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
import type { FixedValues } from './fixed-values.js';
import { displayHeader } from '../header.js';
import { customKeyOf } from '../infer/infer.js';
import type { ColumnMapping, InferredMapping, Target } from '../mapping.js';
import type { Conventions } from './profile.js';
import type { Companions } from './phone-companions.js';
import type { RowRegion } from './row-region.js';
import type { MappingSettings } from './settings.js';

/** What all columns of a mapping are compiled with. */
export interface Compiling {
  readonly settings: MappingSettings;
  readonly conventions: Conventions | undefined;
  readonly regions: RowRegion;
  readonly fixed: FixedValues;
  /** By phone column, the columns that say something of it. */
  readonly companions: ReadonlyMap<number, Companions>;
}

export interface ReaderContext extends Compiling {
  readonly refuse: Refuse;
  readonly isGoogle: boolean;
  readonly isIntercom: boolean;
  /** A column before the last name holds its particle. */
  readonly hasParticle: boolean;
}

const NAME_FIELDS: ReadonlySet<string> = new Set(['first_name', 'last_name']);

/** People are called Null and Na; among other codes NA is Namibia in a column of countries, Naples in one of provinces. */
function blankOf(
  field: string,
  samples: readonly string[],
  isBlank: (text: string) => boolean,
): (text: string) => boolean {
  if (NAME_FIELDS.has(field) && isBlank === isPlaceholder) return isNoName;
  const areCountries = field === 'country' && samples.length > 0 && samples.every((code) => /^[A-Z]{2}$/.test(code));
  const areCodes = areCountries || (field === 'state' && areItalianProvinces(samples));
  return areCodes ? (text) => text !== 'NA' && isBlank(text) : isBlank;
}

/** What each column of a mapping takes for no value ("N/A"), by a cell as it stands in the file. */
export function placeholderTests(
  { columns }: InferredMapping,
  settings: Pick<MappingSettings, 'keepPlaceholders'>,
): ((cell: string) => boolean)[] {
  const isBlank = settings.keepPlaceholders === true ? () => false : isPlaceholder;
  return columns.map(({ target, samples }) => {
    const field = target.kind === 'field' ? target.field : target.kind;
    if (field === 'linkedin_url' || field === 'pipeline_stage') return () => false;
    const isPoint = field === 'emails' || field === 'phone_numbers';
    const isNone = isPoint
      ? (text: string) => isPlaceholder(text) || saysNone(text)
      : blankOf(field === 'name' ? 'last_name' : field, samples, isBlank);
    return (cell) => cell.length <= LONGEST_PLACEHOLDER && isNone(cell.trim());
  });
}

/** With the blanks around it. */
const LONGEST_PLACEHOLDER = 60;

/** The reader of a column; undefined for one that isn't sent, or that a fixed value stands in for. */
export function readerOf(
  { header, index, samples }: ColumnMapping,
  target: Target,
  context: ReaderContext,
): CellReader | undefined {
  const { settings, conventions, refuse, fixed } = context;
  const isProvisional = conventions === undefined;
  const isBlank = settings.keepPlaceholders === true ? () => false : isPlaceholder;
  const column = displayHeader(header) || customKeyOf({ header, index });
  if (target.kind === 'pipeline_stage') {
    return fixed.names.has('pipeline_stage') ? undefined : stageReader(column, settings.stageIds, refuse);
  }
  if (target.kind === 'custom') {
    const { key, type } = target;
    const dateOrder = target.dateOrder ?? conventions?.dateOrders.get(index);
    const columnKind = conventions?.customKinds.get(index);
    if (fixed.names.has(`custom:${key}`)) return undefined;
    return customReader(column, { key, type, columnKind, dateOrder, isProvisional, isBlank }, refuse);
  }
  if (target.kind !== 'field') return undefined;
  const { field } = target;
  switch (field) {
    case 'emails':
      return emailReader(column, refuse, conventions?.sharedPlaceholders);
    case 'phone_numbers': {
      const read = createPhoneReader(settings.country === undefined ? {} : { country: settings.country });
      return phoneReader(column, read, context.regions.get, refuse, context.companions.get(index));
    }
    case 'tags':
      if (fixed.names.has(field)) return undefined;
      return tagReader({ dropSystemGroups: context.isGoogle, isWrapped: context.isIntercom, isBlank });
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
      const remarkOn = (text: string) => shortPostalCode(text, context.regions.get() ?? settings.country);
      const options = {
        isGoogle: context.isGoogle,
        isName: NAME_FIELDS.has(field),
        ...joinWith,
        isBlank: blankOf(field, samples, isBlank),
        ...(field === 'postal_code' ? { remarkOn } : {}),
      };
      return textReader(field, column, options);
    }
  }
}
