/** The report of an import (report/): what its events tell is counted as it happens, and drawn once at the end. */
import { placeOf, type Place } from '../../wording/rows/lines.js';
import { isStopAskedFor, type ImporterError } from '../../errors.js';
import { importPart } from '../../report/import-part.js';
import { rateOf } from '../../rate/rate.js';
import type { ImportReport, NextStep, RejectedValue } from '../../report/model.js';
import { RejectsByReason } from '../../report/rejects-table.js';
import { Timeline } from '../../report/timeline.js';
import { partToUndo } from '../../wording/results.js';
import { remedyOf, waysOut } from '../../wording/remedies.js';
import type { ImportEvent, ImportListener } from '../events.js';
import { timelineAfter } from './telling/timeline-after.js';
import type { Summary } from '../tally.js';
import { isReadOnce, namedInReport, rejectsInReport, type ToldOfList } from './named-again.js';
import { checkReportPath, nameOfFile, writeReportLast } from './report-file.js';

export interface ReportOptions {
  readonly file: string;
  /** By what the commands in it name the list. */
  readonly told: ToldOfList;
  /** Named by the user; else the default beside the file, done without where it can't be written. */
  readonly isNamed: boolean;
  readonly withData: boolean;
  readonly now?: () => number;
}

/** What is known once the run is over. */
export interface RunEnd extends Pick<ImportReport, 'columns' | 'settings' | 'corrections' | 'rowsLeftOut'> {
  readonly summary: Summary;
  readonly stoppedBy: ImporterError | undefined;
  readonly isUndoable: boolean;
  /** How many contacts an undo takes back; undefined where it is not known. */
  readonly toUndo?: number | undefined;
}

const HELD: ReadonlySet<string> = new Set(['shared_phone', 'shared_email']);
const MOST_LINES = 20;
const MOST_WAYS = 3;
const MOST_VALUES = 500;

export class OpenReport {
  readonly #path: string;
  readonly #options: ReportOptions;
  readonly #now: () => number;
  readonly #startedMs: number;
  readonly #rejects = new RejectsByReason();
  readonly #values: RejectedValue[] = [];
  readonly #heldLines: Place[] = [];
  #held = 0;
  #timeline = new Timeline(rateOf('off'));

  private constructor(path: string, options: ReportOptions) {
    this.#path = path;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#startedMs = this.#now();
  }

  /**
   * @returns undefined where nobody named the path and nothing can be written there
   * @throws ImporterError `not_writable` for a path that was named
   */
  static async open(path: string, options: ReportOptions): Promise<OpenReport | undefined> {
    try {
      await checkReportPath(path);
    } catch (error) {
      if (options.isNamed) throw error;
      return undefined;
    }
    return new OpenReport(path, options);
  }

  get path(): string {
    return this.#path;
  }

  readonly listener: ImportListener = (event) => this.#observe(event);

  /** Writes the report; that it can't be written is told as a warning. */
  async finish(end: RunEnd, onEvent: ImportListener): Promise<void> {
    const report = this.#reportOf(end);
    const part = { name: 'import', content: importPart(report), hasData: this.#options.withData } as const;
    await writeReportLast(this.#path, { file: this.#options.file, onEvent }, part);
  }

  #observe(event: ImportEvent): void {
    this.#timeline = timelineAfter(this.#timeline, event, this.#now() - this.#startedMs);
    if (event.type === 'contact' && event.outcome === 'rejected') this.#rejected(event);
  }

  #rejected({ records, problems, canDoWithout = true }: Extract<ImportEvent, { type: 'contact' }>): void {
    const told = problems.map((problem) => ({ ...problem, code: codeInReport(problem.code) }));
    for (const record of records) {
      const place = placeOf(record);
      this.#rejects.add(place, told, canDoWithout);
      if (problems.some(({ code }) => HELD.has(code))) {
        this.#held++;
        if (this.#heldLines.length < MOST_LINES) this.#heldLines.push(place);
      }
      if (!this.#options.withData || this.#values.length >= MOST_VALUES) continue;
      for (const { column = '', message } of problems) this.#values.push({ place, column, message });
    }
  }

  /** What sends rejected rows as they are, where a choice does. */
  #waysOut({ pending }: Summary, isLive: boolean): NextStep[] {
    if (pending > 0) return [];
    const ways = new Map<string, { readonly words: string; readonly place: string; readonly titles: string[] }>();
    for (const { code, canDoWithout } of this.#rejects.table().reasons) {
      for (const way of waysOut(code, canDoWithout)) {
        const known = ways.get(way.option) ?? { ...way, words: way.words.replace(/^Or /, ''), titles: [] };
        ways.set(way.option, { ...known, titles: [...known.titles, remedyOf(code).title] });
      }
    }
    return [...ways].slice(0, MOST_WAYS).map(([option, { words, place, titles }]) => ({
      words: `“${titles.join('”, “')}”: ${words}${isLive ? ' Undo then takes back that import alone.' : ''}`,
      press: `under “Plan” choose it at ${place}, then press “Send”`,
      command: `clarky-contacts import ${namedInReport(this.#options.told, 'import')} ${option}${isLive ? ' --live' : ''}`,
    }));
  }

  #reportOf(end: RunEnd): ImportReport {
    const { summary, stoppedBy, columns, settings, isUndoable, corrections, rowsLeftOut } = end;
    const { file, told, withData } = this.#options;
    return {
      file: nameOfFile(file, summary.sheet),
      startedAt: summary.start,
      seconds: summary.seconds,
      counts: summary,
      requests: summary.requests,
      throttled: summary.throttled,
      retries: summary.retries,
      corrections,
      rowsLeftOut,
      stopped: stoppedBy && {
        message: stoppedBy.message,
        next: stoppedBy.next,
        isAsked: isStopAskedFor(stoppedBy.exitStatus),
      },
      timeline: this.#timeline.data(this.#now() - this.#startedMs),
      rejects: this.#rejects.table(),
      leftOut: summary.leftOut ?? [],
      held: { rows: this.#held, lines: this.#heldLines },
      columns,
      settings,
      next: [...nextSteps(summary, told, end), ...this.#waysOut(summary, isUndoable)],
      data: withData ? this.#values : undefined,
    };
  }
}

/** A code may come from the server, and be anything. */
function codeInReport(code: string): string {
  return /^[A-Za-z][\w-]{0,39}$/.test(code) ? code : 'no_readable_code';
}

function nextSteps(summary: Summary, told: ToldOfList, { isUndoable, toUndo }: RunEnd): NextStep[] {
  const part = partToUndo(summary, toUndo);
  // What looked at the workspace goes on to: else somebody there could be overwritten.
  const live = isUndoable ? ' --live' : '';
  const steps: NextStep[] = [];
  if (summary.pending > 0) {
    steps.push({
      words: 'Go on where it stopped.',
      press: '“Send” under “Plan”',
      command: `clarky-contacts import ${namedInReport(told, 'import')}${live}`,
    });
  }
  const { unsentRejects = [] } = summary;
  for (const path of unsentRejects) {
    steps.push({
      words: 'Send what was corrected in the rejects before.',
      press: 'open that file, then press “Send” under “Plan”',
      command: `clarky-contacts import ${rejectsInReport(path, told)}${live}`,
    });
  }
  if (summary.rejected > 0 && unsentRejects.length === 0) {
    steps.push({
      words: 'Correct the rejected rows in their file, and import it.',
      press: 'correct the rows under “Correct”, then press “Send” under “Plan”',
      command: `clarky-contacts import ${rejectsInReport(summary.rejects, told, summary.isRejectsFile)}${live}`,
    });
  }
  if (summary.created + summary.updated + summary.unchanged > 0) {
    if (!isReadOnce(told.file)) {
      steps.push({
        words: 'See whether Clarky has what the file says.',
        press: '“Verify” under “Result”',
        command: `clarky-contacts verify ${namedInReport(told, 'verify')}`,
      });
    }
    if (summary.undoable) {
      steps.push({
        words:
          part === undefined
            ? 'Take the import back.'
            : `Take back ${part}: the others came by earlier imports, or were there before.`,
        press: '“Undo” under “Result”',
        command: `clarky-contacts undo ${namedInReport(told, 'undo')}`,
      });
    }
  }
  for (const sheet of summary.pending > 0 || isReadOnce(told.file) ? [] : (summary.unsentSheets ?? [])) {
    steps.push({
      words: `Send the sheet “${sheet}” as well: contacts stand there too, and nothing of it was sent yet.`,
      press: 'choose it as the sheet under “How it was read”, then press “Send” under “Plan”',
      command: `clarky-contacts import ${namedInReport({ ...told, sheet }, 'import')}${live}`,
    });
  }
  return steps;
}
