import fc from 'fast-check';
import validator from 'validator';
import { describe, expect, it } from 'vitest';
import { readEmails } from '../../src/contact/email.js';

describe('readEmails', () => {
  it.each<[string, string[]]>([
    ['ada@x.org', ['ada@x.org']],
    [' Ada@X.Org ', ['ada@x.org']],
    ['="ada@x.org"', ['ada@x.org']],
    ['Ada Lovelace <Ada@X.org>', ['ada@x.org']],
    ['\u0130LKER@X.COM.TR', ['ilker@x.com.tr']],
    ['AL\u0130.CAN@F\u0130RMA.COM', ['ali.can@firma.com']],
    ['i\u0307lker@x.com.tr', ['ilker@x.com.tr']],
    ['nur\u0131@x.com.tr', ['nuri@x.com.tr']],
    ['nur\u0131\u015f\u0131k@x.com.tr', ['nur\u0131\u015f\u0131k@x.com.tr']],
    ['\ufb01nance@sta\ufb00.com', ['finance@staff.com']],
    ['"Lovelace, Ada" <ada@x.org>; bob@y.org', ['ada@x.org', 'bob@y.org']],
    ['ada@x.org <ada@x.org>', ['ada@x.org']],
    ['bob@y.org, Ada <ada@x.org>', ['bob@y.org', 'ada@x.org']],
    ['<ada@x.org>', ['ada@x.org']],
    ['[ada@x.org]', ['ada@x.org']],
    ["'ada@x.org'", ['ada@x.org']],
    ['Zoë Muster (zoe@x.org)', ['zoe@x.org']],
    ['mailto:ada@x.org?subject=a,b', ['ada@x.org']],
    ['mailto:ada%40x.org', ['ada@x.org']],
    ['ada@x.org, bob@y.org', ['ada@x.org', 'bob@y.org']],
    ['ada@x.org ::: bob@y.org', ['ada@x.org', 'bob@y.org']],
    ['ada@x.org|bob@y.org', ['ada@x.org', 'bob@y.org']],
    ['ada@x.org\nbob@y.org', ['ada@x.org', 'bob@y.org']],
    ['ada@x.org / bob@y.org or eve@z.org', ['ada@x.org', 'bob@y.org', 'eve@z.org']],
    ['ada@x.org, ADA@x.org', ['ada@x.org']],
    ['ada@x.org.', ['ada@x.org']],
    ['ada@x.org;', ['ada@x.org']],
    ['work: ada@x.org', ['ada@x.org']],
    ['ada@x.org (work)', ['ada@x.org']],
    ["o'brien@x.org", ["o'brien@x.org"]],
    ['a/b=c@x.org', ['a/b=c@x.org']],
    ['jörg@münchen.de', ['jörg@münchen.de']],
    ['\u202aada@x\u200b.org\u202c', ['ada@x.org']],
    ['سلا\u200cم@x.org', ['سلام@x.org']],
    ['', []],
    ['n/a', []],
    [' - ', []],
  ])('%j has %j', (cell, emails) => expect(readEmails(cell)).toEqual({ emails, problems: [] }));

  it.each([
    'ada',
    'ada@x',
    'ada@@x.org',
    '"a b"@x.org',
    'ada@x.org/bob',
    'ada@-x.org',
    `${'a'.repeat(65)}@x.org`,
    `ada@${'x'.repeat(64)}.org`,
    `ada@${`${'x'.repeat(60)}.`.repeat(4)}${'y'.repeat(10)}`,
    'unknown@unknown',
    'Ada <ada>',
  ])('%s is refused', (cell) => {
    const { emails, problems } = readEmails(cell);
    expect([emails, problems.map(({ code }) => code)]).toEqual([[], ['invalid_email']]);
  });

  it.each([
    ['kaputt', 'it has no @'],
    ['bob(at)example.com', 'it has no @'],
    ['bob@example,com', 'it has a comma in place of a dot'],
    ['@example.com', 'nothing stands before its @'],
    ['bob@', 'nothing stands behind its @'],
    ['bob@@example.com', 'it has more than one @'],
    ['bob@example..com', 'it has two dots side by side'],
    ['bob ray@example.com', 'it has a blank in it'],
    ['bob@exam ple.com', 'it has a blank in it'],
  ])('says of %s what is wrong with it', (cell, why) => {
    expect(readEmails(cell).problems).toMatchObject([{ message: `"${cell}" is not an email address: ${why}.` }]);
  });

  it('names what is wrong beside what can be read', () => {
    const { emails, problems } = readEmails('ada@x.org, bob at y.org');
    expect(emails).toEqual(['ada@x.org']);
    expect(problems).toEqual([
      { code: 'invalid_email', message: '"ada@x.org, bob at y.org" is not an email address.' },
    ]);
  });

  it('knows an address inside Exchange', () => {
    const { emails, problems } = readEmails('/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=ada');
    expect([emails, problems.map(({ code }) => code)]).toEqual([[], ['email_is_exchange_path']]);
  });

  const nearAddress = fc.oneof(
    fc.emailAddress(),
    fc.emailAddress().map((email) => email.toLowerCase()),
    fc.stringMatching(/^[a-z0-9._+-]{0,70}@[a-z0-9.-]{1,80}$/),
    fc.stringMatching(/^[a-z.]{1,5}@[a-z0-9-]{1,70}\.[a-z0-9-]{1,4}$/),
  );

  it('accepts a bare address exactly where validator accepts it, fast path or not', () => {
    fc.assert(
      fc.property(nearAddress, (text) => {
        const isBare = /^[^,;|'"\s()[\]{}<>]+[^.,;:'"\s)\]}>]$/.test(text) && !/^[{'"]/.test(text);
        fc.pre(isBare);
        expect(readEmails(text).emails.length === 1).toBe(
          validator.isEmail(text.toLowerCase(), { blacklisted_chars: '"' }),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('reads what it has read, joined in any way, as the same', () => {
    const separator = fc.constantFrom(', ', ';', '\n', ' ::: ', '|', ' ');
    fc.assert(
      fc.property(
        fc.array(
          fc.emailAddress().filter((email) => !/^[/&+{'|]|\|/.test(email)),
          { minLength: 1, maxLength: 4 },
        ),
        separator,
        (addresses, between) => {
          const { emails } = readEmails(addresses.map((email) => `<${email}>`).join(between));
          expect(readEmails(emails.join(between))).toEqual({ emails, problems: [] });
        },
      ),
    );
  });
});
