/** The sender of an import, put together from what the run has opened. */
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import { Meanwhile } from '../../workspace/meanwhile.js';
import { readStored } from '../../workspace/stored.js';
import type { Connection } from '../connection/connection.js';
import type { ImportListener } from '../events.js';
import { clearsWhatIsLeftOut, type Probed } from '../probe/probed.js';
import type { OpenedFile } from '../reading/reading.js';
import type { ImportOptions } from '../settings.js';
import type { StopControl } from '../stop.js';
import { changeEmpties } from './flight/other-fields-watch.js';
import { OtherBots } from './answers/other-bots.js';
import type { Reads } from './flight/reads.js';
import { littleAfter, sleepUnless, waitTeller } from './flight/waiting.js';
import { idOf } from '../known/acquaintance.js';
import { botsSeen } from '../known/before.js';
import type { Others } from '../known/others.js';
import { perSecond, rateOf, READS_PER_MINUTE } from '../../rate/rate.js';
import type { LiveImport } from './live-import.js';
import type { Outcomes } from './outcomes.js';
import type { Claims } from '../../storage/claims/claim.js';
import { longestFlightMs } from '../../api/patience.js';
import { asNow } from './flight/as-now.js';
import { arrivedFinder, type FindArrived } from './flight/arrived.js';
import { confirmation } from './answers/confirmation.js';
import { Landing } from './flight/landing.js';
import { Whereabouts } from './flight/whereabouts.js';
import { SecondContacts } from './answers/second-contacts.js';
import { notSent } from './not-sent.js';
import { NOT_UNDOABLE } from '../plan/warnings-before.js';
import { tellingFirst } from '../connection/telling-first.js';
import { Preparer } from './preparer.js';
import { UnchangedNotes } from './rows/unchanged-notes.js';
import { Sender } from './sender.js';
import { PointShape } from './shape.js';

export interface SendingParts {
  readonly options: ImportOptions;
  readonly file: OpenedFile;
  readonly connection: Connection;
  readonly checkpoint: Checkpoint;
  readonly bot: string;
  readonly outcomes: Outcomes;
  readonly stop: StopControl;
  /** With `--live`. */
  readonly live: LiveImport | undefined;
  readonly emit: ImportListener;
  readonly claims: Claims;
  readonly reads: Reads;
  /** Whom imports of other files have sent. */
  readonly others: Others | undefined;
  /** What `doctor --probe` has found out. */
  readonly probed: Probed | undefined;
}

export function senderOf(parts: SendingParts): Sender {
  const { connection, checkpoint, bot, outcomes, stop, live, emit, claims, reads, others } = parts;
  const looks = looksOf(parts);
  const preparer = preparerOf(parts, looks);
  return new Sender({
    target: live === undefined ? tellingFirst(connection.client, () => emit(NOT_UNDOABLE)) : connection.client,
    checkpoint,
    unchanged: new UnchangedNotes(checkpoint),
    outcomes,
    stop,
    bot,
    claims,
    // Where the workspace was read, it shows who is there.
    others: live === undefined ? others : undefined,
    landing: new Landing({
      lookUp: looks.lookUp,
      wallClock: Date.now,
      longestFlightMs: () => longestFlightMs(checkpoint.state.slowestMs),
      sleep: (ms) => sleepUnless(stop.signal, ms),
      onWait: waitTeller(emit, 'what it was for is sent when that is over'),
    }),
    confirm: confirmation({
      read: looks.readWritten,
      mayRead: () => reads.mayRead,
      sleep: (ms) => sleepUnless(looks.afterWrite, ms),
      onUnseen: () => {
        const message =
          'Clarky answers without showing its contacts, and this key may not read: what counts as sent was not seen.';
        emit({ type: 'warning', code: 'unseen', message });
      },
    }),
    shape: shapeOf(parts),
    preparer,
    otherBots: otherBotsOf(parts, looks, preparer),
    onChangeEmpties: (fields) => emit(changeEmpties(fields)),
    seconds: new SecondContacts(looks.readWritten),
    concurrency: connection.concurrency,
    notes: live?.notes,
  });
}

/** The ways in which an import looks at a contact of Clarky: before a write, and for a little longer than the stop after one. */
function looksOf({ options, file, connection, checkpoint, bot, stop, reads }: SendingParts) {
  const lookUp = reads.lookUp(stop.signal);
  const findArrived = arrivedFinder(connection.client, checkpoint.state, stop.signal);
  const arrived: FindArrived = (planned, underWay) => reads.ask(() => findArrived(planned, underWay));
  const afterWrite = littleAfter(stop.signal);
  const whereabouts = new Whereabouts({
    lookUp,
    arrived,
    readBack: reads.byId(stop.signal),
    reads,
    // One for each write costs no time where the key may read twice as much as it writes.
    mostLooks: 2 * perSecond(rateOf(options.rate)) <= perSecond(READS_PER_MINUTE) ? Infinity : LOOKS_AT_SPEED,
    bot,
    rules: file.settings,
  });
  return { lookUp, arrived, afterWrite, readWritten: reads.byId(afterWrite), whereabouts };
}

type Looks = ReturnType<typeof looksOf>;

/** How e-mails and phones are written: as was asked for, or as an earlier run or probing has found. */
function shapeOf({ options, file, checkpoint, probed, emit }: SendingParts): PointShape {
  return new PointShape({
    asked: options.contactPoints ?? file.settings.contactPoints,
    found: checkpoint.state.shape ?? (probed?.writes === 'objects' ? 'objects' : undefined),
    onFound: async (shape) => {
      await checkpoint.note({ kind: 'shape', shape });
      const message = `Clarky wants e-mails and phones as ${shape}: they are sent so from now on, in later runs too.`;
      emit({ type: 'warning', code: 'contact_points', message });
    },
  });
}

function preparerOf(parts: SendingParts, looks: Looks): Preparer {
  const { file, connection, checkpoint, live, emit, probed } = parts;
  const known = live && knownNow(live, parts, looks);
  return new Preparer({
    // What an update is to show must not make it another than those that show nothing.
    lists: live === undefined ? 'as sent' : (file.settings.lists ?? 'join'),
    keepExisting: file.settings.keepExisting === true,
    known:
      live &&
      (async (planned, underWay) => {
        const now = await known?.(planned, underWay);
        return now?.stored === undefined ? now : live.asBefore(planned, { ...now, stored: now.stored });
      }),
    idOf: (planned) => idOf(checkpoint.state.numberOf(planned), planned.contact, checkpoint.state),
    whereabouts: looks.whereabouts,
    readBack: looks.readWritten,
    listed: async ({ id, emails, phone_numbers: phones }) => {
      const search = emails[0] ?? phones[0];
      if (search === undefined) return undefined;
      const { items } = await connection.client.listContacts(1, { search }, { signal: looks.afterWrite });
      return items.find((item) => readStored(item)?.id === id);
    },
    emptiedBefore: checkpoint.state.emptied,
    onEmptied: (others) => checkpoint.note({ kind: 'clears', others }),
    clears: checkpoint.state.clears || (probed !== undefined && clearsWhatIsLeftOut(probed)),
    onClearing: async (fields) => {
      await checkpoint.note({ kind: 'clears' });
      const named = fields.slice(0, 5).join(', ');
      const message = `Clarky empties what an update does not name (${named}): all that it has is sent along from now on.`;
      emit({ type: 'warning', code: 'clears_fields', message });
    },
  });
}

function otherBotsOf(parts: SendingParts, { readWritten }: Looks, preparer: Preparer): OtherBots {
  const { bot, checkpoint, live, emit } = parts;
  return new OtherBots({
    preparer,
    bot,
    seenBefore: () => botsSeen(checkpoint.state, live?.workspace),
    readBack: readWritten,
    onSeen: async (contacts, other) => {
      if (checkpoint.state.bots !== contacts) await checkpoint.note({ kind: 'bots', contacts });
      if (contacts === 'shared') return;
      const message = `In this Clarky each bot has contacts of its own: what ${other} has stays as it is, and what ${bot} does not have is made for it.`;
      emit({ type: 'warning', code: 'bots_apart', message });
    },
  });
}

/** With `--live`: a contact as the workspace has it now. */
function knownNow(live: LiveImport, parts: SendingParts, { lookUp, arrived, whereabouts }: Looks) {
  const { options, connection, checkpoint, stop, others, reads } = parts;
  return asNow({
    workspace: live.workspace,
    others,
    whereabouts,
    reads,
    meanwhile: new Meanwhile({
      client: connection.client,
      signal: stop.signal,
      isOwn: (id) => checkpoint.state.ownerOfId(id) >= 0,
      wallClock: Date.now,
      sinceMs: Date.parse(live.startedAt),
    }),
    lookUp,
    arrived,
    read: (id) => connection.client.getContact(id, { signal: stop.signal }),
    mayRead: readsAllowedBy(live.workspace.readsBefore, Date.now),
    ifGone: (planned) =>
      checkpoint.state.isKnown(planned) && options.restoreDeleted !== true && options.resend !== true
        ? notSent({ kind: 'deleted' })
        : undefined,
  });
}

/** Of a run that writes faster than it may read: the first, which the reads of a minute have room for. */
const LOOKS_AT_SPEED = READS_PER_MINUTE.limit / 2;

/**
 * Whether there are reads left for each contact that is changed: none where people are asked for one by one, which is hardly
 * longer ago than the last look at what changed, nor in the minute after a long list, whose reads are spent.
 */
function readsAllowedBy(readsBefore: number | undefined, wallClock: () => number): () => boolean {
  if (readsBefore === undefined) return () => false;
  const fromMs = wallClock() + (readsBefore > LOOKS_AT_SPEED ? READS_PER_MINUTE.windowMs : 0);
  return () => wallClock() >= fromMs;
}
