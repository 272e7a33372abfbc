/** The plan of each file that was asked for, with its rows, for as long as neither the file nor its settings change. */
import { join } from 'node:path';
import { checkpointOfRejects, rejectsWithState } from '../../run/known/of-rejects/rejects-left.js';
import { planContacts, type PlanOptions, type PlanResult } from '../../run/plan/plan.js';
import { defaultPaths } from '../../run/settings.js';
import { plainOf, revisionOf, stampsOf } from '../files/revision.js';
import { RowStore } from './row-store.js';

/** Rows of so many plans are kept at once; one that was compared with Clarky is another. */
const MOST_PLANS = 6;
/** So many changes are shown; a workspace may have any number of them. */
const MOST_CHANGES = 500;

export interface PlannedFile {
  readonly result: PlanResult & { readonly allChanges: number };
  readonly rows: RowStore;
}

interface Entry {
  /** The last call that asked for it: one that came before takes no place from it. */
  asked: number;
  readonly stamp: string;
  readonly planned: Promise<PlannedFile>;
  /** Once it is made. */
  result?: PlannedFile['result'];
  readonly controller: AbortController;
  /** What reads the rows just now: they stay until it has. */
  readonly readers: Set<Promise<unknown>>;
}

export class Plans {
  readonly #spool: string;
  readonly #onMade: () => void;
  readonly #entries = new Map<string, Entry>();
  /** Those that were let go and may still write their rows. */
  readonly #leaving = new Set<Promise<void>>();
  #made = 0;
  #asked = 0;
  #isClosed = false;

  /** @param spool a private folder for the rows @param onMade told when a plan is there */
  constructor(spool: string, onMade: () => void = () => undefined) {
    this.#spool = spool;
    this.#onMade = onMade;
  }

  /** The plan of a file, where one is there that is of it as it is now: none is made. */
  async known(options: PlanOptions): Promise<PlannedFile['result'] | undefined> {
    const entry = this.#entries.get(keyOf(options));
    return entry?.result !== undefined && entry.stamp === (await stampOf(options)) ? entry.result : undefined;
  }

  /**
   * Does something with the plan of a file: the one that is there, or a new one. Who waits for a plan whose place another
   * takes gets that one; the last to ask has it, whoever's file was looked at sooner.
   * @throws ImporterError as `planContacts`
   */
  async use<T>(options: PlanOptions, read: (planned: PlannedFile) => T | Promise<T>): Promise<T> {
    for (let entry = await this.#entry(options); ;) {
      const reading = entry.planned.then(read);
      entry.readers.add(reading);
      try {
        return await reading;
      } catch (error) {
        const newer = this.#entries.get(keyOf(options));
        if (!entry.controller.signal.aborted || newer === undefined) throw error;
        entry = newer;
      } finally {
        entry.readers.delete(reading);
      }
    }
  }

  async #entry(options: PlanOptions): Promise<Entry> {
    const asked = ++this.#asked;
    const stamp = await stampOf(options);
    if (this.#isClosed) throw new Error('the page was closed');
    const there = this.#entries.get(keyOf(options));
    if (there !== undefined && (there.stamp === stamp || there.asked > asked)) {
      there.asked = Math.max(there.asked, asked);
      return there;
    }
    const controller = new AbortController();
    const before = this.#letGo(keyOf(options));
    const planned = before.then(() => this.#plan({ ...options, signal: controller.signal }));
    const entry: Entry = { asked, stamp, planned, controller, readers: new Set<Promise<unknown>>() };
    this.#entries.set(keyOf(options), entry);
    for (const key of [...this.#entries.keys()].slice(0, -MOST_PLANS)) void this.#letGo(key);
    const made = planned.then(({ result }) => {
      entry.result = result;
      this.#onMade();
    });
    made.catch(() => {
      if (this.#entries.get(keyOf(options)) === entry) this.#entries.delete(keyOf(options));
    });
    return entry;
  }

  /** What was planned with these options is made anew when it is asked for: the workspace may be another. */
  async forget(options: PlanOptions): Promise<void> {
    await this.#letGo(keyOf(options));
  }

  /** Gives up what is being made. Afterwards nothing is written any more, and who asks for a plan gets an error. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const key of this.#entries.keys()) void this.#letGo(key);
    await Promise.all(this.#leaving);
  }

  /** A plan that is being made is given up; the rows go once nobody reads them. */
  #letGo(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return Promise.resolve();
    this.#entries.delete(key);
    const leaving = this.#leave(entry).finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
    return leaving;
  }

  async #leave(entry: Entry): Promise<void> {
    entry.controller.abort(new Error('another plan took its place'));
    const rows = await entry.planned.then(
      (planned) => planned.rows,
      () => undefined,
    );
    await Promise.allSettled(entry.readers);
    await rows?.close();
  }

  async #plan(options: PlanOptions): Promise<PlannedFile> {
    const rows = await RowStore.create(join(this.#spool, `rows-${++this.#made}`));
    try {
      const result = await planContacts({ ...options, onForeseen: (foreseen) => rows.add(foreseen) });
      await rows.flush();
      return { result: withFewChanges(result), rows };
    } catch (error) {
      await rows.close();
      throw error;
    }
  }
}

/** A plan that read the workspace is one beside that of the file alone. */
function keyOf({ file, live }: PlanOptions): string {
  return live === undefined ? file : `${file}\0live`;
}

function withFewChanges(result: PlanResult): PlannedFile['result'] {
  const { changes, ...others } = result;
  const few = changes === undefined ? {} : { changes: changes.slice(0, MOST_CHANGES) };
  return { ...others, ...few, allChanges: changes?.length ?? 0 };
}

/** What a plan depends on: the file, what lies beside it, what of its rejects was sent in a file of their own, and the settings. */
async function stampOf(options: PlanOptions): Promise<string> {
  const { checkpoint, rejects } = defaultPaths(options.file, options);
  const ofRejects = await rejectsWithState(rejects, checkpoint, options).catch(() => []);
  const sent = [checkpoint, ...ofRejects.map((path) => checkpointOfRejects(path, options))];
  return JSON.stringify([await revisionOf(options), await stampsOf(sent), plainOf(options)]);
}
