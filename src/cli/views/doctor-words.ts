/** What `doctor` found: a line for each check, and below what is not as it should be how to put it right. */
import { printable } from '../../wording/printable.js';
import { wrapped } from '../../wording/wrapped.js';
import type { DoctorFinding } from '../doctor/finding.js';

const MARKS = { ok: 'ok', warning: 'look', bad: 'bad', open: '?' } as const;

export function findingsInWords(findings: readonly DoctorFinding[]): string {
  const lines = findings.flatMap(({ state, what, next }) => [
    ...wrapped(printable(what), 72).map((line, at) => `${at === 0 ? MARKS[state].padEnd(6) : '      '}${line}`),
    ...(next === undefined ? [] : wrapped(printable(next), 70).map((line) => `        ${line}`)),
  ]);
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const end =
    bad === 0 ? 'An import can begin.' : `${bad} ${bad === 1 ? 'thing is' : 'things are'} to be put right first.`;
  return `${lines.join('\n')}\n\n${end}\n`;
}
