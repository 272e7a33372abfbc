import { readFile, access, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { linesOf, peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

interface Summary {
  [count: string]: unknown;
}

const parse = (stdout: string): Summary => JSON.parse(stdout) as Summary;
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const SIX_ROWS = [
  'First Name,Last Name,Email,Phone',
  'Ada,Lovelace,ada@example.com,+442079460001',
  'Grace,Hopper,grace@example.com,+442079460999',
  'Alan,Turing,alan@example.com,+442079460999',
  'Ada,Lovelace,ADA@example.com ,',
  'Nobody,Known,,',
  'Bad,Mail,not-an-address,',
  '',
].join('\n');

describe('clarky-contacts import', () => {
  it('imports everything, prints the promised summary, and sends nothing the second time', async () => {
    const { run, here, write, sandbox, path } = await workplace();
    await write('contacts.csv', peopleCsv(25));
    const first = await run('import', 'contacts.csv', '--json', ...UNLIMITED);
    expect(first.code).toBe(0);
    expect(parse(first.stdout)).toMatchObject({
      file: 'contacts.csv',
      rows: 25,
      contacts: 25,
      created: 25,
      updated: 0,
      unchanged: 0,
      merged: 0,
      rejected: 0,
      reasons: {},
      undoable: false,
      pending: 0,
      requests: 25,
      throttled: 0,
      retries: 0,
      seconds: expect.any(Number) as number,
      complete: true,
      checkpoint: 'contacts.csv.checkpoint.jsonl',
      rejects: 'contacts.csv.rejected.csv',
      log: 'contacts.csv.log.jsonl',
      report: 'contacts.csv.report.html',
      api: sandbox.url,
      bot: sandbox.botId,
      start: expect.any(String) as string,
      end: expect.any(String) as string,
      exit: 0,
    });
    expect(sandbox.contacts()).toHaveLength(25);
    const writes = sandbox.stats().writes;

    const second = await here('import', 'contacts.csv', '--json', ...UNLIMITED);
    expect(second.code).toBe(0);
    expect(parse(second.stdout)).toMatchObject({ unchanged: 25, created: 0, requests: 0, complete: true });
    expect(sandbox.stats().writes).toBe(writes);
    expect(await exists(path('contacts.csv.rejected.csv'))).toBe(false);
  });

  it('sends only what changed, and never empties a field', async () => {
    const { here, imported, write, sandbox } = await workplace();
    await write('c.csv', 'Email,First Name,Company\nada@x.com,Ada,Acme\nbob@x.com,Bob,Acme\n');
    await imported('c.csv');
    await write('c.csv', 'Email,First Name,Company\nbob@x.com,Bob,\nada@x.com,Ada,Globex\n');
    const again = await here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(parse(again.stdout)).toMatchObject({ updated: 2, requests: 2 });
    const byEmail = new Map(sandbox.contacts().map((contact) => [contact.first_name, contact.company]));
    expect(byEmail).toEqual(
      new Map([
        ['Ada', 'Globex'],
        ['Bob', 'Acme'],
      ]),
    );
  });

  it('decides six rows as the contract says', async () => {
    const { here, write, sandbox, path } = await workplace();
    await write('six.csv', SIX_ROWS);
    const ended = await here('import', 'six.csv', '--json', ...UNLIMITED);
    expect(ended.code).toBe(3);
    expect(parse(ended.stdout)).toMatchObject({ rows: 6, contacts: 1, created: 1, merged: 1, rejected: 4, pending: 0 });
    expect(sandbox.contacts().map(({ first_name }) => first_name)).toEqual(['Ada']);
    const rejects = await readFile(path('six.csv.rejected.csv'), 'utf8');
    expect(rejects.split('\r\n')[0]).toBe(
      '\ufeffFirst Name,Last Name,Email,Phone,import_line,import_error,import_message',
    );
    expect(rejects).toMatch(/^Grace,Hopper,grace@example.com,'\+442079460999,3,shared_phone,.*lines 3 and 4/m);
    expect(rejects).toMatch(/^Nobody,Known,,,6,no_identity,/m);
    expect(rejects).toMatch(/^Bad,Mail,not-an-address,,7,invalid_email,"Email: /m);
    // Each says what is to be done: of an e-mail what is wrong with it, too.
    expect(rejects).toContain('""not-an-address"" is not an email address: it has no @. Correct the address."');
  });

  it('takes the corrected rejects file as it is', async () => {
    const { here, imported, write, sandbox, path } = await workplace();
    await write('six.csv', SIX_ROWS);
    await imported('six.csv');
    const rejects = await readFile(path('six.csv.rejected.csv'), 'utf8');
    const corrected = rejects
      .replace('not-an-address', 'bad@example.com')
      .replace(/^(Alan.*)'\+442079460999/m, '$1+442079460123')
      .replace(/^(Nobody,Known),,/m, '$1,known@example.com,');
    await writeFile(path('six.csv.rejected.csv'), corrected);
    const ended = await here('import', 'six.csv.rejected.csv', '--json', ...UNLIMITED);
    expect(ended.code).toBe(0);
    expect(parse(ended.stdout)).toMatchObject({ rows: 4, created: 4, rejected: 0 });
    const grace = sandbox.contacts().find(({ first_name }) => first_name === 'Grace');
    expect(grace?.phone_numbers).toEqual(['+442079460999']);
    expect(sandbox.contacts().every(({ custom_fields }) => Object.keys(custom_fields ?? {}).length === 0)).toBe(true);
  });

  it('puts back what a spreadsheet made of the rejects as it saved them, and says so', async () => {
    const { here, imported, write, sandbox, path } = await workplace();
    const header = 'Vorname;Nachname;E-Mail;Telefon;PLZ;Abteilung;Geburtstag';
    await write('crm.csv', `${header}\r\nPetra;Weiss;p@@web.example;0351123456;01067;3-4;1981-05-12\r\n`);
    await imported('crm.csv', { country: 'DE', unmapped: 'custom' });
    const rejects = await readFile(path('crm.csv.rejected.csv'), 'utf8');
    expect(rejects).toContain('p@@web.example;0351123456;01067;3-4;1981-05-12;2;');
    const saved = rejects.replace(/p@@web\S*;(?=2;)/, 'p@web.example;351123456;1067;03. Apr;12.05.1981;');
    await write('crm.csv.rejected.csv', saved);
    const said = ['0351123456 to 351123456', '01067 to 1067', '3-4 to 03. Apr'];
    const plan = await here('plan', 'crm.csv.rejected.csv', '--json');
    const remarks = JSON.stringify(parse(plan.stdout).remarks);
    expect(said.filter((change) => !remarks.includes(`a spreadsheet changed ${change}`))).toEqual([]);
    const ended = await here('import', 'crm.csv.rejected.csv', ...UNLIMITED);
    expect(ended.stderr).toContain(
      'Line 2, PLZ: a spreadsheet changed 01067 to 1067: read as it was. Line 2, Abteilung',
    );
    expect(ended.stderr).toContain(
      'Line 2, Geburtstag: a spreadsheet changed 1981-05-12 to 12.05.1981: read as it was.',
    );
    expect(ended.stderr).toMatch(/all columns as text, and saved as \.xlsx/);
    expect(sandbox.contacts()).toMatchObject([
      {
        postal_code: '01067',
        phone_numbers: ['+49351123456'],
        custom_fields: { Abteilung: '3-4', Geburtstag: '1981-05-12' },
      },
    ]);
  });

  it('leads to the country that phones without one look like, as plan does, and says what the sums are of', async () => {
    const { here, write } = await workplace();
    const phones = ['07911 123456', '07911 123457', '4.47E+11'];
    const rows = phones.map((phone, n) => `A${n},${n === 1 ? 'bad@@x' : `a${n}@x.co.uk`},${phone},SW1A 1AA`);
    await write('gb.csv', `First Name,Email,Phone,Postcode\n${rows.join('\n')}\n`);
    const { stdout: plan } = await here('plan', 'gb.csv');
    expect(plan).toContain('use --country GB');
    expect(plan).toContain('Would be rejected (a row stands under each of its reasons)\n');
    const { stdout } = await here('import', 'gb.csv', ...UNLIMITED);
    expect(stdout).toMatch(/if phones without \+ are of GB:\s+clarky-contacts import gb\.csv --country GB /);
  });

  it.each([
    ['omit', { created: 3, rejected: 2, merged: 1 }],
    ['send', { created: 2, updated: 1, rejected: 2, merged: 1 }],
  ])('with --shared-phone %s sends those who share a phone', async (how, counts) => {
    const { here, write } = await workplace();
    await write('six.csv', SIX_ROWS);
    const ended = await here('import', 'six.csv', '--json', '--shared-phone', how, '--concurrency', '1', ...UNLIMITED);
    expect(parse(ended.stdout)).toMatchObject(counts);
    const again = await here('import', 'six.csv', '--json', '--shared-phone', how, ...UNLIMITED);
    expect(parse(again.stdout)).toMatchObject({ requests: 0 });
  });

  it('keeps an omitted phone in a custom field', async () => {
    const { here, write, sandbox } = await workplace();
    await write('six.csv', SIX_ROWS);
    await here('import', 'six.csv', '--shared-phone', 'omit', '--keep-shared-phone', 'office', ...UNLIMITED);
    const grace = sandbox.contacts().find(({ first_name }) => first_name === 'Grace');
    expect(grace?.custom_fields).toEqual({ office: '+442079460999' });
    expect(grace?.phone_numbers).toEqual([]);
  });

  it.each([
    ['merge', { created: 1, merged: 2, rejected: 0 }, { company: 'B', first_name: 'Ada', tags: ['x', 'y'] }],
    ['last', { created: 1, merged: 2, rejected: 0 }, { company: 'B', first_name: null, tags: [] }],
    ['first', { created: 1, merged: 2, rejected: 0 }, { company: 'A', first_name: 'Ada', tags: ['x'] }],
    ['reject', { created: 0, merged: 0, rejected: 3 }, undefined],
  ])('with --duplicates %s makes one contact of three rows as promised', async (how, counts, contact) => {
    const { here, write, sandbox } = await workplace();
    await write('d.csv', 'Email,First Name,Company,Tags\na@x.com,Ada,A,x\nA@x.com,,,y\na@x.com,,B,\n');
    const ended = await here('import', 'd.csv', '--json', '--duplicates', how, ...UNLIMITED);
    expect(parse(ended.stdout)).toMatchObject(counts);
    if (contact) expect(sandbox.contacts()[0]).toMatchObject(contact);
    else expect(sandbox.contacts()).toEqual([]);
  });

  it('with --on-invalid omit leaves the unreadable value out and sends the rest', async () => {
    const { here, imported, write, sandbox, path } = await workplace();
    await write('i.csv', 'Email,Phone,Deal Value\na@x.com,12,lots\n');
    expect(await imported('i.csv')).toBe(3);
    const ended = await here('import', 'i.csv', '--json', '--on-invalid', 'omit', ...UNLIMITED);
    expect(ended.code).toBe(0);
    expect(sandbox.contacts()[0]).toMatchObject({ phone_numbers: [], deal_value: null });
    const log = await readFile(path('i.csv.log.jsonl'), 'utf8');
    expect(log).toContain(
      '"omitted":[{"line":2,"code":"invalid_phone","column":"Phone"},{"line":2,"code":"invalid_money"',
    );
    // What was left out is in Clarky as it was meant, and not as the file has it.
    const verified = await here('verify', 'i.csv');
    expect(verified.code).toBe(0);
    expect(verified.stdout.replace(/\s+/g, ' ')).toContain(
      'i.csv is in Clarky as the file says, without a value that was left out. = same 1 Sent without a value of their row ' +
        "1 contact without Phone: the phone can't be read",
    );
    const report = await readFile(path('i.csv.report.html'), 'utf8');
    expect(report).toContain('The only contact is in Clarky as the file says, without a value that was left out.');
  });

  it('names --on-invalid omit where it sends rejected rows, and for how many', async () => {
    const { here, write } = await workplace();
    const rows = ['Email,Phone,Last Name', 'bad,+442079460001,One', 'b@example.com,12,Two', 'bad,,Nobody'];
    await write('c.csv', `${rows.join('\n')}\n`);
    const plan = await here('plan', 'c.csv');
    expect(plan.stdout).toContain('Or send 1 of the rows without it: --on-invalid omit');
    expect(plan.stdout).toContain('Or send the row without it: --on-invalid omit');
    const { code, stdout } = await here('import', 'c.csv', ...UNLIMITED);
    expect(code).toBe(3);
    const [, next = ''] = /or 2 of them without these values:\s+clarky-contacts (.*)/.exec(stdout) ?? [];
    const omitting = await here(...next.split(' '));
    expect(omitting.stdout).toMatch(/created +2 /);
    expect(omitting.stdout).not.toContain('without these values');
    expect((await here('plan', 'c.csv')).stdout).not.toContain('Or send');
  });

  it('sends fixed values, unmapped columns, and the shape of contact points that is asked for', async () => {
    const { here, write, sandbox } = await workplace();
    await write('s.csv', 'Email,Phone,Shoe size\na@x.com,020 7946 0001,42\n');
    const settings = [
      '--set',
      'lead_source=Migration',
      '--set',
      'custom:batch=7',
      '--unmapped',
      'custom',
      '--country',
      'GB',
    ];
    const ended = await here('import', 's.csv', ...settings, '--contact-points', 'objects', ...UNLIMITED);
    expect(ended.code).toBe(0);
    const upsert = sandbox.requests.find(({ method }) => method === 'POST');
    expect(upsert?.body).toMatchObject({
      bot_id: sandbox.botId,
      emails: [{ email: 'a@x.com', is_primary: true }],
      phone_numbers: [{ phone_number: '+442079460001', is_primary: true }],
      lead_source: 'Migration',
      custom_fields: { batch: '7', 'Shoe size': '42' },
    });
  });

  it('reads standard input, and goes on where it stopped', async () => {
    const { runWith, sandbox, path } = await workplace();
    const input = peopleCsv(3);
    const first = await runWith({ input }, 'import', '-', '--json', ...UNLIMITED);
    expect(parse(first.stdout)).toMatchObject({ file: '-', created: 3 });
    const second = await runWith({ input }, 'import', '-', '--json', ...UNLIMITED);
    expect(parse(second.stdout)).toMatchObject({ unchanged: 3, requests: 0 });
    expect(sandbox.contacts()).toHaveLength(3);
    expect(await exists(path('stdin.checkpoint.jsonl'))).toBe(true);
  });

  it('sends again with --resend', async () => {
    const { here, imported, write } = await workplace();
    await write('c.csv', peopleCsv(3));
    await imported('c.csv');
    const ended = await here('import', 'c.csv', '--json', '--resend', ...UNLIMITED);
    expect(parse(ended.stdout)).toMatchObject({ updated: 3, requests: 3 });
  });

  it('lets flags win over the environment, and the environment over the mapping file', async () => {
    const { here, hereWith, write, sandbox } = await workplace({ bots: ['bot_a', 'bot_b', 'bot_c'] });
    await write('c.csv', 'Email,Phone\na@x.com,0221 1234567\n');
    await write(
      'c.csv.mapping.json',
      '{"version":1,"columns":{"Email":"emails","Phone":"phone_numbers"},"settings":{"bot":"bot_a","country":"DE"}}',
    );
    const botOf = (): unknown => (sandbox.requests.at(-1)?.body as { bot_id: string }).bot_id;
    expect((await here('import', 'c.csv', ...UNLIMITED)).code).toBe(0);
    expect(botOf()).toBe('bot_a');
    expect(sandbox.contacts()[0]?.phone_numbers).toEqual(['+492211234567']);
    await hereWith({ env: { CLARKY_BOT_ID: 'bot_b' } }, 'import', 'c.csv', ...UNLIMITED);
    expect(botOf()).toBe('bot_b');
    await hereWith({ env: { CLARKY_BOT_ID: 'bot_b' } }, 'import', 'c.csv', '--bot', 'bot_c', ...UNLIMITED);
    expect(botOf()).toBe('bot_c');
  });

  it('writes no personal data to checkpoint and log, the key nowhere, and all of it for its owner alone', async () => {
    const { here, write, sandbox, path } = await workplace();
    await write('six.csv', SIX_ROWS);
    const { stdout, stderr } = await here('import', 'six.csv', ...UNLIMITED);
    const written = await Promise.all(
      ['checkpoint.jsonl', 'log.jsonl', 'rejected.csv'].map(async (name) => {
        const file = path(`six.csv.${name}`);
        expect(await modeOf(file), name).toBe(OWNER_ALONE);
        return readFile(file, 'utf8');
      }),
    );
    for (const text of written.slice(0, 2)) {
      for (const secret of ['Lovelace', 'ada@', 'example.com', '442079', 'not-an-address', 'Hopper']) {
        expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
      }
    }
    for (const text of [...written, stdout, stderr]) expect(text).not.toContain(sandbox.key);
    const lines = linesOf(written[1] ?? '');
    expect(lines.filter(({ event }) => event === 'contact')).toHaveLength(5);
    expect(lines.find(({ line, outcome }) => line === 5 && outcome === 'created')).toMatchObject({
      merged: [2],
      id: sandbox.contacts().find(({ first_name: name }) => name === 'Ada')?.id,
      status: 201,
      attempts: 1,
    });
  });

  it('is quiet with --quiet, and has no escape codes in a pipe', async () => {
    const { here, write } = await workplace();
    await write('c.csv', peopleCsv(3));
    expect(await here('import', 'c.csv', '--quiet', ...UNLIMITED)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const { stdout, stderr } = await here('import', 'c.csv', ...UNLIMITED);
    expect(stdout).toContain('all 3 rows of c.csv are in Clarky');
    expect(stdout + stderr).not.toMatch(/\u001b/);
  });

  it('writes the summary for monitoring with --latest', async () => {
    const { here, write, path } = await workplace();
    await write('c.csv', peopleCsv(3));
    await here('import', 'c.csv', '--latest', 'latest.json', ...UNLIMITED);
    expect(JSON.parse(await readFile(path('latest.json'), 'utf8'))).toMatchObject({
      created: 3,
      exit: 0,
      complete: true,
    });
  });

  it('works with a key that may only write, once the bot is named', async () => {
    const { hereWith, write, sandbox } = await workplace();
    await write('c.csv', peopleCsv(3));
    const env = { CLARKY_KEY: sandbox.writeOnlyKey };
    expect(await hereWith({ env }, 'import', 'c.csv', ...UNLIMITED)).toMatchObject({ code: 2 });
    expect(await hereWith({ env }, 'import', 'c.csv', '--bot', sandbox.botId, ...UNLIMITED)).toMatchObject({ code: 0 });
    expect(sandbox.contacts()).toHaveLength(3);
  });

  it('looks pipeline stages up by name, and plan then knows them too', async () => {
    const { here, hereWith, write, sandbox } = await workplace();
    await write('p.csv', 'Email,Pipeline Stage\na@x.com,lead\nb@x.com,No such stage\n');
    const ended = await here('import', 'p.csv', '--json', ...UNLIMITED);
    expect(parse(ended.stdout)).toMatchObject({ created: 1, rejected: 1 });
    expect(sandbox.contacts()[0]?.pipeline_stage_id).toMatch(/lead/);
    const plan = await hereWith({ env: { CLARKY_KEY: undefined } }, 'plan', 'p.csv', '--json');
    expect(parse(plan.stdout)).toMatchObject({ unchanged: 1, rejected: 1 });
  });
});
