/**
 * What became of each record: written where it was rejected, counted, and told to the listeners, in one place so that
 * the three can't disagree.
 */
import { isWriteThatLeft, type ClientEvent } from '../../api/client-event.js';
import type { UnclearName } from '../plan/unclear-names.js';
import { linesInWords } from '../../wording/rows/lines.js';
import { given } from '../../given.js';
import { DROPPED_BY_CLARKY, type Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { DecidedRows } from '../../plan/decided-rows.js';
import type { PlannedContact, PlannedRejection } from '../../plan/planned.js';
import type { ImportEvent, ImportListener } from '../events.js';
import type { RejectsOfRun } from '../outputs/import-outputs.js';
import type { Reading } from '../reading/first-reading.js';
import type { LikelyCountries } from '../reading/likely-countries.js';
import type { FileBooks } from '../file-books.js';
import { LeftOutValues } from '../../plan/left-out-values.js';
import { isSentByOmission, isSomebodyWithout } from '../plan/sent-without.js';
import { Tally, type Counts, type Summary } from '../tally.js';

/** How a contact's upsert was answered. */
export interface Answered {
  readonly status: number;
  readonly attempts: number;
  readonly ms: number;
  /** True for one that no import of the file had sent, and that Clarky had all the same. */
  readonly wasThere?: boolean;
}

/** A million unchanged contacts are not a million repaints. */
const PROGRESS_EVERY_MS = 100;

type Attempt = Extract<ClientEvent, { type: 'attempt' }>;

export class Outcomes {
  readonly #emit: ImportListener;
  readonly #now: () => number;
  #tally = new Tally({ rows: 0, contacts: 0 });
  #pendingMerges = 0;
  #books: FileBooks | undefined;
  readonly #reasons = new Map<string, number>();
  readonly #leftOut = new LeftOutValues();
  #omittable = 0;
  #rejects: Partial<RejectsOfRun> | undefined;
  #lastProgressMs = Number.NEGATIVE_INFINITY;
  #hasToldDropped = false;
  #metThere = 0;

  constructor(emit: ImportListener, now: () => number = () => performance.now()) {
    this.#emit = emit;
    this.#now = now;
  }

  /** Starts the books, once it is known what is in the file, and where its rejected rows go. */
  begin(total: { rows: number; contacts: number }, rejects: Partial<RejectsOfRun>, books?: FileBooks): void {
    this.#books = books;
    this.#tally = new Tally(total);
    this.#rejects = rejects;
  }

  /** Some rows more are decided, or the first ones. */
  decided({ decisions, isWanted }: DecidedRows): void {
    this.#tally.decided(decisions.counts());
    for (const doubt of decisions.nameDoubts(isWanted)) this.#emit({ type: 'name_doubt', ...doubt });
  }

  /** Somebody is sent as a contact whose name can't be compared with its own. */
  unclear(name: UnclearName | undefined): void {
    if (name !== undefined) this.#emit({ type: 'unclear_name', ...name });
  }

  /** What the run has not come to yet, and is known to need no write. */
  ahead(known: Omit<Extract<ImportEvent, { type: 'ahead' }>, 'type'>): void {
    this.#emit({ type: 'ahead', ...known });
  }

  /** A contact is taken up; its row may have been counted as one to be rejected. */
  begun({ wasHeld }: Pick<PlannedContact, 'wasHeld'>): void {
    if (wasHeld === true) this.#tally.countHeldContact();
  }

  counts(): Counts {
    return this.#tally.counts(this.#pendingMerges);
  }

  /** How many of earlier imports are not in the file any more; undefined where that is not known. */
  absent: number | undefined;

  #learnt: Pick<Summary, 'sheet' | 'likelyCountry'> = {};
  #ofSome: LikelyCountries['ofSome'] = [];

  /** What the file was found to be: of a workbook its sheet, and whose numbers those without a country look like. */
  learnt({
    file,
    sheet,
    likelyCountries: { ofAll, ofSome },
  }: Pick<Reading, 'file' | 'sheet' | 'likelyCountries'>): void {
    this.#leftOut.of(file.mapping);
    this.#learnt = given({ sheet: sheet?.name, likelyCountry: ofAll });
    this.#ofSome = ofSome;
  }

  /** The counts of each of several files, of who is in none, and of values that were, or could be, left out; the sheet. */
  files(): Pick<
    Summary,
    'files' | 'absent' | 'leftOut' | 'omittable' | 'metThere' | 'sheet' | 'likelyCountry' | 'likelyCountries'
  > {
    const leftOut = this.#leftOut.list();
    return {
      ...this.#learnt,
      ...(this.#books === undefined ? {} : { files: this.#books.counts() }),
      ...(this.#ofSome.length === 0 ? {} : { likelyCountries: this.#ofSome }),
      ...(this.absent === undefined ? {} : { absent: this.absent }),
      ...(leftOut === undefined ? {} : { leftOut }),
      ...(this.#omittable === 0 ? {} : { omittable: this.#omittable }),
      ...(this.#metThere === 0 ? {} : { metThere: this.#metThere }),
    };
  }

  /** How many rows were rejected for what, each under each of its reasons; the most frequent first. */
  reasons(): Record<string, number> {
    return Object.fromEntries([...this.#reasons].sort(([, one], [, other]) => other - one));
  }

  /** A contact that was planned and will not be answered in this run; of its records only one is pending. */
  leftPending({ records }: PlannedContact): void {
    this.#pendingMerges += records.length - 1;
    this.#books?.leftPending(records);
  }

  /** Something was asked of Clarky, whatever came of it: each write that left is counted. */
  attempted({ attempt, status, ...sent }: Pick<Attempt, 'attempt' | 'status' | 'method' | 'isUnsent'>): void {
    if (!isWriteThatLeft(sent)) return;
    this.#tally.requests++;
    if (attempt > 1) this.#tally.retries++;
    if (status === 429) this.#tally.throttled++;
  }

  /** A record that is not sent. */
  async rejected(rejection: PlannedRejection): Promise<void> {
    if (isSentByOmission(rejection)) this.#omittable++;
    await this.#reject([rejection.record], rejection);
  }

  /** A contact that is not sent, or that Clarky rejected. */
  async rejectedContact(planned: PlannedContact, problem: Problem, answered?: Answered): Promise<void> {
    await this.#reject(planned.records, { contact: planned.contact, problems: [problem] }, planned, answered);
  }

  /** Rows that are rejected as they stand, and in Clarky as they were corrected. */
  corrected(records: readonly SourceRecord[]): void {
    for (const record of records) {
      this.#rejects?.corrected?.(record);
      this.#end('unchanged', [record], [], undefined, {}, true);
    }
  }

  /** A contact that is as it was last sent, or in Clarky as the file says. */
  unchanged(planned: PlannedContact): void {
    this.#end('unchanged', planned.records, [], planned);
  }

  accepted(planned: PlannedContact, outcome: 'created' | 'updated', contactId: string, answered: Answered): void {
    if (answered.wasThere === true) this.#metThere++;
    this.#end(outcome, planned.records, [], planned, { contactId, ...answered });
    const dropped = planned.remarks.find(({ problem }) => problem.code === DROPPED_BY_CLARKY);
    if (dropped === undefined || this.#hasToldDropped) return;
    this.#hasToldDropped = true;
    const { problem } = dropped;
    const message = `Clarky does not keep all that it is sent: of ${linesInWords([dropped])} it shows ${problem.column ?? 'a value'} empty, or less of it. The summary counts such contacts, and the log has their lines.`;
    this.#emit({ type: 'warning', code: DROPPED_BY_CLARKY, message });
  }

  /** Waits until the rows are with the rejects file: it may be slower than the rows come. */
  async #reject(
    records: readonly SourceRecord[],
    rejected: Pick<PlannedRejection, 'contact' | 'problems'>,
    planned?: PlannedContact,
    answered?: Answered,
  ): Promise<void> {
    const { problems } = rejected;
    for (const record of records) await this.#rejects?.write?.(record, problems);
    // As a plan counts them.
    for (const code of new Set(problems.map((problem) => problem.code)))
      this.#reasons.set(code, (this.#reasons.get(code) ?? 0) + records.length);
    const canDoWithout = isSomebodyWithout(rejected);
    this.#end('rejected', records, problems, planned, { ...answered, canDoWithout });
  }

  #end(
    outcome: 'created' | 'updated' | 'unchanged' | 'rejected',
    records: readonly SourceRecord[],
    problems: readonly Problem[],
    planned?: PlannedContact,
    answered: Partial<Answered> & { readonly contactId?: string; readonly canDoWithout?: boolean } = {},
    isCorrected = false,
  ): void {
    if (isCorrected) this.#tally.countCorrected(records.length);
    else this.#tally.count(outcome, records.length);
    this.#books?.count(isCorrected ? 'corrected' : outcome, records);
    if (outcome !== 'rejected') this.#leftOut.add(planned?.remarks ?? []);
    this.#emit({
      type: 'contact',
      outcome,
      records,
      remarks: planned?.remarks ?? [],
      attempts: 0,
      ms: 0,
      problems,
      ...answered,
    });
    const nowMs = this.#now();
    if (nowMs - this.#lastProgressMs < PROGRESS_EVERY_MS) return;
    this.#lastProgressMs = nowMs;
    this.#emit({ type: 'progress', counts: this.counts() });
  }
}
