import { describe, expect, it } from 'vitest';
import type { Contact } from '../../src/contact/contact.js';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { senseOf } from '../../src/mapping/infer/words/header-sense.js';
import type { InferredMapping } from '../../src/mapping/mapping.js';
import { headersOfOneList, leftOutOfOneList, type DecidedFor } from '../../src/mapping/one-list.js';
import type { SourceRecord } from '../../src/source/record.js';
import { asOneHeader, atTheirPlaces } from '../../src/source/several/one-header.js';
import { inferredFixture, type Table } from './mapping-fixtures.js';

const SETTINGS = { set: new Map<string, string>(), unmapped: 'ignore', onInvalid: 'reject' } as const;

/** Exports of programs that people leave for another, each with the names that it gives its columns. */
const PROGRAMS = [
  'google-new',
  'google-old',
  'outlook-de',
  'outlook-en',
  'outlook-com',
  'hubspot',
  'salesforce-report',
  'mailchimp',
  'linkedin',
  'zoho-contacts',
  'pipedrive',
  'apple-1',
  'thunderbird',
  'xero',
];

function tableOf(header: string, ...rows: string[]) {
  const cells = (line: string): string[] => line.match(/"[^"]*"|[^,]+/g)?.map((cell) => cell.replaceAll('"', '')) ?? [];
  return { header: cells(header), sampleRecords: rows.map((row, at) => ({ line: at + 2, cells: cells(row) })) };
}

const contactsBy = (mapping: InferredMapping, records: readonly SourceRecord[]): Contact[] =>
  records.map((record) => compileMapping(mapping, SETTINGS)(record).contact);

/** The contacts of each file as rows of the one list that they are together. */
function asOneList(files: readonly Table[], decided?: DecidedFor): Contact[][] {
  const tables = files.map(({ header, samples }) => ({ header, sampleRecords: samples }));
  const { header, places } = asOneHeader(headersOfOneList(tables, decided));
  const records = files.map(({ samples }, file) =>
    samples.map((record) => ({ ...record, cells: atTheirPlaces(record.cells, places[file] ?? [], header.length) })),
  );
  const mapping = inferMapping({ header, samples: records.flat() });
  return records.map((ofFile) => contactsBy(mapping, ofFile));
}

describe('several files as one list', () => {
  it.each(PROGRAMS)('a row of %s, and one of any export after it, is the contact that it is alone', (name) => {
    const one = inferredFixture(name);
    for (const after of PROGRAMS.filter((each) => each !== name)) {
      const other = inferredFixture(after);
      const alone = [one, other].map(({ mapping, samples }) => contactsBy(mapping, samples));
      expect.soft(asOneList([one, other]), after).toEqual(alone);
    }
  });

  it('a column that a mapping file names keeps its name', () => {
    const files = [inferredFixture('google-new'), inferredFixture('outlook-de')];
    const tables = files.map(({ header, samples }) => ({ header, sampleRecords: samples }));
    const before = headersOfOneList(tables);
    expect(before[0]).not.toContain('Address 1 - City');
    const named = headersOfOneList(tables, (name) =>
      name === 'Address 1 - City' ? { to: 'city', isForThisFile: true } : undefined,
    );
    expect(named[0]?.filter((name, at) => name !== before[0]?.[at])).toEqual(['Address 1 - City']);
  });

  it('a column that a mapping file names for another file is called as what it is in its own', () => {
    const street = tableOf('Name,E-mail,Address', 'Ada Moss,ada@x.com,"1 High Street, Bath"');
    const mails = tableOf('Full name,Address,City,Work phone', 'Ben Ash,ben@x.com,Bath,+442079460123');
    const decided: DecidedFor = (name, file) =>
      name === 'Address' ? { to: 'emails', isForThisFile: file === 1 } : undefined;
    const [own, other] = headersOfOneList([street, mails], decided);
    expect(other).toEqual(mails.header);
    expect(own?.[2]).not.toBe('Address');
    expect(senseOf(own?.[2] ?? '')).toMatchObject({ kind: 'address' });
  });

  it('what only the other file keeps from being sent is told', () => {
    const acme = tableOf(
      'Company,Email,Contact 1 Name,Contact 1 Email,Contact 2 Name,Contact 2 Email',
      'Acme,office@acme.com,Ada Moss,ada@acme.com,Ben Ash,ben@acme.com',
    );
    const one = inferredFixture('xero');
    const tables = [acme, { header: one.header, sampleRecords: one.samples }];
    expect(leftOutOfOneList(tables, headersOfOneList(tables))).toEqual([['Contact 1 Name', 'Contact 1 Email'], []]);
    expect(leftOutOfOneList([acme, acme], headersOfOneList([acme, acme]))).toEqual([[], []]);
  });

  it('files of one header are left as they are', () => {
    const { header, samples } = inferredFixture('google-new');
    const again = { header, sampleRecords: samples };
    expect(headersOfOneList([again, again])).toEqual([header, header]);
  });
});
