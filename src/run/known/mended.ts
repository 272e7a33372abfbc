/**
 * Rows that are rejected as they stand, and that Clarky has as somebody corrected them in the rejects file and imported that:
 * nothing is left to do with them. Told by checkpoints alone.
 */
import { IN_MEMORY } from './nowhere.js';
import { readCheckpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { given } from '../../given.js';
import type { DecideOptions } from '../../plan/decide.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { LiveWorkspace } from '../../workspace/live.js';
import type { Reading } from '../reading/first-reading.js';
import { digestOfFile } from '../outputs/edited-rejects.js';
import { CorrectedRows, type CorrectedRowsOptions } from '../verify/corrected.js';
import { AsCorrected, isSameContact, type Became, type SentAs } from './live/as-corrected.js';
import { writtenIn } from './of-rejects/as-written.js';
import { RowsInList } from './of-rejects/in-list.js';
import { correctedElsewhere } from './of-rejects/otherwise.js';
import { membersOf } from './of-rejects/members.js';
import { membersNoted } from './of-rejects/noted.js';
import { rejectsOf, type PlaceOfList, type SourceOfRejects } from './of-rejects/places.js';
import { SentOtherwise, type OwnList } from './of-rejects/sent/sent-otherwise.js';
import { SentCorrections } from './of-rejects/sent/sent-corrections.js';
import { UntouchedRows } from './of-rejects/sent/untouched.js';
import { checkpointOf, defaultPaths } from '../settings.js';

/** What that checkpoint knows, of some, with which somebody was sent so. */
type SentBy = (planned: PlannedContact, checkpoints: readonly string[]) => Promise<CheckpointState | undefined>;

/** What is known of the rows that the imports of a file have rejected. */
interface Rejected {
  readonly rows: CorrectedRows;
  /** What is known of those whose rejects file is there no more. */
  readonly sent: SentCorrections;
  readonly sentBy: SentBy;
  /** What is known of all that imports of its rejects have sent. */
  readonly sentStates: () => Promise<readonly CheckpointState[]>;
  readonly isThrownAway: () => Promise<boolean>;
}

export class MendedRows {
  readonly #rejected: Rejected | undefined;
  /** Of a rejects file. */
  readonly #inList: RowsInList | undefined;
  readonly #otherwise: SentOtherwise | undefined;
  /** Of a rejects file. */
  readonly #untouched: UntouchedRows | undefined;
  /** With `--live`. */
  readonly #inClarky: AsCorrected | undefined;

  private constructor(
    rejected: Rejected | undefined,
    inList: RowsInList | undefined,
    otherwise: SentOtherwise | undefined,
    untouched: UntouchedRows | undefined,
    inClarky: AsCorrected | undefined,
  ) {
    this.#rejected = rejected;
    this.#inList = inList;
    this.#otherwise = otherwise;
    this.#untouched = untouched;
    this.#inClarky = inClarky;
  }

  /**
   * @param state what the checkpoint of the source knows; without one there was no import that could have rejected anything
   * @param place where an import sends to; the bot may not be known
   * @param live the workspace, where it was read
   */
  static of(
    reading: Reading,
    options: SourceOfRejects & Pick<DecideOptions, 'resend' | 'restoreDeleted'>,
    state: CheckpointState | undefined,
    place: PlaceOfList,
    live?: LiveWorkspace,
  ): MendedRows | undefined {
    const isNoted = state !== undefined && options.checkpoint !== IN_MEMORY;
    const rejected = isNoted ? MendedRows.#rejectedBy(reading, options, state) : undefined;
    const inList = RowsInList.of(reading, options, place);
    const otherwise = otherwiseOf(reading, options, place);
    const { file } = reading;
    const untouched = file.isRejectsFile ? new UntouchedRows(file, options.stateDir) : undefined;
    const inClarky = live && new AsCorrected(live, state, options);
    const isAny = [rejected, inList, otherwise, untouched].some((one) => one !== undefined);
    return isAny ? new MendedRows(rejected, inList, otherwise, untouched, inClarky) : undefined;
  }

  static #rejectedBy(reading: Reading, options: SourceOfRejects, state: CheckpointState): Rejected {
    const { file } = reading;
    const { checkpoint } = options;
    const states = new Map<string, Promise<CheckpointState | undefined>>();
    const stateOf = (path: string): Promise<CheckpointState | undefined> => {
      const found = states.get(path) ?? readCheckpoint(path, state.scope, state.keepsExisting);
      states.set(path, found);
      return found;
    };
    const sentBy: SentBy = async (planned, checkpoints) => {
      for (const path of new Set(checkpoints)) {
        const one = await stateOf(path);
        if (one?.isUnchanged(planned) === true) return one;
      }
      return undefined;
    };
    const own = rejectsOf(options);
    let digest: Promise<string> | undefined;
    const ownDigest = (): Promise<string> => (digest ??= digestOfFile(own));
    const isWanted: CorrectedRowsOptions['isWanted'] = async (planned, path, checkpoints) => {
      // What nobody corrected is written anew by the next import: it can tell nothing for good.
      if (path === own && writtenIn([state], await ownDigest()) !== undefined) return false;
      if (checkpoint !== undefined && state.isUnchanged(planned)) return true;
      return (await sentBy(planned, checkpoints)) !== undefined;
    };
    // A run that stops still counts what is left of the file, and so it reads on here.
    const unheard = { onEvent: undefined, signal: undefined };
    const told = { ...file.kept.settings, ...given(options), mapping: file.mappingFile, ...unheard };
    const rows = new CorrectedRows({ options: told, file, stages: state.stages, state, isWanted });
    const list = { checkpoint: checkpointOf(options.file, options), scope: state.scope };
    const isThrownAway = async (): Promise<boolean> => (await ownDigest()) === '';
    const sent = new SentCorrections(list, options.stateDir, stateOf, rows);
    const sentStates = async (): Promise<CheckpointState[]> => {
      const beside = await stateOf(defaultPaths(own, options).checkpoint);
      return [...(beside === undefined ? [] : [beside]), ...(await sent.states())];
    };
    return { rows, sent, sentBy, sentStates, isThrownAway };
  }

  /**
   * What becomes of rows that were all sent as they were corrected; undefined where they were not.
   * @param problems why the rows of a contact are rejected
   * @param isUnchanged true where that was said of the very same content before
   */
  async become(
    records: readonly SourceRecord[],
    problems: readonly Problem[],
    isUnchanged: boolean,
  ): Promise<Became | undefined> {
    const sent = await this.sent(records, problems, isUnchanged);
    if (sent === undefined) return undefined;
    return this.#inClarky === undefined ? { kind: 'corrected', sent } : this.#inClarky.become(records, sent);
  }

  /** Whom rows were sent as, as they were corrected; undefined where they were not all sent so. */
  async sent(
    records: readonly SourceRecord[],
    problems: readonly Problem[],
    isUnchanged: boolean,
  ): Promise<readonly SentAs[] | undefined> {
    if (this.#rejected === undefined || records.length === 0) return undefined;
    const { rows, sentBy } = this.#rejected;
    const sent: SentAs[] = [];
    for (const record of records) {
      const all = await rows.of(record, isUnchanged ? [] : problems);
      const { planned, checkpoints } = all.find((one) => isUnchanged || one.isMended) ?? {};
      const one = planned
        ? { identity: planned.identity, planned, state: await sentBy(planned, checkpoints ?? []) }
        : await this.sentAs(record, problems);
      if (one === undefined) return undefined;
      sent.push(one);
    }
    return sent;
  }

  /**
   * Whom a row was sent as, as it was corrected in a rejects file that is there no more, so far as is noted.
   * @param problems why it is rejected, if it is
   */
  async sentAs(record: SourceRecord, problems: readonly Problem[]): Promise<SentAs | undefined> {
    if (this.#rejected === undefined) return undefined;
    const { sent, isThrownAway } = this.#rejected;
    // While the rejects file is there, it tells to what a rejected row was corrected; whoever would be sent is looked for anyway.
    const mayBeSent = problems.length === 0 || (await isThrownAway());
    return mayBeSent ? sent.sentAs(record) : undefined;
  }

  /** After an import: what only it can tell of rows that stand elsewhere by now. */
  async noteMoved(): Promise<void> {
    await this.#rejected?.sent.noteMoved();
  }

  /**
   * Whether somebody who would be sent as new is in Clarky as corrected: what made their rows rejected is gone, and they stand letter for
   * letter as they did when they were. Where other cells have changed, that is yet to be sent, to whom nothing tells here: why not. So it
   * is with a row that was sent from rejects otherwise, and with one of rejects that its list has otherwise by now.
   */
  async isThere(
    planned: Pick<PlannedContact, 'records' | 'contact' | 'identity'>,
    { isNew }: { readonly isNew: boolean },
  ): Promise<'corrected' | Problem | undefined> {
    const { records } = planned;
    const malformed = await this.#untouched?.whyNot(records);
    if (malformed !== undefined || !isNew) return malformed;
    const became = await this.become(records, [], false);
    if (became?.kind === 'corrected') return 'corrected';
    if (became?.kind === 'rejected') return became.problem;
    // The same person is sent again as the row has them by now.
    if (became !== undefined && isSameContact(became.planned, planned)) return undefined;
    for (const record of records) {
      const column = await this.#rejected?.rows.stillWrong(record);
      if (column !== undefined) return correctedElsewhere(column);
    }
    const why = (await this.#otherwise?.whyNot(planned)) ?? (await this.#inList?.whyNot(planned));
    return why ?? this.#inClarky?.whyNotNew(planned, (await this.#rejected?.sentStates()) ?? []);
  }
}

/** What is noted of the rows of this list, or of the one whose rejects this is, and of others that have a file in common with it. */
function otherwiseOf(reading: Reading, options: SourceOfRejects, place: PlaceOfList): SentOtherwise | undefined {
  const { isRejectsFile, foundList, settings, source } = reading.file;
  const checkpoint = isRejectsFile ? foundList?.list.checkpoint : checkpointOf(options.file, options);
  if (checkpoint === undefined || options.checkpoint === IN_MEMORY) return undefined;
  const { stateDir } = options;
  const members: OwnList['members'] = () =>
    isRejectsFile ? membersNoted(checkpoint, stateDir) : membersOf(options, source.members);
  const states = new Map<string, Promise<CheckpointState | undefined>>();
  const stateOf = (path: string, scope: Scope): Promise<CheckpointState | undefined> => {
    const found = states.get(path) ?? readCheckpoint(path, scope, settings.keepExisting).catch(() => undefined);
    states.set(path, found);
    return found;
  };
  return new SentOtherwise(reading, { checkpoint, members }, place, { stateDir, stateOf });
}
