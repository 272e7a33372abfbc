/** From a header and some records to a column map. Pure: the same file always gets the same map. */

import type { SourceRecord } from '../../source/record.js';
import { chooseAddress } from './address-choice.js';
import { FOREIGN_ADDRESS, resolveAddressGroups } from './address-groups.js';
import { resolveAccounts, resolveAmounts, resolveCompanies, resolveParties } from './amounts.js';
import { columnsOf, quotedHeader, samplesOf, type Column } from './column.js';
import { displayHeader } from '../header.js';
import { accountSense, pinSense, secretValueSense } from './words/denied.js';
import { senseOf } from './words/header-sense.js';
import { resolveLoneNames } from './words/lone-names.js';
import { resolveCodes, resolveFirmNames } from './words/object-path.js';
import { resolvePhonePieces } from './words/phone-pieces.js';
import { pairLabels } from '../labels.js';
import type { ColumnMapping, FieldName, InferredMapping, PhonePart, Target } from '../mapping.js';
import {
  resolveDistricts,
  resolveFamilies,
  resolveFirstNames,
  resolveLeadNames,
  resolveLinks,
  resolveNames,
  resolveProfessions,
  resolveShortWords,
  resolveSuburbs,
  resolveTitles,
  type Sensed,
} from './neighbours.js';
import { findPersons } from './persons.js';
import { resolvePhoneParts } from './phone-parts.js';
import { ownersAsContacts } from './property-list.js';
import { resolveHouseNumbers } from './house-number.js';
import { resolveRoles } from './roles.js';
import type { PhonePartName, Sense } from './sense.js';
import { checkLoose, checkValues, decideByValues, resolveContacts } from './value-check.js';
import { suggestFields } from './suggest.js';
import type { SourceSystem } from '../vocabulary/source-systems.js';
import { recogniseSystem, senseInSystem } from './systems.js';

/**
 * Infers the column map. Names are matched whole, in the meaning they have in the program that wrote the file, then
 * checked against the neighbouring columns and the sampled values; what stays unsure is `undecided`.
 *
 * One address is chosen for the whole file (business before home, unless home is what is filled), so that no contact
 * gets parts of two. Middle names, suffixes and salutations have no field in Clarky: they are `unmapped`, with their fill
 * rate, and become custom fields with `--unmapped custom`.
 *
 * @param input.samples some records, best from all over the file; records with a problem are not looked at
 * @param input.fill the share of filled cells a column, 0 to 1, where the whole file has been seen
 */
export function inferMapping(input: {
  readonly header: readonly string[];
  readonly samples: readonly SourceRecord[];
  readonly fill?: readonly number[];
}): InferredMapping {
  const system = recogniseSystem(input.header);
  const columns = columnsOf(input.header, input.samples, input.fill);
  const { numberOf, sensed } = findPersons(senseColumns(columns, system), system !== undefined);
  const { labelOf, isLabel } = pairLabels(input.header);
  const valueOf = new Map([...labelOf].map(([value, label]) => [label, value]));
  const address = chooseAddress(addressColumns(sensed));
  const linesByGroup = new Set(
    sensed.flatMap(({ sense }) => (sense?.kind === 'address' && sense.part === 'address_line1' ? [sense.group] : [])),
  );
  const mapped = sensed.map(({ column, sense }): ColumnMapping => {
    const person = numberOf.get(column.index);
    if (person !== undefined) return { ...finish(column, decide(column, ownFirst(sense), system)), person };
    if (isLabel.has(column.index)) return finish(column, labelDecision(columns[valueOf.get(column.index) ?? -1]));
    if (sense?.kind === 'address') {
      return finish(column, addressDecision(sense, address, linesByGroup.has(sense.group)));
    }
    return finish(column, decide(column, sense, system));
  });
  return {
    ...(system === undefined ? {} : { system: { id: system.id, name: system.name } }),
    columns: mapped,
  };
}

function senseColumns(columns: readonly Column[], system: SourceSystem | undefined): Sensed[] {
  const named = ownersAsContacts(columns);
  const first = columns.map((column): Sensed => {
    const inSystem = system && senseInSystem(system, column.header, column.occurrence);
    const byValues =
      accountSense(column.header, column.values) ??
      pinSense(column.header, column.values) ??
      secretValueSense(column.values);
    return { column, sense: inSystem ?? byValues ?? repeatedTitle(column, columns) ?? senseOf(named(column)) };
  });
  const steps = [
    checkLoose,
    resolveLoneNames,
    resolveCodes,
    resolveFirmNames,
    resolveAccounts,
    resolveContacts,
    resolvePhonePieces,
    resolvePhoneParts,
    resolveRoles,
    resolveFamilies,
    resolveNames,
    resolveLeadNames,
    resolveFirstNames,
    resolveTitles,
    resolveProfessions,
    resolveShortWords,
    resolveDistricts,
    resolveSuburbs,
    resolveHouseNumbers,
    resolveAddressGroups,
    resolveAmounts,
    resolveCompanies,
    resolveLinks,
    checkValues,
    decideByValues,
    resolveParties,
  ];
  return steps.reduce((sensed, step) => step(sensed), first);
}

/** A person's own e-mail and phone go before those of the row, which are the firm's. */
function ownFirst(sense: Sense | undefined): Sense | undefined {
  const isPoint = sense?.kind === 'field' && (sense.field === 'emails' || sense.field === 'phone_numbers');
  return isPoint ? { ...sense, position: 'first' } : sense;
}

/** French Outlook has "Titre" twice: the salutation, then the job. */
function repeatedTitle(column: Column, columns: readonly Column[]): Sense | undefined {
  // Few headers stand twice, and to look their words up takes longest.
  const same = columns.filter(({ key }) => key === column.key);
  if (same.length !== 2 || senseOf(column.header)?.kind !== 'title') return undefined;
  return column.occurrence === 0 ? { kind: 'salutation' } : { kind: 'field', field: 'job_title' };
}

function addressColumns(sensed: readonly Sensed[]): { group: string; part: string; fillRate: number }[] {
  return sensed.flatMap(({ column, sense }) =>
    sense?.kind === 'address' ? [{ group: sense.group, part: sense.part, fillRate: column.fillRate }] : [],
  );
}

interface Decision {
  readonly target: Target;
  readonly reason: string;
  readonly suggestions?: readonly FieldName[];
}

function finish(column: Column, decision: Decision): ColumnMapping {
  return {
    index: column.index,
    header: column.header,
    target: decision.target,
    reason: decision.reason,
    certainty: decision.target.kind === 'undecided' ? 'undecided' : 'sure',
    suggestions: decision.suggestions ?? [],
    samples: samplesOf(column),
    fillRate: column.fillRate,
  };
}

function because(kind: 'ignore' | 'unmapped', why: string): Decision {
  return { target: { kind, why }, reason: why };
}

function labelDecision(value: Column | undefined): Decision {
  return because('ignore', value === undefined ? 'a label of another column' : `the label of ${quotedHeader(value)}`);
}

function addressDecision(
  sense: Extract<Sense, { kind: 'address' }>,
  chosen: string | undefined,
  hasLine: boolean,
): Decision {
  if (sense.group === FOREIGN_ADDRESS) return because('unmapped', "a place that is not the contact's address");
  if (sense.group !== chosen) {
    return because('unmapped', `another address: contacts get the ${nameOfGroup(chosen ?? '')} here`);
  }
  if (sense.part === 'house_number') {
    return { target: targetOfField('address_line1', 'last'), reason: 'the number of the house, put after the street' };
  }
  if (sense.part !== 'block') return field(sense.part, 'its name');
  return hasLine ? because('ignore', 'repeats the parts of the address') : field('address_line1', 'the whole address');
}

function nameOfGroup(group: string): string {
  if (group === '') return 'plain one';
  return /^address/.test(group) ? `"${group}"` : `${group} one`;
}

function field(name: FieldName, reason: string): Decision {
  return { target: targetOfField(name), reason };
}

/** The target that a field's name stands for, in a mapping file too. */
export function targetOfField(name: FieldName, position?: 'first' | 'last'): Target {
  if (name === 'name') return { kind: 'name' };
  if (name === 'pipeline_stage') return { kind: 'pipeline_stage' };
  if (name === 'calling_code' || name === 'area_code' || name === 'phone_country')
    return { kind: 'phone_part', part: name };
  return position === undefined ? { kind: 'field', field: name } : { kind: 'field', field: name, position };
}

function decide(column: Column, sense: Sense | undefined, system: SourceSystem | undefined): Decision {
  if (sense === undefined) return unknown(column);
  switch (sense.kind) {
    case 'field': {
      const isOfSystem = system !== undefined && senseInSystem(system, column.header, column.occurrence) !== undefined;
      const reason = isOfSystem ? `its meaning in ${system.name}` : 'its name';
      return { target: targetOfField(sense.field, sense.position), reason };
    }
    case 'custom':
      return { target: { kind: 'custom', key: sense.key }, reason: 'its name' };
    case 'ask':
      return undecided(sense.why ?? 'its name can mean several things', sense.suggestions);
    case 'phone_part':
      return phonePartDecision(sense.part);
    case 'ignore':
    case 'unmapped':
      return because(sense.kind, sense.why);
    default:
      return because('unmapped', 'no field of Clarky has this name');
  }
}

const PHONE_PART_REASONS: Readonly<Record<PhonePart, string>> = {
  calling_code: 'the calling code of the phone beside it: read together',
  area_code: 'the area code of the phone beside it: read together',
  phone_country: 'the country of the phone beside it: read together',
};

function phonePartDecision(part: PhonePartName): Decision {
  // Names that can be one of two were decided by their values before.
  const own: PhonePart = part === 'code' || part === 'prefix' ? 'calling_code' : part;
  return { target: { kind: 'phone_part', part: own }, reason: PHONE_PART_REASONS[own] };
}

function unknown(column: Column): Decision {
  const suggestions = suggestFields(column);
  if (suggestions.length === 0) return because('unmapped', 'no field of Clarky has this name');
  return undecided(`looks like ${suggestions.join(' or ')}, but is not called so`, suggestions);
}

function undecided(reason: string, suggestions: readonly FieldName[]): Decision {
  return { target: { kind: 'undecided' }, reason, suggestions };
}

/** The custom field that a column becomes where it has no other target. */
export function customKeyOf(column: { readonly header: string; readonly index: number }): string {
  const shown = displayHeader(column.header);
  return shown === '' ? `Column ${column.index + 1}` : shown;
}
