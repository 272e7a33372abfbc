/** Words for people. */
import { nameOfCountry } from '../../country-name.js';
import { printable } from '../../wording/printable.js';
import { timeInWords } from '../../wording/times.js';
import type { ElsewhereView, JobKind, JobView, LastRun, LikelyCountryView, PastRun, PlaceView } from '../wire.js';

export { nameOfCountry } from '../../country-name.js';
export { fieldInWords } from '../../wording/fields.js';

/** Countries, by their names. */
export function countriesInWords(codes: readonly string[]): (readonly [string, string])[] {
  return codes.map((code) => [code, nameOfCountry(code)] as const).sort((a, b) => a[1].localeCompare(b[1]));
}

const SPEAKS_FOR: Readonly<Record<LikelyCountryView['because'], (country: string) => string>> = {
  file: (country) => `What else stands in the file speaks for ${country}: are they from there?`,
  chosen: (country) => `You chose ${country} before: are these from there as well?`,
  language: (country) => `Your browser's language is that of ${country}: are they from there?`,
};

/** Asks where phones without + are from, with what speaks for the country that is offered. No claim: only the person knows. */
export function askCountryInWords({ country, because }: LikelyCountryView): string {
  return `The phone numbers without + do not say their country. ${SPEAKS_FOR[because](nameOfCountry(country))}`;
}

export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

export function dayInWords(ms: number): string {
  return Number.isNaN(ms) ? '' : timeInWords(ms);
}

/** Of a file of which nothing was sent to this Clarky. @param places other Clarkies that it was sent to */
export function notSentInWords(places: readonly PlaceView[]): string {
  const names = places.map(({ name }) => name).join(' and ');
  return places.length === 0 ? 'Not sent yet' : `Not sent to this Clarky yet, but to ${names}`;
}

/** What came of a sheet, or what goes on with it. @param now what is under way with the workbook */
export function sheetInWords(
  name: string,
  run: LastRun | undefined,
  now: Pick<JobView, 'kind' | 'sheet' | 'undoing'> | undefined,
): string {
  if (run === undefined) return 'Not sent yet';
  const isOfSheet = now !== undefined && (now.sheet ?? name) === name;
  if (isOfSheet && now.undoing !== null) return 'Being taken back';
  return isOfSheet && now.kind === 'import' && run.counts === null ? 'Being sent' : run.sentence;
}

/** Of a workbook, behind what came of one of its sheets: those of which nothing was sent yet. */
export function otherSheetsInWords(left: readonly string[], sheet: string, kind: JobView['kind']): string {
  const names = left.slice(0, 3).map(printable).join(', ');
  const more = left.length > 3 ? ` and ${left.length - 3} more` : '';
  // A comparison names its sheet itself.
  const start = kind === 'verify' ? 'Not' : `That was the sheet ${printable(sheet)}; not`;
  return ` ${start} sent yet: ${names}${more}.`;
}

/** What is still to be looked at of an import that was taken back in part. @param now what is under way with it */
export function restInWords(now: Pick<JobView, 'kind' | 'undoing'> | undefined): string {
  if (now?.kind !== 'undo') return 'undo again to go on';
  return now.undoing === null ? 'still to be taken back' : 'being taken back';
}

const GOES_ON: Readonly<Record<JobView['kind'], string>> = {
  plan: 'the plan',
  import: 'the import',
  verify: 'the comparison',
  undo: 'the undo',
};

/** What becomes of it where the page is closed. */
export function goesOnInWords({ kind, undoing }: Pick<JobView, 'kind' | 'undoing'>): string {
  return kind === 'undo' && undoing === null
    ? 'nothing is taken back before you have answered'
    : `${GOES_ON[kind]} goes on`;
}

/** How one comes back to a page that was closed. @param hearsEnter Enter in the terminal prints another address */
export function wayBackInWords(hearsEnter: boolean): string {
  return `To come back, ${hearsEnter ? 'press Enter in the terminal' : 'start clarky-contacts ui again'}.`;
}

/** Where a program can be stopped that is at work on a file, behind a sentence; nothing where it can be asked from here. */
export function stopInWords({ stop, process, machine }: Pick<ElsewhereView, 'stop' | 'process' | 'machine'>): string {
  if (stop === 'here' || stop === 'asked') return '';
  const who = stop === 'other_machine' ? `process ${process} on ${printable(machine)}` : `process ${process}`;
  const whose = stop === 'other_user' ? ', of another user of this computer' : '';
  return `, and can be stopped where it was started (${who}${whose})`;
}

/**
 * Why there is nothing to press for an undo, or what it can still do.
 * @param left contacts that it left as they are
 * @param rest `hasMore`: more of the file is in Clarky; `isUndoable`: what was left can be looked at again
 */
export function noUndoInWords(
  left: number,
  isTakenBack: boolean,
  { hasMore = false, isUndoable = false }: { readonly hasMore?: boolean; readonly isUndoable?: boolean } = {},
): string {
  if (!isTakenBack) return "It can't be taken back: what was there before was not read, or was forgotten since.";
  const more = hasMore ? ' What else of the file is in Clarky stays: only the newest import can be taken back.' : '';
  const rest = isUndoable ? '. Undo looks at that once more.' : ': there is nothing more to undo.';
  return `It is taken back already${left === 0 ? '' : ', but for what was left as it is'}${rest}${more}`;
}

/**
 * That an undo takes back but the newest of several imports; undefined where it takes all. What goes on after a stop is the
 * same import.
 * @param runs of the file, or its sheet, the newest first; what went to another Clarky is none
 */
export function undoOfOneInWords(runs: readonly PastRun[]): string | undefined {
  const here = runs.filter(({ isHere }) => isHere);
  const undo = here.findIndex(({ kind }) => kind === 'undo');
  const since = here.slice(0, undo < 0 ? here.length : undo);
  const before = since.findIndex(({ pending }, at) => at > 0 && pending === 0);
  const isMore = since.some(
    (run, at) => before >= 0 && at >= before && run.kind === 'import' && run.created + run.updated > 0,
  );
  return isMore ? 'Undo takes back the newest import alone: what was sent before it stays in Clarky.' : undefined;
}

/** Who else uses the limit of the key: what is under way with other files; nothing where none of it writes. */
export function limitSharedInWords(others: readonly JobKind[]): string {
  const named = (['import', 'undo'] as const).flatMap((kind) => {
    const { length } = others.filter((one) => one === kind);
    return length === 0 ? [] : [length === 1 ? kind : `${kind}s`];
  });
  if (named.length === 0) return '';
  const use = named.length === 1 && !named[0]?.endsWith('s') ? 'uses' : 'use';
  return `The limit is that of the key: the other ${named.join(' and ')} under way ${use} it as well.`;
}

/** A column that a rejects file has beside those of the file that its rows came from: not of the contact. */
export function isOfRejects(header: string): boolean {
  return /^import_(?:line|error|message)$/i.test(header.trim());
}

/** A row in one line; of a rejects file with the line that it had where it came from. */
export function rowInWords(header: readonly string[], cells: readonly string[]): string {
  const line = cells[header.findIndex((name) => /^import_line$/i.test(name.trim()))] ?? '';
  const own = cells.filter((cell, at) => cell !== '' && !isOfRejects(header[at] ?? ''));
  return [...own, ...(line === '' ? [] : [`it was line ${line}`])].join(' · ');
}
