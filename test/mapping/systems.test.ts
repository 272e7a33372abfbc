import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import type { InferredMapping } from '../../src/mapping/mapping.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import { recogniseSystem } from '../../src/mapping/infer/systems.js';
import { sourceSystems } from '../../src/mapping/vocabulary/source-systems.js';
import { EXPECTED, FIXTURE_NAMES, inferredFixture, readSample, type ExpectedColumn } from './mapping-fixtures.js';

const SETTINGS = { set: new Map<string, string>(), unmapped: 'ignore', onInvalid: 'reject' } as const;

function columnsOf(mapping: InferredMapping): ExpectedColumn[] {
  return mapping.columns.map(({ header, target }) => {
    if (target.kind === 'undecided') return [header, '?'];
    return [header, target.kind === 'unmapped' || target.kind === 'ignore' ? '-' : wordOfTarget(target)];
  });
}

describe('exports of known and of unknown systems', () => {
  it('has an expectation for every fixture', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual([...FIXTURE_NAMES].sort());
  });

  it.each(FIXTURE_NAMES)('%s: every column', (name) => {
    const { mapping } = inferredFixture(name);
    expect(columnsOf(mapping)).toEqual(EXPECTED[name]?.columns);
    expect(mapping.system?.id ?? null).toBe(EXPECTED[name]?.system);
  });

  it.each(FIXTURE_NAMES)('%s: its record is Ada', (name) => {
    const { samples, mapping } = inferredFixture(name);
    const [record] = samples;
    if (record === undefined) throw new Error('no record');
    const row = compileMapping(mapping, SETTINGS)(record);
    expect(row.problems).toEqual([]);
    const names = mapping.columns.map(({ target }) => wordOfTarget(target));
    if (names.includes('first_name') || names.includes('name')) expect(row.contact.first_name).toBe('Ada');
    if (names.includes('last_name') || names.includes('name')) expect(row.contact.last_name).toBe('Sample');
    if (names.includes('emails')) expect(row.contact.emails).toEqual(['ada@example.com']);
    if (names.includes('phone_numbers')) expect(row.contact.phone_numbers).toEqual(['+442079460018']);
    if (names.includes('company')) expect(row.contact.company).toBe('Example Engines Ltd');
    if (names.includes('job_title')) expect(row.contact.job_title).toBe('Engineer');
    if (names.includes('city')) expect(row.contact.city).toBe('London');
    if (names.includes('country')) expect(row.contact.country).toBe('United Kingdom');
    if (names.includes('postal_code')) expect(row.contact.postal_code).toBe('SW1A 1AA');
  });

  it('recognises every system of its own table by its own columns, but where a special one comes first', () => {
    for (const { id, signature } of sourceSystems()) {
      expect(recogniseSystem(signature.map((name) => name.replace(/^=/, '')))?.id, id).toBeDefined();
    }
    expect(new Set(sourceSystems().map(({ id }) => id)).size).toBe(sourceSystems().length);
  });

  it('recognises no system in a header of its own making', () => {
    expect(recogniseSystem(['Name', 'Email', 'Phone'])).toBeUndefined();
    expect(recogniseSystem([])).toBeUndefined();
  });
});

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/systems/', import.meta.url));
const SAME_SHAPE: Readonly<Record<string, string>> = {
  'airtable-grid-view': 'airtable',
  'apple-applescript-cr-macroman': 'apple-1',
  'eventbrite-attendees': 'eventbrite',
  'google-outlook-format': 'google-outlook',
  'hubspot-default-view': 'hubspot',
  'intercom-users': 'intercom',
  'linkedin-2013-outlook-style': 'linkedin-2013',
  'linkedin-connections': 'linkedin',
  'linkedin-connections-older-no-url': 'linkedin-older',
  'outlook-desktop-de': 'outlook-de',
  'outlook-desktop-en': 'outlook-en',
  'outlook-desktop-fr': 'outlook-fr',
  'salesforce-contact-report': 'salesforce-report',
  'salesforce-dataloader-contact': 'salesforce-api',
  'shopify-customers': 'shopify',
  'stripe-customers': 'stripe',
};

/** Only where the values choose another address than the fixture's, or where they hold a profile. */
const ADDRESS_FIELDS = /^(?:-|address_line\d|city|state|postal_code|country|linkedin_url)$/;

const SAMPLE_FILES = existsSync(SAMPLES) ? readdirSync(SAMPLES).map((file) => file.replace(/\.csv$/, '')) : [];

describe.runIf(SAMPLE_FILES.length > 0)('the shared samples', () => {
  it.each(SAMPLE_FILES)('%s maps as its format does', (file) => {
    const expected = EXPECTED[SAME_SHAPE[file] ?? file];
    const { header, samples } = readSample(`${SAMPLES}${file}.csv`);
    const mapping = inferMapping({ header, samples });
    if (expected === undefined) throw new Error('no fixture of this format');
    const byName = new Map(expected.columns);
    expect(mapping.system?.id ?? null).toBe(expected.system);
    for (const [name, to] of columnsOf(mapping)) {
      const wanted = byName.get(name);
      if (wanted === undefined || (ADDRESS_FIELDS.test(wanted) && ADDRESS_FIELDS.test(to))) continue;
      const isRepeated = expected.columns.filter(([other]) => other === name).length > 1;
      if (!isRepeated) expect([name, to]).toEqual([name, wanted]);
    }
  });

  it.each(SAMPLE_FILES)('%s: every record with an email or a phone becomes a contact', (file) => {
    const { header, samples } = readSample(`${SAMPLES}${file}.csv`);
    const map = compileMapping(inferMapping({ header, samples }), { ...SETTINGS, country: 'US' });
    const rows = samples.map(map);
    const problems = rows.flatMap((row) => row.problems).filter(({ code }) => code !== 'no_identity');
    // The samples' numbers are made up, and some can't exist.
    expect(problems.filter(({ code }) => !code.includes('phone'))).toEqual([]);
  });
});
