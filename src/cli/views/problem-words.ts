/** Why rows would be rejected, and what a plan remarks on their values, in words. */
import type { ProblemKind } from '../../run/reading/problem-digest.js';
import { changedInWords } from '../../run/reading/reading-warnings.js';
import { firstLinesInWords, type Place } from '../../wording/rows/lines.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { OMISSION, remedyOf } from '../../wording/remedies.js';
import { underEach } from '../../wording/results.js';
import { wrapped } from '../../wording/wrapped.js';

/** Kinds of problems shown in full; the rest are in `--json`. */
export const KINDS_SHOWN = 8;

/**
 * Why rows would be rejected: the first kinds with examples, and what helps with each.
 * @param rows how many would be
 */
export function rejectionsSection(kinds: readonly ProblemKind[], columns: number, rows: number): string {
  const helped = kinds.map((kind) => ({ ...kind, hint: kind.hint ?? remedyOf(kind.code).inFile }));
  const counts = kinds.map(({ count }) => count);
  return problemSection(`Would be rejected${underEach(counts, rows)}`, helped, columns);
}

/** What was left out of rows that are sent, or read with a remark. */
export function remarksSection(kinds: readonly ProblemKind[], columns: number): string {
  return problemSection('Worth knowing', kinds, columns);
}

function problemSection(title: string, kinds: readonly ProblemKind[], columns: number): string {
  if (kinds.length === 0) return '';
  const all = [
    title,
    ...kinds
      .slice(0, KINDS_SHOWN)
      .flatMap((kind) => [
        ...wrapped(`${formatCount(kind.count)} × ${titleOf(kind.code)}`, columns - 4).map(
          (line, at) => `${at === 0 ? '  ' : '    '}${line}`,
        ),
        ...examplesOf(kind).flatMap((example) => hanging(example, columns)),
        ...(kind.hint === undefined ? [] : hanging(`→ ${printable(kind.hint)}`, columns)),
        ...omissionInWords(kind).flatMap((line) => hanging(line, columns)),
      ]),
    ...(kinds.length > KINDS_SHOWN ? [`  and ${kinds.length - KINDS_SHOWN} more kinds: --json lists them`] : []),
  ];
  return `${all.join('\n')}\n`;
}

/** Its name for a person, and the code by which log and rejects file have it. */
function titleOf(code: string): string {
  const { title } = remedyOf(code);
  return title.endsWith(`: ${code}`) ? code : `${title} (${code})`;
}

/** Its first rows; rows with the same message stand together. */
function examplesOf({ examples, byColumn }: ProblemKind): string[] {
  if (byColumn !== undefined) return byColumn.map((one) => printable(changedInWords(one)));
  const lines = new Map<string, Place[]>();
  for (const example of examples) {
    const { column, message } = example;
    const said = `${column === undefined ? '' : `, ${printable(column)}`}: ${printable(message)}`;
    lines.set(said, [...(lines.get(said) ?? []), example]);
  }
  return [...lines].map(([said, of]) => `${printable(firstLinesInWords(of))}${said}`);
}

/** That the rows can be sent without such a value, where that is so. */
function omissionInWords({ count, omittable = 0 }: ProblemKind): string[] {
  if (omittable === 0) return [];
  const rows = count === 1 ? 'the row' : omittable === count ? 'the rows' : `${formatCount(omittable)} of the rows`;
  return [`→ Or send ${rows} without it: ${OMISSION}`];
}

function hanging(text: string, columns: number): string[] {
  return wrapped(text, columns - 8).map((line, at) => `${at === 0 ? '      ' : '        '}${line}`);
}
