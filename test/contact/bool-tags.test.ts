import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBoolean } from '../../src/contact/bool.js';
import { readTags } from '../../src/contact/tags.js';

describe('readBoolean', () => {
  it.each('true TRUE yes Y 1 x X on checked ja Oui sí si sim vero WAHR vrai ✓'.split(' '))('%s is true', (cell) =>
    expect(readBoolean(cell)).toBe(true),
  );
  it.each('false No n 0 off unchecked nein non não falso FALSCH faux ✗'.split(' '))('%s is false', (cell) =>
    expect(readBoolean(cell)).toBe(false),
  );
  it.each(['', ' ', '-', 'maybe', '2', 'yes and no'])('%j is neither', (cell) =>
    expect(readBoolean(cell)).toBeUndefined(),
  );
});

describe('readTags', () => {
  it.each<[string, string[]]>([
    ['a, b;c|d\ne', ['a', 'b', 'c', 'd', 'e']],
    ['"a, b","c"', ['a, b', 'c']],
    ['"say ""hi""; now" ; c', ['say "hi"; now', 'c']],
    ['5" pipe, b', ['5" pipe', 'b']],
    ['say "b, c"', ['say "b', 'c"']],
    ['"a" b, c', ['"a" b', 'c']],
    ['"open, b', ['"open', 'b']],
    ['* myContacts ::: Suppliers, Inc ::: * starred', ['Suppliers, Inc']],
    ['Friend; colleague', ['Friend', 'colleague']],
    ['vip, VIP, Vip, new', ['vip', 'new']],
    [' , ;; ', []],
    ['', []],
    ['myContacts;starred', ['myContacts', 'starred']],
  ])('%j has %j', (cell, tags) => expect(readTags(cell)).toEqual(tags));

  it("leaves Google's groups out where the column is Google's", () => {
    expect(readTags('Imported 12/7/17 1;My Contacts;starred', { dropSystemGroups: true })).toEqual([
      'Imported 12/7/17 1',
    ]);
  });

  it('splits at the separators of the column alone', () => {
    expect(readTags('a, b; c', { separators: [';'] })).toEqual(['a, b', 'c']);
    expect(readTags('a, b', { separators: [] })).toEqual(['a, b']);
  });

  it('reads any tags back that were quoted', () => {
    const tag = fc
      .string({ unit: 'grapheme-ascii', minLength: 1 })
      .map((text) => text.trim())
      .filter((text) => text !== '' && !text.startsWith('* '));
    fc.assert(
      fc.property(
        fc.uniqueArray(tag, { selector: (text) => text.toLowerCase() }),
        fc.constantFrom(',', ';', ' | '),
        (tags, mark) => {
          const cell = tags.map((text) => `"${text.replaceAll('"', '""')}"`).join(mark);
          expect(readTags(cell, { separators: [',', ';', '|'] })).toEqual(tags);
        },
      ),
    );
  });

  it('reads tags the same beside a quoted one', () => {
    const separators = [',', ';', '|'];
    fc.assert(
      fc.property(fc.stringMatching(/^[ab :,;|\n]*$/), (cell) => {
        expect(readTags(`${cell};"z"`, { separators })).toEqual([...readTags(cell, { separators }), 'z']);
      }),
    );
  });
});
