import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import type { MappedRow } from '../../src/mapping/compile/mapped-row.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import { table } from './mapping-fixtures.js';

function rowsOf(header: string[], rows: string[][], country?: string): MappedRow[] {
  const { samples } = table([header, ...rows]);
  const settings = { set: new Map<string, string>(), unmapped: 'ignore', onInvalid: 'reject', country } as const;
  const map = compileMapping(inferMapping({ header, samples }), settings);
  return samples.map(map);
}

function phonesOf(header: string[], rows: string[][], country?: string): (string | undefined)[] {
  return rowsOf(header, rows, country).map(
    ({ contact, problems }) => contact.phone_numbers?.join(' ') ?? problems[0]?.code,
  );
}

describe('a phone and the columns beside it', () => {
  it.each([
    ['Country Code', ['44', '7700900123'], '+447700900123'],
    ['Dial Code', ['+91', '9845000123'], '+919845000123'],
    ['Ländervorwahl', ['0049', '030 23125014'], '+493023125014'],
    ['Country Calling Code', ['India (+91)', '98450 00123'], '+919845000123'],
    ['Phone Country', ['United Kingdom', '07700 900123'], '+447700900123'],
    ['Phone Country Code', ['GB', '07700 900123'], '+447700900123'],
    ['DDI', ['+55', '21 99000-0123'], '+5521990000123'],
    ['رمز الدولة', ['+20', '1000000123'], '+201000000123'],
    ['国家代码', ['86', '13800138000'], '+8613800138000'],
    ['Country Code', ['91', '919845000123'], '+919845000123'],
    ['Country Code', ['91', '+44 7700 900123'], '+447700900123'],
    ['Country Code', ['', '212-555-0147'], '+12125550147'],
  ])('%s %j is %s', (header, [code = '', phone = ''], expected) => {
    expect(phonesOf([header, 'Phone'], [[code, phone]], 'US')).toEqual([expected]);
  });

  it('takes a bare CC or Code beside a phone for its calling code where every cell is one', () => {
    expect(phonesOf(['cc', 'WhatsApp'], [['91', '9845000123']], 'US')).toEqual(['+919845000123']);
    expect(phonesOf(['Code', 'Phone'], [['+91', '919845000123']])).toEqual(['+919845000123']);
    const { samples } = table([
      ['cc', 'Phone'],
      ['4111111111111111', '+12125550147'],
    ]);
    expect(inferMapping({ header: ['cc', 'Phone'], samples }).columns[0]?.target.kind).toBe('ignore');
  });

  it('is asked for where a short number may hold its area code or not', () => {
    const header = ['Vorwahl', 'Telefon'];
    expect(phonesOf(header, [['030', '3023125']], 'DE')).toEqual(['phone_ambiguous']);
    expect(phonesOf(header, [['030', '030 23125']], 'DE')).toEqual(['+493023125']);
  });

  it('is never another number', () => {
    const header = ['Country Code', 'Phone'];
    expect(
      phonesOf(
        header,
        [
          ['44', '212-555-0147'],
          ['999', '212-555-0147'],
        ],
        'US',
      ),
    ).toEqual(['phone_code_mismatch', 'invalid_calling_code']);
  });

  it('has its area code where it is short', () => {
    expect(phonesOf(['Area Code', 'Phone', 'Email'], [['212', '555-0147', 'ada@example.com']], 'US')).toEqual([
      '+12125550147',
    ]);
    expect(phonesOf(['Vorwahl', 'Telefon'], [['030', '23125010']], 'DE')).toEqual(['+493023125010']);
    expect(phonesOf(['Area Code', 'Phone'], [['212', '(212) 555-0147']], 'US')).toEqual(['+12125550147']);
    expect(phonesOf(['DDD', 'Celular'], [['21', '99000-0123']], 'BR')).toEqual(['+5521990000123']);
  });

  it('has the code that names it', () => {
    const header = ['Mobile Country Code', 'Mobile', 'Work Phone Country Code', 'Work Phone'];
    expect(phonesOf(header, [['+44', '7700900123', '+49', '3023125014']])).toEqual(['+447700900123 +493023125014']);
  });

  it('is not guessed where a prefix may be either', () => {
    const header = ['Prefijo', 'Teléfono'];
    const { columns } = inferMapping(table([header, ['44', '7700900123'], ['34', '612345678']]));
    expect(columns.map(({ target }) => wordOfTarget(target))).toEqual(['undecided', 'undecided']);
  });

  it('leaves a country that is one', () => {
    const [row] = rowsOf(['Country Code', 'Phone'], [['GB', '07700 900123']]);
    expect(row?.contact).toEqual({ country: 'GB', phone_numbers: ['+447700900123'] });
  });
});

describe('a number in pieces', () => {
  const pieces = (text: string): string[] => text.split(' | ');

  it.each([
    ['Country Code | Area Code | Number', '1 | 212 | 5550147', '+12125550147'],
    ['Country Code | Area Code | Local Number', '44 | 20 | 79460123', '+442079460123'],
    ['Home Phone Country | Home Phone Area | Home Phone Number', '1 | 212 | 555-0147', '+12125550147'],
    ['Landesvorwahl | Vorwahl | Rufnummer | Durchwahl', '49 | 030 | 231250 | 10', '+4930231250'],
    ['Prefijo internacional | Prefijo | Teléfono', '34 | 91 | 2345678', '+34912345678'],
    ['Indicatif pays | Indicatif régional | Numéro', '33 | 1 | 42345678', '+33142345678'],
    ['Prefisso internazionale | Prefisso | Numero', '39 | 02 | 12345678', '+390212345678'],
    ['Tel Country | Tel Area | Tel No | Tel Ext', '1 | 212 | 5550147 | 12', '+12125550147'],
    ['Area Code | Exchange | Line Number', '212 | 555 | 0147', '+12125550147'],
    ['Phone - Area | Phone - Prefix | Phone - Line', '(212) | 555 | 0147', '+12125550147'],
    ['Phone 1 | Phone 2 | Phone 3', '212 | 555 | 0147', '+12125550147'],
    ['Phone 1 | Phone 2 | Phone 3', '212-555-0147 | 212-555-0148 | ', '+12125550147 +12125550148'],
    [
      'Home Area Code | Home Phone | Cell Area Code | Cell Phone',
      '212 | 555-0147 | 917 | 555-0148',
      '+12125550147 +19175550148',
    ],
    ['市外局番 | 市内局番 | 加入者番号', '03 | 1234 | 5678', '+81312345678'],
    ['電話番号1 | 電話番号2 | 電話番号3', '03 | 1234 | 5678', '+81312345678'],
    ['Phone | Number | House Number', '212-555-0147 | 12 | 4', '+12125550147'],
  ])('%s', (header, row, expected) => {
    const country = /局番|電話/.test(header) ? 'JP' : 'US';
    expect(phonesOf(pieces(header), [pieces(row)], country)).toEqual([expected]);
  });

  it('is rejected where a piece is missing, and never another number', () => {
    const rows = [
      ['212', '555', '0147'],
      ['', '555', '0148'],
      ['212', '', '0149'],
    ];
    expect(phonesOf(['Area Code', 'Exchange', 'Line'], rows, 'US')).toEqual([
      '+12125550147',
      'invalid_phone',
      'invalid_phone',
    ]);
  });
});
