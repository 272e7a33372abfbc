/** What undo would do: each contact that the import sent, looked at as it is now. */
import type { WireContact } from '../../api/wire.js';
import { ImporterError } from '../../errors.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { openSnapshot } from '../../workspace/reading.js';
import { otherFieldsOf } from '../../workspace/other-fields.js';
import { holdsAllThatWasWritten, undoStepOf, type UndoStep } from '../../workspace/set-back.js';
import { readStored } from '../../workspace/stored.js';
import type { UndoEntry } from '../../workspace/undo/undo-journal.js';
import { contactAsItIs, foundInList, isByPhoneAlone } from './as-it-is.js';
import { behindTeller } from '../connection/behind.js';
import { DEFAULT_CONCURRENCY } from '../connection/connection.js';
import { sleepUnless } from '../import/flight/waiting.js';
import { liveOptions, type LiveParts } from '../known/live-options.js';
import { LanePool } from '../pool.js';
import type { StopControl } from '../stop.js';
import { settled, type Found } from './settled.js';
import type { Undoer } from './undoer.js';

export interface PlannedStep {
  readonly entry: UndoEntry;
  readonly step: UndoStep;
}

/** Up to so many contacts are read one by one; more are cheaper to find in what changed in the workspace. */
const READ_ONE_BY_ONE = 100;

/** What undo would do with each contact, as it is now; one that Clarky rejected, and that is as it was, is none of the import's. */
export async function planSteps(entries: readonly UndoEntry[], live: LiveParts): Promise<PlannedStep[]> {
  const steps = await stepsOf(entries, live);
  return steps.filter(({ entry, step }) => entry.wasRejected !== true || step.kind !== 'nothing');
}

async function stepsOf(entries: readonly UndoEntry[], live: LiveParts): Promise<PlannedStep[]> {
  const { connection, signal = NEVER, emit = () => undefined } = live;
  const first = entries.length <= READ_ONE_BY_ONE ? await readEach(entries, live) : await readSnapshot(entries, live);
  const found = await settled(
    entries,
    first,
    async (entry) => asRead(await contactAsItIs(entry, connection.client, signal, live.bot)),
    {
      wallClock: Date.now,
      sleep: (ms) => sleepUnless(signal, ms),
      onWait: behindTeller(emit),
    },
  );
  const nowMs = Date.now();
  const looked = entries.map((entry, at) => ({ entry, ...found[at] }));
  return (await withListed(looked, live)).map(({ entry, stored, others }) => ({
    entry,
    step: undoStepOf(entry, stored, others, nowMs),
  }));
}

interface Looked extends Partial<Found> {
  readonly entry: UndoEntry;
}

/** With whom neither their id nor a search shows, and the list does, under another id. */
async function withListed(looked: readonly Looked[], live: LiveParts): Promise<readonly Looked[]> {
  const unfound = looked.filter(
    ({ entry, stored }) => stored === undefined && entry.isAccepted && isByPhoneAlone(entry),
  );
  if (unfound.length === 0) return looked;
  const listed = await foundInList(
    unfound.map(({ entry }) => entry),
    live,
  );
  const of = new Map(unfound.map((one, at) => [one, listed[at]]));
  return looked.map((one) => {
    const stored = of.get(one);
    if (typeof stored !== 'object' || !holdsAllThatWasWritten(one.entry, stored)) return one;
    return { entry: { ...one.entry, listedAs: stored.id }, stored };
  });
}

const NEVER = new AbortController().signal;

const asRead = (wire: WireContact | undefined): Found => ({ stored: readStored(wire), others: otherFieldsOf(wire) });

async function readEach(entries: readonly UndoEntry[], live: LiveParts): Promise<Found[]> {
  const { client } = live.connection;
  const pool = new LanePool(DEFAULT_CONCURRENCY);
  const found: Found[] = [];
  for (const [at, entry] of entries.entries()) {
    await pool.add([], async () => {
      found[at] = asRead(await contactAsItIs(entry, client, live.signal, live.bot));
    });
  }
  await pool.drain();
  return found;
}

async function readSnapshot(entries: readonly UndoEntry[], live: LiveParts): Promise<Found[]> {
  const snapshot = await openSnapshot(liveOptions(live));
  try {
    const current: Found[] = [];
    for (const entry of entries) {
      const { id } = entry;
      const number = id === undefined ? undefined : snapshot.numberOf(id);
      if (number !== undefined) current.push({ stored: await snapshot.contact(number) });
      // A list may not show everybody: who is not in it is asked for.
      else
        current.push({ stored: readStored(await contactAsItIs(entry, live.connection.client, live.signal, live.bot)) });
    }
    return current;
  } finally {
    await snapshot.close();
  }
}

/** One that a run tried in vain holds up no others in the next. */
export function untriedFirst(steps: readonly PlannedStep[], state: Pick<CheckpointState, 'underWay'>): PlannedStep[] {
  const wasTried = ({ entry }: PlannedStep): boolean =>
    state.underWay({ contact: {}, identity: Buffer.from(entry.identity, 'base64url') }) !== undefined;
  return [...steps.filter((step) => !wasTried(step)), ...steps.filter(wasTried)];
}

/** What is set back goes first: it can be done again, which can't be said of what is deleted. */
const ORDER: readonly UndoStep['kind'][] = ['set_back', 'delete', 'nothing', 'leave'];

/** Takes them back, each kind when the first of it was found to go as meant. @throws ImporterError `not_as_meant` */
export async function undoAll(steps: readonly PlannedStep[], undoer: Undoer, stop: StopControl): Promise<void> {
  const pool = new LanePool(DEFAULT_CONCURRENCY);
  try {
    for (const kind of ORDER) {
      // Until one of a kind was read back and found to be what was meant, no other is tried.
      let isProven = kind === 'nothing' || kind === 'leave';
      for (const { entry, step } of steps) {
        if (step.kind !== kind || stop.signal.aborted) continue;
        if (isProven) await pool.add([], async () => void (await undoer.undo(entry, 'trusting')));
        else if ((await undoer.undo(entry, 'reading back')) === kind) {
          isProven = kind === 'delete' || undoer.hasShownLeftOut;
        }
      }
      await pool.drain();
    }
  } catch (error) {
    if (!(error instanceof ImporterError) || error.code === 'not_as_meant') throw error;
    stop.stop(error);
    await pool.drain().catch(() => undefined);
  }
}
