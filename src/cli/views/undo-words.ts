/** What undo would do, and what it did, for a person. */
import type { UndoPlan } from '../../run/undo/undo-plan.js';
import type { UndoResult } from '../../run/undo/undo-result.js';
import type { LeftContact } from '../../run/undo/left.js';
import { linesInWords } from '../../wording/rows/lines.js';
import { fileInFacts } from '../../address.js';
import { counted, formatCount, formatDuration, ofCount } from '../../wording/durations.js';
import { localTime } from '../../wording/times.js';
import { beyondUndoInWords, laterSheetsInWords } from '../../wording/left-as-is.js';
import { printable, shortened } from '../../wording/printable.js';
import { shellWord } from '../../wording/shell.js';
import { asText, wrapped } from '../../wording/wrapped.js';

/** Contacts listed one by one; the rest are in `--json` and in the log. */
const LEFT_SHOWN = 20;

/** The flags that the next undo has to be told again, by what it takes back. */
interface Again {
  readonly sheets: string;
  readonly rejects: string;
}

const REASONS: Readonly<Record<LeftContact['reason'], string>> = {
  changed: 'changed since',
  unclear: 'Clarky did not say whether it was new',
  not_known_before: 'Clarky wrote to one that was there; its values are not known',
  unanswered: 'no answer came: import --live again, then undo',
  not_taken: 'not taken then; it came by a later import, or otherwise',
  merged: 'Clarky answers with another contact in its place: merged',
  in_another_file: 'another file was imported that has it too',
  reads_behind: 'Clarky shows it as before the import: undo again in a few minutes',
  lists_joined: 'Clarky takes nothing out of',
  refused: 'Clarky rejected what would set it back',
};

/** The plan, of at most 80 columns but for paths. */
export function undoPlanInWords(plan: UndoPlan, again: Pick<Again, 'rejects'> = { rejects: '' }): string {
  const file = printable(plan.file);
  if (plan.contacts === 0) return asText(nothingLeft(plan));
  const writes = plan.toDelete + plan.toSetBack;
  return asText([
    `Undoing the newest live import of ${file}, ${counted(plan.contacts, 'contact')}:`,
    ...whichImport(plan),
    '',
    ...row('delete', plan.toDelete, 'made by the import, and not changed since'),
    ...row('set back', plan.toSetBack, 'changed by the import: the old values again'),
    ...row('leave', plan.left.length, 'see below'),
    ...row('nothing', plan.nothingToDo, 'gone, or as before already'),
    ...leftSection(plan.left),
    ...laterFirst(plan),
    ...rejectsFirst(plan, again),
    ...beyond(plan),
    '',
    writes === 0
      ? 'Nothing has to be written.'
      : `${counted(writes, 'write')}, ${plan.seconds === 0 ? 'a few seconds' : `at least ${formatDuration(plan.seconds)}`}.`,
  ]);
}

/** The plan for a program, as one of the lines on standard error. */
export function undoPlanInFacts(plan: UndoPlan, now: Date): object {
  const { file, contacts, toDelete, toSetBack, left, nothingToDo, seconds } = plan;
  const msg = `Undoing ${counted(contacts, 'contact')}: ${toDelete} to delete, ${toSetBack} to set back, ${left.length} left as ${ofCount(left.length, 'it is', 'they are')}.`;
  const counts = { contacts, toDelete, toSetBack, left: left.length, nothingToDo, seconds };
  return { time: now.toISOString(), event: 'undo_plan', file: fileInFacts(file), ...counts, msg };
}

function nothingLeft({ file, beyondUndo }: Pick<UndoPlan, 'file' | 'beyondUndo'>): string[] {
  const heading = `Nothing is left to undo of the newest live import of ${printable(file)}.`;
  return beyondUndo === 0 ? [heading] : [heading, ...wrapped(beyondUndoInWords(beyondUndo), 80)];
}

function beyond({ beyondUndo }: Pick<UndoPlan, 'beyondUndo'>): string[] {
  return beyondUndo === 0 ? [] : ['', ...wrapped(beyondUndoInWords(beyondUndo, ' more'), 80)];
}

function laterFirst({ laterSheets }: Pick<UndoPlan, 'laterSheets'>): string[] {
  return laterSheets.length === 0 ? [] : ['', ...wrapped(laterSheetsInWords(laterSheets), 80)];
}

function rejectsFirst({ ofRejects }: UndoPlan, again: Pick<Again, 'rejects'>): string[] {
  if (ofRejects.length === 0) return [];
  const heading = 'Its rejects were imported from their own file, which is better undone first';
  const undone = ofRejects
    .map(shellWord)
    .flatMap((path) => [`  ${path}`, `    clarky-contacts undo ${path}${again.rejects}`]);
  return ['', heading, ...undone];
}

/** Which import it is: there may have been several, to several places. */
function whichImport({ import: { api, at, sheet } }: UndoPlan): string[] {
  const of = sheet === undefined ? '' : `, the sheet "${shortened(printable(sheet), 30)}"`;
  return [`that of ${localTime(at)}${of}`, `at ${printable(api)}`];
}

/**
 * The result, of at most 80 columns but for paths.
 */
export function undoResultInWords(result: UndoResult, again: Again = { sheets: '', rejects: '' }): string {
  if (!result.confirmed) return 'Nothing was undone.\n';
  const file = printable(result.file);
  if (result.contacts === 0) {
    return asText([...nothingLeft(result), ...othersSection(result, again)]);
  }
  const done = result.contacts - result.pending;
  const headline =
    result.pending > 0
      ? `Stopped: ${formatCount(done)} of ${counted(result.contacts, 'contact')} ${ofCount(done, 'is', 'are')} undone or left.`
      : result.left.length > 0
        ? `Undone, apart from what is left: ${file}`
        : `Undone: ${file}`;
  return asText([
    headline,
    '',
    ...row('deleted', result.deleted, 'made by the import'),
    ...row('set back', result.setBack, `${ofCount(result.setBack, 'has', 'have')} the old values again`),
    ...row('left', result.left.length, 'see below'),
    ...row('nothing', result.nothingToDo, 'gone, or as before already'),
    ...row('pending', result.pending, 'run the same command again'),
    ...leftSection(result.left),
    ...laterFirst(result),
    ...beyond(result),
    ...othersSection(result, again),
  ]);
}

/** The imports of the other sheets and of the rejects, each with the command that takes it back. */
function othersSection({ file, otherSheets, ofRejects }: UndoResult, again: Again): string[] {
  const ofSheets = otherSheets.map((sheet) => `${shellWord(file)} --sheet ${shellWord(sheet)}${again.sheets}`);
  const ofFiles = ofRejects.map((path) => `${shellWord(path)}${again.rejects}`);
  return [
    ...commandsSection('Other sheets whose imports can be undone', ofSheets),
    ...commandsSection('Its rejects, imported from their own file, are in Clarky still', ofFiles),
  ];
}

function commandsSection(heading: string, undone: readonly string[]): string[] {
  return undone.length === 0 ? [] : ['', heading, ...undone.map((what) => `  clarky-contacts undo ${what}`)];
}

function leftSection(left: readonly LeftContact[]): string[] {
  if (left.length === 0) return [];
  return [
    '',
    'Left as they are',
    ...left.slice(0, LEFT_SHOWN).flatMap((one) => {
      const { contactId, reason, fields } = one;
      const who = `${printable(linesInWords([one]))}${contactId === undefined ? '' : `, ${printable(contactId)}`}`;
      const what = fields.length === 0 ? REASONS[reason] : `${REASONS[reason]}: ${printable(fields.join(', '))}`;
      return wrapped(`${who}: ${what}`, 74).map((line, at) => `${at === 0 ? '  ' : '      '}${line}`);
    }),
    ...(left.length > LEFT_SHOWN ? [`  and ${formatCount(left.length - LEFT_SHOWN)} more`] : []),
  ];
}

function row(label: string, count: number, meaning: string): string[] {
  return count === 0 ? [] : [`  ${label.padEnd(10)}${formatCount(count).padStart(7)}  ${meaning}`];
}
