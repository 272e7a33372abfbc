/** What an import would make of each contact and each rejected record: counted, and told. */
import type { Decision } from '../../plan/decide.js';
import type { Decisions } from '../../plan/decisions.js';
import { LeftOutValues, type LeftOutValue } from '../../plan/left-out-values.js';
import type { Remark } from '../../plan/left-out.js';
import type { PlannedContact, PlannedRejection } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { Comparison } from '../../workspace/live.js';
import type { FileBooks } from '../file-books.js';
import { notSent } from '../import/not-sent.js';
import type { Known } from '../known/before.js';
import type { MendedRows } from '../known/mended.js';
import type { Reading } from '../reading/first-reading.js';
import { ProblemDigest, type ProblemKind } from '../reading/problem-digest.js';
import { assertBooksBalance, Tally, type Counts, type Outcome } from '../tally.js';
import { areOmittable, isSomebodyWithout } from './sent-without.js';
import { UnclearNames } from './unclear-names.js';

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

/** Whom a forecast tells of each record, and what it asks. */
export interface Telling {
  /** Where the rows of each of several files are counted. */
  readonly books?: FileBooks | undefined;
  /** What was corrected before, where rows could have been. */
  readonly mended?: MendedRows | undefined;
  /** Called for each contact that would be updated, with what would change in it. */
  readonly onUpdate?: ((planned: PlannedContact, comparison: Comparison) => void) | undefined;
  /** Called for each contact and each rejected record with what would become of it; waited for. */
  readonly onForeseen?: ((foreseen: Foreseen) => Promise<void> | undefined) | undefined;
}

export interface Forecast {
  readonly counts: Counts;
  readonly problems: readonly ProblemKind[];
  readonly leftOut?: readonly LeftOutValue[] | undefined;
  readonly unclearNames?: UnclearNames;
  readonly sentBefore: SentBefore;
}

/** Contacts that imports of this list have sent before, and that are not rejected now. */
interface SentBefore {
  readonly all: number;
  /** How many would be sent otherwise than they were. */
  readonly changed: number;
}

/** Of records that would be rejected. */
interface Rejected {
  readonly records: readonly SourceRecord[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly Remark[];
  /** An earlier import has rejected them, for whatever. */
  readonly isAsBefore: boolean;
  readonly canDoWithout: boolean;
  /** It is counted among the contacts. */
  readonly isContact: boolean;
}

export class ForecastCount {
  readonly #telling: Telling;
  readonly #tally: Tally;
  readonly #problems = new ProblemDigest();
  readonly #leftOut: LeftOutValues;
  readonly #unclearNames = new UnclearNames();
  readonly #sentBefore = { all: 0, changed: 0 };

  constructor(reading: Reading, decisions: Decisions, telling: Telling) {
    this.#telling = telling;
    this.#tally = new Tally(decisions.counts());
    this.#leftOut = new LeftOutValues().of(reading.file.mapping);
  }

  /** A record that its own values reject, or others of the file. */
  addRejection(given: PlannedRejection): Promise<void> {
    const { record, problems } = given;
    const canDoWithout = isSomebodyWithout(given);
    return this.#reject({
      records: [record],
      problems,
      remarks: [],
      isAsBefore: false,
      canDoWithout,
      isContact: false,
    });
  }

  /** One that is a contact, though the file alone would keep it back. */
  addHeld(): void {
    this.#tally.countHeldContact();
  }

  /** A contact, and what was decided about it. @returns whether it would be sent */
  async addContact(
    { planned, comparison }: Pick<Known, 'planned' | 'comparison'>,
    decision: Decision,
  ): Promise<boolean> {
    const { records, remarks } = planned;
    switch (decision.kind) {
      case 'unchanged':
        this.#tally.count('unchanged', records.length);
        await this.#tell({ outcome: 'unchanged', records, problems: [], remarks });
        return false;
      case 'rejected earlier':
      case 'held':
      case 'not shown':
      case 'deleted':
        await this.#rejectContact(planned, foreseenProblem(decision), decision.kind === 'rejected earlier');
        return false;
      case 'put off':
        await this.#send(planned, decision.isNew, comparison);
        return true;
      case 'send': {
        const there = await this.#telling.mended?.isThere(planned, decision);
        if (there === 'corrected') await this.#correct(records);
        else if (there !== undefined) await this.#rejectContact(planned, there, false);
        else await this.#send(planned, decision.isNew, comparison);
        return there === undefined;
      }
    }
  }

  /** Contacts that imports of this list have sent before, and that are not rejected now. */
  addSentBefore(contacts: number, areChanged: boolean): void {
    this.#sentBefore.all += contacts;
    if (areChanged) this.#sentBefore.changed += contacts;
  }

  /** A contact that would be sent, and whose name can't be compared with the name of the contact that it would change. */
  addUnclear(unclear: Parameters<UnclearNames['add']>[0]): void {
    this.#unclearNames.add(unclear);
  }

  /** All of it. @throws where the books don't balance */
  forecast(): Forecast {
    const counts = this.#tally.counts();
    assertBooksBalance(counts);
    const [problems, leftOut] = [this.#problems.kinds(), this.#leftOut.list()];
    return { counts, problems, leftOut, unclearNames: this.#unclearNames, sentBefore: this.#sentBefore };
  }

  async #send(planned: PlannedContact, isNew: boolean, comparison: Comparison | undefined): Promise<void> {
    const { records, remarks } = planned;
    const outcome = isNew ? 'created' : 'updated';
    this.#tally.count(outcome, records.length);
    if (comparison !== undefined) this.#telling.onUpdate?.(planned, comparison);
    await this.#tell({ outcome, records, problems: [], remarks });
  }

  #rejectContact({ contact, records, remarks }: PlannedContact, why: Problem, isAsBefore: boolean): Promise<void> {
    const problems = [why];
    const canDoWithout = isSomebodyWithout({ contact, problems });
    return this.#reject({ records, problems, remarks, isAsBefore, canDoWithout, isContact: true });
  }

  async #reject({ records, remarks, isAsBefore, isContact, ...given }: Rejected): Promise<void> {
    const became = await this.#telling.mended?.become(records, given.problems, isAsBefore);
    if (became?.kind === 'corrected') return this.#correct(records);
    if (became?.kind === 'sent again') {
      if (!isContact) this.addHeld();
      this.addSentBefore(1, false);
      return this.#send(became.planned, became.comparison === undefined, became.comparison);
    }
    const { problems, canDoWithout } =
      became === undefined ? given : { problems: [became.problem], canDoWithout: false };
    this.#tally.count('rejected', records.length);
    for (const record of records) this.#problems.add(record, problems, canDoWithout && areOmittable(problems));
    await this.#tell({ outcome: 'rejected', records, problems, remarks, canDoWithout });
  }

  /** Records that are in Clarky as they were corrected. */
  async #correct(records: Foreseen['records']): Promise<void> {
    this.#tally.countCorrected(records.length);
    this.addSentBefore(records.length, false);
    for (const record of records) {
      await this.#tell({ outcome: 'unchanged', records: [record], problems: [], remarks: [] }, 'corrected');
    }
  }

  #tell(foreseen: Foreseen, became: Outcome | 'corrected' = foreseen.outcome): Promise<void> | undefined {
    this.#telling.books?.count(became, foreseen.records);
    if (foreseen.outcome !== 'rejected') this.#leftOut.add(foreseen.remarks);
    return this.#telling.onForeseen?.({ canDoWithout: false, ...foreseen });
  }
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
