import { link, lstat, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCsvWriter } from '../../src/source/text/writer.js';
import { guardCell, unguardCell } from '../../src/source/text/formula.js';
import { readAll, temporaryFolder } from './reading.js';
import { anyText } from '../support/any-text.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.dispose());

describe('the guard against formulas', () => {
  it.each(['=1+1', '+44 20', '-5', '@SUM(A1)', '\tx', '\rx', '＝1', ' =1', '\u00a0+1', "'=1"])(
    '%j gets an apostrophe',
    (cell) => {
      expect(guardCell(cell)).toBe(`'${cell}`);
    },
  );

  it('holds behind every character that is white or not seen, and behind several of them', () => {
    const UNSEEN = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;
    const unseen = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => UNSEEN.test(character));
    expect(unseen.length).toBeGreaterThan(4000);
    const unguarded = unseen.filter((character) =>
      ['=1', '+1', '-1', '@a'].some((formula) => !guardCell(`${character}${formula}`).startsWith(`'${character}`)),
    );
    expect(unguarded).toEqual([]);
    const formula = fc.tuple(
      fc.array(fc.constantFrom(...unseen, "'"), { maxLength: 8 }),
      fc.constantFrom('=', '+', '-', '@', '＝', '\t', '\r'),
      fc.string(),
    );
    fc.assert(
      fc.property(formula, ([before, sign, rest]) => {
        const cell = `${before.join('')}${sign}${rest}`;
        return guardCell(cell).startsWith(`'${before[0] ?? sign}`) && unguardCell(guardCell(cell)) === cell;
      }),
    );
  });

  it.each(['Ada', '1+1', "O'Neil", "'t Hart", '', ' x', "'"])('%j stays', (cell) => expect(guardCell(cell)).toBe(cell));

  it('is undone exactly, for every string', () => {
    const risky = fc.string({ unit: fc.constantFrom("'", ' ', '=', '+', '\t', '\r', ';', '(', 'a', '＝', '\ufeff') });
    const any = fc.oneof(risky, anyText, fc.string());
    fc.assert(
      fc.property(any, (cell) => unguardCell(guardCell(cell)) === cell),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(any, (cell) => !/^\s*[=+\-@]/.test(guardCell(cell))),
      { numRuns: 1000 },
    );
  });

  it('leaves alone what only looks guarded', () => {
    expect(unguardCell("'t Hart")).toBe("'t Hart");
    expect(unguardCell('x')).toBe('x');
  });
});

describe('the writer', () => {
  it('writes what reading gives back, formulas and line breaks included', async () => {
    const rows = [
      ['Ada', '=HYPERLINK("x")', 'a\rb'],
      ['"', ',', '\n'],
      ["'=1", '', '+44'],
    ];
    const writer = await createCsvWriter(folder.path('a.csv'), ['\ufeffName', 'Note', '']);
    for (const row of rows) await writer.write(row);
    await writer.commit();
    const { records, dialect } = await readAll(folder.path('a.csv'));
    expect(dialect.header).toEqual(['\ufeffName', 'Note', '']);
    expect(records.map(({ cells }) => cells)).not.toEqual(rows);
    expect(records.map(({ cells }) => cells.map(unguardCell))).toEqual(rows);
  });

  it('is there whole or not at all, for its owner alone', async () => {
    const path = folder.path('a.csv');
    await writeFile(path, 'old');
    const writer = await createCsvWriter(path, ['Name']);
    await writer.write(['Ada']);
    expect(await readFile(path, 'utf8')).toBe('old');
    await writer.commit();
    expect(await readFile(path, 'utf8')).toBe('\ufeffName\r\nAda\r\n');
    expect(await modeOf(path)).toBe(OWNER_ALONE);
    await writer.discard();
    expect(await readdir(folder.path('.'))).toEqual(['a.csv']);
  });

  it('leaves no trace when discarded', async () => {
    const writer = await createCsvWriter(folder.path('a.csv'), ['Name']);
    await writer.write(['Ada']);
    await writer.discard();
    expect(await readdir(folder.path('.'))).toEqual([]);
  });

  it('replaces a link, and never writes through it', async () => {
    await writeFile(folder.path('precious'), 'mine');
    await symlink(folder.path('precious'), folder.path('a.csv'));
    await link(folder.path('precious'), folder.path('b.csv'));
    for (const name of ['a.csv', 'b.csv']) {
      const writer = await createCsvWriter(folder.path(name), ['Name']);
      await writer.commit();
      expect((await lstat(folder.path(name))).isSymbolicLink()).toBe(false);
    }
    expect(await readFile(folder.path('precious'), 'utf8')).toBe('mine');
  });

  it('slows its caller down to the disk: what is not written is never held', async () => {
    const writer = await createCsvWriter(folder.path('a.csv'), ['Note']);
    const cell = 'x'.repeat(1024 * 1024);
    const before = process.memoryUsage().rss;
    for (let row = 0; row < 150; row += 1) await writer.write([cell]);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    await writer.commit();
    expect((await stat(folder.path('a.csv'))).size).toBe(Buffer.byteLength('\ufeffNote\r\n') + 150 * (cell.length + 2));
  });

  it('says what it can not write', async () => {
    await expect(createCsvWriter(folder.path('none/a.csv'), ['Name'])).rejects.toMatchObject({ code: 'not_writable' });
    await mkdir(folder.path('taken.csv'));
    await expect(createCsvWriter(folder.path('taken.csv'), ['Name'])).rejects.toMatchObject({ code: 'not_writable' });
    expect(await readdir(folder.path('.'))).toEqual(['taken.csv']);
  });
});
