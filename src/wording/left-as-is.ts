/** Why an undo leaves contacts as they are, in a sentence that tells the true reason of each. Pure. */
import { formatCount } from './durations.js';
import { printable, shortened } from './printable.js';

export type LeftBecause =
  | 'changed'
  | 'unclear'
  | 'not_known_before'
  | 'unanswered'
  | 'not_taken'
  | 'merged'
  | 'in_another_file'
  | 'reads_behind'
  | 'lists_joined'
  | 'refused';

/** How many are left for each reason. */
export type LeftCounts = Readonly<Partial<Record<LeftBecause, number>>>;

/** Contacts by what an undo did with them; `pending` are those that it did not come to. */
export interface UndoCounts {
  /** The import made them, and they are deleted again. */
  readonly deleted: number;
  /** They were there before, and at least one field is set back. */
  readonly setBack: number;
  /** They stay as they are. */
  readonly left: number;
  /** How many of the left for each reason. */
  readonly leftBecause?: LeftCounts;
  /** The undo did not come to them. */
  readonly pending: number;
}

/** After "since", of one and of several. */
const WHY: Readonly<Record<LeftBecause, readonly [string, string]>> = {
  changed: ['it was changed in Clarky meanwhile', 'they were changed in Clarky meanwhile'],
  unclear: ['Clarky did not say whether it was new', 'Clarky did not say whether they were new'],
  not_known_before: [
    'Clarky had it before, and what it held is not known',
    'Clarky had them before, and what they held is not known',
  ],
  unanswered: ['no answer came when it was sent', 'no answer came when they were sent'],
  not_taken: [
    'Clarky did not take it then: it came by a later import, or otherwise',
    'Clarky did not take them then: they came by a later import, or otherwise',
  ],
  merged: [
    'Clarky has it under another id: it may have been merged with another contact',
    'Clarky has them under other ids: they may have been merged with other contacts',
  ],
  in_another_file: ['another file was imported that has it too', 'other files were imported that have them too'],
  reads_behind: [
    'Clarky shows it as it was before the import: undo again in a few minutes',
    'Clarky shows them as they were before the import: undo again in a few minutes',
  ],
  lists_joined: ['Clarky takes nothing out of its lists', 'Clarky takes nothing out of their lists'],
  refused: ['Clarky rejected that it is taken back', 'Clarky rejected that they are taken back'],
};

const isReason = (name: string): name is LeftBecause => Object.hasOwn(WHY, name);

/** Reads counts by reason that were written down; those of another version are left out. */
export function leftCountsFrom(written: unknown): LeftCounts {
  const pairs = Object.entries(written ?? {}) as [string, unknown][];
  return Object.fromEntries(pairs.filter(([name, count]) => isReason(name) && typeof count === 'number'));
}

/** Counts the reasons. */
export function leftCountsOf(left: readonly { readonly reason: LeftBecause }[]): LeftCounts {
  const counts: Partial<Record<LeftBecause, number>> = {};
  for (const { reason } of left) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** Such as "since it was changed in Clarky meanwhile"; "" where no reason is known. */
export function leftSince(because: LeftCounts = {}): string {
  const reasons = (Object.keys(WHY) as LeftBecause[]).filter((name) => (because[name] ?? 0) > 0);
  const [only] = reasons;
  if (only === undefined) return '';
  const why = (name: LeftBecause): string => WHY[name][because[name] === 1 ? 0 : 1];
  if (reasons.length === 1) return `since ${why(only)}`;
  return reasons.map((name) => `${formatCount(because[name] ?? 0)} since ${why(name)}`).join(', ');
}

/** Why what is left stays, where other sheets of a workbook have written to it since. */
export function laterSheetsInWords(sheets: readonly string[]): string {
  const [only] = sheets.map((name) => `“${shortened(printable(name), 30)}”`);
  if (only === undefined) return '';
  const which =
    sheets.length === 1 ? `the sheet ${only} has` : `${sheets.length} other sheets, ${only} among them, have`;
  return `The import of ${which} written to some of it since: take that back first, or this one once more after it.`;
}

/** What an undo leaves of other imports: of later sheets, and of the file's rejects. @returns '' for none */
export function undoLeavesInWords(result: {
  readonly laterSheets: readonly string[];
  /** Paths of rejects files with an import of their own. */
  readonly ofRejects: readonly string[];
}): string {
  const [first, ...others] = result.ofRejects.map(
    (path) => `“${shortened(printable(/[^/\\]*$/.exec(path)?.[0] ?? ''), 60)}”`,
  );
  const which = others.length === 0 ? first : `${first} and ${formatCount(others.length)} more`;
  const rejects = `What came in by its rejects (${which}) is in Clarky still: open that file to take it back, too.`;
  return [laterSheetsInWords(result.laterSheets), first === undefined ? '' : rejects].join(' ').trim();
}

/** What an import that can be undone costs: how far the undo of the one before reaches. @param count whom that one sent */
export function undoBeginsAnewInWords(count: number): string {
  const whom = count === 1 ? '1 contact' : `${formatCount(count)} contacts`;
  return `Undo takes back the newest import alone: once this one has sent anything, the ${whom} of the import before it can't be taken back any more.`;
}

/** Whom of a file no undo takes back. @param more `more` beside those that it can take back */
export function beyondUndoInWords(count: number, more: ' more' | '' = ''): string {
  const [who, them] =
    count === 1 ? ['contact that the file has or had is', 'it'] : ['contacts that the file has or had are', 'them'];
  return `${formatCount(count)}${more} ${who} in Clarky by other imports, or from before: undo can't take ${them} back.`;
}

/** Such as "left as they are, since they were changed in Clarky meanwhile", after their number. */
export function leftInWords(left: number, because?: LeftCounts): string {
  const since = leftSince(because);
  const as = left === 1 ? 'left as it is' : 'left as they are';
  if (since === '') return as;
  return since.startsWith('since') ? `${as}, ${since}` : `${as} (${since})`;
}
