/** The state of a checkpoint in words. */
import { EXIT } from '../../errors.js';
import type { ScopeStatus, StatusResult } from '../../run/status.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';

const ENDINGS: Readonly<Record<number, string>> = {
  [EXIT.ok]: 'every row was in Clarky',
  [EXIT.someRejected]: 'finished, some rows were rejected',
  [EXIT.refused]: 'Clarky refused the run, or a guard stopped it',
  [EXIT.unreachable]: 'stopped by an outage',
  [EXIT.deadline]: 'stopped at its deadline',
  [EXIT.sigint]: 'stopped by Ctrl-C',
  [EXIT.sigterm]: 'stopped by SIGTERM',
};

export function statusInWords(status: StatusResult): string {
  if (status.scopes.length === 0) {
    return `${printable(status.file)} was not imported yet: there is no checkpoint ${printable(status.checkpoint)}.\n`;
  }
  return status.scopes.map(scopeInWords).join('\n');
}

function scopeInWords(scope: ScopeStatus): string {
  const { accepted, rejected, lastRun } = scope;
  const lines = [
    `${printable(scope.api)}, bot ${printable(scope.bot)}`,
    `  accepted  ${formatCount(accepted)} ${accepted === 1 ? 'contact' : 'contacts'}`,
    `  rejected  ${formatCount(rejected)}${rejected === 0 ? '' : ' by Clarky, and not accepted since'}`,
  ];
  if (lastRun) {
    const ending =
      lastRun.exit === undefined
        ? 'was ended from outside, or is still running'
        : `${ENDINGS[lastRun.exit] ?? `ended with ${lastRun.exit}`} (exit status ${lastRun.exit})`;
    lines.push(`  last run  ${localTime(lastRun.start)}, ${formatCount(lastRun.rows)} rows: ${ending}`);
    const pending = lastRun.counts?.pending ?? 0;
    if (pending > 0) lines.push(`  pending   ${formatCount(pending)}: run the same import again to go on`);
  }
  if (scope.evenPace) lines.push('  pace      evenly spaced: this server counts differently than it says');
  return `${lines.join('\n')}\n`;
}

/** `2026-11-24 03:36`, by the machine's own clock and zone. */
function localTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return printable(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
