import { expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOnPage, nextInReport, nextOnPage, noteOnPage } from '../../src/wording/on-page.js';

it.each([
  ['lines 2 and 3', 'lines 2 and 3'],
  ['lines 2, 3, 4, 5 and 6', 'lines 2, 3, 4, 5 and 6'],
  ['lines 2, 3, 4, 5, 6, 7, 8 and 9', 'lines 2, 3, 4 and 5 more'],
  ['lines 2, 3, 4, 5, 6 and 40 more', 'lines 2, 3, 4 and 42 more'],
])('names of a crowd the first few in each of its rows: %s', (lines, few) => {
  const said = (which: string): string => `One e-mail, different people: ${which}. Clarky would make them one contact.`;
  expect(messageOnPage(said(lines))).toBe(said(few));
});

it.each([
  ['Move that file away, or name another checkpoint with --checkpoint.', 'Move that file away.'],
  ['Delete it there; or run clarky-contacts doctor --probe again.', 'Delete it there.'],
  ['All is done. Make room, or name another path with --latest.', 'All is done. Make room.'],
  ['Name another path with --report, or use --no-report.', undefined],
  ['Look with clarky-contacts plan FILE; then run it once more.', undefined],
  ['Wait a little, or look at it.', 'Wait a little, or look at it.'],
])('what is to be done is said as far as it names no command: %s', (next, said) => {
  expect(nextInReport(next)).toBe(said);
});

it('says a way out where the command line would name an option', () => {
  expect(nextOnPage('not_writable', 'Change permissions, or keep it elsewhere with --work-dir DIR.')).toContain(
    'copy the file into another folder',
  );
  expect(nextOnPage('not_writable', 'Move it away, or name another path.')).toBe('Move it away, or name another path.');
  expect(nextOnPage('usage', 'Put the file right or aside, or use --no-edits to do without it.')).toBe(
    'Put the file right or aside.',
  );
  expect(nextOnPage('usage', 'Use it together with --live.')).toBeNull();
});

it.each([
  [
    'A row holds up to 2 persons: only the first becomes a contact. With --persons each, each does.',
    'A row holds up to 2 persons: only the first becomes a contact. Each does where that is chosen under “What to send”.',
  ],
  // The page says it in a place of its own, without a path.
  ['2 corrections of /home/me/a.csv.edits.json are applied, 1 of them to rows that moved.', ''],
  [
    'A row holds up to 2 persons: each becomes a contact of its own (--persons first: only the first).',
    'A row holds up to 2 persons: each becomes a contact of its own.',
  ],
  [
    'That the key sees the bot b is not checked without --live; an import checks it before its first write.',
    "That the key sees the bot b is not checked where “Read Clarky's contacts first” is unticked; an import checks it before its first write.",
  ],
  [
    'The last import joined tags with those in Clarky (--live); without --live those of a changed row replace them.',
    "The last import joined tags with those in Clarky; where “Read Clarky's contacts first” is unticked, those of a changed row replace them.",
  ],
  [
    'The sheet A is read; contacts stand on B too: --sheet names another.',
    'The sheet A is read; contacts stand on B too.',
  ],
  [
    'It looks garbled (x): “ü”? --repair-text reads it so; it is sent as it stands.',
    'It looks garbled (x): “ü”? It is sent as it stands.',
  ],
  ['Name one with --bot.', ''],
])('a note is whole sentences on the page: %s', (note, said) => {
  expect(noteOnPage(note)).toBe(said);
});

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const TEXT = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;

/** Every text of the code that names an option in a sentence, with a word in the place of each value. */
async function sentencesWithOptions(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['source', 'mapping', 'plan', 'run', 'workspace', 'wording', 'checkpoint', 'api']) {
    for (const name of await readdir(join(SRC, folder), { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const code = await readFile(join(SRC, folder, name), 'utf8');
      const bare = code.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
      for (const [, one, two, three] of bare.matchAll(TEXT)) {
        const text = (one ?? two ?? three ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'Word');
        if (/--[a-z]/.test(text) && /^[A-Z].* .*[.?]$/s.test(text)) found.push(text);
      }
    }
  }
  return found;
}

it('whatever names an option is whole sentences on the page', async () => {
  const all = await sentencesWithOptions();
  expect(all.length).toBeGreaterThan(30);
  const broken = all
    .map(noteOnPage)
    .filter(
      (said) =>
        /--[a-z]/.test(said) ||
        /\b(?:with|without|by|to|of|or|and|the|a|say|use|in|for|from|where)[.;:,]/i.test(said) ||
        /[;:,] ?[.;:,)]|\(\)| {2}|[.?!] [a-z]|^[a-z]/.test(said) ||
        (said !== '' && !/[.?!]$/.test(said)) ||
        said.split('(').length !== said.split(')').length,
    );
  expect(broken).toEqual([]);
});
