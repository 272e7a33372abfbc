/** What verify found, in the manner of `rclone check`: = same, * differs, + missing, ! rejected, ? not known. */
import type { Finding } from '../../run/verify/finding.js';
import type { VerifyResult } from '../../run/verify/verify-result.js';
import { fieldInWords, linesInWords, valueInWords } from '../../run/outputs/diff-words.js';
import { fileWithCorrections } from '../../wording/corrections.js';
import { counted, formatCount } from '../../wording/durations.js';
import { withoutInWords } from '../../wording/results.js';
import { byFile, leftOutSection } from './file-words.js';
import { commandAfter, shellWord } from '../../wording/shell.js';
import { wrapped } from '../../wording/wrapped.js';
import { fileInWords, printable, shortened } from '../../wording/printable.js';
import { inWords } from '../../run/outputs/rejects.js';

/** Findings shown on a terminal; all are in the file of the differences. */
const FINDINGS_SHOWN = 200;
const FIELD_WIDTH = 14;

/**
 * The result, at most `columns` wide but for paths and commands.
 * @param list what was verified, as an import of it is told
 */
export function verifyInWords(result: VerifyResult, columns = 80, list = shellWord(result.file)): string {
  const { findings } = result;
  const lines = findings.slice(0, FINDINGS_SHOWN).flatMap((finding) => findingInWords(finding, columns));
  if (findings.length > FINDINGS_SHOWN) lines.push(`and ${formatCount(findings.length - FINDINGS_SHOWN)} more`);
  if (lines.length > 0) lines.push('');
  lines.push(...headline(result, columns), '', ...counts(result));
  lines.push(
    ...byFile(
      result.files?.map(({ file, rows, ...found }) => ({ file, rows, counts: found })),
      columns,
    ),
  );
  lines.push(...leftOutSection(result.leftOut));
  if (result.seed !== undefined)
    lines.push('', `The same sample again: --sample ${result.checked} --seed ${result.seed}`);
  if (result.differences !== undefined) lines.push('', `Differences: ${printable(result.differences)}`);
  lines.push(...nextSection(result, list));
  return `${lines.join('\n')}\n`;
}

/** What mends it. What was taken back on purpose is not led to be sent again. */
function nextSection(result: VerifyResult, list: string): string[] {
  const { file, different, missing, notSent, takenBack, setBack, isImportKnown } = result;
  if (file === '-') return [];
  const steps: [string, string][] = [
    // To send all again would bring back what was taken back.
    ...(different > 0 && takenBack + setBack === 0 ? [['where the file is right', `${list} --live --resend`]] : []),
    ...(notSent > takenBack ? [['send what was not sent', list]] : []),
    ...(missing > notSent && isImportKnown
      ? [['send what was deleted there', `${list} --live --restore-deleted`]]
      : []),
    // It may have been imported on another machine: who is there is found with --live, and not sent twice.
    ...(missing > 0 && !isImportKnown ? [['import what is missing', `${list} --live`]] : []),
  ] as [string, string][];
  const lines = steps.flatMap(([what, told]) => commandAfter(`${what}:`, `clarky-contacts import ${told}`));
  return lines.length === 0 ? [] : ['', 'Next', ...lines];
}

function findingInWords(finding: Finding, columns: number): string[] {
  const lines = linesInWords(finding.lines);
  switch (finding.kind) {
    case 'same':
      return [`= ${lines}`];
    case 'corrected':
      return [`= ${lines}, ${personIn(finding.contact)}  as corrected in ${printable(finding.path)}`];
    case 'missing':
      return [`+ ${lines}, ${personIn(finding.contact)}  missing`];
    case 'unknown':
      return [`? ${lines}, ${personIn(finding.contact)}  a lookup did not find the phone: check without --sample`];
    case 'rejected':
      return [shortened(`! ${lines}  rejected: ${printable(finding.problems.map(inWords).join(' '))}`, columns)];
    case 'different':
      return finding.differences.map(({ field, expected, found }) => {
        const start = `* ${lines}, ${personIn(finding.contact)}  ${fieldInWords(field, FIELD_WIDTH).trimEnd()}: `;
        const width = Math.max(8, Math.floor((columns - start.length - 'expected , found '.length) / 2));
        return `${start}expected ${valueInWords(expected, width)}, found ${valueInWords(found, width)}`;
      });
  }
}

const PERSON_WIDTH = 20;

/** Whom a finding is about, as a person at the file knows them. */
function personIn(contact: Extract<Finding, { kind: 'missing' }>['contact']): string {
  const name = [contact.first_name, contact.last_name].filter((part) => part !== undefined).join(' ');
  const { emails: [email = ''] = [], phone_numbers: [phone = ''] = [] } = contact;
  return shortened(printable(name || email || phone), PERSON_WIDTH);
}

function headline(result: VerifyResult, columns: number): string[] {
  const ofSheet = result.sheet === undefined ? '' : `, sheet ${printable(result.sheet)}`;
  const asWhat = result.sheet === undefined ? undefined : 'the sheet';
  const { allSame, checked, contacts, file, rejected, corrections, withoutValues } = result;
  const of = checked < contacts ? `${formatCount(checked)} of ${formatCount(contacts)}` : formatCount(contacts);
  const what = `${of} ${contacts === 1 ? 'contact' : 'contacts'} of ${fileInWords(file)}${ofSheet}`;
  if (!allSame)
    return [`Checked: ${what}${rejected > 0 ? `, and ${counted(rejected, 'row')} that an import rejects` : ''}.`];
  const verified = `Verified: ${what} ${checked === 1 ? 'is' : 'are'} in Clarky as ${fileWithCorrections(corrections, asWhat)}`;
  return withoutValues === 0
    ? [`${verified}.`]
    : wrapped(`${verified}${withoutInWords(withoutValues, checked)}.`, columns);
}

function counts(result: VerifyResult): string[] {
  const rows: [string, number, string][] = [
    ['= same', result.same, formsInWords(result.normalised)],
    ['= corrected', result.corrected, 'rejected rows, in Clarky as they were corrected'],
    ['* different', result.different, differentInWords(result.setBack)],
    ['+ missing', result.missing, missingInWords(result)],
    ['? unknown', result.unknown, 'could not be looked up'],
    ['! rejected', result.rejected, 'rows that an import would reject'],
  ];
  const width = Math.max(...rows.map(([, count]) => formatCount(count).length));
  return rows
    .filter(([label, count]) => count > 0 || label === '= same')
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
