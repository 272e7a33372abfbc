/** `--fail-over`: a broken export must not reach the CRM. Looked at once, before the first write. */
import type { CheckpointState } from '../../checkpoint/state.js';
import { ImporterError } from '../../errors.js';
import { forecast } from '../plan/forecast.js';
import { reasonsOf, type ProblemKind } from '../reading/problem-digest.js';
import type { ImportEvent } from '../events.js';
import type { ImportOptions } from '../settings.js';
import type { Reading } from '../reading/first-reading.js';
import { clearsWhatIsLeftOut, type Probed } from '../probe/probed.js';
import type { Counts, Summary } from '../tally.js';

type Warning = Extract<ImportEvent, { type: 'warning' }>;

/** What whoever starts an import should know before its first write. */
export function warningsBefore(
  options: Pick<ImportOptions, 'live'>,
  { rows, file, warnings: ofReading }: Pick<Reading, 'rows' | 'file' | 'warnings'>,
  { probed, state }: { readonly probed: Probed | undefined; readonly state: CheckpointState },
): Warning[] {
  const warnings: Warning[] = ofReading.map((warning) => ({ type: 'warning', ...warning }));
  warnings.push(...listsWarning(state, file, options));
  warnings.push(...rowsWarning(rows));
  if (rows > 0 && options.live !== true) {
    const message = "Without --live this can't be undone (it reads what is in Clarky first, 100 contacts a read).";
    warnings.push({ type: 'warning', code: 'not_undoable', message });
  }
  if (rows > 0 && probed !== undefined && clearsWhatIsLeftOut(probed)) {
    const message =
      options.live === true
        ? 'Clarky empties what an update does not name (doctor --probe found it): all that it has is sent along.'
        : 'Clarky empties what an update does not name (doctor --probe found it): with --live all that it has is sent along.';
    warnings.push({ type: 'warning', code: 'clears_fields', message });
  }
  return warnings;
}

/** Told before an import, and by its plan: an export of nobody is more often a broken one than an empty list. */
export function rowsWarning(rows: number): Warning[] {
  if (rows > 0) return [];
  return [{ type: 'warning', code: 'no_rows', message: 'The file has no rows: nothing is imported.' }];
}

/** Told before an import, and by its plan: `--live` joined lists that would now be replaced. */
export function listsWarning(
  state: CheckpointState | undefined,
  { settings }: Pick<Reading['file'], 'settings'>,
  { live }: Pick<ImportOptions, 'live'>,
): Warning[] {
  if (live === true || settings.lists !== undefined || state?.runs.last?.live !== true) return [];
  const message =
    'The last import joined e-mails, phones and tags with those in Clarky (--live); without --live those of a changed row replace them.';
  return [{ type: 'warning', code: 'lists_replaced', message }];
}

/** @throws ImporterError `guarded` where `--fail-over` is given and the file is not what a healthy one is */
export async function guard(
  of: Parameters<typeof forecast>[0] & {
    readonly checkpoint: CheckpointState;
    readonly failOverPercent?: number | undefined;
  },
): Promise<void> {
  if (of.failOverPercent === undefined) return;
  const { counts, problems } = await forecast(of);
  try {
    guardAgainst(counts, of.checkpoint, of.failOverPercent);
  } catch (error) {
    if (error instanceof ImporterError) leftAsIs.set(error, asItStands(counts, problems));
    throw error;
  }
}

/** What a run that was stopped so tells of the file, in the words of a summary. */
type AsItStands = Counts & Pick<Summary, 'reasons' | 'complete'>;

const leftAsIs = new WeakMap<object, AsItStands>();

/** The counts of a run that its guard has stopped: nothing is done, and what would be sent is pending. */
export function countsOfGuarded(error: unknown): AsItStands | undefined {
  return typeof error === 'object' && error !== null ? leftAsIs.get(error) : undefined;
}

function asItStands(counts: Counts, problems: readonly ProblemKind[]): AsItStands {
  const pending = counts.pending + counts.created + counts.updated;
  return { ...counts, created: 0, updated: 0, pending, reasons: reasonsOf(problems), complete: pending === 0 };
}

/**
 * Stops a run whose forecast is not what a healthy file gives.
 * @param percent the share of a hundred beyond which it stops
 * @throws ImporterError `guarded` where more of the rows would be rejected, more of the contacts known from earlier runs are
 * changed, or the file has shrunk by more since the last run that finished
 */
function guardAgainst(forecast: Counts, checkpoint: CheckpointState, percent: number): void {
  const { rows, rejected, updated, unchanged } = forecast;
  const allowed = `the ${percent} % that --fail-over allows`;
  if (isBeyond(rejected, rows, percent)) {
    throw guarded(`${rejected} of ${rows} rows would be rejected, more than ${allowed}.`);
  }
  const before = checkpoint.runs.finished?.rows ?? 0;
  if (isBeyond(before - rows, before, percent)) {
    throw guarded(`The file has ${rows} rows where the last import had ${before}: it shrank by more than ${allowed}.`);
  }
  const known = updated + unchanged;
  if (isBeyond(updated, known, percent)) {
    throw guarded(`${updated} of the ${known} contacts sent before have changed, more than ${allowed}.`);
  }
}

function isBeyond(part: number, whole: number, percent: number): boolean {
  return whole > 0 && part * 100 > whole * percent;
}

function guarded(message: string): ImporterError {
  return new ImporterError('guarded', `${message} Nothing was sent.`, {
    next: 'If the file is right, run once without --fail-over. Look at it with: clarky-contacts plan FILE',
  });
}
