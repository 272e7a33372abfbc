/** What a plan says. */
import type { UnclearName } from './unclear-names.js';
import type { Dialect } from '../../source/dialect.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import type { PlannedContact } from '../../plan/planned.js';
import { phonesGivenAway, whoseTheyBecome } from '../../wording/left-out.js';
import { linesAndFiles } from '../../wording/rows/lines.js';
import type { Difference } from '../../workspace/compare.js';
import type { Comparison } from '../../workspace/live.js';
import { contactToSend, differencesAsSent, type JoinRules } from '../../workspace/to-send.js';
import type { NameDoubt } from '../../plan/different.js';
import type { PlannedColumn } from './planned-columns.js';
import type { WriteRate } from '../../settings/times.js';
import type { ImporterError } from '../../errors.js';
import type { Reading } from '../reading/first-reading.js';
import type { ProblemKind } from '../reading/problem-digest.js';
import type { Summary, Warned } from '../tally.js';

/** What an import would change in one contact of the workspace. */
export interface PlannedChange {
  /** The lines of the file that are this contact. */
  readonly lines: readonly number[];
  /** Of several files: which each of these lines is of. */
  readonly files?: readonly string[];
  /** Its id in Clarky. */
  readonly contactId: string;
  /** The fields that would change, old and new. */
  readonly differences: readonly Difference[];
}

/** `bot` is '' where it is not named and Clarky is not asked. */
export interface PlanResult extends Summary {
  readonly dryRun: true;
  /** What an import would stop at before its first write. */
  readonly stoppedBy: ImporterError | undefined;
  /** Column name to field, or null where it is not sent. */
  readonly mapping: Readonly<Record<string, string | null>>;
  /** What becomes of each column, in the order of the file. */
  readonly columns: readonly PlannedColumn[];
  /** The program that the file comes from, where its columns tell. */
  readonly system: string | undefined;
  /** How the file is read. */
  readonly dialect: Pick<Dialect, 'encoding' | 'encodingCertain' | 'delimiter' | 'headerLine' | 'sheet'>;
  /** The path of the mapping file that was used; undefined where the mapping was inferred. */
  readonly mappingFile: string | undefined;
  /** Sentences on how the file was read. */
  readonly notes: readonly string[];
  /** What an import would say before it begins. The codes are stable. */
  readonly warnings: readonly Warned[];
  /** How many corrections of `FILE.edits.json` are applied, and where those are that do not fit any more. */
  readonly corrected: number;
  /** Rows that `FILE.edits.json` leaves out: they are in no other count. */
  readonly rowsLeftOut: number;
  /** Corrections of `FILE.edits.json` that fit no row any more, and why. */
  readonly staleCorrections: Reading['staleCorrections'];
  /** Why rows would be rejected, by kind. */
  readonly problems: readonly ProblemKind[];
  /** Values that would be left out, and remarks that change nothing. */
  readonly remarks: readonly ProblemKind[];
  /** Rows of one email with clearly different names, which are sent as one contact: the first 1,000 of each kind. */
  readonly nameDoubts: readonly NameDoubt[];
  /** How many there are of them in all. */
  readonly nameDoubtCounts: {
    /** With two names. */
    readonly named: number;
    /** One of them without a name: taken for one person by the phone. */
    readonly nameless: number;
  };
  /**
   * Rows that would be sent as the contact that has their e-mail, under a name in a script that can't be compared with theirs: how many,
   * and the first of them. Left out where there are none.
   */
  readonly unclearNames?: {
    /** How many contacts. */
    readonly contacts: number;
    /** The first of them, in the order of the file. */
    readonly examples: readonly UnclearName[];
  };
  /** The limit that the time is reckoned with. */
  readonly rate: WriteRate | 'off';
  /** True where the workspace was read. */
  readonly live: boolean;
  /** With `diff`: what would change in contacts that are there. */
  readonly changes?: readonly PlannedChange[];
}

/** What a result has of it. */
export function dialectToShow(dialect: PlanResult['dialect']): PlanResult['dialect'] {
  const { encoding, encodingCertain, delimiter, headerLine, sheet } = dialect;
  return { encoding, encodingCertain, delimiter, headerLine, ...(sheet === undefined ? {} : { sheet }) };
}

interface UpdateRules extends Pick<JoinRules, 'lists' | 'keepExisting'> {
  /** Whose contacts they are to be. */
  readonly bot: string;
  readonly checkpoint: Pick<CheckpointState, 'bots'> | undefined;
}

/** What an import would change in contacts that are there. */
export class PlannedUpdates {
  readonly changes: PlannedChange[] = [];
  readonly #rules: UpdateRules;
  readonly #otherBots = new Set<string>();
  #elsewhere = 0;
  #givers = 0;

  constructor(rules: UpdateRules) {
    this.#rules = rules;
  }

  /** @param isListed whether it is told field by field */
  add({ records, contact }: PlannedContact, comparison: Comparison, isListed: boolean): void {
    const { stored, differences, givenAway, isElsewhere } = comparison;
    if (givenAway.length > 0 && differences.some(({ field }) => field === 'phone_numbers')) this.#givers++;
    if (isElsewhere) this.#elsewhere++;
    if (isElsewhere) this.#otherBots.add(stored.bot_id ?? '');
    if (!isListed) return;
    const sent = contactToSend(contact, stored, { ...this.#rules, fillsAll: false, givenAway });
    const [where, as] = [linesAndFiles(records), differencesAsSent(differences, sent)];
    this.changes.push({ ...where, contactId: stored.id, differences: as });
  }

  /** What is to be said of them. */
  notes(): string[] {
    const { bot, checkpoint } = this.#rules;
    const isUnclear = this.#elsewhere > 0 && checkpoint?.bots === undefined;
    return [
      ...(isUnclear ? [whoseTheyBecome(this.#elsewhere, [...this.#otherBots], bot)] : []),
      ...(this.#givers === 0 ? [] : [phonesGivenAway(this.#givers)]),
    ];
  }
}

/** Of each kind so many are told by themselves: there may be as many as rows. */
const MOST_DOUBTS = 1000;

/** Those that a result has. */
export function doubtsIn(all: Iterable<NameDoubt>): Pick<PlanResult, 'nameDoubts' | 'nameDoubtCounts'> {
  const nameDoubts: NameDoubt[] = [];
  const counts = { named: 0, nameless: 0 };
  for (const doubt of all) if (++counts[kindOf(doubt)] <= MOST_DOUBTS) nameDoubts.push(doubt);
  return { nameDoubts, nameDoubtCounts: counts };
}

/** Which kind one is of. */
export function kindOf({ names: [, other] }: NameDoubt): keyof PlanResult['nameDoubtCounts'] {
  return other === '' ? 'nameless' : 'named';
}
