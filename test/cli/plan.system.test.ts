import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const UNDECIDED = 'Name,Phone,Kontakt 2\nAda,+44 7700 900123,ada@example.com\n';

describe('plan ends as the import would', () => {
  it('with 2 where a column that may hold e-mails is undecided, and says the same', async () => {
    const { here, write, sandbox } = await workplace();
    await write('c.csv', UNDECIDED);
    const plan = await here('plan', 'c.csv');
    const imported = await here('import', 'c.csv', ...UNLIMITED);
    expect([plan.code, imported.code]).toEqual([2, 2]);
    for (const said of ['"Kontakt 2" may hold e-mails', 'Decide with: clarky-contacts map c.csv']) {
      expect(plan.stdout.replace(/\s+/g, ' ')).toContain(said);
      expect(imported.stderr).toContain(said);
    }
    expect(JSON.parse((await here('plan', 'c.csv', '--json')).stdout)).toMatchObject({ exit: 2, error: 'bad_mapping' });
    // It concerns rows that would be rejected; an import that would not begin is another thing.
    expect((await here('plan', 'c.csv', '--exit-zero')).code).toBe(2);
    expect(sandbox.stats().writes).toBe(0);
    expect((await here('map', 'c.csv', '--yes')).code).toBe(0);
    await write(
      'c.csv.mapping.json',
      '{"version":1,"columns":{"Name":"name","Phone":"phone_numbers","Kontakt 2":"emails"}}',
    );
    expect([(await here('plan', 'c.csv')).code, (await here('import', 'c.csv', ...UNLIMITED)).code]).toEqual([0, 0]);
  });

  it('with 3 where rows would be rejected, with 0 where that is wanted', async () => {
    const { here, write } = await workplace();
    await write('c.csv', 'Name,Email\nAda,ada@example.com\nBob,none\n');
    expect((await here('plan', 'c.csv')).code).toBe(3);
    expect(JSON.parse((await here('plan', 'c.csv', '--json')).stdout)).toMatchObject({ exit: 3, rejected: 1 });
    expect((await here('plan', 'c.csv', '--exit-zero')).code).toBe(0);
    expect((await here('import', 'c.csv', ...UNLIMITED)).code).toBe(3);
  });

  it('having told what an import warns of as well', async () => {
    const { here, write } = await workplace();
    await write('c.csv', 'Name,Email,Contact\nAda,ada@example.com,+44 7700 900123\nBob,noemail@noemail.com,\n');
    const plan = (await here('plan', 'c.csv')).stdout.replace(/\s+/g, ' ');
    const imported = (await here('import', 'c.csv', ...UNLIMITED)).stderr.replace(/\s+/g, ' ');
    expect(imported).toContain("Without --live this can't be undone");
    expect(imported).toContain("1 e-mail is nobody's address");
    expect(plan).toContain('placeholder_email');
  });

  it('or says that it does not ask whether the key sees the bot that is named', async () => {
    const { here, write, imported } = await workplace();
    await write('c.csv', 'Name,Email\nAda,ada@example.com\n');
    const planned = async (...flags: string[]) => {
      const { stdout, stderr, code } = await here('plan', 'c.csv', ...flags);
      return { code, said: (stdout + stderr).replace(/\s+/g, ' ') };
    };
    const unasked = 'That the key sees the bot bot_nope is not checked without --live';
    expect((await planned('--bot', 'bot_nope')).said).toContain(unasked);
    expect(await planned('--bot', 'bot_nope', '--live')).toMatchObject({
      code: 4,
      said: expect.stringContaining('The key does not see a bot bot_nope.') as string,
    });
    await imported('c.csv');
    expect((await planned('--bot', 'bot_nope')).said).toContain(`The list went to bot_sandbox_1 before. ${unasked}`);
    for (const flags of [[], ['--bot', 'bot_sandbox_1'], ['--live', '--bot', 'bot_sandbox_1']]) {
      expect((await planned(...flags)).said).not.toContain('sees the bot');
    }
  });

  it('and breaks no line in the middle of a word', async () => {
    const { here, write } = await workplace();
    await write('c.csv', 'Name,Email\nAda,ada@example.com\n');
    const { stdout } = await here('plan', 'c.csv');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/\nNothing was sent: this is the plan\.\n$/);
  });
});

describe('plan says', () => {
  const wordsOf = async (csv: string, ...flags: string[]): Promise<string> => {
    const { here, write } = await workplace();
    await write('c.csv', csv);
    return (await here('plan', 'c.csv', ...flags)).stdout.replace(/\s+/g, ' ');
  };

  it('that a postal code has lost its zero, from one column of them', async () => {
    const words = await wordsOf(
      'Name;E-Mail;PLZ\nAda;ada@x.example;1067\nBob;bob@x.example;80331\n',
      '--country',
      'DE',
    );
    expect(words).toContain('(postal_code_short) line 2, PLZ: "1067" has 4 digits');
  });

  it('what helps where one name has one phone and two e-mails', async () => {
    const words = await wordsOf(
      'Name,Email,Phone\nZoe Zeal,a@x.example,+447700900106\nZoe Zeal,b@x.example,+447700900106\n',
    );
    expect(words).toContain(
      'One phone number, one name, different e-mails: lines 2 and 3, "Zoe Zeal", have +447700900106 (Phone).',
    );
    expect(words).toContain('write both e-mails into one row');
    expect(words).not.toContain('different people');
  });

  it('what helps some of those who share a phone, whoever of them is met first', async () => {
    const words = await wordsOf(
      'Name,Email,Phone\nDan D,,+447700900106\nDora D,,+447700900106\nEve E,e@x.example,+447700900107\nFay F,f@x.example,+447700900107\n',
    );
    expect(words).toContain('"Dan D" and "Dora D"');
    expect(words).toContain('or use --shared-phone omit to send without it whoever has an e-mail');
  });
});

it('says what rows have in common and where it stands, and counts the reasons as the import does', async () => {
  const { write, here, path } = await workplace();
  await write(
    'list.csv',
    'Vorname,Nachname,E-Mail,Mobil,Telefon\n' +
      'Uta,Uhl,uta@uhl.de,0151 23456789,030 / 9012012\nTom,Thal,tom@thal.de,,0049 30 901 20 12\n' +
      'Ann,Aal,broken,12,\nBea,Bo,bea@bo.de,0171 2345678,\n',
  );
  const settings = ['--country', 'DE'];
  const said = (await here('plan', 'list.csv', ...settings)).stdout.replace(/\s+/g, ' ');
  expect(said).toContain('lines 2 and 3, "Uta Uhl" and "Tom Thal", have +49309012012 (Telefon).');
  expect(said).toContain('Would be rejected (a row stands under each of its reasons)');
  const plan = JSON.parse((await here('plan', 'list.csv', ...settings, '--json')).stdout) as {
    readonly problems: readonly { readonly code: string; readonly count: number }[];
  };
  const sent = await here('import', 'list.csv', ...settings, ...UNLIMITED);
  expect(sent.stdout).toContain('Why rows were rejected (a row stands under each of its reasons)');
  const { reasons } = JSON.parse((await here('import', 'list.csv', ...settings, '--json', ...UNLIMITED)).stdout) as {
    readonly reasons: Readonly<Record<string, number>>;
  };
  expect(reasons).toEqual({ shared_phone: 2, invalid_email: 1, invalid_phone: 1 });
  expect(Object.fromEntries(plan.problems.map(({ code, count }) => [code, count]))).toEqual(reasons);
  expect(await readFile(path('list.csv.rejected.csv'), 'utf8')).toContain('have +49309012012 (Telefon). Clarky');
});

it('whom another file sent with just this is not said to have changed', async () => {
  const place = await workplace();
  const rows = 'Name,Email\nKim Kopie,kim@example.com\n';
  await Promise.all([place.write('k1.csv', rows), place.write('k2.csv', rows)]);
  expect((await place.here('import', 'k1.csv', ...UNLIMITED)).code).toBe(0);
  const { stdout } = await place.here('plan', 'k2.csv');
  expect(stdout).toMatch(/ {2}updated +1 {2}sent before, by another file or with other values\n/);
  expect(stdout).not.toContain('changed since');
});
