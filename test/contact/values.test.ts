import { describe, expect, it } from 'vitest';
import { decodeEntities } from '../../src/contact/cell/html.js';
import { isPlaceholder, isPlaceholderAddress } from '../../src/contact/cell/placeholder.js';
import { readEmails } from '../../src/contact/email.js';
import { FoldedContact } from '../../src/contact/folded.js';
import { splitName } from '../../src/contact/name.js';
import { createPhoneReader } from '../../src/contact/phone/phone.js';
import { readTags } from '../../src/contact/tags.js';

describe('an e-mail cell as people and programs write it', () => {
  it.each([
    ['ben @ example.com', ['ben@example.com']],
    ['ada@example.com/ben@example.com', ['ada@example.com', 'ben@example.com']],
    ['hal＠example.com', ['hal@example.com']],
    ['ＨＡＬ＠ｅｘａｍｐｌｅ．ｃｏｍ', ['hal@example.com']],
    ['<a href="mailto:cat@example.com">Cat</a>', ['cat@example.com']],
    ["<a href='mailto:cat@example.com?subject=Hi'>mail</a>", ['cat@example.com']],
    ['ada&#64;example.com', ['ada@example.com']],
    ['["ada@example.com","ben@example.com"]', ['ada@example.com', 'ben@example.com']],
    ['[{"label":"work","value":"ada@example.com"}]', ['ada@example.com']],
    ['{"email":"ada@example.com","primary":true}', ['ada@example.com']],
    ['{ada@example.com,ben@example.com}', ['ada@example.com', 'ben@example.com']],
    ['[]', []],
    ['#N/A', []],
    ['unbekannt', []],
  ])('%s has %j', (cell, emails) => {
    expect(readEmails(cell)).toEqual({ emails, problems: [] });
  });

  it('is quoted as it stands in the file', () => {
    const cell = ' ada＠example ';
    expect(readEmails(cell).problems[0]?.message).toContain('"ada＠example"');
  });

  it('holds nobody, which is said', () => {
    expect(readEmails('noemail@noemail.com')).toEqual({
      emails: [],
      problems: [],
      placeholders: ['noemail@noemail.com'],
    });
  });

  it.each([
    'none@none.com',
    'test@test.de',
    'no-email@acme.com',
    'keine@mail.de',
    'asdf@asdf.com',
    'sinemail@x.es',
    'your.email@x.org',
    'anyone@noemail.com',
    'donotemail@example.com',
  ])('%s is nobody', (address) => {
    expect(isPlaceholderAddress(address)).toBe(true);
  });

  it.each([
    'ada@example.com',
    'test@example.com',
    'nora@none.com',
    'na@firm.com',
    'info@info.de',
    'a@example.com',
    'noemi@x.org',
  ])('%s is somebody', (address) => {
    expect(isPlaceholderAddress(address)).toBe(false);
  });

  it('is one address with its domain in Unicode and in punycode', () => {
    const folded = new FoldedContact({ emails: ['max@bücher.example'] });
    folded.add({ emails: ['max@xn--bcher-kva.example', 'b@x.org'] });
    expect(folded.contact.emails).toEqual(['max@bücher.example', 'b@x.org']);
  });
});

describe('a phone cell as people and programs write it', () => {
  it.each([
    ['US', '212-555-0157 (w) 212-555-0158 (c)', ['+12125550157', '+12125550158']],
    ['GB', 'H: 020 7946 0135 M: 07700 900135', ['+442079460135', '+447700900135']],
    ['GB', 'home 020 7946 0135 mobile 07700 900135', ['+442079460135', '+447700900135']],
    ['US', '1-800-FLOWERS', ['+18003569377']],
    ['US', '1-800-GO-FEDEX', ['+18004633339']],
    ['GB', '447700900123@s.whatsapp.net', ['+447700900123']],
    ['US', '447700900124@c.us', ['+447700900124']],
    ['US', 'https://wa.me/447700900125?text=Hi', ['+447700900125']],
    ['US', 'https://api.whatsapp.com/send?phone=447700900125&text=Hi', ['+447700900125']],
    ['US', 'whatsapp:+447700900126', ['+447700900126']],
    ['US', '+९१ ९९९९९ ००००१', ['+919999900001']],
    ['US', '+৪৪ ৭৭০০ ৯০০১২৩', ['+447700900123']],
    ['GB', "'07700 900123'", ['+447700900123']],
    ['GB', '<a href="tel:+447700900123">ring</a>', ['+447700900123']],
    ['US', '[{"number":"2125550148","callingCode":"+1","countryCode":"US"}]', ['+12125550148']],
    ['US', '[{"number":"7700900123","countryCode":"GB"}]', ['+447700900123']],
    ['US', '212-555\r-0148', ['+12125550148']],
    ['US', 'unknown', []],
    ['US', '#REF!', []],
  ])('in %s %s has %j', (country, cell, phones) => {
    const reading = createPhoneReader({ country })(cell);
    expect(reading.problems).toEqual([]);
    expect(reading.phones).toEqual(phones);
  });

  it.each(['07700 900133 - call after 6pm', '07700 900134/5', 'Mobile: 0770'])(
    '%s is refused, quoted as it stands',
    (cell) => {
      const { phones, problems } = createPhoneReader({ country: 'GB' })(cell);
      expect(phones).toEqual([]);
      expect(problems[0]?.message).toContain(`"${cell}"`);
    },
  );

  it('leaves the fax of several numbers out', () => {
    expect(createPhoneReader({ country: 'GB' })('T: 020 7946 0135 F: 020 7946 0136').phones).toEqual(['+442079460135']);
  });
});

describe('names of couples, firms and households', () => {
  it.each([
    ['Mr & Mrs Smith', undefined, 'Smith'],
    ['Mr and Mrs J Smith', 'J', 'Smith'],
    ['Mr. & Mrs. John Smith', 'John', 'Smith'],
    ['Herr und Frau Schmidt', undefined, 'Schmidt'],
    ['Monsieur et Madame Dupont', undefined, 'Dupont'],
    ['Sr. y Sra. García', undefined, 'García'],
    ['Mr John and Mrs Mary Smith', 'John and Mary', 'Smith'],
    ['John and Mary Smith', 'John and Mary', 'Smith'],
    ['John & Mary', 'John & Mary', undefined],
    ['The Smith Family', 'The Smith Family', undefined],
    ['Familie Müller', 'Familie Müller', undefined],
    ['Acme Plumbing Ltd', 'Acme Plumbing Ltd', undefined],
    ['Jones Electrical Inc.', 'Jones Electrical Inc.', undefined],
    ['Smith & Sons GmbH', 'Smith & Sons GmbH', undefined],
    ['Smith & Sons', 'Smith & Sons', undefined],
    ['Muster AG', 'Muster AG', undefined],
    ['🌸 Anna Bell 🌸', 'Anna', 'Bell'],
    ['JOANA SA', 'JOANA', 'SA'],
    ['Joana Sá', 'Joana', 'Sá'],
    ['José Ortega y Gasset', 'José', 'Ortega y Gasset'],
  ])('%s', (full, first, last) => {
    const { first_name: firstName, last_name: lastName } = splitName(full);
    expect([firstName, lastName]).toEqual([first, last]);
  });
});

describe('what programs wrap around a text', () => {
  it('is taken off', () => {
    expect(decodeEntities('L&#039;Agap&eacute; &amp;amp; Co &#x263A;')).toBe("L'Agapé & Co ☺");
    expect(decodeEntities('AT&T; R&D')).toBe('AT&T; R&D');
    expect(readTags('["VIP", "a, b"]')).toEqual(['VIP', 'a, b']);
    expect(readTags("['VIP', 'Lead']")).toEqual(['VIP', 'Lead']);
    expect(readTags('{VIP,Lead}')).toEqual(['VIP', 'Lead']);
    expect(readTags('“creators”')).toEqual(['creators']);
    expect(readTags('#vip #lead')).toEqual(['vip', 'lead']);
    expect(readTags('#vip')).toEqual(['#vip']);
  });

  it('is nothing, in the languages', () => {
    const nothing =
      'N/A|n/a|-|--|none|NULL|(blank)|\\N|#N/A|#REF!|unknown|TBD|undefined|unbekannt|keine Angabe|inconnu|desconocido|não informado|sconosciuto|onbekend|#NV|#¡REF!|无|不明';
    expect(nothing.split('|').filter((text) => !isPlaceholder(text))).toEqual([]);
    expect(['No', 'Tom', 'Nana', '0', 'x', 'Leer', '#VIP', 'NASA'].filter(isPlaceholder)).toEqual([]);
  });
});
