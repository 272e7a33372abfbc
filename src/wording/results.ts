/** What came of an import, a verify and an undo, in a sentence: the same on the page and in the report. Pure. */
import { fileWithCorrections, rowsLeftOutInWords } from './rows/corrections.js';
import { leftInWords, type LeftCounts } from './left-as-is.js';
import { counted, formatCount, formatDuration, ofCount } from './durations.js';

type Counts<Name extends string> = Readonly<Record<Name, number>>;

const are = (count: number): string => (count === 1 ? 'is' : 'are');

/** What an import did. @param of `stopped` is there where something ended it early */
export function verdictOf(of: {
  readonly counts: Counts<'rows' | 'rejected' | 'pending'>;
  readonly stopped: unknown;
}): string {
  const { rows, rejected, pending } = of.counts;
  if (of.stopped !== undefined || pending > 0) return `Stopped: ${stoppedInWords(of.counts)}`;
  if (rows === 0) return 'Finished: the file has no rows.';
  if (rejected === rows) return `Finished: ${allRejected(rows)}; nothing was sent.`;
  if (rejected > 0) {
    const there = rows - rejected;
    return `Finished: ${counted(there, 'row')} of ${formatCount(rows)} ${are(there)} in Clarky, ${formatCount(rejected)} ${rejected === 1 ? 'was' : 'were'} rejected.`;
  }
  return rows === 1 ? 'Finished: the only row is in Clarky.' : `Finished: all ${counted(rows, 'row')} are in Clarky.`;
}

/** @param of of which file, after a blank */
export function allRejected(rows: number, of = ''): string {
  return rows === 1 ? `the only row${of} was rejected` : `all ${counted(rows, 'row')}${of} were rejected`;
}

function stoppedInWords({ rows, pending }: Counts<'rows' | 'pending'>): string {
  if (rows === 0) return 'nothing was sent.';
  if (pending === 0) return rows === 1 ? 'the only row is done.' : `all ${formatCount(rows)} rows are done.`;
  if (pending === rows)
    return `${rows === 1 ? 'the only row is' : `all ${formatCount(rows)} rows are`} still to be sent.`;
  const done = rows - pending;
  return `${formatCount(done)} of ${formatCount(rows)} rows ${are(done)} done, ${formatCount(pending)} ${are(pending)} still to be sent.`;
}

/** How far an import is. */
export function sendingInWords(done: number, rows: number, secondsLeft = 0): string {
  const far =
    rows === 1
      ? `${done === 1 ? 'the' : 'not yet the'} only row is done`
      : `${formatCount(done)} of ${formatCount(rows)} rows ${are(done)} done`;
  return `Sending: ${far}${secondsLeft === 0 ? '' : `, about ${formatDuration(secondsLeft)} left`}.`;
}

/** How far taking back is. */
export function takingBackInWords(done: number, contacts: number, secondsLeft = 0): string {
  const far = `${formatCount(done)} of ${counted(contacts, 'contact')} ${are(done)} taken back`;
  return `Taking back: ${far}${secondsLeft === 0 ? '' : `, about ${formatDuration(secondsLeft)} left`}.`;
}

/** What is said of corrections that were used, and of the rows that they left out. */
export function correctedInWords(corrections: number, rowsLeftOut = 0): string {
  const what = corrections === 1 ? '1 correction was' : `${formatCount(corrections)} corrections were`;
  const left = rowsLeftOut === 0 ? '' : ` ${rowsLeftOutInWords(rowsLeftOut)}`;
  return `${what} used, which ${are(corrections)} kept beside the file; the file itself is as it was.${left}`;
}

/**
 * What a verify found. What was not sent, or was taken back, is not there as it should be: no damage.
 * @param what what was compared, where it is not the whole file
 */
export function verifyVerdict(
  found: Counts<
    | 'checked'
    | 'same'
    | 'withoutValues'
    | 'corrected'
    | 'different'
    | 'setBack'
    | 'missing'
    | 'notSent'
    | 'takenBack'
    | 'unknown'
    | 'rejected'
    | 'corrections'
  >,
  what = 'the file',
): string {
  const { checked, rejected, notSent, takenBack } = found;
  const fine = found.same + found.corrected;
  const source = fileWithCorrections(found.corrections, what);
  const they = rejected === 1 ? 'it stands' : 'they stand';
  const besides = rejected === 0 ? '' : ` ${counted(rejected, 'row')} can't be sent as ${they}.`;
  if (checked === 0) return `There is no contact to compare.${besides}`;
  const all = checked === 1 ? 'The only contact is' : `All ${counted(checked, 'contact')} are`;
  if (fine === checked)
    return `${all} in Clarky as ${source}${withoutInWords(found.withoutValues, checked)}.${besides}`;
  if (found.different === checked && found.setBack === 0) return `${all} in Clarky with other values.${besides}`;
  if (takenBack === checked) {
    const gone = checked === 1 ? 'the only contact was' : `all ${counted(checked, 'contact')} were`;
    return `Nothing of ${what} is in Clarky any more: ${gone} taken back.${besides}`;
  }
  if (notSent === checked && takenBack === 0) {
    const none = checked === 1 ? 'its only contact was not' : `none of its ${counted(checked, 'contact')} was`;
    return `Nothing of ${what} is in Clarky: ${none} sent.${besides}`;
  }
  const parts = [
    [fine, `as ${source}${withoutInWords(found.withoutValues, fine)}`],
    [found.different - found.setBack, 'in Clarky with other values'],
    [found.setBack, `set back to what ${found.setBack === 1 ? 'it was' : 'they were'}`],
    [found.missing - notSent, 'not in Clarky'],
    [takenBack, 'taken back'],
    [notSent - takenBack, 'not sent'],
    [found.unknown, 'not found'],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${formatCount(count)} ${are(count)} ${state}`);
  return `Of ${counted(checked, 'contact')}, ${said.join(', ')}.${besides}`;
}

/** What keeps "as the file says" from being the whole truth: so many of them went without a value of their row. */
export function withoutInWords(contacts: number, of: number): string {
  if (contacts === 0) return '';
  const them = contacts === of ? '' : `${formatCount(contacts)} of them `;
  return `, ${them}without ${contacts === 1 ? 'a value that was' : 'values that were'} left out`;
}

/** What became of the contacts that an undo looked at. */
export function takenBackInWords({
  deleted,
  setBack,
  left,
  leftBecause,
  pending,
}: Counts<'deleted' | 'setBack' | 'left' | 'pending'> & { readonly leftBecause?: LeftCounts | undefined }): string {
  return listed(
    [
      [deleted, 'deleted'],
      [setBack, setBack === 1 ? 'set back to what it was' : 'set back to what they were'],
      [left, leftInWords(left, leftBecause)],
      [pending, 'still to be looked at'],
    ],
    'there was nothing to do',
  );
}

/** What several undos of an import have taken back together. */
export function inAllTakenBackInWords({ done, of }: Counts<'done' | 'of'>): string {
  return `With what was taken back before, ${formatCount(done)} of ${counted(of, 'contact')} of this import ${are(done)} taken back.`;
}

/** What an undo would do. */
export function undoPlanInWords({
  toDelete,
  toSetBack,
  left,
  leftBecause,
}: Counts<'toDelete' | 'toSetBack' | 'left'> & { readonly leftBecause?: LeftCounts | undefined }): string {
  return listed(
    [
      [toDelete, 'would be deleted'],
      [toSetBack, 'would be set back'],
      [left, `would be ${leftInWords(left, leftBecause)}`],
    ],
    'Nothing would have to be done',
  );
}

/** Counts of contacts, those of 0 left out. */
function listed(parts: readonly (readonly [number, string])[], none: string): string {
  const said = parts.filter(([count]) => count > 0);
  if (said.length === 0) return `${none}.`;
  return `${said.map(([count, what], at) => `${at === 0 ? counted(count, 'contact') : formatCount(count)} ${what}`).join(', ')}.`;
}

/** What became of rows, from the counts of a summary: rows in Clarky as they were corrected are told beside those unchanged. */
export function becameOf(counts: Readonly<Partial<Record<string, number>>>): Record<string, number> {
  const { created = 0, updated = 0, unchanged = 0, correctedRows: corrected = 0 } = counts;
  const { merged = 0, rejected = 0, pending = 0 } = counts;
  return { created, updated, unchanged: unchanged - corrected, corrected, merged, rejected, pending };
}

/** What is said beside the count of rows that are rejected as they stand, and were corrected. */
export function correctedMeaning(rows: number): string {
  return ofCount(
    rows,
    'rejected row, in Clarky as it was corrected',
    'rejected rows, in Clarky as they were corrected',
  );
}

/** What is said beside reasons with these counts, where some of the rejected rows have several. */
export function underEach(counts: readonly number[], rejected: number): string {
  const inAll = counts.reduce((sum, count) => sum + count, 0);
  return inAll > rejected ? ' (a row stands under each of its reasons)' : '';
}

/**
 * How many contacts an undo would take back, where that is not what this run had: contacts of earlier imports stay, as does who was
 * there as the file has them; those of earlier runs of this import, and of the list that rejects go on with, go too.
 */
export function partToUndo(
  { created, updated, unchanged }: Counts<'created' | 'updated' | 'unchanged'>,
  toUndo: number | undefined,
): string | undefined {
  const there = created + updated + unchanged;
  if (toUndo === undefined || toUndo === there) return undefined;
  if (toUndo > there) return `all ${counted(toUndo, 'contact')}, also those of earlier runs`;
  return `${formatCount(toUndo)} of ${counted(there, 'contact')}`;
}
