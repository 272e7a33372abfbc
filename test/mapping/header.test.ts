import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayHeader, headerKey, headerTokens, normaliseHeader } from '../../src/mapping/header.js';
import { ANY_TEXT } from './mapping-fixtures.js';

describe('normaliseHeader', () => {
  it.each([
    ['First Name', 'first name'],
    ['\ufeffFirst Name ', 'first name'],
    ['FIRST_NAME', 'first name'],
    ['first-name', 'first name'],
    ['First\u00a0Name', 'first name'],
    ['First\r\nName', 'first name'],
    ['First  Name *', 'first name'],
    ['Email:', 'email'],
    ['Email (required)', 'email'],
    ['E\u200bmail', 'email'],
    ['Last seen (AEDT)', 'last seen'],
    ['Created (UTC+10)', 'created'],
    ['tag (metadata)', 'tag (metadata)'],
    ['Prénom', 'prenom'],
    ['Pre\u0301nom', 'prenom'],
    ['Straße', 'strasse'],
    ['İlk Adı', 'ilk adi'],
    ['ILK ADI', 'ilk adi'],
    ['Ｅｍａｉｌ', 'email'],
    ['Име', 'име'],
    ['会社 電話', '会社 電話'],
  ])('%j is %j', (raw, normal) => {
    expect(normaliseHeader(raw)).toBe(normal);
  });

  it('is the same for its own result', () => {
    fc.assert(
      fc.property(ANY_TEXT, (raw) => {
        const once = normaliseHeader(raw);
        // Capitals in brackets are gone after the first time, and what they hid may be seen then.
        fc.pre(!/[:*?)]\s*$/.test(once));
        expect(normaliseHeader(once)).toBe(once);
      }),
    );
  });
});

describe('tokens and keys', () => {
  it('parts words at capitals and digits', () => {
    expect(headerTokens('MailingPostalCode')).toEqual(['mailing', 'postal', 'code']);
    expect(headerTokens('E-Mail 2: Adresse')).toEqual(['e', 'mail', '2', 'adresse']);
    expect(headerTokens('email2address')).toEqual(['email', '2', 'address']);
  });

  it('reads names of one script at once as it reads all others', () => {
    // In a name with a letter that no short cut knows, each word is read in the general way.
    const words = fc.stringMatching(/^[a-zßéøčżάяひカー漢한0-9A-Z :(._-]{0,12}$/);
    fc.assert(
      fc.property(words, (raw) => {
        expect([...headerTokens(raw), 'ѳ']).toEqual(headerTokens(`${raw.replace(/[\s*:?]+$/, '')} ѳ`));
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same in capitals', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 ]*$/), (raw) => {
        expect(headerTokens(raw)).toEqual(headerTokens(raw.toUpperCase()));
      }),
    );
  });

  it('makes one key of many spellings', () => {
    expect(new Set(['E-Mail', 'e_mail', 'EMail', ' e mail ', 'E‑MAIL*'].map(headerKey))).toEqual(new Set(['email']));
  });

  it('shows a header on one line as it is spelt', () => {
    expect(displayHeader('\ufeff Größe\r\n(cm) ')).toBe('Größe (cm)');
  });
});
