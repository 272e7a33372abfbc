/** How a row is addressed, by a column or by the words around its name, and the firm of a row that names nobody. */
import { describe, expect, it } from 'vitest';
import { FoldedContact } from '../../src/contact/folded.js';
import { courtesyOf } from '../../src/contact/names/courtesy.js';
import { nameOf, shownName, whoOf } from '../../src/contact/names/full-name.js';
import { payloadOf } from '../../src/contact/payload.js';
import { compileFirstReading, compileMapping } from '../../src/mapping/compile/compile.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { table } from './mapping-fixtures.js';

/** By what each row is told apart: the same at both readings. */
function whoIn(rows: string[][]): string[] {
  const { header, samples } = table(rows.map((row, at) => [...row, at === 0 ? 'Email' : `p${at}@example.com`]));
  const mapping = inferMapping({ header, samples });
  const settings = { set: new Map<string, string>(), unmapped: 'ignore' as const, onInvalid: 'reject' as const };
  const first = samples.map(compileFirstReading(mapping, settings)).map(({ contact }) => whoOf(contact));
  expect(samples.map(compileMapping(mapping, settings)).map(({ contact }) => whoOf(contact))).toEqual(first);
  return first;
}

const said = (rows: string[][]) => whoIn(rows).map(courtesyOf);

describe('how a row is addressed', () => {
  it.each([
    ['Salutation', 'Mr', 'Mrs'],
    ['Title', 'Mr.', 'Ms'],
    ['Anrede', 'Herr Dr.', 'Frau Dr.'],
    ['Briefanrede', 'Sehr geehrter Herr Smith', 'Sehr geehrte Frau Smith'],
    ['Civilité', 'M.', 'Mme'],
    ['Tratamento', 'Sr.', 'Srª'],
    ['Appellativo', 'Sig.', 'Sig.ra'],
    ['Aanhef', 'De heer', 'Mevrouw'],
    ['Honorific', 'Sir', 'Lady'],
    ['Oslovení', 'Pan', 'Paní'],
    ['称呼', '先生', '女士'],
  ])('is said by the column %j', (column, man, woman) => {
    const [one, other, neither] = said([
      [column, 'Last Name'],
      [man, 'Smith'],
      [woman, 'Smith'],
      ['', 'Lee'],
    ]);
    expect([one === 'man' || one === 'herr', other === 'woman' || other === 'madame', neither]).toEqual([
      true,
      true,
      undefined,
    ]);
  });

  it('is said by the words around a name, and by neither of a couple', () => {
    const names = ['Mr Smith', 'Mrs. J. Smith', 'Smith, Mr John', 'Frau Prof. Dr. Müller', 'Mr & Mrs Smith', 'Dr. Lee'];
    expect(said([['Name'], ...names.map((name) => [name])])).toEqual([
      'man',
      'woman',
      'man',
      'woman',
      undefined,
      undefined,
    ]);
  });

  it('is no state, no size, and nobody else’s', () => {
    const rows = [
      ['State', 'Size', 'Spouse', 'Last Name'],
      ['MS', 'M', 'Mrs Ray', 'Smith'],
      ['NY', 'L', 'Mr Cy', 'Lee'],
    ];
    expect(said(rows)).toEqual([undefined, undefined]);
  });

  it('is not sent, and stays with a contact of several rows', () => {
    const { header, samples } = table([
      ['Salutation', 'Last Name', 'Email'],
      ['Mr', 'Smith', 'a@example.com'],
    ]);
    const settings = { set: new Map<string, string>(), unmapped: 'ignore' as const, onInvalid: 'reject' as const };
    const [row] = samples.map(compileMapping(inferMapping({ header, samples }), settings));
    expect(row?.contact).toEqual({ last_name: 'Smith', emails: ['a@example.com'], courtesy: 'Mr' });
    expect(JSON.stringify(payloadOf(row?.contact ?? {}, 'bot', 'strings'))).not.toContain('Mr');
    const folded = new FoldedContact({ emails: ['a@example.com'] }).add(row?.contact ?? {}).contact;
    expect(nameOf(folded)).toBe('Mr Smith');
  });
});

describe('a row that names nobody', () => {
  it('is told apart by its company, and only then', () => {
    const rows = [
      ['First Name', 'Last Name', 'Company'],
      ['', '', 'Acme Ltd'],
      ['Ann', '', 'Acme Ltd'],
      ['', '', 'n/a'],
    ];
    expect(whoIn(rows).map(shownName)).toEqual(['Acme Ltd', 'Ann', '']);
  });
});
