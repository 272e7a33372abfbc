/** JSON as the programs give it: what of it becomes a field. Through the reader and the inference, without processes. */
import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import { detectDialect, type Dialect } from '../../src/source/dialect.js';
import { readRecords } from '../../src/source/records.js';
import { memorySource } from './reading.js';

interface Read {
  readonly header: readonly string[];
  readonly warnings: Dialect['warnings'];
  /** Each record's filled cells by the field that they become; several by their order. */
  readonly contacts: readonly Readonly<Record<string, string>>[];
}

async function read(value: unknown): Promise<Read> {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const source = { ...memorySource(Buffer.from(text)), form: 'json' as const };
  const dialect = await detectDialect(source);
  const { columns } = inferMapping({ header: dialect.header, samples: dialect.sampleRecords });
  const contacts: Record<string, string>[] = [];
  for await (const batch of readRecords(source, dialect)) {
    for (const { cells } of batch) {
      const contact: Record<string, string> = {};
      for (const { target, index } of columns) {
        const word = wordOfTarget(target);
        const cell = cells[index] ?? '';
        if (cell === '' || /^(?:unmapped|ignore|undecided)/.test(word)) continue;
        contact[word] = contact[word] === undefined ? cell : `${contact[word]} + ${cell}`;
      }
      contacts.push(contact);
    }
  }
  return { header: dialect.header, warnings: dialect.warnings, contacts };
}

const ADA = { name: 'Ada Moss', email: 'ada@example.com' };
const BEN = { name: 'Ben Ash', email: 'ben@example.com' };
const CAT = { name: 'Cat Fox', email: 'cat@example.com' };
const FIELDS = (people: readonly (typeof ADA)[]): object[] =>
  people.map(({ name, email }) => ({ name, emails: email }));

describe('JSON of programs becomes the fields that it means', () => {
  it('Google People: names, an international phone, the region of an address', async () => {
    const { contacts } = await read({
      connections: [
        {
          resourceName: 'people/c1',
          names: [{ metadata: { primary: true }, displayName: 'Ada Moss', familyName: 'Moss', givenName: 'Ada' }],
          emailAddresses: [{ value: 'b@example.com' }, { metadata: { primary: true }, value: 'a@example.com' }],
          phoneNumbers: [{ value: '(212) 555-0147', canonicalForm: '+12125550147', type: 'mobile' }],
          addresses: [{ formattedValue: '1 Elm St\nAustin', streetAddress: '1 Elm St', city: 'Austin', region: 'TX' }],
          organizations: [{ name: 'Acme', title: 'CEO' }],
        },
      ],
    });
    expect(contacts).toEqual([
      {
        name: 'Ada Moss',
        last_name: 'Moss',
        first_name: 'Ada',
        emails: 'a@example.com + b@example.com',
        phone_numbers: '+12125550147',
        address_line1: '1 Elm St',
        city: 'Austin',
        state: 'TX',
        company: 'Acme',
        job_title: 'CEO',
      },
    ]);
  });

  it('OSDI: that an address is the primary one is no street', async () => {
    const person = {
      given_name: 'Ada',
      email_addresses: [{ primary: true, address: 'ada@example.com', status: 'subscribed' }],
      postal_addresses: [{ primary: true, address_lines: ['1 Elm St'], locality: 'Austin', region: 'TX' }],
    };
    const { contacts } = await read({ _embedded: { 'osdi:people': [person] } });
    const address = { address_line1: '1 Elm St', city: 'Austin', state: 'TX' };
    expect(contacts).toEqual([{ first_name: 'Ada', emails: 'ada@example.com', ...address }]);
  });

  it('Mailchimp, HubSpot, JSON:API, GraphQL: what stands around the fields is taken off', async () => {
    const { contacts: mailchimp } = await read({
      members: [{ email_address: ADA.email, merge_fields: { FNAME: 'Ada', PHONE: '+12125550147' } }],
    });
    expect(mailchimp).toEqual([{ emails: ADA.email, first_name: 'Ada', phone_numbers: '+12125550147' }]);
    const { contacts: hubspot } = await read({
      results: [{ id: '1', properties: { firstname: 'Ada', email: ADA.email } }],
    });
    expect(hubspot).toEqual([{ first_name: 'Ada', emails: ADA.email }]);
    const { contacts: api } = await read({
      data: [{ type: 'people', attributes: { first_name: 'Ada', email: ADA.email } }],
      included: [1, 2, 3].map((id) => ({ type: 'companies', id: `${id}`, attributes: { name: 'Acme' } })),
    });
    expect(api).toEqual([{ first_name: 'Ada', emails: ADA.email }]);
    const { contacts: graph } = await read({
      data: { customers: { edges: [{ node: { ...ADA, defaultAddress: { address1: '1 Elm St', city: 'Austin' } } }] } },
    });
    expect(graph).toEqual([{ name: ADA.name, emails: ADA.email, address_line1: '1 Elm St', city: 'Austin' }]);
  });

  it("Close: a lead's own name is the firm's, and each contact a person", async () => {
    const contact = (name: string, email: string): object => ({
      name,
      emails: [{ type: 'office', email }],
      phones: [],
    });
    const { contacts } = await read({
      data: [
        { id: 'lead_1', display_name: 'Acme', name: 'Acme', contacts: [contact(ADA.name, ADA.email)] },
        { id: 'lead_2', display_name: 'Beta', name: 'Beta', contacts: [contact(BEN.name, BEN.email)] },
      ],
    });
    expect(contacts).toEqual([
      { company: 'Acme', name: ADA.name, emails: ADA.email },
      { company: 'Beta', name: BEN.name, emails: BEN.email },
    ]);
  });

  it('an address with a code beside the name of its country is read once; the state of an account is none', async () => {
    const address = {
      address1: 'Chestnut Street 92',
      country: 'United States',
      province_code: 'KY',
      country_code: 'US',
    };
    const { contacts } = await read({
      customers: [{ email: ADA.email, state: 'disabled', default_address: { id: 2, default: true, ...address } }],
    });
    expect(contacts).toEqual([
      { emails: ADA.email, address_line1: 'Chestnut Street 92', country: 'United States', state: 'KY' },
    ]);
  });

  it("a number of another program is no company of Clarky's", async () => {
    const { contacts } = await read([{ ...ADA, company_id: 12 }]);
    expect(contacts).toEqual(FIELDS([ADA]));
  });
});

describe('JSON in whatever shape', () => {
  it('lists of tags, of names and values, and values with their types become plain cells', async () => {
    const tags = Array.from({ length: 12 }, (_, at) => ({ id: at, name: `t${at}` }));
    const { header, contacts } = await read([
      { field_data: [{ name: 'email', values: [ADA.email] }], tags, Name: { S: ADA.name }, _id: { $oid: '5ba0' } },
    ]);
    expect(header).toEqual(['field_data.email', 'tags', 'Name', '_id']);
    expect(contacts[0]?.tags?.split('; ')).toHaveLength(12);
  });

  it('one element in some records and two in others stand in the same columns, and blank ones in none', async () => {
    const { header, contacts } = await read([
      { emails: [{ address: 'a@example.com' }], phones: [] },
      { emails: [{ address: 'b@example.com' }, { address: 'c@example.com' }], phones: [{ number: '+12125550147' }] },
    ]);
    expect(header).toEqual(['emails 1.address', 'emails 2.address', 'phones.number']);
    expect(contacts).toEqual([
      { emails: 'a@example.com' },
      { emails: 'b@example.com + c@example.com', phone_numbers: '+12125550147' },
    ]);
  });

  it.each([
    ['objects by id', { '-Mx1': ADA, '-Mx2': BEN, '-Mx3': CAT }],
    ['objects by number, inside another', { total: 3, contacts: { 101: ADA, 102: BEN, 103: CAT } }],
    ['objects by name', { ada: ADA, ben: BEN, cat: CAT }],
    [
      'pages, a line each',
      [{ data: [ADA, BEN], next: 'x' }, { data: [CAT] }].map((page) => JSON.stringify(page)).join('\n'),
    ],
    ['lists, one after the other', `${JSON.stringify([ADA, BEN])}\n${JSON.stringify([CAT])}`],
    ['rows', [['name', 'email'], ...[ADA, BEN, CAT].map(({ name, email }) => [name, email])]],
    [
      'rows in a range',
      { range: 'A1:B4', values: [['name', 'email'], ...[ADA, BEN, CAT].map((one) => Object.values(one))] },
    ],
    [
      'rows beside their columns',
      { data: { rows: [ADA, BEN, CAT].map((one) => Object.values(one)), cols: [{ name: 'name' }, { name: 'email' }] } },
    ],
    ['columns', { name: [ADA.name, BEN.name, CAT.name], email: [ADA.email, BEN.email, CAT.email] }],
    [
      'columns by places',
      { name: { 0: ADA.name, 1: BEN.name, 2: CAT.name }, email: { 0: ADA.email, 1: BEN.email, 2: CAT.email } },
    ],
    [
      'the list with the addresses, not the longer one',
      { fields: [1, 2, 3, 4].map((id) => ({ id })), rows: [ADA, BEN, CAT] },
    ],
  ])('%s', async (_, value) => {
    expect((await read(value)).contacts).toEqual(FIELDS([ADA, BEN, CAT]));
  });

  it('by their e-mails, and a list of e-mails alone', async () => {
    const { contacts } = await read({ [ADA.email]: { name: ADA.name }, [BEN.email]: { name: BEN.name } });
    expect(contacts).toEqual([
      { emails: ADA.email, name: ADA.name },
      { emails: BEN.email, name: BEN.name },
    ]);
    expect((await read([ADA.email, BEN.email])).contacts).toEqual([{ emails: ADA.email }, { emails: BEN.email }]);
  });

  it('one person alone, whose lists are no records', async () => {
    const { contacts } = await read({
      name: ADA.name,
      emails: [{ address: 'a@example.com' }, { address: 'b@example.com' }],
    });
    expect(contacts).toEqual([{ name: ADA.name, emails: 'a@example.com + b@example.com' }]);
    const { contacts: both } = await read({ billing: ADA, shipping: { ...ADA, email: 'x@example.com' } });
    expect(both).toHaveLength(1);
  });

  it('vCards as JSON are read as vCards', async () => {
    const card = (name: string, email: string): unknown => [
      'vcard',
      [
        ['version', {}, 'text', '4.0'],
        ['fn', {}, 'text', name],
        ['n', {}, 'text', ['Moss', 'Ada', '', '', '']],
        ['email', { type: 'work' }, 'text', email],
        ['tel', { type: ['work', 'voice'] }, 'uri', 'tel:+1-212-555-0147'],
        ['adr', {}, 'text', ['', '', '1 Elm St; rear', 'Austin', 'TX', '78701', 'USA']],
      ],
    ];
    const { contacts } = await read([card(ADA.name, ADA.email)]);
    expect(contacts[0]).toMatchObject({ emails: ADA.email, city: 'Austin', address_line1: '1 Elm St; rear' });
    expect((await read(card(ADA.name, ADA.email))).contacts).toHaveLength(1);
  });

  it('says that another list holds contacts too', async () => {
    const { warnings, contacts } = await read({ staff: [CAT], customers: [ADA, BEN] });
    expect(contacts).toEqual(FIELDS([ADA, BEN]));
    const message = 'Only the list "customers" is read; e-mails or phones stand in "staff" too.';
    expect(warnings).toEqual([{ code: 'other_lists', message }]);
  });
});

describe('tables and pages in a list', () => {
  it('phpMyAdmin’s export: what it says of itself and its tables is no record', async () => {
    const { contacts } = await read([
      { type: 'header', version: '5.1', comment: 'Export to JSON plugin for PHPMyAdmin' },
      { type: 'database', name: 'crm' },
      { type: 'table', name: 'contacts', database: 'crm', data: [ADA, BEN] },
    ]);
    expect(contacts).toEqual(FIELDS([ADA, BEN]));
  });

  it('pages of a list hold its records, firms with people stay firms', async () => {
    const pages = [
      { page: 1, data: [ADA, BEN] },
      { page: 2, data: [CAT] },
    ];
    expect((await read(pages)).contacts).toEqual(FIELDS([ADA, BEN, CAT]));
    const firms = [{ company: 'Acme', email: 'office@acme.example', data: [{ plan: 'gold' }] }];
    expect((await read(firms)).contacts).toMatchObject([{ company: 'Acme', emails: 'office@acme.example' }]);
  });
});
