import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPhoneReader, isCountry } from '../../src/contact/phone/phone.js';
import { fastNumber } from '../../src/contact/phone/phone-number.js';

const LONDON = '+442079460958';
const MOBILE = '+447911123456';

function codes(problems: readonly { code: string }[]): string[] {
  return problems.map(({ code }) => code);
}

describe('a phone reader', () => {
  it.each<[string | undefined, string, string[]]>([
    [undefined, '+44 20 7946 0958', [LONDON]],
    [undefined, '+44 (0)20 7946 0958', [LONDON]],
    [undefined, '(+44) 20 7946 0958', [LONDON]],
    [undefined, '0044 7911 123456', [MOBILE]],
    [undefined, "'+447911123456", [MOBILE]],
    [undefined, '="+447911123456"', [MOBILE]],
    [undefined, 'tel:+44-7911-123456', [MOBILE]],
    [undefined, '\u202a+447911123456\u202c', [MOBILE]],
    [undefined, '＋４４７９１１１２３４５６', [MOBILE]],
    [undefined, '+٤٤٧٩١١١٢٣٤٥٦', [MOBILE]],
    [undefined, '+800 1234 5678', ['+80012345678']],
    ['GB', '020 7946 0958', [LONDON]],
    ['GB', '020 7946 0958 w / 07911 123456 m', [LONDON, MOBILE]],
    ['GB', '447911123456+', [MOBILE]],
    ['GB', '02079460958 07911123456', [LONDON, MOBILE]],
    ['GB', '020\u00a07946\u20110958', [LONDON]],
    ['GB', 'Tel.: 020 7946 0958', [LONDON]],
    ['GB', 'M: 07911 123456', [MOBILE]],
    ['GB', 'work:020 7946 0958', [LONDON]],
    ['GB', 'Mobile 07911 123456', [MOBILE]],
    ['GB', '07911 123456 (mobile)', [MOBILE]],
    ['GB', '07911 123456 mobile', [MOBILE]],
    ['GB', '07911123456.0', [MOBILE]],
    ['GB', '020 7946 0958 / 07911 123456', [LONDON, MOBILE]],
    ['GB', '020 7946 0958/07911 123456', [LONDON, MOBILE]],
    ['GB', '020 7946 0958 or 07911 123456', [LONDON, MOBILE]],
    ['GB', '020 7946 0958, 07911 123456', [LONDON, MOBILE]],
    ['GB', '020 7946 0958;07911 123456\n020 7946 0958', [LONDON, MOBILE]],
    ['GB', '+44 7911 123456 ::: +44 20 7946 0958', [MOBILE, LONDON]],
    ['GB', '+44 7911 123456 +44 20 7946 0958', [MOBILE, LONDON]],
    // Kept free by the regulators for fiction and examples, and not in the library.
    [undefined, '+44 7700 900123 ::: +44 7700 900124', ['+447700900123', '+447700900124']],
    ['GB', '07700 900999', ['+447700900999']],
    ['GB', '01632 960001', ['+441632960001']],
    ['FR', '06 39 98 12 34', ['+33639981234']],
    ['US', '(415) 555-2671', ['+14155552671']],
    ['US', '1 415 555 2671', ['+14155552671']],
    ['US', '4155552671.0', ['+14155552671']],
    ['US', '1\u00a0415\u2013555\u20132671', ['+14155552671']],
    ['US', '011 44 7911 123456', [MOBILE]],
    ['US', '0044 7911 123456', [MOBILE]],
    ['DE', '030/1234567', ['+49301234567']],
    ['DE', '030 / 1234567', ['+49301234567']],
    ['DE', '030 12345-67', ['+49301234567']],
    ['DE', '030 1234567/030 7654321', ['+49301234567', '+49307654321']],
    ['DE', '15123456789', ['+4915123456789']],
    // With their own country's code in front they are complete, and lost at most the zero.
    ['DE', '491 912345', ['+49491912345']],
    ['DE', '0491 512345', ['+49491512345']],
    ['IT', '393 312 3456', ['+393933123456']],
    ['IN', '9123456789', ['+919123456789']],
    ['CH', '41 234 56 78', ['+41412345678']],
    ['IT', '06 698 12345', ['+390669812345']],
    [undefined, '', []],
    ['GB', 'n/a', []],
    ['GB', ' -- ', []],
  ])('in %s reads %j as %j', (country, cell, phones) => {
    expect(createPhoneReader(country === undefined ? {} : { country })(cell)).toEqual({
      phones,
      problems: [],
      notes: [],
    });
  });

  it.each<[string | undefined, string, string]>([
    ['DE', '49151000000', 'phone_scientific'],
    ['GB', '447911000000', 'phone_scientific'],
    ['GB', '4.47911E+11', 'phone_scientific'],
    ['GB', '4,47911123456E+11', 'phone_scientific'],
    [undefined, '447911123456', 'phone_needs_country'],
    [undefined, '415 555 2671', 'phone_needs_country'],
    [undefined, '07700 900160 / 0113 496 0123', 'phone_needs_country'],
    [undefined, '020 7946 0123, 07700 900123', 'phone_needs_country'],
    [undefined, '011 44 7911 123456', 'phone_needs_country'],
    [undefined, '5', 'invalid_phone'],
    ['US', '1-800-FLOWERSNOWANDTHEN', 'invalid_phone'],
    ['US', '555-5555', 'invalid_phone'],
    ['GB', '12345', 'invalid_phone'],
    ['GB', '07700 901000', 'invalid_phone'],
    ['GB', '07700 9001234', 'invalid_phone'],
    ['GB', '020 7946 0958 / 9', 'invalid_phone'],
    ['GB', '07911 12345²', 'invalid_phone'],
    ['US', '+44 7911 12345', 'invalid_phone'],
    // As long as an American number, so it may be a mistyped one.
    ['US', '4532123456', 'invalid_phone'],
    // 0211 in Düsseldorf with its + lost, or 04921 in Emden with its 0 lost.
    ['DE', '49211234567', 'phone_ambiguous'],
    // No number of Leer (0491), but a mobile with its 49 that lacks a digit.
    ['DE', '491512345678', 'phone_ambiguous'],
    ['DE', '49172281771', 'phone_ambiguous'],
    ['DE', '49 1512 345678', 'phone_ambiguous'],
    // Valid in Germany, whose pattern allows for such lengths, and as a British mobile.
    ['DE', '447911123456', 'phone_ambiguous'],
  ])('in %s refuses %j as %s', (country, cell, code) => {
    const { phones, problems } = createPhoneReader(country === undefined ? {} : { country })(cell);
    expect([phones, codes(problems)]).toEqual([[], [code]]);
  });

  it.each<[string, string, string, string]>([
    ['GB', '+44 20 7946 0958 ext. 5', LONDON, 'phone_extension_dropped'],
    ['GB', '020 7946 0958x123', LONDON, 'phone_extension_dropped'],
    ['GB', 'tel:+442079460958;ext=77', LONDON, 'phone_extension_dropped'],
    ['US', '415 555 2671 #12', '+14155552671', 'phone_extension_dropped'],
    ['DE', '030 1234567 Durchwahl 12', '+49301234567', 'phone_extension_dropped'],
    ['DE', '030 1234567 App. 12', '+49301234567', 'phone_extension_dropped'],
    ['DE', '+34 91 123 45 67 extensión 12', '+34911234567', 'phone_extension_dropped'],
    ['DE', '+31 20 123 4567 toestel 12', '+31201234567', 'phone_extension_dropped'],
    ['DE', '+7 495 123-45-67 доб. 12', '+74951234567', 'phone_extension_dropped'],
    ['DE', '+48 22 123 45 67 wew. 12', '+48221234567', 'phone_extension_dropped'],
    ['DE', '+81 3-1234-5678 内線12', '+81312345678', 'phone_extension_dropped'],
    ['DE', '+86 10 1234 5678 转12', '+861012345678', 'phone_extension_dropped'],
    ['GB', '447911123456', MOBILE, 'phone_plus_added'],
    ['GB', '447911123456.0', MOBILE, 'phone_plus_added'],
    ['US', '447911123456', MOBILE, 'phone_plus_added'],
    ['DE', '4915123456789', '+4915123456789', 'phone_plus_added'],
    ['GB', '011 44 7911 123456', MOBILE, 'phone_plus_added'],
  ])('in %s reads %j as %s and says %s', (country, cell, phone, code) => {
    const { phones, problems, notes } = createPhoneReader({ country })(cell);
    expect([phones, problems, codes(notes)]).toEqual([[phone], [], [code]]);
  });

  it.each(['000-000-0000', '0', '9999999999', '123-456-7890', '(   )    -', 'xxx-xxx-xxxx'])(
    'takes %j for no number, and says so',
    (cell) => {
      const { phones, problems, notes } = createPhoneReader({ country: 'US' })(cell);
      expect([phones, problems, codes(notes)]).toEqual([[], [], ['placeholder_phone']]);
    },
  );

  it.each([
    ['US', '212-555-0157 212-555-0158', ['+12125550157', '+12125550158']],
    ['FR', '06 12 34 56 78 01 42 68 53 00', ['+33612345678', '+33142685300']],
    ['FR', 'Port : 06 12 34 56 78 Dom : 01 42 68 53 00', ['+33612345678', '+33142685300']],
  ])('in %s parts two numbers that a blank or a label parts: %j', (country, cell, expected) => {
    const { phones, problems } = createPhoneReader({ country })(cell);
    expect([phones, problems]).toEqual([expected, []]);
  });

  it('leaves a fax out and says so', () => {
    const { phones, problems, notes } = createPhoneReader({ country: 'GB' })('020 7946 0958; Fax: 020 7946 0959');
    expect([phones, problems, codes(notes)]).toEqual([[LONDON], [], ['phone_fax_left_out']]);
  });

  it("puts the row's country before its own, where it is one", () => {
    const read = createPhoneReader({ country: 'GB' });
    expect(read('030 1234567', 'DE').phones).toEqual(['+49301234567']);
    expect(read('020 7946 0958', 'AQ').phones).toEqual([LONDON]);
    expect(createPhoneReader()('020 7946 0958', 'GB').phones).toEqual([LONDON]);
  });

  it('keeps what it can read beside what it can not', () => {
    const { phones, problems } = createPhoneReader({ country: 'GB' })('020 7946 0958; 12');
    expect([phones, codes(problems)]).toEqual([[LONDON], ['invalid_phone']]);
  });

  it('reads what it has read as the same, without notes', () => {
    const cell = fc.stringMatching(/^\+?[0-9]{6,15}$/);
    fc.assert(
      fc.property(cell, fc.constantFrom('GB', 'US', 'DE', 'IT'), (text, country) => {
        const read = createPhoneReader({ country });
        const { phones } = read(text);
        expect(read(phones.join(' ::: '))).toEqual({ phones, problems: [], notes: [] });
      }),
    );
  });
});

describe('the fast path', () => {
  const library = (text: string, country?: string) => {
    const options = country === undefined ? {} : { defaultCountry: country as CountryCode };
    const parsed = parsePhoneNumberFromString(text, { ...options, extract: false });
    return parsed?.isValid() === true ? parsed.number : undefined;
  };

  interface Written {
    readonly country: string;
    readonly callingCode: string;
    readonly number: string;
  }

  /** Numbers made from the library's own pattern of each type, and those with a digit changed, added or dropped. */
  const patterns = Object.entries(metadata.countries).flatMap(([country, row]) => {
    const plan = row as unknown as readonly unknown[];
    const types = (plan[11] ?? []) as readonly (readonly [string | 0] | 0)[];
    return types.flatMap((type) =>
      type === 0 || !type[0] ? [] : [{ country, callingCode: String(plan[0]), pattern: type[0] }],
    );
  });
  const written: fc.Arbitrary<Written> = fc.constantFrom(...patterns).chain(({ country, callingCode, pattern }) => {
    const valid = fc.stringMatching(new RegExp(`^(?:${pattern})$`));
    const digit = fc.constantFrom(...'0123456789');
    const near = fc
      .tuple(valid, fc.nat({ max: 12 }), digit)
      .map(([number, at, other]) => [
        number.slice(0, at) + other + number.slice(at + 1),
        number.slice(0, at) + other + number.slice(at),
        number.slice(0, at) + number.slice(at + 1),
      ]);
    const number = fc.oneof(
      { weight: 3, arbitrary: valid },
      near.chain((numbers) => fc.constantFrom(...numbers)),
    );
    return number.map((text) => ({ country, callingCode, number: text }));
  });
  const separator = fc.constantFrom('', ' ', '-', '.', ') ', ' (0)');

  function agree(textOf: (written: Written, trunk: string, between: string) => string, isNational: boolean): number {
    let answered = 0;
    let asked = 0;
    const trunk = fc.constantFrom('', '0', '1', '8', '06', '00');
    fc.assert(
      fc.property(written, trunk, separator, (number, prefix, between) => {
        asked += 1;
        const text = textOf(number, prefix, between);
        const country = isNational ? number.country : undefined;
        const fast = fastNumber(text, country);
        if (fast === undefined) return;
        answered += 1;
        expect(fast).toBe(library(text, country));
      }),
      { numRuns: 2000 },
    );
    return answered / asked;
  }

  it('says what the library says, for every calling code', () => {
    const textOf = ({ callingCode, number }: Written, trunk: string, between: string) =>
      `+${callingCode}${between}${trunk}${number}`;
    expect(agree(textOf, false)).toBeGreaterThan(0.15);
  });

  it('says what the library says, for national numbers of every country', () => {
    const textOf = ({ number }: Written, trunk: string, between: string) =>
      `${trunk}${number.slice(0, 3)}${between}${number.slice(3)}`;
    expect(agree(textOf, true)).toBeGreaterThan(0.12);
  });

  it('answers for the common shapes', () => {
    expect(fastNumber('+44 (0)20 7946 0958', undefined)).toBe(LONDON);
    expect(fastNumber('(415) 555-2671', 'US')).toBe('+14155552671');
    expect(fastNumber('020 7946 0958', 'GB')).toBe(LONDON);
    expect(fastNumber('0151 23456789', 'DE')).toBe('+4915123456789');
  });
});

describe('isCountry', () => {
  it('knows the countries of the library and nothing else', () => {
    expect(getCountries().every(isCountry)).toBe(true);
    for (const code of ['UK', 'gb', 'XX', '', 'toString', '001']) expect(isCountry(code)).toBe(false);
  });
});
