/** `--set FIELD=VALUE`: values that every contact gets. Checked once, before the first record. */

import { CONTACT_FIELDS, TEXT_FIELDS, type TextField } from '../../contact/contact.js';
import { readCountry } from '../../contact/country.js';
import { readMoney } from '../../contact/money.js';
import { readTags } from '../../contact/tags.js';
import { cleanText } from '../../contact/text.js';
import { ImporterError } from '../../errors.js';
import type { DraftRow } from './mapped-row.js';
import { findStageId, stageNames, type StageIds } from '../stages.js';
import { nearestNames } from '../../edit-distance.js';

export interface FixedValues {
  /** Writes the values over what the row's columns said. */
  readonly apply: (row: DraftRow) => void;
  /** ISO 3166-1 alpha-2 of a fixed country: the region of phones in rows that name no country. */
  readonly region: string | undefined;
  /** Names that columns need not be read for: a fixed value wins. */
  readonly names: ReadonlySet<string>;
}

const SETTABLE = [
  ...CONTACT_FIELDS.filter((field) => field !== 'emails' && field !== 'phone_numbers'),
  'pipeline_stage',
];

/**
 * Reads fixed values by field name (`lead_source`, `tags`, `pipeline_stage`) or `custom:KEY`.
 * @throws ImporterError `usage` for an unknown field, emails and phones, and a value that can't be read
 */
export function readFixedValues(set: ReadonlyMap<string, string>, stageIds: StageIds | undefined): FixedValues {
  const steps = [...set].map(([name, value]) => fixedValue(name, cleanText(value), stageIds));
  return {
    apply: (row) => {
      for (const step of steps) step(row);
    },
    region: readCountry(set.get('country') ?? ''),
    names: new Set(set.keys()),
  };
}

function fixedValue(name: string, value: string, stageIds: StageIds | undefined): (row: DraftRow) => void {
  const key = /^custom:(.+)$/s.exec(name)?.[1]?.trim();
  if (value === '') throw usage(`--set: ${name} has no value.`, `Give it one, such as ${name}=VALUE, or leave it out.`);
  if (key !== undefined && key !== '') {
    return ({ contact }) => {
      contact.custom_fields = { ...contact.custom_fields, [key]: value };
    };
  }
  if (name === 'emails' || name === 'phone_numbers') {
    throw usage(`set can't fix ${name}: it would make every contact the same one.`, 'Map a column to it instead.');
  }
  if (name === 'tags') {
    const tags = readTags(value);
    return (row) => row.addValues('tags', tags);
  }
  if (name === 'deal_value') return fixedMoney(value);
  if (name === 'pipeline_stage') return fixedStage(value, stageIds);
  if (!isTextField(name)) throw unknownField(name);
  return ({ contact }) => {
    contact[name] = value;
  };
}

function fixedMoney(value: string): (row: DraftRow) => void {
  const { value: amount, problem } = readMoney(value, undefined);
  if (problem) throw usage(`--set: deal_value: ${problem.message}`, problem.hint ?? 'Write it like 1234.50.');
  return ({ contact }) => {
    if (amount !== undefined) contact.deal_value = amount;
  };
}

function fixedStage(name: string, stageIds: StageIds | undefined): (row: DraftRow) => void {
  // Without the workspace's stages (plan needs no network) the name can't be checked, and is not sent.
  if (stageIds === undefined) return () => undefined;
  const id = findStageId(stageIds, name);
  if (id === undefined) throw usage(`--set: pipeline_stage: there is no stage "${name}".`, stageNames(stageIds));
  return ({ contact }) => {
    contact.pipeline_stage_id = id;
  };
}

function isTextField(name: string): name is TextField {
  return (TEXT_FIELDS as readonly string[]).includes(name);
}

function unknownField(name: string): ImporterError {
  const near = nearestNames(name, SETTABLE);
  const next = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Fields: ${SETTABLE.join(', ')}, custom:KEY.`;
  return usage(`--set: there is no field "${name}".`, next);
}

function usage(message: string, next: string): ImporterError {
  return new ImporterError('usage', message, { next });
}
