/** The state of a checkpoint in words. */
import { EXIT } from '../../errors.js';
import { unseenInWords } from '../../storage/locks/liveness.js';
import { ofUnasked, type Holding } from '../../storage/lock.js';
import { settingsAsFlags } from '../../settings/document.js';
import type { ScopeStatus, StatusResult } from '../../run/status.js';
import { counted, formatCount } from '../../wording/durations.js';
import { printable, shortened } from '../../wording/printable.js';
import { unsentSection } from './unsent-words.js';
import { shellArgument } from '../../wording/shell.js';
import { becameOf } from '../../wording/results.js';
import { localTime } from '../../wording/times.js';

const ENDINGS: Readonly<Record<number, string>> = {
  [EXIT.ok]: 'every row was in Clarky',
  [EXIT.someRejected]: 'finished, some rows were rejected',
  [EXIT.refused]: 'Clarky refused the run, or a guard stopped it',
  [EXIT.unreachable]: 'stopped by an outage',
  [EXIT.deadline]: 'stopped at its deadline',
  [EXIT.sigint]: 'stopped by Ctrl-C',
  [EXIT.sigterm]: 'stopped by SIGTERM',
};

/**
 * @param importer who works on the checkpoint just now
 * @param instead what the command is told where the state is under another name
 */
export function statusInWords(status: StatusResult, importer?: Holding, instead: readonly string[] = []): string {
  if (status.scopes.length === 0) {
    const none = `${printable(status.file)} was not imported yet: there is no checkpoint ${printable(status.checkpoint)}.`;
    const others = [
      'Or was it imported as one of these?',
      ...instead.map((what) => `  clarky-contacts status ${what}`),
    ];
    return `${[none, ...(instead.length === 0 ? [] : ['', ...others])].join('\n')}\n`;
  }
  const isLive = status.scopes.some(({ lastRun }) => lastRun?.live === true);
  const unsent = unsentSection(status.unsentRejects, isLive ? ' --live' : '');
  return [
    ...status.scopes.map((scope) => scopeInWords(scope, importer)),
    ...(unsent.length === 0 ? [] : [`${unsent.join('\n')}\n`]),
    ...settingsInWords(status.settings),
  ].join('\n');
}

/** What the next command on the file takes as its defaults. */
function settingsInWords(settings: StatusResult['settings']): string[] {
  const flags = settingsAsFlags(settings, shellArgument);
  if (flags.length === 0) return [];
  return [
    ['Defaults of the next command on it, as the last import had them', ...flags.map((flag) => `  ${flag}`), ''].join(
      '\n',
    ),
  ];
}

function scopeInWords(scope: ScopeStatus, importer: Holding | undefined): string {
  const { accepted, setBack, rejected, lastRun } = scope;
  const lines = [
    `${printable(scope.api)}, bot ${printable(scope.bot)}`,
    `  accepted  ${counted(accepted, 'contact')}`,
    ...(setBack === 0 ? [] : [`  set back  ${formatCount(setBack)}, in Clarky as before the import`]),
    ...(rejected === 0 ? [] : [`  rejected  ${formatCount(rejected)} by Clarky, and not accepted since`]),
  ];
  if (lastRun) {
    const ending =
      lastRun.exit === undefined
        ? cutOffInWords(importer)
        : `${ENDINGS[lastRun.exit] ?? `ended with ${lastRun.exit}`} (exit status ${lastRun.exit})`;
    const rows = counted(lastRun.rows, 'row');
    lines.push(`  last run  ${localTime(lastRun.start)}, ${rows}:`, `            ${ending}`);
    const became = countsInWords(lastRun.counts);
    if (became !== '') lines.push(`            ${became}`);
    lines.push(...undoneInWords(scope), ...rejectsInWords(scope));
    const pending = lastRun.counts?.pending ?? 0;
    if (pending > 0) lines.push(`  pending   ${formatCount(pending)}: run the same import again to go on`);
  }
  if (scope.evenPace) lines.push('  pace      evenly spaced: this server counts differently than it says');
  return `${lines.join('\n')}\n`;
}

function cutOffInWords(importer: Holding | undefined): string {
  if (importer !== undefined) {
    const { owner, unseenMs } = importer;
    if (unseenMs === undefined) return `not ended: process ${owner.pid} is at work on it`;
    // Of another machine: it may as well have been cut off.
    return [
      `not ended: process ${owner.pid} on ${printable(owner.host)}, ${unseenInWords(unseenMs)}, is at work on it`,
      ...ofUnasked(owner, unseenMs),
    ].join('\n            ');
  }
  return 'was ended from outside: run the same import again to go on';
}

function undoneInWords({ undone, sheets, isUndoable, beyondUndo }: ScopeStatus): string[] {
  const lines: string[] = [];
  if (sheets.length === 0 && isUndoable && undone === undefined) {
    lines.push('  undo      what --live sent last can be undone');
  }
  if (undone !== undefined) {
    const left = undone.left > 0 ? `, ${formatCount(undone.left)} left` : '';
    const goOn = isUndoable && isCutOff(undone) ? ': run the same undo again to go on' : '';
    lines.push(`  undone    ${formatCount(undone.done)} of ${formatCount(undone.of)}${left}${goOn}`);
  }
  if ((isUndoable || undone !== undefined) && beyondUndo > 0) {
    lines.push(`  undo      not of ${counted(beyondUndo, 'contact')}: there by other imports, or from before`);
  }
  for (const { sheet, counts, undone: back, isUndoable: isLeft } of sheets) {
    const isTold = isLeft || back !== undefined;
    const became = [countsInWords(counts) || 'cut off', ...(isTold ? [undoInWords(back, isLeft)] : [])].join('; ');
    lines.push(`  sheet     ${shortened(printable(sheet?.name ?? ''), 30)}: ${became}`);
  }
  return lines;
}

function undoInWords(undone: ScopeStatus['undone'], isUndoable: boolean): string {
  if (undone === undefined) return 'can be undone';
  const goOn = isUndoable && isCutOff(undone) ? ', the rest by the same undo' : '';
  return `${formatCount(undone.done)} of ${formatCount(undone.of)} undone${goOn}`;
}

/** Whom an undo leaves it has come to as well. */
function isCutOff({ of, done, left }: NonNullable<ScopeStatus['undone']>): boolean {
  return done + left < of;
}

/** What became of the rejected rows since, by the file that they were corrected in. */
function rejectsInWords({ ofRejects }: ScopeStatus): string[] {
  if (ofRejects === undefined) return [];
  const became = countsInWords(ofRejects.counts);
  return [`  rejects   imported since, from their own file: ${became === '' ? 'cut off' : became}`];
}

/** What is pending has a line of its own. */
function countsInWords(counts: NonNullable<ScopeStatus['lastRun']>['counts'] = {}): string {
  return Object.entries({ ...becameOf(counts), pending: 0 })
    .flatMap(([what, count]) => (count === 0 ? [] : [`${formatCount(count)} ${what}`]))
    .join(', ');
}
