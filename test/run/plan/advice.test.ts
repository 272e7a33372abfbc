/** What plan advises is what helps: each advice is followed to the letter, and the row is not rejected for the same again. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planInWords } from '../../../src/cli/views/plan-words.js';
import { planContacts, type PlanOptions, type PlanResult } from '../../../src/run/plan/plan.js';
import { privateFolder } from '../../support/folder.js';

async function planOf(text: string, options: Partial<PlanOptions> = {}): Promise<PlanResult> {
  const folder = await privateFolder();
  const file = join(folder, 'people.csv');
  await writeFile(file, text);
  return planContacts({ file, ...options });
}

const adviceOn = (plan: PlanResult): (readonly [string, string | undefined])[] =>
  plan.problems.map(({ code, hint }) => [code, hint]);

describe('an option that is advised helps', () => {
  it.each([
    [
      'a phone of two people who have e-mails',
      'Name,Email,Phone\nAda Lovelace,ada@example.com,+442071838750\nBob Smith,bob@example.com,+442071838750\n',
      'Give each their own number, or use --shared-phone omit to send without it whoever has an e-mail or another phone.',
      { sharedPhone: 'omit' },
    ],
    [
      'a phone of two people who have further ones',
      'Name,Phone\nAda Lovelace,+442071838750; +442071838751\nBob Smith,+442071838750; +442071838752\n',
      'Give each their own number, or use --shared-phone omit to send without it whoever has an e-mail or another phone.',
      { sharedPhone: 'omit' },
    ],
    [
      'an e-mail of two people who have phones',
      'Name,Email,Phone\nAda Lovelace,a@example.com,+442071838750\nBob Smith,a@example.com,+442071838751\n',
      'Give each their own e-mail, or use --shared-email omit to send them without it, or --shared-email merge to send them as one contact.',
      { sharedEmail: 'omit' },
    ],
    [
      'an e-mail of two people who have nothing else',
      'Name,Email\nAda Lovelace,a@example.com\nBob Smith,a@example.com\n',
      'Give each their own e-mail, or use --shared-email merge to send them as one contact.',
      { sharedEmail: 'merge' },
    ],
    [
      'phones without their country, where the file shows which',
      'Name,Phone\nAda,020 7183 8750\nBob,020 7183 8751\nCy,+442071838752\n',
      'They look like numbers of GB: if they are, use --country GB; else write them with + and country code.',
      { country: 'GB' },
    ],
    [
      'phones without their country, where nothing shows it',
      'Name,Phone\nAda,(212) 555-0157\n',
      'Name the country with --country CC, such as US, or write the number with + and its country code.',
      { country: 'US' },
    ],
  ] as const)('with %s', async (_, text, hint, options) => {
    const plan = await planOf(text);
    expect(adviceOn(plan).map(([, advice]) => advice)).toEqual([hint]);
    expect((await planOf(text, options)).problems).toEqual([]);
  });
});

describe('no advice names what cannot help', () => {
  it('where two people have nothing but the phone that they share, whatever the option says', async () => {
    const text = 'Name,Phone\nAda Lovelace,+442071838750\nBob Smith,+442071838750\n';
    for (const sharedPhone of ['reject', 'omit'] as const) {
      expect(adviceOn(await planOf(text, { sharedPhone }))).toEqual([
        ['shared_phone', 'Give each their own number, or write them into one row if it is one person.'],
      ]);
    }
  });

  it.each([
    ['+4412', 'Correct the number, or empty the cell.'],
    ['0044 12', 'Correct the number, or empty the cell.'],
    ['12', 'Correct it, or write it with + and its country code, if it is of another country.'],
  ])('of a number that has its + already: %s', async (number, hint) => {
    const plan = await planOf(`Name,Email,Phone\nAda,ada@example.com,${number}\n`, { country: 'DE' });
    expect(adviceOn(plan)).toEqual([['invalid_phone', hint]]);
  });
});

it('each kind of rejection comes with what helps', async () => {
  const plan = await planOf('Name,Email\nAda,ada@example\n');
  expect(planInWords(plan)).toContain(
    '      line 2, Email: "ada@example" is not an email address.\n      → Correct the address.\n',
  );
});

it.each([
  [{}, 'left out'],
  [{ unmapped: 'custom' }, 'sent as a custom field'],
] as const)('with %j a column that may hold phones is said to be %s', async (options, what) => {
  const plan = await planOf('Email,Kontakt 2\na@example.com,+44 7700 900123\n', options);
  const [warning] = plan.warnings.filter(({ code }) => code === 'undecided_column');
  expect(warning?.message).toMatch(new RegExp(`: ${what} until you decide, with the map command\\.$`));
});

it('a plan that sends again does not call that a change', async () => {
  const plan = { ...(await planOf('Email\na@example.com\n')), created: 0, updated: 1 };
  expect(planInWords(plan)).toContain('updated    1  sent before, by another file or with other values\n');
  expect(planInWords(plan, 80, undefined, true)).toContain('updated    1  sent before, and sent again: --resend\n');
});

it('columns that were parted by another delimiter than the file has are no matter of names', async () => {
  const text = 'Name,Email\nAda,ada at example.com\n';
  await expect(planOf(text, { delimiter: ';' })).rejects.toMatchObject({
    code: 'bad_mapping',
    next: 'All of it stands in one column: leave --delimiter out, or say the one that the file has, such as --delimiter comma.',
  });
});

it('a mapping file that is not there is written where it is looked for', async () => {
  const failure = await planOf('Name,Email\n', { mapping: 'none.json' }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'bad_mapping',
    next: expect.stringMatching(/^Write one with: clarky-contacts map \S+ --mapping none\.json$/) as unknown,
  });
});

it('words for nothing are counted by their columns, and no values', async () => {
  const rows = ['Ada,ada@example.com,N/A,none', 'Ben,ben@example.com,n/a,Leeds', 'Cat,no e-mail,+442071838750,-'];
  const plan = await planOf(`Name,Email,Phone,City\n${rows.join('\n')}\n`);
  expect(plan.columns.map(({ fillRate }) => Math.round(fillRate * 3))).toEqual([3, 2, 1, 1]);
  const words = planInWords(plan).split('\n');
  const at = words.indexOf('Counted as blank, since it says that there is no value');
  expect(words.slice(at + 1, at + 4).map((line) => line.replace(/ {2,}/g, ' ').trim())).toEqual([
    'Email 1 × no e-mail',
    'Phone 2 × N/A',
    'City 1 × none, 1 × -',
  ]);
  expect(plan.warnings).toContainEqual({
    code: 'blank_words',
    message: 'Counted as blank: 1 × "no e-mail" in Email; 2 × "N/A" in Phone; 2 × "none" and the like in City.',
  });
  const long = `${'wide '.repeat(9)}phone`;
  const wide = planInWords(
    await planOf(
      `Email,${long}\na@example.com,${['(not set)', 'unspecified', 'to be determined'].join('\nb@example.com,')}\n`,
    ),
  );
  expect(wide.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

it('of a folder an undecided column is decided for one file of it, and by that for all', async () => {
  const folder = await privateFolder();
  const row = (n: number): string => `Name,E-mail,Status\nAda ${n},ada${n}@x.com,open\nBob ${n},bob${n}@x.com,closed\n`;
  await writeFile(join(folder, 'a.csv'), row(1));
  await writeFile(join(folder, 'b.csv'), row(2));
  const files = ['a.csv', 'b.csv'].map((name) => join(folder, name));
  const plan = await planContacts({ file: folder, files });
  expect(plan.columns).toMatchObject([{}, {}, { column: 'Status', to: 'undecided' }, {}]);
  const words = planInWords(plan, 300);
  expect(words).toContain(`clarky-contacts map ${join(folder, 'a.csv')}`);
  expect(words).toContain(`It holds for all of the files, with: --mapping ${join(folder, 'a.csv.mapping.json')}`);
  const mapping = { version: 1, columns: { Name: 'name', 'E-mail': 'emails', Status: 'custom:status' } };
  await writeFile(join(folder, 'a.csv.mapping.json'), JSON.stringify(mapping));
  const decided = await planContacts({ file: folder, files, mapping: join(folder, 'a.csv.mapping.json') });
  expect(decided).toMatchObject({ rows: 4, created: 4, rejected: 0, mapping: { Status: 'custom:status' } });
});

it('of files of different programs the one is named that holds the undecided column, and its decision leaves the others as they were', async () => {
  const folder = await privateFolder();
  await writeFile(join(folder, 'a.csv'), 'Vorname,Nachname,E-Mail-Adresse\nAda,Lovelace,ada@x.com\n');
  await writeFile(join(folder, 'b.csv'), 'Name,E-mail,Status\nBob Bow,bob@x.com,open\n');
  const files = ['a.csv', 'b.csv'].map((name) => join(folder, name));
  const plan = await planContacts({ file: folder, files });
  const path = join(folder, 'b.csv.mapping.json');
  const words = planInWords(plan, 300);
  expect(words).toContain(`clarky-contacts map ${join(folder, 'b.csv')}`);
  expect(words).toContain(`It holds for all of the files, with: --mapping ${path}`);
  const mapping = { version: 1, columns: { Name: 'name', 'E-mail': 'emails', Status: 'custom:status' } };
  await writeFile(path, JSON.stringify(mapping));
  const decided = await planContacts({ file: folder, files, mapping: path });
  expect(decided).toMatchObject({ created: 2, rejected: 0 });
  const fields = { Vorname: 'first_name', Nachname: 'last_name', 'E-Mail-Adresse': 'emails', Status: 'custom:status' };
  expect(decided.mapping).toMatchObject(fields);
  expect(decided.columns.filter(({ to }) => to === 'undecided')).toEqual([]);
});

it('of files of different programs no one program is named, and what is read by another name is said', async () => {
  const folder = await privateFolder();
  const google = 'Address 1 - Street,Address 1 - City,E-mail 1 - Value,First Name';
  await writeFile(join(folder, 'a.csv'), `${google}\n1 Low Road,Leeds,ada@x.com,Ada\n`);
  await writeFile(join(folder, 'b.csv'), 'Name,E-mail,Business Street,Business City\nBob Bow,bob@x.com,2 Hill,York\n');
  const files = ['a.csv', 'b.csv'].map((name) => join(folder, name));
  const plan = await planContacts({ file: folder, files });
  expect(plan.system).toBeUndefined();
  expect(plan.notes).toContain(
    'In a.csv these columns are read by another name: "Address 1 - Street" as "Business Street", "Address 1 - City" as "Business City".',
  );
  expect(plan.columns.find(({ column }) => column === 'Business City')).toMatchObject({ to: 'city', fillRate: 1 });
});
