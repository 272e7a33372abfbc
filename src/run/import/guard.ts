/** `--fail-over`: a broken export must not reach the CRM. Looked at once, before the first write. */
import type { Scope } from '../../checkpoint/format.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { ImporterError } from '../../errors.js';
import { given } from '../../given.js';
import { importPathsOf } from '../outputs/import-outputs.js';
import { forecast } from '../plan/forecast.js';
import type { Forecast } from '../plan/forecast-count.js';
import { reasonsOf } from '../reading/problem-digest.js';
import type { ImportOptions } from '../settings.js';
import type { Reading } from '../reading/first-reading.js';
import type { Ended, Summary } from '../tally.js';

/**
 * @param run what its summary tells beside the counts
 * @throws ImporterError `guarded` where `--fail-over` is given and the file is not what a healthy one is
 */
export async function guard(
  of: Parameters<typeof forecast>[0] & {
    readonly options: ImportOptions;
    readonly checkpoint: CheckpointState;
  },
  run: RunSoFar,
): Promise<void> {
  const { failOverPercent } = of.options;
  if (failOverPercent === undefined) return;
  const foreseen = await forecast({ ...of.options, ...of, live: of.live });
  try {
    guardAgainst(foreseen, of.checkpoint, failOverPercent);
  } catch (error) {
    if (error instanceof ImporterError) leftAsIs.set(error, asItStands(foreseen, of, run));
    throw error;
  }
}

interface RunSoFar extends Scope, Pick<Summary, 'kept' | 'warnings'> {
  /** When it began, by the clock that nobody sets. */
  readonly startedMs: number;
}

/** The summary of a run that was stopped so, but for when and how it ended. */
type AsItStands = Omit<Summary, 'file' | Exclude<keyof Ended, keyof Scope>>;

const leftAsIs = new WeakMap<object, AsItStands>();

/** The summary of a run that its guard has stopped: nothing is done, and what would be sent is pending. */
export function summaryOfGuarded(error: unknown): AsItStands | undefined {
  return typeof error === 'object' && error !== null ? leftAsIs.get(error) : undefined;
}

function asItStands(
  { counts, problems }: Forecast,
  { options, reading }: { readonly options: ImportOptions; readonly reading: Reading },
  { startedMs, ...run }: RunSoFar,
): AsItStands {
  const { ofAll, ofSome } = reading.likelyCountries;
  const pending = counts.pending + counts.created + counts.updated;
  const { checkpoint, log } = importPathsOf(options);
  return {
    ...given({ sheet: reading.sheet?.name, likelyCountry: ofAll }),
    ...{ ...counts, created: 0, updated: 0, pending },
    seconds: Math.round(performance.now() - startedMs) / 1000,
    complete: pending === 0,
    reasons: reasonsOf(problems),
    ...(ofSome.length === 0 ? {} : { likelyCountries: ofSome }),
    undoable: false,
    // It writes no rejects and no report: what an earlier run left there is not of this one.
    ...{ checkpoint, rejects: '', log, report: '' },
    ...run,
  };
}

/**
 * Stops a run whose forecast is not what a healthy file gives.
 * @param percent the share of a hundred beyond which it stops
 * @throws ImporterError `guarded` where more of the rows would be rejected, more of the contacts that the list has sent before
 * have changed, or the file has shrunk by more since the last run, or since the last that finished
 */
function guardAgainst(
  { counts: { rows, rejected }, sentBefore }: Forecast,
  checkpoint: CheckpointState,
  percent: number,
): void {
  const allowed = `the ${percent} % that --fail-over allows`;
  if (isBeyond(rejected, rows, percent)) {
    throw guarded(`${rejected} of ${rows} rows would be rejected, more than ${allowed}.`);
  }
  const { finished, last } = checkpoint.runs;
  // One that was stopped had read its whole file as well, and its guard, where it had one, had let it pass.
  const before = Math.max(finished?.rows ?? 0, last?.rows ?? 0);
  if (isBeyond(before - rows, before, percent)) {
    const shrank = `The file has ${rows} rows where an earlier import had ${before}: it shrank`;
    throw guarded(`${shrank} by more than ${allowed}.`);
  }
  const { changed, all } = sentBefore;
  if (isBeyond(changed, all, percent)) {
    const which = `${changed} of the ${all} contacts that this list has sent before`;
    throw guarded(`${which} have changed, more than ${allowed}.`);
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
