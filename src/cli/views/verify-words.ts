/** What verify found, in the manner of `rclone check`: = same, * differs, + missing, ! rejected, ? not known. */
import { firstLinesInWords, placesOf } from '../../wording/rows/lines.js';
import type { Finding } from '../../run/verify/finding.js';
import type { VerifyResult } from '../../run/verify/verify-result.js';
import { apartInWords, fieldInWords } from '../../run/outputs/diff-words.js';
import { fileWithCorrections } from '../../wording/rows/corrections.js';
import { counted, formatCount, ofCount } from '../../wording/durations.js';
import { correctedMeaning, withoutInWords } from '../../wording/results.js';
import { byFile, leftOutSection } from './file-words.js';
import { withSheet } from './headline-words.js';
import { unsentSteps } from './unsent-words.js';
import { commandAfter, shellWord } from '../../wording/shell.js';
import { wrapped } from '../../wording/wrapped.js';
import { printable, shortened } from '../../wording/printable.js';
import { isReadOnce } from '../../run/outputs/named-again.js';
import { inWords } from '../../run/outputs/rejects.js';
import type { Problem } from '../../problem.js';

/** Findings shown on a terminal; all are in the file of the differences. */
const FINDINGS_SHOWN = 200;
const REJECTED_SHOWN = 20;
const FIELD_WIDTH = 14;

/** Where rejected rows are corrected. */
export interface FilesOfRejects {
  /** The file in which that is done, where it is there. */
  readonly path: string | undefined;
  /** What an import of it is told, each flag after a blank. */
  readonly told: string;
  /** What was verified, as a plan of it is told. */
  readonly plan: string;
  /** What was corrected, and is to be sent. */
  readonly unsent: readonly string[];
}

/**
 * The result, at most `columns` wide but for paths and commands.
 * @param list what was verified, as an import of it is told
 * @param rejects where rejected rows are corrected
 */
export function verifyInWords(
  result: VerifyResult,
  columns = 80,
  list = shellWord(result.file),
  rejects: FilesOfRejects = { path: undefined, told: '', plan: list, unsent: [] },
): string {
  const { findings } = result;
  // Of rejected rows the reason is told elsewhere as well: many would push what differs off the terminal.
  const unshown = findings.filter(({ kind }) => kind === 'rejected').slice(REJECTED_SHOWN);
  const listed = unshown.length === 0 ? findings : findings.filter((finding) => !unshown.includes(finding));
  const lines = listed.slice(0, FINDINGS_SHOWN).flatMap((finding) => findingInWords(finding, columns));
  if (listed.length > FINDINGS_SHOWN) lines.push(`and ${formatCount(listed.length - FINDINGS_SHOWN)} more`);
  if (unshown.length > 0) lines.push(...moreRejected(unshown.length, result, rejects, columns));
  if (lines.length > 0) lines.push('');
  const books = counts(result);
  lines.push(...headline(result, columns), ...(books.length === 0 ? [] : ['', ...books]));
  lines.push(
    ...byFile(
      result.files?.map(({ file, rows, ...found }) => ({ file, rows, counts: found })),
      columns,
    ),
  );
  lines.push(...leftOutSection(result.leftOut));
  if (result.seed !== undefined)
    lines.push('', `The same sample again: --sample ${result.checked} --seed ${result.seed}`);
  const { differences, report } = result;
  const written = [
    ...(differences === undefined ? [] : [`Differences: ${printable(differences)}`]),
    ...(report === undefined ? [] : [`Report: ${printable(report)}`]),
  ];
  if (written.length > 0) lines.push('', ...written);
  lines.push(...nextSection(result, list, rejects));
  return `${lines.join('\n')}\n`;
}

/** Where all of the rejected rows stand. */
function moreRejected(
  count: number,
  { file }: VerifyResult,
  { path, plan }: FilesOfRejects,
  columns: number,
): string[] {
  const where = path ?? (isReadOnce(file) ? undefined : `the plan: clarky-contacts plan ${plan}`);
  const told = where === undefined ? '' : `: all of them, with what helps, are in ${printable(where)}`;
  return wrapped(`! and ${counted(count, 'more rejected row')}${told}`, columns);
}

/** What mends it. What was taken back on purpose is not led to be sent again. */
function nextSection(result: VerifyResult, list: string, rejects: FilesOfRejects): string[] {
  const { file, different, missing, notSent, takenBack, setBack, isImportKnown, rejected } = result;
  if (isReadOnce(file)) return [];
  const steps: [string, string][] = [
    ...(rejected > 0 ? correctingSteps(rejects) : []),
    // To send all again would bring back what was taken back.
    ...(different > 0 && takenBack + setBack === 0
      ? [['where the file is right', `import ${list} --live --resend`]]
      : []),
    ...(notSent > takenBack ? [['send what was not sent', `import ${list} --live`]] : []),
    ...(missing > notSent && isImportKnown
      ? [['send what was deleted there', `import ${list} --live --restore-deleted`]]
      : []),
    // It may have been imported on another machine: who is there is found with --live, and not sent twice.
    ...(missing > 0 && !isImportKnown ? [['import what is missing', `import ${list} --live`]] : []),
  ] as [string, string][];
  const lines = steps.flatMap(([what, told]) => commandAfter(`${what}:`, `clarky-contacts ${told}`));
  return lines.length === 0 ? [] : ['', 'Next', ...lines];
}

/** What was corrected before is sent before more is. */
function correctingSteps({ path, told, plan, unsent }: FilesOfRejects): [string, string][] {
  if (unsent.length > 0) return unsentSteps(unsent, told);
  if (path === undefined) return [['see what helps the rejected rows', `plan ${plan}`]];
  return [[`correct ${shellWord(path)}, then`, `import ${shellWord(path)}${told}`]];
}

function findingInWords(finding: Finding, columns: number): string[] {
  const lines = printable(firstLinesInWords(placesOf(finding)));
  switch (finding.kind) {
    case 'same':
      return [`= ${lines}`];
    case 'corrected':
      return [naming(`= ${lines}, `, finding, `  as corrected in ${placeInWords(finding.path)}`, columns)];
    case 'missing':
      return [naming(`+ ${lines}, `, finding, '  missing', columns)];
    case 'unknown':
      return [naming(`? ${lines}, `, finding, '  a lookup did not find the phone: check without --sample', columns)];
    case 'rejected':
      return rejectedInWords([lines, personIn(finding.contact, columns - lines.length)], finding.problems, columns);
    case 'different':
      return finding.differences.map(({ field, expected, found }) => {
        const start = `* ${lines}, ${personIn(finding.contact)}  ${fieldInWords(field, FIELD_WIDTH).trimEnd()}: `;
        const width = Math.max(8, Math.floor((columns - start.length - 'expected , found '.length) / 2));
        const [inFile, there] = apartInWords(expected, found, width);
        return `${start}expected ${inFile}, found ${there}`;
      });
  }
}

/** What helps is in the rejects file, and in the plan. */
function rejectedInWords(who: readonly string[], problems: readonly Problem[], columns: number): string[] {
  const why = problems.map(({ hint: _, ...problem }) => inWords(problem)).join(' ');
  // Of a row that has neither name nor e-mail nor phone the line is all that is known.
  const named = who.filter((part) => part !== '').join(', ');
  return wrapped(`! ${named}  rejected: ${printable(why)}`, columns - 4).map((line, at) =>
    at === 0 ? line : `    ${line}`,
  );
}

/** So much of a name is there however little room is left. */
const PERSON_WIDTH = 20;

/** A line about somebody, whose name has the room that the rest of it leaves. */
function naming(before: string, { contact }: Named, after: string, columns: number): string {
  return before + personIn(contact, columns - before.length - after.length) + after;
}

/** Whom a finding is about, as a person at the file knows them. */
function placeInWords(path: string | undefined): string {
  return path === undefined ? 'a rejects file that is there no more' : printable(path);
}

type Named = Pick<Extract<Finding, { kind: 'missing' }>, 'contact'>;

function personIn(contact: Named['contact'], room = PERSON_WIDTH): string {
  const name = [contact.first_name, contact.last_name].filter((part) => part !== undefined).join(' ');
  const { emails: [email = ''] = [], phone_numbers: [phone = ''] = [] } = contact;
  return shortened(printable(name || email || phone), Math.max(PERSON_WIDTH, room));
}

function headline(result: VerifyResult, columns: number): string[] {
  const { name, subject } = withSheet(result);
  const asWhat = result.sheet === undefined ? undefined : 'the sheet';
  const { allSame, checked, contacts, rejected, corrections, withoutValues } = result;
  if (result.rows === 0) return [`${subject} has no rows, so nothing was verified.`];
  const of = checked < contacts ? `${formatCount(checked)} of ${formatCount(contacts)}` : formatCount(contacts);
  const what = `${of} ${contacts === 1 ? 'contact' : 'contacts'} of`;
  if (!allSame)
    return [
      `Checked: ${what} ${name}${rejected > 0 ? `, and ${counted(rejected, 'row')} that an import rejects` : ''}.`,
    ];
  const verified = `Verified: ${what} ${subject} ${checked === 1 ? 'is' : 'are'} in Clarky as ${fileWithCorrections(corrections, asWhat)}`;
  return withoutValues === 0
    ? [`${verified}.`]
    : wrapped(`${verified}${withoutInWords(withoutValues, checked)}.`, columns);
}

function counts(result: VerifyResult): string[] {
  const rows: [string, number, string][] = [
    ['= same', result.same, formsInWords(result.normalised)],
    ['= corrected', result.corrected, correctedMeaning(result.corrected)],
    ['* different', result.different, differentInWords(result.setBack)],
    ['+ missing', result.missing, missingInWords(result)],
    ['? unknown', result.unknown, 'could not be looked up'],
    ['! rejected', result.rejected, `${ofCount(result.rejected, 'row', 'rows')} that an import would reject`],
  ];
  const width = Math.max(...rows.map(([, count]) => formatCount(count).length));
  return rows
    .filter(([label, count]) => count > 0 || (label === '= same' && result.rows > 0))
    .map(([label, count, meaning]) =>
      `  ${label.padEnd(13)}${formatCount(count).padStart(width)}  ${meaning}`.trimEnd(),
    );
}

function differentInWords(setBack: number): string {
  return `in Clarky with other values${setBack === 0 ? '' : `: ${formatCount(setBack)} set back by undo`}`;
}

function missingInWords({ missing, notSent, takenBack }: VerifyResult): string {
  if (notSent === 0) return 'not in Clarky';
  const why = takenBack === 0 ? 'not sent yet' : takenBack === notSent ? 'taken back' : 'not sent yet, or taken back';
  return notSent === missing ? why : `not in Clarky: ${formatCount(notSent)} ${why}`;
}

function formsInWords(normalised: number): string {
  if (normalised === 0) return '';
  return `${formatCount(normalised)} of them in another form (case, phone format, order, more values)`;
}
