import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { parseMappingFile } from '../../src/mapping/file/parse-mapping-file.js';
import { COUNTRY_CODES } from '../../src/settings/countries.js';
import { settingsAsMarkdown } from '../../src/settings/document.js';
import { checkOptions } from '../../src/settings/call-options.js';
import { keptOf, resolve } from '../../src/settings/resolve.js';
import { SETTINGS, settingRows, type WrittenAsText } from '../../src/settings/settings.js';
import { momentOf } from '../../src/settings/times.js';
import { COUNTRY, POST_URL } from '../../src/settings/values.js';

const PAGE = fileURLToPath(new URL('../../docs/settings.md', import.meta.url));

describe('the table of settings', () => {
  it('is what docs/settings.md shows (node scripts/settings.js writes it)', async () => {
    expect(await readFile(PAGE, 'utf8')).toContain(`\n\n${settingsAsMarkdown()}\n\n`);
  });

  it('has no flag twice for one command, and no file key twice', () => {
    const flags = settingRows().flatMap(([, { flag, commands }]) =>
      commands.map((command) => `${command} ${flag.replace(/ .*/, '')}`),
    );
    expect(new Set(flags).size).toBe(flags.length);
    const keys = settingRows().flatMap(([, { fileKey }]) => fileKey ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('never takes a key on the command line', () => {
    expect(settingRows().map(([, { flag }]) => flag)).not.toContainEqual(expect.stringMatching(/^--key\b(?!-file)/));
  });

  it('accepts its own fallbacks', () => {
    for (const [name, row] of settingRows()) {
      if (row.fallback !== undefined) expect(row.kind.check(row.fallback, 0), name).toEqual({ value: row.fallback });
    }
  });

  it('lets what is given win over the mapping file, that over what is kept, and joins fixed values', () => {
    const resolved = resolve(
      { unmapped: 'custom', set: { a: '1' } },
      { unmapped: 'ignore', duplicates: 'last', set: { a: '2', b: '2' } },
      { duplicates: 'first', sheet: 'Two' },
    );
    expect(resolved).toMatchObject({ unmapped: 'custom', duplicates: 'last', sheet: 'Two', sharedPhone: 'reject' });
    expect(resolved.set).toEqual({ a: '1', b: '2' });
  });

  it('reads every duration alike, a bare number as seconds', () => {
    const { maxOutageSeconds, maxDurationMs, waitMs } = SETTINGS;
    for (const [text, seconds] of [
      ['90', 90],
      ['90s', 90],
      ['5m', 300],
      ['1h30m', 5400],
    ] as const) {
      expect(maxOutageSeconds.kind.check(text, 0)).toEqual({ value: seconds });
      for (const { kind } of [maxDurationMs, waitMs]) expect(kind.check(text, 0)).toEqual({ value: seconds * 1000 });
    }
    for (const wrong of ['5 parsecs', '', '-1', '0', 0, 1.5]) {
      expect(maxOutageSeconds.kind.check(wrong, 0), String(wrong)).toHaveProperty('wrong');
    }
  });

  it('keeps what shapes the contacts, and nothing of a single run', () => {
    expect(keptOf({ country: 'GB', bot: 'b', deadline: new Date(), resend: true, checkpoint: 'c' })).toEqual({
      country: 'GB',
      bot: 'b',
    });
  });
});

describe('a setting is checked the same wherever it comes from', () => {
  const file = (settings: string): Promise<unknown> =>
    parseMappingFile(`{"version":1,"columns":{},"settings":{${settings}}}`, 'm.json').then((read) => read.settings);

  it.each([
    ['country', 'ZZ'],
    ['country', 'UK'],
    ['unmapped', 'drop'],
    ['on_invalid', 'skip'],
    ['shared_phone', 7],
    ['keep_placeholders', 'yes'],
    ['set', 'x'],
    ['bot', ''],
  ])('%s: %j', async (key, value) => {
    const [name] = settingRows().find(([, { fileKey }]) => fileKey === key) ?? [];
    await expect(file(`"${key}": ${JSON.stringify(value)}`)).rejects.toMatchObject({ code: 'bad_mapping' });
    expect(() => checkOptions({ [name ?? '']: value }, 0)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('in small letters too, and as it is used', async () => {
    expect(await file('"country": "gb", "keep_shared_phone": "office"')).toEqual({
      country: 'GB',
      keepSharedPhone: 'office',
    });
    expect(checkOptions({ country: 'gb', file: 'x' }, 0)).toEqual({ country: 'GB', file: 'x' });
  });

  it('knows the countries of the phone library and nothing else', () => {
    expect([...COUNTRY_CODES]).toEqual(getCountries().sort());
  });

  it.each([
    ['UK', 'GB'],
    ['Germany', 'DE'],
    ['deutschland', 'DE'],
    ['USA', 'US'],
    ['GBR', 'GB'],
  ])('%s: did you mean %s?', (said, meant) => {
    expect(COUNTRY.check(said, 0)).toMatchObject({ next: `Did you mean ${meant}?` });
  });

  it.each(['http://example.com/', 'ftp://127.0.0.1/', 'example.com'])('posts nothing to %s', (address) => {
    expect(POST_URL.check(address, 0)).toHaveProperty('wrong');
  });
});

describe('a moment', () => {
  const now = new Date(2026, 10, 24, 12, 0).getTime();

  it.each([
    ['2026-11-24', new Date(2026, 10, 24)],
    ['2026-11-24T06:00', new Date(2026, 10, 24, 6)],
    ['2026-11-24 06:00:30', new Date(2026, 10, 24, 6, 0, 30)],
    ['2026-11-24T06:00Z', new Date(Date.UTC(2026, 10, 24, 6))],
    ['2026-11-24T06:00+02:00', new Date(Date.UTC(2026, 10, 24, 4))],
    ['06:00', new Date(2026, 10, 25, 6)],
    ['23:30', new Date(2026, 10, 24, 23, 30)],
  ])('%s is local time, unless it says otherwise', (text, expected) => {
    expect(momentOf(text, now)).toEqual(expected);
  });

  it.each(['2026-02-30', '2026-13-01', '24:00', '2026-11-24T25:00', 'tomorrow', '20261124'])('%s is none', (text) => {
    expect(momentOf(text, now)).toBeUndefined();
  });
});

it('says of every setting what it does, without a full stop', () => {
  for (const [name, { help }] of Object.entries(SETTINGS)) expect(help, name).toMatch(/[^.]$/);
});

it('the types take as text what a call takes as text', () => {
  const texts = ['5', '10%', '4h', '60/60', '06:00'];
  const taking = settingRows().filter(([, { kind }]) =>
    texts.some((text) => {
      const checked = kind.check(text, 0);
      return 'value' in checked && typeof checked.value !== 'string' && !Array.isArray(checked.value);
    }),
  );
  const typed: Record<WrittenAsText, true> = {
    concurrency: true,
    deadline: true,
    failOverPercent: true,
    maxDurationMs: true,
    maxOutageSeconds: true,
    rate: true,
    sample: true,
    seed: true,
    waitMs: true,
  };
  expect(taking.map(([name]) => name).sort()).toEqual(Object.keys(typed));
});

it('on the night on which clocks go back a time that is shown twice is the next of the two', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
  try {
    // 02:40 summer time; 02:30 is shown once more 50 minutes later.
    const first = Date.UTC(2026, 9, 25, 0, 40);
    expect(momentOf('02:30', first)?.toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(momentOf('02:50', first)?.toISOString()).toBe('2026-10-25T00:50:00.000Z');
    // 02:40 winter time.
    const second = Date.UTC(2026, 9, 25, 1, 40);
    expect(momentOf('02:50', second)?.toISOString()).toBe('2026-10-25T01:50:00.000Z');
    expect(momentOf('02:30', second)?.toISOString()).toBe('2026-10-26T01:30:00.000Z');
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

it.each(['+99:99', '+15:00', '-02:60'])('an offset that no clock has is no time: %s', (offset) => {
  expect(momentOf(`2026-12-01T06:00${offset}`, 0)).toBeUndefined();
  expect(momentOf('2026-12-01T06:00+05:45', 0)?.toISOString()).toBe('2026-12-01T00:15:00.000Z');
});
