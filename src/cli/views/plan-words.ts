/** The plan for a person: what the file is, what becomes of each column and row, and how long it takes. */
import { linesInWords, placesOf } from '../../wording/rows/lines.js';
import { bothNames, DOUBT_TITLES } from '../../wording/rows/name-doubts.js';
import type { PlanResult } from '../../run/plan/plan.js';
import { kindOf } from '../../run/plan/plan-result.js';
import { counted, formatCount, formatDuration } from '../../wording/durations.js';
import { UNDO_BEGINS } from '../../run/outputs/telling/told.js';
import { isReadOnce } from '../../run/outputs/named-again.js';
import { changesInWords } from '../../run/outputs/diff-words.js';
import { blanksSection, mappingSection, rowsOf } from './column-words.js';
import { becameByFile, leftOutSection } from './file-words.js';
import { KINDS_SHOWN, rejectionsSection, remarksSection } from './problem-words.js';
import { fileInWords, printable, shortened } from '../../wording/printable.js';
import { unsentSection } from './unsent-words.js';
import { correctedMeaning } from '../../wording/results.js';
import { asText, wrapped } from '../../wording/wrapped.js';
import { commandAfter, shellWord } from '../../wording/shell.js';

const COUNTS = [
  { label: 'created', meaning: 'not sent before: created, or updated where Clarky has them' },
  { label: 'updated', meaning: 'sent before, by another file or with other values' },
  { label: 'unchanged', meaning: 'as last sent: no request' },
] as const;
const RESENT = 'sent before, and sent again: --resend';
const LIVE_COUNTS = [
  { label: 'created', meaning: 'not in the workspace' },
  { label: 'updated', meaning: 'in the workspace with other values: --diff lists them' },
  { label: 'unchanged', meaning: 'in the workspace, or as last sent: no request' },
] as const;

const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };

/**
 * The plan as text, at most `columns` wide.
 * @param again what `map` must be told, and an import of its rejects, each flag after a blank
 * @param isResent what was sent before is sent again, changed or not
 */
export function planInWords(
  plan: PlanResult,
  columns = 80,
  again: { readonly map: string; readonly rejects: string } = { map: '', rejects: '' },
  isResent = false,
): string {
  const sections = [
    fileSection(plan),
    mappingSection(plan, columns),
    blanksSection(plan, columns),
    undecidedSection(plan, columns, again.map),
    countsSection(plan, isResent),
    rejectionsSection(plan.problems, columns, plan.rejected),
    remarksSection(plan.remarks, columns),
    doubtsSection(plan),
    unclearSection(plan, columns),
    changesInWords(plan.changes ?? [], columns),
    timeSection(plan, columns),
    ...(plan.unsentRejects === undefined ? [] : [asText(unsentSection(plan.unsentRejects, again.rejects))]),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function fileSection(plan: PlanResult): string {
  const { encoding, encodingCertain, delimiter, headerLine, sheet } = plan.dialect;
  const facts = [
    encodingCertain === 'guessed' ? `${encoding} (guessed)` : encoding,
    ...(sheet === undefined ? [] : [`sheet ${sheet}`]),
    ...(delimiter === '' ? [] : [`${DELIMITERS[delimiter] ?? delimiter} between fields`]),
    ...(headerLine === 0 ? [] : [`header on line ${headerLine}`]),
  ];
  return asText([
    `${fileInWords(plan.file)}: ${counted(plan.rows, 'row')}${plan.system === undefined ? '' : `, from ${plan.system}`}`,
    ...wrapped(printable(facts.join(', ')), 76).map((line) => `  ${line}`),
    ...(plan.mappingFile === undefined ? [] : [`  Mapped by ${printable(plan.mappingFile)}`]),
    ...plan.notes.flatMap((note) => wrapped(printable(note), 76).map((line) => `  ${line}`)),
  ]);
}

function undecidedSection(plan: PlanResult, columns: number, again: string): string {
  const undecided = plan.columns.filter((column) => column.to === 'undecided' && !column.isSent);
  const ambiguous = plan.columns.filter((column) => column.ambiguous > 0);
  if (undecided.length + ambiguous.length === 0) return '';
  // What is decided for one of several files holds for the others by the names of their columns.
  const inOne = [...undecided, ...ambiguous].find(({ file }) => file !== undefined)?.file;
  // Of what is read only once nobody can make a mapping beforehand.
  const listed = inOne ?? plan.file;
  const decide = `clarky-contacts map ${isReadOnce(listed) ? 'FILE' : shellWord(listed)}${again}`;
  const how = isReadOnce(listed) ? 'once what comes through the pipe is saved to a FILE, with:' : 'with:';
  const forAll =
    inOne === undefined
      ? []
      : commandAfter(
          'It holds for all of the files, with:',
          `--mapping ${shellWord(`${inOne}.mapping.json`)}`,
          columns,
        );
  return asText([
    'Not decided',
    ...(undecided.length === 0
      ? []
      : [
          ...rowsOf(undecided, columns, ({ suggestions }) =>
            suggestions.length === 0 ? '?' : `${suggestions.slice(0, 2).join(' or ')}?`,
          ),
          ...commandAfter(`Left out until you decide, ${how}`, decide, columns),
          ...forAll,
          '  or sent as custom fields, with: --unmapped custom',
        ]),
    ...ambiguous.flatMap(({ column, ambiguous: values, to }) =>
      wrapped(
        `${printable(column)}: ${counted(values, 'value')} can be read in two ways (${to === 'deal_value' ? 'decimal comma or point' : 'day or month first'}), and no other value in the column decides it. Those rows are rejected until you decide.`,
        76,
      ).map((line) => `  ${line}`),
    ),
    ...(ambiguous.length === 0 ? [] : [...commandAfter(`Decide ${how}`, decide, columns), ...forAll]),
  ]);
}

function countsSection(plan: PlanResult, isResent: boolean): string {
  const { correctedRows: corrected = 0 } = plan;
  const counts: [string, number, string][] = [
    ...(plan.live ? LIVE_COUNTS : COUNTS).map(({ label, meaning }): [string, number, string] => [
      label,
      plan[label] - (label === 'unchanged' ? corrected : 0),
      label === 'updated' && isResent && !plan.live ? RESENT : meaning,
    ]),
    ['corrected', corrected, correctedMeaning(corrected)],
    ['merged', plan.merged, 'folded into another row of the same contact'],
    ['rejected', plan.rejected, 'not sent: see below'],
  ];
  const width = Math.max(...counts.map(([, count]) => formatCount(count).length));
  if (plan.rows === 0) return '';
  return asText([
    'An import would make of the rows',
    ...counts
      .filter(([, count]) => count > 0)
      .map(([label, count, meaning]) => `  ${label.padEnd(11)}${formatCount(count).padStart(width)}  ${meaning}`),
    ...(plan.live || plan.requests === 0 || !plan.columns.some(({ to, isSent }) => isSent && LISTS.has(to))
      ? []
      : ['  E-mails, phones and tags replace those that Clarky has; --live joins them.']),
    ...becameByFile(plan.files),
    ...leftOutSection(plan.leftOut),
  ]);
}

/** Fields that hold several values; a contact is found by its e-mails, which are lists as well. */
const LISTS: ReadonlySet<string> = new Set(['phone_numbers', 'tags']);

function doubtsSection({ nameDoubts, nameDoubtCounts }: PlanResult): string {
  const listed = (kind: ReturnType<typeof kindOf>, heading: string): string[] => {
    const all = nameDoubtCounts[kind];
    if (all === 0) return [];
    const first = nameDoubts.filter((doubt) => kindOf(doubt) === kind).slice(0, KINDS_SHOWN);
    return [
      heading,
      ...first.map(({ names, ...where }) => {
        return `  ${printable(linesInWords(placesOf(where)))}: ${bothNames(names, (name) => shortened(printable(name), 28))}`;
      }),
      ...(all > first.length ? [`  and ${formatCount(all - first.length)} more`] : []),
    ];
  };
  const all = [...listed('named', DOUBT_TITLES.named), ...listed('nameless', DOUBT_TITLES.nameless)];
  return all.length === 0 ? '' : asText(all);
}

function unclearSection({ unclearNames }: PlanResult, columns: number): string {
  if (unclearNames === undefined) return '';
  const { contacts, examples } = unclearNames;
  const shown = examples.slice(0, KINDS_SHOWN);
  return asText([
    ...wrapped(DOUBT_TITLES.unclear, columns),
    ...shown.map(({ name, ...place }) => `  ${printable(linesInWords([place]))}: ${shortened(printable(name), 28)}`),
    ...(contacts > shown.length ? [`  and ${formatCount(contacts - shown.length)} more`] : []),
  ]);
}

function timeSection(plan: PlanResult, columns: number): string {
  return asText([
    ...[...timeInWords(plan), ...ofUndo(plan)].flatMap((line) => wrapped(line, columns)),
    ...stopInWords(plan, columns),
  ]);
}

/** What an import would say of undo stands beside what it would send: then there is time to think of it. */
function ofUndo({ warnings }: PlanResult): string[] {
  return warnings.filter(({ code }) => code === UNDO_BEGINS).map(({ message }) => message);
}

function stopInWords({ stoppedBy }: PlanResult, columns: number): string[] {
  if (stoppedBy === undefined) return [];
  return wrapped(`An import would stop before its first write. ${printable(stoppedBy.next ?? '')}`.trimEnd(), columns);
}

function timeInWords(plan: PlanResult): string[] {
  if (plan.rows === 0) return ['The file has no rows: there is nothing to import.'];
  if (plan.requests === 0 && plan.rejected > 0) {
    return plan.rejected === plan.rows
      ? ['Every row would be rejected: nothing can be sent until that is put right.']
      : ['All rows but those rejected are in Clarky already.'];
  }
  if (plan.requests === 0) return ['Nothing would have to be sent: all is in Clarky already.'];
  const pace = plan.rate === 'off' ? '' : ` (${plan.rate.writes} writes in any ${plan.rate.seconds} s)`;
  const time = plan.seconds === 0 ? 'a few seconds' : `about ${formatDuration(plan.seconds)}`;
  const writes = `${counted(plan.requests, 'write')}, ${time}${pace}.`;
  return [writes, 'Nothing was sent: this is the plan.'];
}
