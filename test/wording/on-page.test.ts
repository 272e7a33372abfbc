import { expect, it } from 'vitest';
import { messageOnPage, nextInReport, nextOnPage } from '../../src/wording/on-page.js';

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
