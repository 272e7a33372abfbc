import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../src/wording/durations.js';
import { printable, shortened } from '../../../src/wording/printable.js';
import { toldAgain } from '../../../src/run/outputs/telling/told-again.js';
import { summaryInWords } from '../../../src/cli/views/words.js';
import { leastSeconds } from '../../../src/rate/rate.js';
import { UNDER_ANOTHER_NAME } from '../../../src/run/reading/told-lines.js';
import type { Summary } from '../../../src/run/tally.js';

const SUMMARY: Summary = {
  file: 'contacts.csv',
  rows: 5000,
  contacts: 4940,
  created: 4100,
  updated: 300,
  unchanged: 540,
  merged: 20,
  rejected: 40,
  reasons: { shared_phone: 30, conflict: 10 },
  undoable: true,
  api: 'https://clarky.ai/api/v1',
  bot: 'bot_1',
  start: '2026-11-26T00:00:00.000Z',
  end: '2026-11-26T01:00:00.000Z',
  exit: 0,
  pending: 0,
  requests: 4412,
  throttled: 0,
  retries: 12,
  seconds: 4380.2,
  complete: true,
  checkpoint: 'contacts.csv.checkpoint.jsonl',
  rejects: 'contacts.csv.rejected.csv',
  log: 'contacts.csv.log.jsonl',
  report: 'contacts.csv.report.html',
};

describe('the summary in words', () => {
  it.each(['', devNull])('says of no file where rejected rows are kept in none', (rejects) => {
    const text = summaryInWords({ ...SUMMARY, rejects });
    expect(text).toContain('  rejected       40  not sent\n');
    expect(text).not.toContain('correct contacts.csv.rejected.csv, then');
  });

  it('says of a file of which nothing came in that it was rejected', () => {
    const of = (rows: number) => summaryInWords({ ...SUMMARY, rows, rejected: rows }).split('\n')[0];
    expect(of(1)).toBe('Finished: the only row of contacts.csv was rejected.');
    expect(of(3)).toBe('Finished: all 3 rows of contacts.csv were rejected.');
  });

  it('sets the sheet of a workbook apart by commas', () => {
    const of = (more: Partial<Summary>) =>
      summaryInWords({ ...SUMMARY, file: 'b.xlsx', sheet: 'North', ...more }).split('\n')[0];
    expect(of({ rejected: 0 })).toBe('Finished: all 5,000 rows of b.xlsx, sheet North, are in Clarky.');
    expect(of({})).toBe('Finished: 5,000 rows of b.xlsx, sheet North, 40 of them rejected.');
    expect(of({ rejected: 5000 })).toBe('Finished: all 5,000 rows of b.xlsx, sheet North, were rejected.');
    expect(of({ pending: 1 })).toBe('Stopped: 4,999 of 5,000 rows of b.xlsx, sheet North, are done.');
    expect(of({ rows: 0 })).toBe('Finished: b.xlsx, sheet North, has no rows, so nothing was imported.');
  });

  it('of a rejects file whose rows are rejected again names the one to correct, and where the newest reasons are', () => {
    const file = 'contacts.csv.rejected.csv';
    const text = summaryInWords({ ...SUMMARY, file, isRejectsFile: true, rejects: `${file}.rejected.csv` });
    expect(text).toContain(`  rejected       40  why: ${file}.rejected.csv\n`);
    expect(text).toContain(`correct the rest in ${file}, then:`);
  });

  it('says what happened to every row', () => {
    expect(summaryInWords(SUMMARY)).toMatchInlineSnapshot(`
      "Finished: 5,000 rows of contacts.csv, 40 of them rejected.

        created     4,100  new in Clarky
        updated       300  were there, and have the new values
        unchanged     540  as last sent: nothing to do
        merged         20  rows folded into another row of the same contact
        rejected       40  see contacts.csv.rejected.csv

      Why rows were rejected
        30  One phone, different names or e-mails
        10  Clarky rejected it: conflict

      4,412 writes in 1 h 13 min, 12 of them again, never over the limit.

      Next
        correct contacts.csv.rejected.csv, then:
          clarky-contacts import contacts.csv.rejected.csv
        check it: clarky-contacts verify contacts.csv
        take it back: clarky-contacts undo contacts.csv
      "
    `);
  });

  it('names what sends again those who were deleted in Clarky, where there are any', () => {
    const reasons = { deleted_in_clarky: 40 };
    const words = summaryInWords({ ...SUMMARY, reasons }, { live: true });
    expect(words).toContain('clarky-contacts import contacts.csv --live --restore-deleted\n');
    expect(words).not.toContain('correct contacts.csv.rejected.csv, then');
    expect(summaryInWords({ ...SUMMARY, reasons: { ...reasons, conflict: 1 }, rejected: 41 })).toContain(
      'correct contacts.csv.rejected.csv, then',
    );
    expect(summaryInWords(SUMMARY)).not.toContain('--restore-deleted');
  });

  it('leads to nothing but its own name where a rejects file has another one', () => {
    const warnings = [{ code: 'mapping', message: UNDER_ANOTHER_NAME }];
    const text = summaryInWords({ ...SUMMARY, file: 'fixed.csv', warnings, likelyCountry: 'DE' });
    expect(text.replace(/\s+/g, ' ')).toMatch(
      / Next save it beside the file .* with \.rejected\.csv behind it, and import it so $/,
    );
    expect(text).not.toContain('clarky-contacts import');
    // What was stopped goes on first.
    const stopped = { ...SUMMARY, file: 'fixed.csv', warnings, pending: 60, complete: false, exit: 130 };
    expect(summaryInWords(stopped)).toContain('clarky-contacts import fixed.csv');
  });

  it('calls standard input by its name', () => {
    expect(summaryInWords({ ...SUMMARY, file: '-' })).toContain('5,000 rows of standard input, 40 of them');
  });

  it('says that nothing had to be sent', () => {
    const unchanged = {
      ...SUMMARY,
      created: 0,
      updated: 0,
      unchanged: 5000,
      merged: 0,
      rejected: 0,
      requests: 0,
      seconds: 2,
    };
    expect(summaryInWords(unchanged)).toContain('all 5,000 rows of contacts.csv are in Clarky');
    expect(summaryInWords(unchanged)).toContain('No write was needed');
  });

  it('tells of each file what the whole is told of: rows that were corrected stand beside those unchanged', () => {
    const none = { created: 0, updated: 0, merged: 0, rejected: 0, pending: 0 };
    const files = [
      { ...none, file: 'a.csv', rows: 3, unchanged: 3, correctedRows: 2 },
      { ...none, file: 'b.csv', rows: 1, unchanged: 1 },
    ];
    const text = summaryInWords({ ...SUMMARY, rows: 4, unchanged: 4, correctedRows: 2, files });
    expect(text).toContain('a.csv: 3 rows, 1 unchanged, 2 corrected\n');
    expect(text).toContain('b.csv: 1 row, 1 unchanged\n');
  });

  it.each([
    [130, true],
    [7, true],
    [5, true],
    // What Clarky refuses is put right first.
    [4, false],
  ])('names the command that goes on where nothing is to be put right first (%i)', (exit, isNamed) => {
    const text = summaryInWords({ ...SUMMARY, pending: 12, complete: false, exit }, { live: true, rate: undefined });
    expect(text.includes('  go on: clarky-contacts import contacts.csv --live\n')).toBe(isNamed);
  });

  it('says how to go on after a stop', () => {
    const stopped = { ...SUMMARY, created: 100, pending: 4000, complete: false };
    expect(summaryInWords(stopped)).toContain('Stopped: 1,000 of 5,000 rows');
    expect(summaryInWords(stopped)).toContain('run the same command again');
    expect(summaryInWords({ ...stopped, requests: 0 })).not.toContain('No write was needed');
  });

  it('gives next commands that can be typed as they stand', () => {
    const away = {
      ...SUMMARY,
      file: "o'hara list.csv",
      checkpoint: 'my state/c.jsonl',
      rejects: 'my state/r.csv',
      rejected: 1,
      pending: 0,
    };
    const words = summaryInWords(away);
    expect(words).toContain("clarky-contacts import 'my state/r.csv'\n");
    const told = summaryInWords(away, { checkpoint: 'my state/c.jsonl', country: 'GB' });
    expect(told).toContain("clarky-contacts import 'my state/r.csv' --checkpoint 'my state/c.jsonl'\n");
    const set = { set: { lead_source: 'My fair' }, country: 'GB', encoding: 'latin1' };
    const elsewhere = summaryInWords({ ...SUMMARY, rejects: 'r.csv' }, set);
    expect(elsewhere).toContain("clarky-contacts import r.csv --country GB --set 'lead_source=My fair'\n");
    expect(words).toContain("clarky-contacts verify 'o'\\''hara list.csv' --checkpoint 'my state/c.jsonl'\n");
    const beside = { ...SUMMARY, file: 'liste_ä.csv', checkpoint: 'liste_ä.csv.checkpoint.jsonl', pending: 0 };
    expect(summaryInWords(beside)).toContain('clarky-contacts verify liste_ä.csv\n');
  });

  it('tells the next commands again what no checkpoint keeps', () => {
    const told = {
      keyFile: ['my key', 'key2'],
      profile: 'acme',
      workDir: '../w',
      country: 'GB',
      live: true,
      rate: { writes: 30, seconds: 60 },
      quiet: true,
    };
    const state = { checkpoint: '../w/contacts.csv.checkpoint.jsonl', rejects: '../w/contacts.csv.rejected.csv' };
    const words = summaryInWords({ ...SUMMARY, ...state }, told);
    const key = "--key-file 'my key' --key-file key2 --profile acme";
    expect(words).toContain(
      `correct ../w/contacts.csv.rejected.csv, then:\n    clarky-contacts import ../w/contacts.csv.rejected.csv ${key} --live --rate 30/60\n`,
    );
    expect(words).toContain(`check it:\n    clarky-contacts verify contacts.csv ${key} --work-dir ../w\n`);
    expect(words).toContain(
      `take it back:\n    clarky-contacts undo contacts.csv ${key} --rate 30/60 --work-dir ../w\n`,
    );
  });

  it('tells every next command again which checkpoint, mapping and sheet are meant; that of the rejects goes by their own', () => {
    const reasons = { date_ambiguous: 3, deleted_in_clarky: 1 };
    const state = { checkpoint: 'kunden.checkpoint.jsonl', rejects: 'kunden.rejected.csv', omittable: 2, reasons };
    const which = { name: 'kunden', mapping: 'm.json', sheet: 'Kunden', checkpoint: 'c.jsonl', workDir: 'w' };
    for (const told of [...Object.entries(which).map((one) => Object.fromEntries([one])), which]) {
      const words = summaryInWords({ ...SUMMARY, ...state }, told).replace(/:\n +/g, ': ');
      const commands = words
        .split('\n')
        .filter((line) => / clarky-contacts (?:import|map|verify|undo) contacts/.test(line));
      expect(commands).toHaveLength(5);
      for (const command of commands) {
        const isUndo = command.includes(' undo ');
        for (const [name, value] of Object.entries(told)) {
          const flag = `--${name === 'workDir' ? 'work-dir' : name} ${String(value)}`;
          if (!(isUndo && name === 'mapping')) expect(command).toContain(flag);
        }
      }
      const rejects = words.split('\n').find((line) => line.includes(' import kunden.rejected.csv')) ?? 'none';
      expect(rejects).not.toMatch(/--(?:name|sheet|work-dir)|none/);
    }
  });

  it('does not tell again what the environment says', () => {
    const env = { CLARKY_PROFILE: 'acme', CLARKY_API_URL: 'http://127.0.0.1:1/api/v1' };
    const told = { profile: 'acme', apiUrl: 'http://127.0.0.1:1/api/v1', checkpoint: 'c.jsonl' };
    expect(toldAgain(told, 'verify', env)).toBe(' --checkpoint c.jsonl');
    expect(toldAgain({ encoding: 'latin1', country: 'GB' }, 'map', {})).toBe(' --encoding latin1 --country GB');
  });

  it('fits 80 columns', () => {
    for (const line of summaryInWords(SUMMARY).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('text for a terminal', () => {
  it.each([
    ['red \u001b[31malert\u001b[0m', 'red \\x1b[31malert\\x1b[0m'],
    ['bell\u0007 title\u009d', 'bell\\x07 title\\x9d'],
    ['two\r\nlines', 'two lines'],
    ['evil\u202etxt', 'evil\\u202etxt'],
    ['Zoë 🌱 李', 'Zoë 🌱 李'],
    ['I ❤\ufe0f it, x\ufe0f\ufe00', 'I ❤\ufe0f it, x\\ufe0f\\ufe00'],
    ['👩\u200d👧 می\u200cخواهم क्\u200dष', '👩\u200d👧 می\u200cخواهم क्\u200dष'],
    ['ad\u200da, 1\u200d2, \u200cا\u200c', 'ad\\u200da, 1\\u200d2, \\u200cا\\u200c'],
    ['a\u2800\u3164\u180f\u2065b', 'a\\u2800\\u3164\\u180f\\u2065b'],
  ])('%j is shown as %j', (raw, shown) => {
    expect(printable(raw)).toBe(shown);
  });

  it('is cut by characters, not by halves of them', () => {
    expect(shortened('🌱🌱🌱🌱', 3)).toBe('🌱🌱…');
    expect(shortened('abc', 3)).toBe('abc');
  });

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [200, '3 min 20 s'],
    [7500, '2 h 05 min'],
    [280_000, '3 days 5 h'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('progress', () => {
  it.each([
    [0, 0],
    [60, 0],
    [61, 60],
    [300, 240],
    [80_000, 79_980],
  ])('%d contacts at 60 in any 60 s take at least %d s', (contacts, seconds) => {
    expect(leastSeconds(contacts, { limit: 60, windowMs: 60_000 })).toBe(seconds);
  });

  it.each([
    [34, 20, 110],
    [20, 20, 50],
    [1, 20, 50],
    [12, 8, 0],
    [13, 8, 50],
    [20, 70, 50],
    [0, 20, 0],
  ])('%d contacts at 20 in any 60 s take longer where %d are spent already', (contacts, spent, seconds) => {
    const inUseMs = Array.from({ length: spent }, () => 50_000);
    expect(leastSeconds(contacts, { limit: 20, windowMs: 60_000 }, inUseMs)).toBe(seconds);
  });
});
