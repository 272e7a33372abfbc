/**
 * What an import that was cut off had under way when it is taken back: looked for until it has landed, or can't any more. Taken
 * for something that did not arrive before that, it would be left behind.
 */
import type { Client } from '../../api/calls.js';
import { longestFlightMs } from '../../api/patience.js';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { createLookupFinder, type Found } from '../../workspace/finder.js';
import { holdsAllThatWasWritten, isAsWritten } from '../../workspace/set-back.js';
import { isOfBot } from '../../workspace/compare.js';
import { readStored, type StoredContact } from '../../workspace/stored.js';
import { emptiedFields } from '../../workspace/undo/emptied.js';
import { pointsWritten, type UndoEntry } from '../../workspace/undo/undo-journal.js';
import type { ImportListener } from '../events.js';
import { sleepUnless, waitTeller } from '../import/flight/waiting.js';
import type { LiveParts } from '../known/live-options.js';
import { foundInList, isByPhoneAlone } from './as-it-is.js';

export interface LandedParts {
  readonly client: Pick<Client, 'getContact' | 'getByEmail' | 'listContacts'>;
  readonly state: Pick<CheckpointState, 'underWay'>;
  readonly signal: AbortSignal;
  /** Whose contacts the import has sent. */
  readonly bot: string;
  /** Looks for whom a search does not find: it finds a phone only as that is written there. */
  readonly inList: (entries: readonly UndoEntry[]) => Promise<Found[]>;
  /** How long after it left a write may still arrive. */
  readonly longestFlightMs: number;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told when something has to be waited for, with the longest time. */
  readonly onWait: (ms: number) => void;
}

/** How an undo looks. */
export function flightsOf(
  { state }: Pick<Checkpoint, 'state'>,
  live: LiveParts & { readonly signal: AbortSignal; readonly emit: ImportListener },
): LandedParts {
  const { connection, signal, emit } = live;
  return {
    ...{ client: connection.client, state, signal, bot: live.bot, wallClock: Date.now },
    inList: (entries) => foundInList(entries, live),
    longestFlightMs: longestFlightMs(state.slowestMs),
    sleep: (ms) => sleepUnless(signal, ms),
    onWait: waitTeller(emit, 'it is looked for before anything is taken back'),
  };
}

const FIRST_LOOK_AGAIN_MS = 250;

/**
 * The entries of a journal with what became of those that were not answered.
 * @throws ImporterError what keeps Clarky from being read; the signal's reason
 */
export async function landed(entries: readonly UndoEntry[], parts: LandedParts): Promise<UndoEntry[]> {
  const all: UndoEntry[] = [];
  const look = (entry: UndoEntry, sentMs: number | undefined) => lookUntilLanded(entry, sentMs, parts);
  for (const entry of entries) {
    const sentMs = parts.state.underWay({
      contact: {},
      identity: Buffer.from(entry.identity, 'base64url'),
    })?.sentMs;
    const isClear = entry.isAccepted || (entry.wasThere && entry.left === undefined);
    const wasRejected = !entry.isAccepted && sentMs === undefined;
    const found = sentMs === undefined && isClear ? entry : asFound(entry, await look(entry, sentMs), !wasRejected);
    all.push({ ...found, wasRejected });
  }
  return withListed(all, parts);
}

/** With whom no search has found, and the list shows; where that may not show everybody, it stays open whether they have come. */
async function withListed(entries: readonly UndoEntry[], { inList }: LandedParts): Promise<UndoEntry[]> {
  const unfound = entries.filter((entry) => {
    const { hasNotCome = false, wasRejected = false } = entry;
    return hasNotCome && !wasRejected && isByPhoneAlone(entry);
  });
  const listed = unfound.length === 0 ? [] : await inList(unfound);
  const of = new Map(unfound.map((entry, at) => [entry, listed[at] ?? 'missing']));
  return entries.map((entry) => {
    const found = of.get(entry) ?? 'missing';
    if (found === 'missing') return entry;
    const { hasNotCome: _, ...open } = entry;
    return found === 'unknown' ? open : asFound(open, found, true);
  });
}

/** The contact as it is once nothing is under way for it any more; undefined where it is not there. */
async function lookUntilLanded(
  entry: UndoEntry,
  sentMs: number | undefined,
  parts: LandedParts,
): Promise<StoredContact | undefined> {
  const { longestFlightMs: longestMs, wallClock, sleep, onWait, signal } = parts;
  // A clock that was set back is no reason to wait for ever.
  let leftMs = sentMs === undefined ? 0 : Math.min(sentMs + longestMs - wallClock(), longestMs);
  for (let pauseMs = FIRST_LOOK_AGAIN_MS; ; pauseMs *= 2) {
    const found = await find(entry, parts);
    if (leftMs <= 0 || (found !== undefined && holdsAllThatWasWritten(entry, found))) return found;
    if (pauseMs === FIRST_LOOK_AGAIN_MS) onWait(leftMs);
    const ms = Math.min(pauseMs, leftMs);
    await sleep(ms);
    signal.throwIfAborted();
    leftMs -= ms;
  }
}

async function find(entry: UndoEntry, { client, signal, bot }: LandedParts): Promise<StoredContact | undefined> {
  const lookUp = () => createLookupFinder(client, signal, bot).findAny(pointsWritten(entry));
  if (entry.id === undefined) return lookUp();
  const there = readStored(await client.getContact(entry.id, { signal }));
  const wasMoved = entry.wrote.bot_id !== undefined && (there === undefined || !isOfBot(there, bot));
  if (entry.isAccepted || !wasMoved) return there;
  // Where each bot has its own contacts, that of the other bot stayed as it was, and one was made.
  const made = await lookUp();
  return made !== undefined && made.id !== entry.id && isOfBot(made, bot) ? made : there;
}

/** @param wasUnderWay false where Clarky is known to have rejected it: who is there all the same is not of the import */
function asFound(entry: UndoEntry, found: StoredContact | undefined, wasUnderWay: boolean): UndoEntry {
  if (entry.isAccepted) return entry;
  if (entry.wasThere && (found === undefined || found.id === entry.id))
    return found === undefined ? entry : withWhatWasEmptied(entry, found);
  if (found === undefined) return { ...entry, hasNotCome: true };
  const isOurs = wasUnderWay && isAsWritten(entry, found);
  return isOurs
    ? { ...entry, id: found.id, wasThere: false, isAccepted: true, created: true, after: found }
    : { ...entry, id: found.id, wasThere: false, wasNotTaken: !wasUnderWay };
}

/** As the answer would have shown it. */
function withWhatWasEmptied(entry: UndoEntry, found: StoredContact): UndoEntry {
  const emptied = emptiedFields(entry, found);
  return {
    ...entry,
    before: { ...entry.before, ...Object.fromEntries(emptied) },
    wrote: { ...entry.wrote, ...Object.fromEntries([...emptied.keys()].map((field) => [field, null])) },
  };
}
