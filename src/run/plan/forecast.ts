/** What an import would make of every row, by the same decisions that it will take. */
import type { CheckpointState } from '../../checkpoint/state.js';
import { decide, type DecideOptions } from '../../plan/decide.js';
import type { Decisions } from '../../plan/decisions.js';
import { isLeftOut } from '../../plan/left-out-values.js';
import type { Reading } from '../reading/first-reading.js';
import { knownOf, wasSent, type LiveKnown } from '../known/before.js';
import { withOwnContact } from '../known/live/own-contact.js';
import { InFile } from '../known/in-file.js';
import { Others } from '../known/others.js';
import type { OthersPlace } from '../known/others/place.js';
import { unclearNameOf } from '../known/others/unclear.js';
import type { WentOut } from '../known/still-there.js';
import type { Reads } from '../import/flight/reads.js';
import { RowsOfContact } from '../known/rows-of-contact.js';
import { ForecastCount, type Forecast, type Telling } from './forecast-count.js';

export interface ForecastOptions extends DecideOptions, Telling {
  readonly signal?: AbortSignal | undefined;
  /** The workspace, where it was read: then what is created and what is updated is known. */
  readonly live?: LiveKnown | undefined;
  /** Told of what Clarky has answered to imports of other files, where the workspace was read. */
  readonly behind?: Pick<Reads, 'goBy'> | undefined;
  /** Where it is known whom imports of other files have sent; the workspace goes before it. */
  readonly others?: OthersPlace | undefined;
}

/** Counts what would happen; reads the file a second time only where there is something to compare it with. */
export async function forecast(
  of: ForecastOptions & {
    readonly reading: Reading;
    readonly decisions: Decisions;
    readonly checkpoint: CheckpointState | undefined;
  },
): Promise<Forecast> {
  const { reading, decisions, checkpoint, live, signal } = of;
  const stillHas = live && ((wentOut: WentOut) => mayBeUnshown(wentOut, live));
  const known =
    of.others === undefined
      ? undefined
      : await Others.ofReading(of.others, { reading, decisions, own: checkpoint, signal, stillHas });
  if (of.behind !== undefined) known?.tellLately(of.behind);
  const others = known?.areThere === true ? known : undefined;
  const secondReading = (): Promise<Forecast> => countSecondReading(reading, decisions, checkpoint, { ...of, others });
  const isCompared = live !== undefined || of.mended !== undefined || others !== undefined;
  // What rows have in common is told by its value and its column, which the first reading does not keep.
  const { held, repeated } = decisions.counts();
  if (isCompared || held + repeated > 0 || leavesOut(reading) || !isFirstReadingEnough(reading, checkpoint))
    return secondReading();
  if (of.onForeseen !== undefined || of.books !== undefined) await secondReading();
  return countFirstReading(reading, decisions);
}

/** A plan asks for nobody: whom the workspace does not show, though it may have them, an import asks for. */
async function mayBeUnshown({ id }: WentOut, live: Pick<LiveKnown, 'isUnshown'>): Promise<'unshown' | false> {
  return id !== undefined && (await live.isUnshown([id])) && 'unshown';
}

/** Without anything to compare with, the first reading has all counts: the file is not read twice for nothing. */
function isFirstReadingEnough(reading: Reading, checkpoint: CheckpointState | undefined): boolean {
  const hasEntries =
    checkpoint !== undefined &&
    checkpoint.acceptedCount + checkpoint.setBackCount + checkpoint.refusedCount + checkpoint.neighbours.size > 0;
  return !hasEntries && reading.ambiguousRecords === 0;
}

/** Which contacts go without a value is known when they are planned. */
function leavesOut({ file, remarks }: Reading): boolean {
  const { onInvalid, sharedPhone, sharedEmail } = file.settings;
  if (onInvalid === 'omit' || sharedPhone === 'omit' || sharedEmail === 'omit') return true;
  return remarks.some(({ code }) => isLeftOut({ problem: { code, message: '' }, isOmission: false }));
}

function countFirstReading(reading: Reading, decisions: Decisions): Forecast {
  const { rows, contacts, merged, invalid } = decisions.counts();
  const nothing = { updated: 0, unchanged: 0, pending: 0, requests: 0, throttled: 0, retries: 0 };
  return {
    counts: { ...nothing, rows, contacts, created: contacts, merged, rejected: invalid },
    problems: reading.valueProblems,
    sentBefore: { all: 0, changed: 0 },
  };
}

async function countSecondReading(
  reading: Reading,
  decisions: Decisions,
  checkpoint: CheckpointState | undefined,
  options: Omit<ForecastOptions, 'others'> & { readonly others: Others | undefined },
): Promise<Forecast> {
  const planned = (): ReturnType<Reading['planned']> => reading.planned(decisions, options.signal);
  const inFile = checkpoint && new InFile(planned, checkpoint);
  const known = {
    ...options,
    ...reading.file.settings,
    checkpoint,
    live: options.live,
    isInFile: async (number: number) => (await inFile?.has(number)) === true,
    rowsOfContact: checkpoint && new RowsOfContact(planned, checkpoint),
  };
  const count = new ForecastCount(reading, decisions, options);
  for await (const batch of planned()) {
    for (const row of batch) {
      const given = await withOwnContact(row, known);
      if (given === undefined) continue;
      if (given.kind === 'rejection') {
        await count.addRejection(given);
        continue;
      }
      const met = await knownOf(given, known);
      if (given.wasHeld === true) count.addHeld();
      const decision = decide(met.before, options);
      const isSent = await count.addContact(met, decision);
      if (isSent) count.addUnclear(await unclearNameOf(met, known));
      const isTaken = isSent || decision.kind === 'unchanged';
      if (isTaken && wasSent(met, checkpoint)) count.addSentBefore(1, isSent && !met.before.isAccepted);
    }
  }
  return count.forecast();
}
