/** What an import would make of every row, by the same decisions that it will take. */
import type { CheckpointState } from '../../checkpoint/state.js';
import { decide, type DecideOptions } from '../../plan/decide.js';
import type { Decisions } from '../../plan/decisions.js';
import type { PlannedContact, Remark } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { Comparison, LiveWorkspace } from '../../workspace/live.js';
import { ProblemDigest, type ProblemKind } from '../reading/problem-digest.js';
import type { FileBooks } from '../file-books.js';
import { isLeftOut, LeftOutValues, type LeftOutValue } from '../../plan/left-out-values.js';
import type { Reading } from '../reading/first-reading.js';
import { knownOf, withOwnContact } from '../known/before.js';
import { InFile } from '../known/in-file.js';
import { Others } from '../known/others.js';
import type { OthersPlace } from '../known/others/place.js';
import { unclearNameOf } from '../known/others/unclear.js';
import { UnclearNames } from './unclear-names.js';
import { RowsOfContact } from '../known/rows-of-contact.js';
import type { MendedRows } from '../known/mended.js';
import { assertBooksBalance, Tally, type Counts, type Outcome } from '../tally.js';
import { notSent } from '../import/not-sent.js';
import { areOmittable, isSomebodyWithout } from './sent-without.js';

export interface ForecastOptions extends DecideOptions {
  readonly signal?: AbortSignal | undefined;
  /** The workspace, where it was read: then what is created and what is updated is known. */
  readonly live?: Pick<LiveWorkspace, 'compare' | 'numberOf'> | undefined;
  /** Where it is known whom imports of other files have sent; the workspace goes before it. */
  readonly others?: OthersPlace | undefined;
  /** Where the rows of each of several files are counted. */
  readonly books?: FileBooks | undefined;
  /** What was corrected before, where rows could have been. */
  readonly mended?: MendedRows | undefined;
  /** Called for each contact that would be updated, with what would change in it. */
  readonly onUpdate?: ((planned: PlannedContact, comparison: Comparison) => void) | undefined;
  /** Called for each contact and each rejected record with what would become of it; waited for. */
  readonly onForeseen?: ((foreseen: Foreseen) => Promise<void> | undefined) | undefined;
}

/** What would become of some records: of a contact the last one stands for it, the others are merged. */
export interface Foreseen {
  /** What an import would make of them. */
  readonly outcome: Outcome;
  /** The records: personal data. */
  readonly records: readonly SourceRecord[];
  /** Where they would be rejected: why. */
  readonly problems: readonly Problem[];
  /** Values that would be left out, and mere remarks. */
  readonly remarks: readonly Remark[];
  /** Of what is rejected: without the values that are wrong, it would be somebody still. */
  readonly canDoWithout?: boolean;
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
  const known =
    of.others === undefined
      ? undefined
      : await Others.ofReading(of.others, { reading, decisions, own: checkpoint, signal });
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

export interface Forecast {
  readonly counts: Counts;
  readonly problems: readonly ProblemKind[];
  readonly leftOut?: readonly LeftOutValue[] | undefined;
  readonly unclearNames?: UnclearNames;
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
  };
}

async function countSecondReading(
  reading: Reading,
  decisions: Decisions,
  checkpoint: CheckpointState | undefined,
  options: Omit<ForecastOptions, 'others'> & { readonly others: Others | undefined },
): Promise<Forecast> {
  const tally = new Tally(decisions.counts());
  const problems = new ProblemDigest();
  const leftOut = new LeftOutValues().of(reading.file.mapping);
  const unclearNames = new UnclearNames();
  const tell = (
    became: Outcome | 'corrected',
    records: Foreseen['records'],
    why: readonly Problem[],
    remarks: readonly Remark[],
    canDoWithout = false,
  ) => {
    options.books?.count(became, records);
    const outcome = became === 'corrected' ? 'unchanged' : became;
    if (outcome !== 'rejected') leftOut.add(remarks);
    return options.onForeseen?.({ outcome, records, problems: why, remarks, canDoWithout });
  };
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
  const corrected = async (records: Foreseen['records']): Promise<void> => {
    tally.countCorrected(records.length);
    for (const record of records) await tell('corrected', [record], [], []);
  };
  const rejected = async (
    records: Foreseen['records'],
    why: readonly Problem[],
    remarks: readonly Remark[],
    isAsBefore = false,
    canDoWithout = false,
  ): Promise<void> => {
    if ((await options.mended?.has(records, why, isAsBefore)) === true) return corrected(records);
    tally.count('rejected', records.length);
    for (const record of records) problems.add(record, why, canDoWithout && areOmittable(why));
    await tell('rejected', records, why, remarks, canDoWithout);
  };
  const rejectedContact = (
    { contact, records, remarks }: PlannedContact,
    why: Problem,
    isAsBefore: boolean,
  ): Promise<void> => rejected(records, [why], remarks, isAsBefore, isSomebodyWithout({ contact, problems: [why] }));
  for await (const batch of reading.planned(decisions, options.signal)) {
    for (const row of batch) {
      const given = await withOwnContact(row, known);
      if (given === undefined) continue;
      if (given.kind === 'rejection') {
        await rejected([given.record], given.problems, [], false, isSomebodyWithout(given));
        continue;
      }
      if (given.wasHeld === true) tally.countHeldContact();
      const { before, comparison, planned } = await knownOf(given, known);
      const decision = decide(before, options);
      switch (decision.kind) {
        case 'unchanged':
          tally.count('unchanged', planned.records.length);
          await tell('unchanged', planned.records, [], planned.remarks);
          break;
        case 'rejected earlier':
        case 'held':
        case 'deleted':
          await rejectedContact(planned, foreseenProblem(decision), decision.kind === 'rejected earlier');
          break;
        case 'put off':
        case 'send': {
          const there = decision.kind === 'send' ? await options.mended?.isThere(planned, decision) : undefined;
          if (there === 'corrected') {
            await corrected(planned.records);
            break;
          }
          if (there !== undefined) {
            await rejectedContact(planned, there, false);
            break;
          }
          tally.count(decision.isNew ? 'created' : 'updated', planned.records.length);
          unclearNames.add(await unclearNameOf({ planned, comparison }, known));
          if (comparison !== undefined) options.onUpdate?.(planned, comparison);
          await tell(decision.isNew ? 'created' : 'updated', planned.records, [], planned.remarks);
        }
      }
    }
  }
  const counts = tally.counts();
  assertBooksBalance(counts);
  return { counts, problems: problems.kinds(), leftOut: leftOut.list(), unclearNames };
}

/** Whom another file has sent may be gone from Clarky, which is not asked here. */
function foreseenProblem(decision: Parameters<typeof notSent>[0]): Problem {
  const problem = notSent(decision);
  if (decision.kind !== 'held' || decision.of !== 'another file') return problem;
  return {
    ...problem,
    message: `${problem.message} An import asks Clarky first, and sends it where that is so no more.`,
  };
}
