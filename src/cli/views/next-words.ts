/** What comes after an import: the commands, as they can be typed. */
import { basename } from 'node:path';
import { EXIT } from '../../errors.js';
import { nameOfSet } from '../../run/reading/named-input.js';
import { isReadOnce } from '../../run/outputs/named-again.js';
import { UNDER_ANOTHER_NAME } from '../../run/reading/told-lines.js';
import { correctedIn, originsOf } from '../../run/reading/origins.js';
import { defaultPaths } from '../../run/settings.js';
import type { Summary } from '../../run/tally.js';
import type { Settings } from '../../settings/settings.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { toldToRejects, whereItsStateIs } from '../again.js';
import { toldAgain } from '../../run/outputs/telling/told-again.js';
import { hasRejectsFile, isListOfFiles } from './headline-words.js';
import { unsentSteps } from './unsent-words.js';
import { OMISSION } from '../../wording/remedies.js';
import { partToUndo } from '../../wording/results.js';
import { commandAfter, shellWord } from '../../wording/shell.js';
import { wrapped } from '../../wording/wrapped.js';

const FILES_NAMED = 6;
const SHEETS_NAMED = 6;

/** The commands that come next. A path may be longer than a line: a command stands on its own then. */
export function nextSection(summary: Summary, given: Settings, toUndo: number | undefined): string[] {
  const { file, rejected, omittable = 0, pending, created, updated, undoable, unsentSheets = [] } = summary;
  // Once another sheet is sent, a command that names none goes by that one.
  const settings = unsentSheets.length === 0 ? given : { ...given, sheet: summary.sheet };
  const shown = namedAgain(summary) ?? shellWord(file);
  const isSent = created + updated > 0;
  const { deleted_in_clarky: deleted = 0, reads_behind: unshown = 0 } = summary.reasons;
  const part = partToUndo(summary, toUndo);
  // What sends more of the same file costs the undo of this import: said beside it, for the undo stands below it.
  const ofUndo = undoable && isSent ? ' (undo then takes back that import alone)' : '';
  const isMisnamed =
    rejected > 0 && pending === 0 && summary.warnings?.some(({ message }) => message === UNDER_ANOTHER_NAME) === true;
  if (isMisnamed) return ['', 'Next', ...wrapped(RENAME, 78).map((line) => `  ${line}`)];
  const steps: [string, string][] = [
    ...goingOnStep(summary, settings),
    ...countrySteps(shown, summary, settings, ofUndo),
    ...(rejected > deleted + unshown && pending === 0 && hasRejectsFile(summary)
      ? correctingSteps(shown, summary, settings)
      : []),
    ...(omittable > 0 && pending === 0 && !isReadOnce(file)
      ? [
          [
            omittable === rejected
              ? `or without these values${ofUndo}`
              : `or ${formatCount(omittable)} of them without these values${ofUndo}`,
            `import ${shown} ${OMISSION}${toldAgain(settings, 'import')}${whereItsStateIs(summary, settings)}`,
          ],
        ]
      : []),
    ...decidingStep(shown, summary, settings),
    ...(deleted > 0 && !isReadOnce(file)
      ? [[`send the deleted again${ofUndo}`, restoring(shown, summary, settings)]]
      : []),
    ...(unshown > 0 && !isReadOnce(file)
      ? [
          [
            'what Clarky does not show yet, in a few minutes',
            `import ${shown}${toldAgain(settings, 'import')}${whereItsStateIs(summary, settings)}`,
          ],
        ]
      : []),
    ...(pending === 0 && isSent ? verifyStep(summary, settings) : []),
    ...(undoable && isSent
      ? [
          [
            part === undefined ? 'take it back' : `take back ${part}`,
            `undo ${shown}${toldAgain(settings, 'undo')}${whereItsStateIs(summary, settings)}`,
          ],
        ]
      : []),
    ...(pending === 0 ? sheetSteps(shown, summary, settings) : []),
  ] as [string, string][];
  const lines = [
    ...steps.flatMap(([what, command]) => commandAfter(`${what}:`, `clarky-contacts ${command}`)),
    ...(pending === 0 && isSent && isReadOnce(file) ? wrapped(TO_CHECK, 78).map((line) => `  ${line}`) : []),
  ];
  return lines.length === 0 ? [] : ['', 'Next', ...lines];
}

const TO_CHECK =
  'to check it: what came through a pipe is gone once it is read. Save it to a file first, and import and verify that.';

/** Whatever else is tried with it goes without the columns and settings of that file. */
const RENAME =
  'save it beside the file that its rows came from, under the name of that file with .rejected.csv behind it, and import it so';

/** One flag may be all that many rows lack. It holds for every file of a list: files that alone are of a country are named alone. */
function countrySteps(shown: string, summary: Summary, settings: Settings, ofUndo: string): [string, string][] {
  const { file, likelyCountry, likelyCountries = [], pending } = summary;
  if (pending > 0 || isReadOnce(file)) return [];
  if (likelyCountry !== undefined) {
    const told = toldAgain(settings, 'import') + whereItsStateIs(summary, settings);
    const command = `import ${shown} --country ${likelyCountry}${told}`;
    return [[`if phones without + are of ${likelyCountry}${ofUndo}`, command]];
  }
  const toldAlone = toldAgain({ ...settings, checkpoint: undefined, name: undefined }, 'import');
  return likelyCountries.slice(0, FILES_NAMED).map(({ file: one, country }) => {
    const path = shellWord(one);
    return [
      `if phones without + of ${path} are of ${country}, import it alone`,
      `import ${path} --country ${country}${toldAlone}`,
    ];
  });
}

/** Each sheet has an import of its own. */
function sheetSteps(shown: string, summary: Summary, settings: Settings): [string, string][] {
  const { file, unsentSheets = [] } = summary;
  if (isReadOnce(file)) return [];
  return unsentSheets.slice(0, SHEETS_NAMED).map((sheet) => {
    const told = toldAgain({ ...settings, sheet }, 'import') + whereItsStateIs(summary, settings);
    return [`send the sheet "${printable(sheet)}"`, `import ${shown}${told}`];
  });
}

/** Amounts and dates that can be read in two ways are decided once for the whole column. */
function decidingStep(shown: string, { file, files, reasons }: Summary, settings: Settings): [string, string][] {
  const isOpen = reasons.date_ambiguous !== undefined || reasons.money_ambiguous !== undefined;
  if (!isOpen || isReadOnce(file) || files !== undefined) return [];
  return [['or say how amounts and dates are written', `map ${shown}${toldAgain(settings, 'map')}`]];
}

/** As it stands, a rejects file is rejected again: what comes first is said first. What was corrected before is sent before more is. */
function correctingSteps(shown: string, summary: Summary, settings: Settings): [string, string][] {
  const { file, rejects, isRejectsFile, unsentRejects = [] } = summary;
  const toldAnew = toldAgain(settings, 'import') + whereItsStateIs(summary, settings);
  if (unsentRejects.length > 0) {
    const steps = unsentSteps(unsentRejects, toldForRejects(summary, settings));
    // Of a rejects file the rest stands in the copy that was corrected, and not in itself.
    return isReadOnce(file) || isRejectsFile === true
      ? steps
      : [...steps, ['then see what is left', `import ${shown}${toldAnew}`]];
  }
  const path = shellWord(correctedIn(file, rejects, isRejectsFile));
  return path === shellWord(rejects)
    ? [[`correct ${path}, then`, `import ${path}${toldForRejects(summary, settings)}`]]
    : [[`correct the rest in ${path}, then`, `import ${path}${toldAnew}`]];
}

/** What was deleted in Clarky is known of an import with `--live` alone. */
function restoring(shown: string, summary: Summary, settings: Settings): string {
  return `import ${shown}${toldAgain({ ...settings, live: true }, 'import')}${whereItsStateIs(summary, settings)} --restore-deleted`;
}

/** A list of files as a command names it again; undefined where they are many, or came with a folder, and for what is no list. */
function namedAgain(summary: Summary): string | undefined {
  const paths = (summary.files ?? []).map((one) => one.file);
  const isNamed = isListOfFiles(summary) && paths.length <= FILES_NAMED && nameOfSet(paths) === basename(summary.file);
  return isNamed ? paths.map(shellWord).join(' ') : undefined;
}

/** A list of files is no path: each of them is named again, where they are few. What was piped is gone. */
function verifyStep(summary: Summary, settings: Settings): [string, string][] {
  const { file } = summary;
  const named = isListOfFiles(summary) ? namedAgain(summary) : shellWord(file);
  if (isReadOnce(file) || named === undefined) return [];
  return [['check it', `verify ${named}${toldAgain(settings, 'verify')}${whereItsStateIs(summary, settings)}`]];
}

/** What a person, the clock or the network has ended needs nothing but to be begun again. */
const ENDED_FROM_OUTSIDE: ReadonlySet<number> = new Set([EXIT.unreachable, EXIT.deadline, EXIT.sigint, EXIT.sigterm]);

function goingOnStep(summary: Summary, settings: Settings): [string, string][] {
  const { file, pending, exit } = summary;
  const named = isListOfFiles(summary) ? namedAgain(summary) : shellWord(file);
  if (pending === 0 || !ENDED_FROM_OUTSIDE.has(exit) || isReadOnce(file) || named === undefined) return [];
  return [['go on', `import ${named}${toldAgain(settings, 'import')}${whereItsStateIs(summary, settings)}`]];
}

/** An import of the rejects goes by what their source was told, which is found by their name, or by the checkpoint that was named. */
function toldForRejects({ rejects, checkpoint }: Summary, settings: Settings): string {
  const [source = rejects] = originsOf(rejects);
  const isFound = defaultPaths(source).checkpoint === checkpoint;
  const isNamed = settings.checkpoint !== undefined && !isFound;
  const told = toldToRejects(settings, isFound || isNamed);
  return isNamed ? `${told} --checkpoint ${shellWord(checkpoint)}` : told;
}
