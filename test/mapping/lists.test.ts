import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../src/contact/contact.js';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import { personExpander } from '../../src/mapping/compile/persons.js';
import { createColumnProfile, profiledColumns } from '../../src/mapping/compile/profile.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { knownHeaderCounter } from '../../src/run/reading/mapping/column-names.js';
import { readAll } from '../source/reading.js';

const FOLDER = fileURLToPath(new URL('../../fixtures/lists/', import.meta.url));

/** What a list becomes, row by row: the fields that are named, null for one that must not be there. */
interface ExpectedList {
  readonly country?: string;
  readonly unmapped?: 'custom';
  /** Null where only what must not arrive is told. */
  readonly contacts: readonly Readonly<Record<string, unknown>>[] | null;
  readonly never?: readonly string[];
}

const EXPECTED = JSON.parse(readFileSync(`${FOLDER}expected.json`, 'utf8')) as Record<string, ExpectedList>;

async function contactsOf(name: string, list: ExpectedList): Promise<Contact[]> {
  const { country } = list;
  const unmapped: 'custom' | 'ignore' = list.unmapped ?? 'ignore';
  const { dialect, records: read } = await readAll(`${FOLDER}${name}.csv`, { knownHeader: knownHeaderCounter() });
  const mapping = inferMapping({ header: dialect.header, samples: read });
  const records = read.flatMap(personExpander(mapping, 'first') ?? ((record) => [record]));
  const profile = createColumnProfile(profiledColumns(mapping, unmapped));
  records.forEach(({ cells }, ordinal) => profile.observe(ordinal, cells));
  const settings = { set: new Map(), unmapped, onInvalid: 'reject' as const, country };
  const rows = records.map(compileMapping(mapping, settings, profile.conventions()));
  expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
  return rows.map(({ contact }) => contact);
}

/** The named fields of a contact, as the expectations write them. */
function namedFields(contact: Contact, wanted: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = Object.keys(wanted).map((field): [string, unknown] => {
    const value: unknown = (contact as Readonly<Record<string, unknown>>)[field] ?? null;
    return [field, field === 'phone_numbers' && Array.isArray(value) ? [...(value as string[])].sort() : value];
  });
  return Object.fromEntries(fields);
}

function sorted(wanted: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const phones = wanted['phone_numbers'];
  return Array.isArray(phones) ? { ...wanted, phone_numbers: [...(phones as string[])].sort() } : { ...wanted };
}

describe('lists as clubs, schools, shops and phones have them', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, list) => {
    const contacts = await contactsOf(name, list);
    const wanted = list.contacts ?? [];
    if (list.contacts !== null) expect(contacts).toHaveLength(wanted.length);
    expect(wanted.map((fields, at) => namedFields(contacts[at] ?? {}, fields))).toEqual(wanted.map(sorted));
    const all = JSON.stringify(contacts);
    for (const text of list.never ?? []) expect(all).not.toContain(text);
  });
});
