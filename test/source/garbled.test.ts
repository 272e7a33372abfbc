import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { ungarbled } from '../../src/garbled-text.js';
import { GarbledText, repairCells } from '../../src/source/encoding/garbled.js';

/** What a program makes of UTF-8 that it reads as Windows-1252. */
const garble = (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text)) + '';

describe('text that was garbled before', () => {
  it.each([
    ['PÃ¢mela', 'Pâmela'],
    ['SÃ£o Paulo', 'São Paulo'],
    ['MÃ¼ller â€“ Sales', 'Müller – Sales'],
    ['Itâ€™s', 'It’s'],
    ['ÐœÐ¾ÑÐºÐ²Ð°'.replace('ÑÐº', 'Ñ\u0081Ðº'), 'Москва'],
    ['ÃƒÂ©', 'é'],
  ])('%s was %s', (before, after) => expect(ungarbled(before)).toBe(after));

  it.each(['Pâmela', 'São Paulo', 'Müller', 'Ærø', 'ÇA VA', 'Москва', '北京', 'Â', '20 €', 'naïve', 'Ã la carte'])(
    '%s is what it says',
    (text) => expect(ungarbled(text)).toBeUndefined(),
  );

  it.each([
    ['windows-1251', 'Мария Петрова'],
    ['windows-1251', 'Сергей'],
    ['windows-1251', 'Ёлкина Софья'],
    ['windows-1253', 'Κώστας Παππάς'],
    ['windows-1253', 'Θεά'],
  ])('what %s made of %s is read back', (encoding, text) => {
    expect(ungarbled(new TextDecoder(encoding).decode(Buffer.from(text)))).toBe(text);
  });

  it.each(['Рим', 'Сёмин Сёма', 'РОССИЯ «Рё»', 'ΑΓΊΑ ΟΊΚΟΣ', 'Ο Ώμος', 'Ξένος', 'Рёва С№'])(
    '%s says what it says',
    (text) => expect(ungarbled(text)).toBeUndefined(),
  );

  it('whatever is garbled is read back', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'Z', ' ', 'é', 'ß', 'ñ', 'ø', '’', '–', '€', 'я', '中'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, (original) => {
        // iconv-lite has no character for five bytes, which then are lost for good.
        const garbled = iconv.decode(Buffer.from(original), 'windows-1252');
        fc.pre(!garbled.includes('\ufffd') && garbled === garble(original));
        expect(ungarbled(garbled) ?? garbled).toBe(original);
      }),
    );
  });
});

describe('over a column', () => {
  const observe = (...rows: string[][]): GarbledText => {
    const garbled = new GarbledText();
    for (const row of rows) garbled.observe(row);
    return garbled;
  };

  it('it is sure where nothing speaks against it', () => {
    expect(observe(['PÃ¢mela', 'x'], ['Ann', 'y'], ['AndrÃ©', 'é']).columns()).toEqual([
      { column: 0, cells: 2, isSure: true, before: 'PÃ¢mela', after: 'Pâmela' },
    ]);
  });

  it('it is not, where other cells are right as they are; those stay', () => {
    const [column] = observe(['PÃ¢mela'], ['José']).columns();
    expect(column).toMatchObject({ isSure: false });
    expect(repairCells(['José'], new Set([0]))).toEqual(['José']);
    expect(repairCells(['AndrÃ©', 'AndrÃ©'], new Set([0]))).toEqual(['André', 'AndrÃ©']);
  });
});
