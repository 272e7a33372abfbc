import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { cellsOf, readBytes } from './reading.js';

/** Names and words of contacts in many languages, with the encodings in which their old exports come. */
const TEXTS: Readonly<Record<string, { text: string; encodings: readonly string[] }>> = {
  German: { text: 'Jörg,Müßig,Größer GmbH\nÄnne,Köln,Straße', encodings: ['windows-1252', 'macintosh', 'cp850'] },
  French: { text: 'Élodie,Çaubère,Société\nFrançois,Noël,Nîmes', encodings: ['windows-1252', 'macintosh', 'cp850'] },
  'one é': { text: 'José,Smith,jose@example.com', encodings: ['windows-1252', 'macintosh', 'cp850'] },
  Spanish: { text: 'Íñigo,Muñoz,Ávila\nMaría,Pérez,señor', encodings: ['windows-1252', 'macintosh', 'cp850'] },
  Portuguese: { text: 'João,Conceição,São Paulo\nirmã,não,avô', encodings: ['windows-1252', 'macintosh'] },
  Italian: { text: 'Niccolò,città,perché\npiù,è,x', encodings: ['windows-1252', 'macintosh'] },
  Dutch: { text: 'Daniël,coördinatie,één', encodings: ['windows-1252', 'macintosh'] },
  Swedish: { text: 'Åsa,Björk,Malmö', encodings: ['windows-1252', 'macintosh'] },
  Danish: { text: 'Søren,Ærø,Århus', encodings: ['windows-1252', 'macintosh'] },
  Icelandic: { text: 'Þór,Guðrún,Jónsdóttir', encodings: ['windows-1252'] },
  capitals: { text: 'JOSÉ,MÜLLER,ÖSTERREICH', encodings: ['windows-1252', 'macintosh'] },
  'signs alone': { text: '„Test“,12 €,d’Or – x', encodings: ['windows-1252'] },
  'the euro of 1999': { text: 'Sœur,12 €,Šimon', encodings: ['iso-8859-15'] },
  Polish: { text: 'Łukasz,Wiśniewski,Żółć\nGdańsk,Kraków,Źródlana', encodings: ['windows-1250'] },
  Czech: { text: 'Jiří,Dvořák,Plzeň\nVěra,Kučerová,Šťastný', encodings: ['windows-1250'] },
  Hungarian: { text: 'Erzsébet,Kőszegi,Győr\nSzűcs,Pál,Tóth', encodings: ['windows-1250'] },
  Russian: { text: 'Иван,Петров,Москва', encodings: ['windows-1251', 'koi8-r'] },
  Greek: { text: 'Γιώργος,Παπαδόπουλος,Αθήνα', encodings: ['windows-1253'] },
  Turkish: { text: 'Ayşe,Yılmaz,İstanbul\nÇağrı,Gökçe,Şahin', encodings: ['windows-1254'] },
  Lithuanian: { text: 'Žydrūnas,Kęstutis,Šiauliai', encodings: ['windows-1257'] },
  Japanese: { text: '山田,太郎,株式会社サンプル\nたろう,東京都,営業部', encodings: ['shift_jis', 'euc-jp'] },
  Chinese: { text: '王小明,台北市,有限公司\n中文,中文,中文', encodings: ['gb18030', 'big5'] },
  Korean: { text: '김철수,서울특별시,주식회사\n대한민국,이영희,부장', encodings: ['euc-kr'] },
};
const CASES = Object.entries(TEXTS).flatMap(([language, { text, encodings }]) =>
  encodings.map((encoding) => ({ language, text, encoding })),
);

describe('encodings told apart', () => {
  it.each(CASES)('$language in $encoding', async ({ text, encoding }) => {
    const bytes = iconv.encode(`First,Second,Third\n${text}\n`, encoding);
    const { records, dialect } = await readBytes(bytes);
    expect(dialect.encodingCertain).toBe('guessed');
    expect(cellsOf(records)).toEqual(text.split('\n').map((line) => line.split(',')));
  });

  it('an accent on the last of many lines', async () => {
    const bytes = iconv.encode(
      `Name,Email\n${'Ada,ada@example.com\n'.repeat(40_000)}Zoë,zoe@example.com\n`,
      'windows-1252',
    );
    const { records } = await readBytes(bytes);
    expect(records.at(-1)?.cells[0]).toBe('Zoë');
  });

  it('the euro sign of Mac Roman', async () => {
    const { records } = await readBytes(Buffer.from('Nom,Prix\rNo\x91l,5 \xdb\r', 'latin1'));
    expect(records[0]?.cells).toEqual(['Noël', '5 €']);
  });

  it('is not guessed where no reading makes sense', async () => {
    const bytes = Buffer.concat([Buffer.from('Name,Given,City\n'), iconv.encode('山田,太郎,東京都\n', 'euc-jp')]);
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'bad_encoding',
      message: expect.stringMatching(/can't be told/) as unknown,
      next: expect.stringMatching(/euc-jp|shift_jis/) as unknown,
    });
    expect((await readBytes(bytes, { encoding: 'euc-jp' })).records[0]?.cells).toEqual(['山田', '太郎', '東京都']);
  });
});

describe('bytes that are not valid', () => {
  const filler = 'Ada,ada@example.com\r\n'.repeat(30_000);
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  const cases: { name: string; bytes: Buffer; encoding?: string; line: number }[] = [
    { name: 'UTF-8 by its mark', bytes: Buffer.from('\xef\xbb\xbfa,b\r\nc,\xe9\r\n', 'latin1'), line: 2 },
    { name: 'UTF-8 as said', bytes: Buffer.from('a,b\rc,d\re,\xff\r', 'latin1'), encoding: 'utf8', line: 3 },
    {
      name: 'nearly UTF-8',
      bytes: Buffer.concat([Buffer.from(`n,m\r\n${filler}Zoë,x\r\n`), Buffer.from([0xe9])]),
      line: 30_003,
    },
    {
      name: 'UTF-8 cut at its end',
      bytes: Buffer.from('n,m\nZoë,x\nZo\xc3', 'utf8').subarray(0, -1),
      encoding: 'utf-8',
      line: 3,
    },
    {
      name: 'half a surrogate pair',
      bytes: Buffer.concat([utf16(`\ufeffn,m\r\n${filler}x`), Buffer.from([0x3d, 0xd8]), utf16('y,z\r\n')]),
      line: 30_002,
    },
    {
      name: 'half a character of UTF-16',
      bytes: Buffer.concat([utf16('\ufeffn,m\r\nx,y'), Buffer.from([0x41])]),
      line: 2,
    },
    {
      name: 'Windows-1252 has no 0x81',
      bytes: Buffer.from('n,m\nZo\xeb,x\n\x81,y\n', 'latin1'),
      encoding: 'cp1252',
      line: 3,
    },
    { name: 'Shift_JIS', bytes: Buffer.from('n,m\n\x8e\x52,x\n\x8e\n', 'latin1'), encoding: 'shift_jis', line: 3 },
  ];

  it.each(cases)('$name: an error that names the line', async ({ bytes, encoding, line }) => {
    await expect(readBytes(bytes, { encoding })).rejects.toMatchObject({
      code: 'bad_encoding',
      message: expect.stringContaining(`line ${line} `) as string,
    });
  });
});

describe('--encoding', () => {
  it.each(['latin1', 'ISO-8859-1', 'ANSI', 'cp1252', 'Windows 1252'])('%s is Windows-1252', async (encoding) => {
    const { records, dialect } = await readBytes(Buffer.from('n,m\nZo\xeb,\x80\n', 'latin1'), { encoding });
    expect(records[0]?.cells).toEqual(['Zoë', '€']);
    expect(dialect).toMatchObject({ encoding: 'Windows-1252', encodingCertain: 'given' });
  });

  it('takes any that iconv-lite knows', async () => {
    for (const encoding of ['cp437', 'mac', 'utf-16be', 'utf-32le', 'gbk']) {
      const name = encoding === 'gbk' ? '王小明' : 'Zoë';
      const bytes = iconv.encode(`n,m\n${name},x\n`, encoding === 'mac' ? 'macintosh' : encoding);
      expect((await readBytes(bytes, { encoding })).records[0]?.cells).toEqual([name, 'x']);
    }
  });

  it.each(['windows-1259', 'utf9', 'hex', 'base64', 'constructor'])(
    '%s: an error with near names',
    async (encoding) => {
      await expect(readBytes('a,b\n', { encoding })).rejects.toMatchObject({
        code: 'bad_encoding',
        message: expect.stringContaining(encoding) as string,
        next: expect.stringMatching(/^Near names: .+, .+/) as unknown,
      });
    },
  );
});

describe('how a file was said to be written before', () => {
  const NAMES = 'Name,Ort\nZoë,Köln\n';

  it.each([
    ['UTF-8 without a mark', Buffer.from(NAMES)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${NAMES}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${NAMES}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(NAMES, 'utf16le')],
  ])('is not believed of one that is %s now, and that is said', async (_, bytes) => {
    const { dialect, records } = await readBytes(bytes, { before: { encoding: 'windows-1252' } });
    expect(dialect.header).toEqual(['Name', 'Ort']);
    expect(records[0]?.cells).toEqual(['Zoë', 'Köln']);
    expect(dialect.changed.join()).toMatch(/^The file is in UTF-(8|16 LE) now, no more in Windows-1252\.$/);
  });

  it('is believed where the bytes could be so, and always where it is said now', async () => {
    const bytes = Buffer.from('n,m\nZo\xeb,\x8a\n', 'latin1');
    const before = await readBytes(bytes, { before: { encoding: 'macintosh' } });
    expect([before.records[0]?.cells, before.dialect.changed]).toEqual([['ZoÎ', 'ä'], []]);
    const plain = await readBytes('n,m\nAda,1\n', { before: { encoding: 'windows-1252' } });
    expect([plain.dialect.codec, plain.dialect.changed]).toEqual(['windows-1252', []]);
    expect((await readBytes('n,m\nAda,1\n', { before: { encoding: 'utf-16le' } })).records[0]?.cells).toEqual([
      'Ada',
      '1',
    ]);
    const said = await readBytes(Buffer.from(NAMES), { encoding: 'windows-1252', before: { encoding: 'utf-8' } });
    expect(said.records[0]?.cells).toEqual(['ZoÃ«', 'KÃ¶ln']);
  });

  it('is no delimiter that the file does not have any more', async () => {
    const { records } = await readBytes('n,m\nAda,1\n', { before: { delimiter: ';' } });
    expect(records[0]?.cells).toEqual(['Ada', '1']);
    expect((await readBytes('n,m;o\nAda,1;2\n', { before: { delimiter: ';' } })).records[0]?.cells).toEqual([
      'Ada,1',
      '2',
    ]);
  });
});
