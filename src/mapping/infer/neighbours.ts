/**
 * What ambiguous headers mean beside the file's other columns and for the values below them. Each function takes the
 * senses of all columns and gives them back, more certain. Pure. The rules are those of Outlook's, Salesforce's, Google's
 * and home-made exports.
 */

import { looksLikeLinkedIn, looksLikeSalutation, shareOf, type Column } from './column.js';
import { normaliseHeader } from '../header.js';
import type { FieldName } from '../mapping.js';
import { isOfField, type Sense } from './sense.js';

/** A column and what it means so far; undefined: nothing known. */
export interface Sensed {
  readonly column: Column;
  readonly sense: Sense | undefined;
}

const NO_SALUTATION: Sense = { kind: 'unmapped', why: 'Clarky has no field for a salutation' };

function hasField(all: readonly Sensed[], field: FieldName): boolean {
  return all.some(({ sense }) => sense?.kind === 'field' && sense.field === field && sense.position !== 'first');
}

/** "Family": a last name, but a household beside a last name, or where it is written as "Pratt, Jo & Al". */
export function resolveFamilies(all: readonly Sensed[]): Sensed[] {
  const hasLast = hasField(all, 'last_name');
  return all.map(({ column, sense }): Sensed => {
    if (sense?.kind !== 'family') return { column, sense };
    return hasLast || shareOf(column, (value) => /[,&+]|\b(?:and|und|et|y|family|household)\b/i.test(value)) > 0
      ? { column, sense: { kind: 'unmapped', why: 'the name of a household' } }
      : { column, sense: { kind: 'field', field: 'last_name' } };
  });
}

/**
 * "Name", "Nom", "Nombre": the missing half of a name where the other half has a column; else the full name. Of two such
 * columns (Italian and Russian Outlook) the first is the half. Where the half that has a column is in it, it is the full
 * name all the same.
 */
export function resolveNames(all: readonly Sensed[]): Sensed[] {
  const hasFirst = hasField(all, 'first_name');
  const hasLast = hasField(all, 'last_name');
  const hasOtherName = hasField(all, 'name') && !hasFirst && !hasLast && !hasField(all, 'company');
  let half: FieldName | undefined = hasFirst === hasLast ? undefined : hasFirst ? 'last_name' : 'first_name';
  return all.map(({ column, sense }) => {
    if (sense?.kind !== 'any_name') return { column, sense };
    if (half === undefined && hasOtherName && isFirmOfContact(all))
      return { column, sense: { kind: 'field', field: 'company' } };
    if (half === undefined && hasOtherName) return { column, sense: { kind: 'ask', suggestions: ['company', 'name'] } };
    const field = half === undefined || isWhole(column, all, half) ? 'name' : half;
    half = undefined;
    return { column, sense: { kind: 'field', field } };
  });
}

/** Whether all names, e-mails and phones of a row are the contact's of a firm: "Name" beside "Primary Contact Email". */
function isFirmOfContact(all: readonly Sensed[]): boolean {
  const own = all.filter(
    ({ sense }) => sense?.kind === 'field' && ['emails', 'phone_numbers', 'name'].includes(sense.field),
  );
  return own.length > 1 && own.every(({ column }) => /contact/i.test(column.header));
}

/** Whether most names begin with a first name of the file, where `half` is the last one, or end with a last name. */
function isWhole(column: Column, all: readonly Sensed[], half: FieldName): boolean {
  const [other, at] = half === 'last_name' ? (['first_name', 0] as const) : (['last_name', -1] as const);
  const others = all.filter(({ sense }) => isOfField(sense, other));
  const words = new Set(others.flatMap(({ column: { values } }) => values.map((value) => value.toLowerCase())));
  return (
    shareOf(column, (value) => {
      const parts = value.toLowerCase().split(/\s+/);
      return parts.length > 1 && words.has(parts.at(at) ?? '');
    }) > 0.5
  );
}

/** "Lead Name" over firms, beside a first and a last name that are not in it: the company, where there is no other. */
export function resolveLeadNames(all: readonly Sensed[]): Sensed[] {
  if (!hasField(all, 'first_name') || !hasField(all, 'last_name')) return [...all];
  const own = all.filter(({ sense }) => sense?.kind === 'field' && /^(?:first|last)_name$/.test(sense.field));
  const words = new Set(own.flatMap(({ column: { values } }) => values.flatMap(wordsOf)));
  if (words.size === 0 || hasField(all, 'company')) return [...all];
  return all.map(({ column, sense }): Sensed => {
    const isFirm =
      sense?.kind === 'field' &&
      sense.field === 'name' &&
      /lead|account|client|customer/i.test(column.header) &&
      column.values.length > 0 &&
      shareOf(column, (value) => value.includes(' ') && !wordsOf(value).some((word) => words.has(word))) > 0.8;
    return isFirm ? { column, sense: { kind: 'ask', suggestions: ['company', 'name'] } } : { column, sense };
  });
}

function wordsOf(value: string): string[] {
  return value.toLowerCase().split(/[\s,]+/);
}

/** Of two first names, the one that is called so goes before "Given Name" and the like, which may be the formal one. */
export function resolveFirstNames(all: readonly Sensed[]): Sensed[] {
  const isFirst = ({ sense }: Sensed): boolean => isOfField(sense, 'first_name');
  const hasCalledSo = all.some((sensed) => isFirst(sensed) && sensed.column.key === 'firstname');
  if (!hasCalledSo) return [...all];
  return all.map((sensed) =>
    isFirst(sensed) && sensed.column.key !== 'firstname'
      ? { column: sensed.column, sense: { kind: 'field', field: 'first_name', position: 'last' } }
      : sensed,
  );
}

/** Users' columns that only CRM exports have, whose Title is a job. */
const CRM_COLUMNS: ReadonlySet<string> = new Set(['accountname', 'leadowner', 'accountowner', 'contactowner']);

/** "Title", "Titel", "Titre": a job beside a salutation column; a salutation beside a job column; else the values tell. */
export function resolveTitles(all: readonly Sensed[]): Sensed[] {
  const hasSalutation = all.some(({ sense }) => sense?.kind === 'salutation');
  const hasJob = hasField(all, 'job_title');
  const isCrm = all.some(({ column }) => CRM_COLUMNS.has(column.key));
  // Outlook's own spelling; "Email Address" is everybody's.
  const isOutlook = all.some(({ column }) => normaliseHeader(column.header) === 'e mail address');
  return all.map(({ column, sense }): Sensed => {
    if (sense?.kind === 'salutation') return { column, sense: NO_SALUTATION };
    if (sense?.kind !== 'title') return { column, sense };
    const job: Sense = { kind: 'field', field: 'job_title' };
    if (shareOf(column, looksLikeSalutation) > 0.5 || (hasJob && !hasSalutation))
      return { column, sense: NO_SALUTATION };
    if (hasSalutation || isCrm) return { column, sense: job };
    if (column.values.length > 0) return { column, sense: isOutlook ? NO_SALUTATION : job };
    return { column, sense: isOutlook ? NO_SALUTATION : { kind: 'ask', suggestions: ['job_title'] } };
  });
}

/** "Profession", "Beruf": the job title where nothing else is. */
export function resolveProfessions(all: readonly Sensed[]): Sensed[] {
  const hasJob = hasField(all, 'job_title');
  return all.map(({ column, sense }) => {
    if (sense?.kind !== 'profession') return { column, sense };
    return hasJob
      ? { column, sense: { kind: 'unmapped', why: 'Clarky has no field for a profession beside the job title' } }
      : { column, sense: { kind: 'field', field: 'job_title' } };
  });
}

const REGION_WORDS: ReadonlySet<string> = new Set(['region', 'regiao', 'regione']);

/** "Region" and Danish "By" are parts of an address where the rest of it stands beside them; "Stage" beside a pipeline is one. */
export function resolveShortWords(all: readonly Sensed[]): Sensed[] {
  const parts = new Set(
    all.map(({ sense }) => (sense?.kind === 'address' && sense.group === '' ? sense.part : undefined)),
  );
  const hasPipeline = all.some(({ column }) => column.key === 'pipeline' || column.key === 'pipelinename');
  return all.map(({ column, sense }): Sensed => {
    if (sense?.kind !== 'ask' || !parts.has('postal_code')) {
      const isStage = sense?.kind === 'ask' && column.key === 'stage' && hasPipeline;
      return { column, sense: isStage ? { kind: 'field', field: 'pipeline_stage' } : sense };
    }
    if (REGION_WORDS.has(column.key) && parts.has('city') && !parts.has('state')) {
      return { column, sense: { kind: 'address', part: 'state', group: '' } };
    }
    if (column.key === 'by' && !parts.has('city'))
      return { column, sense: { kind: 'address', part: 'city', group: '' } };
    return { column, sense };
  });
}

/** A suburb is the city where no other column is, and else a line of the address. */
export function resolveSuburbs(all: readonly Sensed[]): Sensed[] {
  const isSuburb = ({ column }: Sensed): boolean => /suburb$/.test(column.key);
  const cities = all.filter((sensed) => sensed.sense?.kind === 'address' && sensed.sense.part === 'city');
  return all.map((sensed): Sensed => {
    const { sense } = sensed;
    if (sense?.kind !== 'address' || sense.part !== 'city' || !isSuburb(sensed)) return sensed;
    const hasCity = cities.some(
      (other) => !isSuburb(other) && other.sense?.kind === 'address' && other.sense.group === sense.group,
    );
    return hasCity ? { column: sensed.column, sense: { ...sense, part: 'address_line2' } } : sensed;
  });
}

/** Turkey's districts lie in provinces that are called as their towns: of "İl", or "Şehir", and "İlçe" the second is the city. */
export function resolveDistricts(all: readonly Sensed[]): Sensed[] {
  const called = (key: string): Sensed | undefined =>
    all.find(({ column, sense }) => column.key === key && sense?.kind === 'address' && sense.part === 'city');
  const province = called('il') ?? called('sehir');
  const isUsed = [province, called('ilce')].every((sensed) => (sensed?.column.values.length ?? 0) > 0);
  if (province?.sense?.kind !== 'address' || !isUsed) return [...all];
  const state: Sense = { ...province.sense, part: 'state' };
  return all.map((sensed) => (sensed === province ? { column: sensed.column, sense: state } : sensed));
}

/** A link is the LinkedIn profile where its values are, and else has no field. */
export function resolveLinks(all: readonly Sensed[]): Sensed[] {
  return all.map(({ column, sense }) => {
    if (sense?.kind !== 'link') return { column, sense };
    return shareOf(column, looksLikeLinkedIn) > 0
      ? { column, sense: { kind: 'field', field: 'linkedin_url' } }
      : { column, sense: { kind: 'unmapped', why: 'a link that is no LinkedIn profile' } };
  });
}
