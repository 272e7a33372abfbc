import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImporterError } from '../../src/errors.js';
import { applyMappingFile, toMappingFile } from '../../src/mapping/file/apply-file.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { FIELD_NAMES } from '../../src/mapping/mapping.js';
import { formatMappingFile } from '../../src/mapping/file/format-mapping-file.js';
import type { FileColumn, MappingFile } from '../../src/mapping/file/mapping-file.js';
import { parseMappingFile } from '../../src/mapping/file/parse-mapping-file.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import { ANY_TEXT, EXPECTED, inferredFixture, table } from './mapping-fixtures.js';

async function errorOf(text: string): Promise<string> {
  try {
    await parseMappingFile(text, 'm.json');
  } catch (error) {
    if (error instanceof ImporterError && error.code === 'bad_mapping') return error.message;
    throw error;
  }
  throw new Error('it was read');
}

const ENTRY: fc.Arbitrary<Omit<FileColumn, 'header' | 'occurrence'>> = fc.oneof(
  fc.constantFrom(...FIELD_NAMES, 'ignore', 'unmapped', 'undecided').map((to) => ({ to })),
  fc.constantFrom('first' as const, 'last' as const).map((position) => ({ to: 'emails', position })),
  fc.constantFrom('point' as const, 'comma' as const).map((decimal) => ({ to: 'deal_value', decimal })),
  fc.constant({ to: 'name', split: 'last_first' as const }),
  fc.string({ minLength: 1 }).map((key) => ({ to: `custom:x${key}` })),
  fc.constant({ to: 'custom:Since', type: 'date' as const, dates: 'dmy' as const }),
);

const COLUMNS = fc
  .array(
    fc.tuple(
      fc.oneof(fc.string(), fc.constantFrom('Titre', '__proto__', '1', 'a#b: c')),
      fc.array(ENTRY, { minLength: 1, maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((entries) =>
    [...new Map(entries)].flatMap(([header, same]) =>
      same.map((entry, occurrence) => ({ header, occurrence, ...entry })),
    ),
  );

const FILE: fc.Arbitrary<MappingFile> = fc.record({
  version: fc.constant(1 as const),
  columns: COLUMNS,
  settings: fc.record(
    {
      country: fc.constantFrom('GB', 'DE'),
      set: fc
        .dictionary(fc.constantFrom('lead_source', 'custom:k'), fc.string(), { minKeys: 1 })
        .map((set) => ({ ...set })),
      unmapped: fc.constant('custom' as const),
      sharedPhone: fc.constantFrom('omit' as const, 'send' as const),
      keepSharedPhone: fc.constantFrom('phone_2', 'b'),
      bot: fc.constantFrom('bot_1', 'a"b"'),
    },
    { requiredKeys: [] },
  ),
});

describe('a mapping file', () => {
  it('is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(FILE, async (file) => {
        expect(await parseMappingFile(formatMappingFile(file), 'm.json')).toEqual(file);
      }),
    );
  });

  it('has a column a line, and explains itself', () => {
    const text = formatMappingFile(
      toMappingFile(inferMapping(table([['E-Mail', 'Titre', 'Titre', 'Primary Phone']])), { unmapped: 'custom' }),
    );
    expect(JSON.parse(text)).toMatchObject({ version: 1, settings: { unmapped: 'custom' } });
    expect(text).toContain('    "E-Mail": "emails",\n    "Titre": ["unmapped", "job_title"],\n');
    expect(text).toContain('    "Primary Phone": { "to": "phone_numbers", "position": "first" }\n');
    expect(text).toContain('Which column of the file becomes which field');
  });

  it('may be YAML', async () => {
    const text =
      'version: 1\ncolumns:\n  E-Mail: emails\n  Betrag: { to: deal_value, decimal: comma }\nsettings:\n  country: DE\n';
    expect(await parseMappingFile(text, 'm.yaml')).toEqual({
      version: 1,
      columns: [
        { header: 'E-Mail', occurrence: 0, to: 'emails' },
        { header: 'Betrag', occurrence: 0, to: 'deal_value', decimal: 'comma' },
      ],
      settings: { country: 'DE' },
    });
  });

  it.each([
    [
      '{\n "version": 1,\n "columns": {\n  "Firma": "compny"\n }\n}',
      'm.json, line 4: columns › Firma › to: "compny" is no field: did you mean company?',
    ],
    [
      '{\n "version": 1,\n "columns": {\n  "A": "emails",\n  "B": { "to": "emails", "decimal": "comma" }\n }\n}',
      'm.json, line 5: columns › B › decimal: decimal is only for deal_value.',
    ],
    [
      '{\n "version": 1,\n "columns": {\n  "A": ["emails", 7]\n }\n}',
      'm.json, line 4: columns › A › 1 › to: expected the name of a field, in quotes.',
    ],
    [
      '{\n "version": 1,\n "columns": {},\n "settings": {\n  "unmapped": "drop"\n }\n}',
      'm.json, line 5: settings › unmapped: "drop" is none of ignore, custom.',
    ],
    [
      '{\n "version": 1,\n "columns": {},\n "settings": {\n  "contry": "DE"\n }\n}',
      'm.json, line 5: settings: unknown key "contry": did you mean country?',
    ],
    [
      '{\n "version": 1,\n "columns": {},\n "settings": {\n  "country": "ZZ"\n }\n}',
      'm.json, line 5: settings › country: "ZZ" is no country. Use two letters as in ISO 3166-1, for example GB, DE or US.',
    ],
    [
      '{\n "version": 2,\n "columns": {}\n}',
      'm.json, line 2: version 2 was written by a newer clarky-contacts; this one knows version 1.',
    ],
    ['{\n "columns": {}\n}', 'm.json, line 1: expected "version": 1.'],
    [
      '{\n "version": 1,\n "columns": {},\n "colums": {}\n}',
      'm.json, line 4: unknown key "colums": expected version, columns, settings.',
    ],
    [
      '{\n "version": 1,\n "columns": []\n}',
      'm.json, line 3: expected "columns": an object from column names to fields.',
    ],
    ['["emails"]', 'm.json, line 1: expected an object with "version" and "columns".'],
    ['', 'm.json, line 1: expected an object with "version" and "columns".'],
  ])('%j: %s', async (text, message) => {
    expect(await errorOf(text)).toBe(message);
  });

  it.each([
    ['{\n "columns": {\n  "A": "emails"\n  "B": "tags"\n }\n}', 4, 3, 'a comma is missing before this'],
    ['{\n "columns": {\n  "A": "emails"\n }\n', 5, 1, '"}" is missing before this'],
    ['{\n "columns": {\n  "A": ["emails"}\n }\n}', 3, 17, '"]" is missing before this'],
    ['{\n "columns": {\n  "A": "emails\n }\n}', 3, 8, 'this quotation mark is never closed'],
    ['{\n "columns": {\n  "A" "emails"\n }\n}', 3, 7, 'a colon or a comma is missing before this'],
    ['{\n "version": 1,,\n "columns": {}\n}', 2, 15, '"," has no place here'],
    ['version: 1\ncolumns:\n\tA: emails\n', 3, 1, 'the line begins with a tab: indent it with blanks'],
    ['columns:\n  A: emails\n B: tags\n', 3, 1, 'this line is indented otherwise than those that it belongs to'],
    ['version: 1\ncolumns:\n  A: @emails\n', 3, 6, 'what begins with "@" must stand in quotes'],
    ['columns:\n  A: &a &b emails\n', 2, 9, 'signs stand here that a mapping file does not know (such as & * ! %)'],
  ])('%j is told where it is mended, in our words', async (text, line, column, words) => {
    expect(await errorOf(text)).toContain(`m.json, line ${line}, column ${column}: ${words}`);
  });

  it('may have comments, as JSON with comments has them, and lines are told as they stand', async () => {
    const text = [
      '// what goes where',
      '{ /* of',
      '   two lines */ "version": 1, // one',
      '  "columns": {',
      '    // "Old": "notes",',
      '    "Web": "custom:https://x", "E//Mail": "emails",// by its name',
      `    'it"s /* no */': 'notes', # theirs, "too`,
      '    "a \\" // b": "ignore",',
      '  },',
      '}',
    ];
    const { columns } = await parseMappingFile(text.join('\n'), 'm.json');
    expect(columns.map(({ header, to }) => [header, to])).toEqual([
      ['Web', 'custom:https://x'],
      ['E//Mail', 'emails'],
      ['it"s /* no */', 'notes'],
      ['a " // b', 'ignore'],
    ]);
    expect(await errorOf(text.join('\n').replace('"ignore"', '"nots"'))).toContain('m.json, line 8: ');
    // In YAML they are words.
    const yaml = await parseMappingFile('version: 1\ncolumns:\n  a // b: notes\n  Mail: emails\n', 'm.yaml');
    expect(yaml.columns.map(({ header }) => header)).toEqual(['a // b', 'Mail']);
  });

  it.each(['{"a": "', '{/* ', "{'"])('is read no longer for signs that are never closed: %s', async (begin) => {
    await expect(errorOf(begin + '/* " \' // '.repeat(50_000))).resolves.toContain('m.json, line 1');
  });

  it('says nothing in the words of its parser', async () => {
    const sound = '{\n "version": 1,\n "columns": {\n  "A": "emails",\n  "B": ["tags", "notes"]\n }\n}\n';
    const signs = fc.constantFrom(...'{}[]:,"\'\\&*!%@`|>?-#\t\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length), fc.nat(3), fc.array(signs, { maxLength: 3 }), async (at, cut, put) => {
        const text = sound.slice(0, at) + put.join('') + sound.slice(at + cut);
        const message = await parseMappingFile(text, 'm.json').then(
          () => '',
          (error: unknown) => (error as Error).message,
        );
        expect(message).not.toMatch(/flow|scalar|implicit|token|node|block|collection|stream|anchor|YAML/i);
      }),
    );
  });

  it('names the curly quotation marks of a text program', async () => {
    expect(await errorOf('{\n “version”: 1,\n "columns": {}\n}')).toBe(
      'm.json, line 2: curly quotation marks are letters here: write straight ones (").',
    );
  });

  it('names the line of a key that stands twice', async () => {
    expect(await errorOf('version: 1\ncolumns:\n  A: emails\n  A: tags\n')).toMatch(
      /^m\.json, line 4: "A" stands here for the second time/,
    );
  });

  it('is an error and no crash, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(ANY_TEXT, async (text) => {
        expect(await errorOf(text)).toMatch(/^m\.json, line \d+(, column \d+)?: /);
      }),
    );
  });
});

describe('next month’s export', () => {
  const file: MappingFile = {
    version: 1,
    columns: [
      { header: 'E-Mail', occurrence: 0, to: 'emails' },
      { header: 'Titre', occurrence: 0, to: 'ignore' },
      { header: 'Titre', occurrence: 1, to: 'job_title' },
      { header: 'Region', occurrence: 0, to: 'custom:Region', type: 'text' },
    ],
    settings: {},
  };
  const words = (header: string[], ...records: string[][]): string[] =>
    applyMappingFile(file, table([header, ...records])).mapping.columns.map(({ target }) => wordOfTarget(target));

  it('is mapped by names, wherever the columns stand', () => {
    expect(words(['Titre', 'Region', 'Titre', 'E-Mail'])).toEqual(['ignore', 'custom:Region', 'job_title', 'emails']);
    expect(words(['e_mail', 'region', 'TITRE', 'titre'])).toEqual(['emails', 'custom:Region', 'ignore', 'job_title']);
  });

  it('says what is missing and what is new, and guesses nothing new', () => {
    const applied = applyMappingFile(file, table([['E-Mail', 'Company', 'Shoe size', 'Titre']]));
    expect(applied.missing.map(({ header, near }) => [header, near])).toEqual([
      ['Titre', undefined],
      ['Region', undefined],
    ]);
    const slips = applyMappingFile(file, table([['E-Mail', 'Regoin', 'Titre', 'Shoe size']])).missing;
    expect(slips.map(({ header, near }) => [header, near])).toEqual([
      ['Titre', undefined],
      ['Region', 'Regoin'],
    ]);
    expect(applied.added).toEqual(['Company', 'Shoe size']);
    expect(applied.mapping.columns[1]).toMatchObject({
      target: { kind: 'undecided' },
      certainty: 'undecided',
      suggestions: ['company'],
      reason: 'new: not in the mapping file; it may be company',
    });
    expect(applied.mapping.columns[2]?.target.kind).toBe('unmapped');
  });

  it('is the reason of those columns alone that would not be the same anyway', () => {
    const { columns } = applyMappingFile(file, table([['E-Mail', 'Region', 'Titre', 'Titre']])).mapping;
    expect(columns.map(({ reason }) => reason === 'the mapping file says so')).toEqual([false, true, true, false]);
  });

  it('is refused where the only email column is missing', () => {
    expect(() => words(['Name', 'Region'])).toThrow(/expects "E-Mail" for e-mails and phones/);
  });

  it('maps every known format as it was inferred', async () => {
    for (const name of Object.keys(EXPECTED)) {
      const { header, samples, mapping: inferred } = inferredFixture(name);
      const text = formatMappingFile(toMappingFile(inferred, {}));
      const { mapping, missing, added } = applyMappingFile(await parseMappingFile(text, name), { header, samples });
      expect([missing, added]).toEqual([[], []]);
      const bare = (columns: typeof mapping.columns): unknown[] =>
        columns.map(({ target }) => ('why' in target ? target.kind : target));
      expect(bare(mapping.columns), name).toEqual(bare(inferred.columns));
    }
  });
});

describe('a small file that would become a large one', () => {
  it('is not opened out: aliases are said, whatever they stand for', async () => {
    const levels = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n},*l${n},*l${n}]`);
    const bomb = ['version: 1', 'l0: &l0 [x]', ...levels, 'columns: *l30'].join('\n');
    for (const text of [bomb, 'version: 1\ncolumns: &a\n  Email: emails\n"//": *a']) {
      expect(await errorOf(text)).toMatch(/it has aliases \(\*name\), which a mapping file may not have/);
    }
    expect(await errorOf(`version: 1\ncolumns: ${'['.repeat(5000)}`)).toMatch(/^m\.json, line \d+: /);
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    expect(await errorOf(deep)).toBe('m.json, line 1: it is nested deeper than a mapping file ever is.');
    expect(await errorOf('version: 1\n---\nversion: 1\n')).toBe(
      'm.json, line 2, column 1: a second document begins here (---), and a mapping file is one.',
    );
  });

  it.each([
    [
      '50 lists in each other',
      `version: 1\ncolumns: ${'['.repeat(50)}${']'.repeat(50)}`,
      /line 2: it is nested deeper/,
    ],
    [
      '50 lists on one line',
      `version: 1\n${'- '.repeat(50)}x`,
      /line 2: it is nested deeper than a mapping file ever is/,
    ],
    ['signs without an end', `version: 1\ncolumns: [${','.repeat(100_001)}]`, /line 2: it holds more than a mapping/],
    [
      'tags without an end',
      `version: 1\n${'!x '.repeat(100_001)}`,
      /line 2: it holds more than a mapping file ever does/,
    ],
    [
      'more columns than any file has',
      `version: 1\ncolumns:\n${Array.from({ length: 10_001 }, (_, n) => `  c${n}: ignore\n`).join('')}`,
      /line 3: 10001 entries begin here: at most 10000 are read/,
    ],
    ['a list of too many', `{"version":1,"columns":{"a":[${'"ignore",'.repeat(10_001)}]}}`, /10001 entries begin here/],
  ])('is said of %s, which the parser would spend much on', async (_, text, message) => {
    expect(await errorOf(text)).toMatch(message);
  });

  it('has each name once in an object, which is not found by comparing each with each', async () => {
    const twice = 'version: 1\ncolumns:\n  Email: emails\n  Phone: phone_numbers\n  "Email": ignore\n';
    expect(await errorOf(twice)).toBe('m.json, line 5: "Email" stands here for the second time.');
    const inside = 'version: 1\ncolumns:\n  Name:\n    to: name\n    to: notes\n';
    expect(await errorOf(inside)).toBe('m.json, line 5: "to" stands here for the second time.');
  });
});
