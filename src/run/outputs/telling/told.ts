/** What a run has warned of, for those who read no terminal: its log and its summary. No personal data. */
import type { ImportEvent, ImportListener } from '../../events.js';
import type { Summary, Warned } from '../../tally.js';

type Warning = Extract<ImportEvent, { type: 'warning' }>;

/** Many warnings say one thing: a monitor has enough of so many. */
const MOST_WARNINGS = 50;

const QUOTES = 'It quotes the file: a terminal shows it, plan, and in code the event `warning`.';

/** A warning in words that may be kept and sent elsewhere. Pure. */
export function warningWithoutData({ message, isPersonal, withoutData }: Warning): string {
  if (withoutData !== undefined) return withoutData;
  return isPersonal === true ? QUOTES : message;
}

/** That undo reaches this import alone from here on. */
export const UNDO_BEGINS = 'undo_begins_anew';

/** What holds whenever an import is called so. */
const EVERY_NIGHT: readonly string[] = ['not_undoable', 'own_files', UNDO_BEGINS];

/** Whether it is said of each run that is called so, and so is no trouble of this one. */
export const isOfEveryNight = ({ kept, code }: Pick<Warning, 'kept' | 'code'>): boolean =>
  kept !== undefined || EVERY_NIGHT.includes(code);

const inOrder = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** What a run has warned of so far. */
export class Told {
  readonly #warnings: Warning[] = [];
  #kept: readonly string[] | undefined;

  readonly listener: ImportListener = (event) => {
    if (event.type !== 'warning') return;
    if (event.kept !== undefined) this.#kept = event.kept;
    this.#warnings.push(event);
  };

  /** The warnings themselves, for a log that is opened later. */
  get events(): readonly Warning[] {
    return this.#warnings;
  }

  /** What of it a summary says. */
  facts(): Pick<Summary, 'kept' | 'warnings'> {
    const said = new Map<string, Warned>();
    for (const event of this.#warnings) {
      // What holds every night by the way it is called is no warning of this one: `kept` and `undoable` say it.
      if (isOfEveryNight(event)) continue;
      const message = warningWithoutData(event);
      said.set(`${event.code}\n${message}`, { code: event.code, message });
    }
    // Some are told by what runs beside the others: whoever compares two nights finds them in one order.
    const warnings = [...said.values()].sort((a, b) => inOrder(a.code, b.code)).slice(0, MOST_WARNINGS);
    return {
      ...(this.#kept === undefined ? {} : { kept: this.#kept }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  }
}
