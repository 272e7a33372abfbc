/** The plan of each file that was asked for, with its rows, for as long as neither the file nor its settings change. */
import { join } from 'node:path';
import { planContacts, type PlanOptions, type PlanResult } from '../../run/plan/plan.js';
import { defaultPaths } from '../../run/settings.js';
import { plainOf, revisionOf, stampsOf } from '../files/revision.js';
import { RowStore } from './row-store.js';

/** Rows of so many files are kept at once. */
const MOST_PLANS = 4;

export interface PlannedFile {
  readonly result: PlanResult;
  readonly rows: RowStore;
}

interface Entry {
  readonly stamp: string;
  readonly planned: Promise<PlannedFile>;
  readonly controller: AbortController;
  /** What reads the rows just now: they stay until it has. */
  readonly readers: Set<Promise<unknown>>;
}

export class Plans {
  readonly #spool: string;
  readonly #entries = new Map<string, Entry>();
  #made = 0;

  /** @param spool a private folder for the rows */
  constructor(spool: string) {
    this.#spool = spool;
  }

  /**
   * Does something with the plan of a file: the one that is there, or a new one. Who waits for a plan whose place another
   * takes gets that one.
   * @throws ImporterError as `planContacts`
   */
  async use<T>(options: PlanOptions, read: (planned: PlannedFile) => T | Promise<T>): Promise<T> {
    for (let entry = await this.#entry(options); ;) {
      const reading = entry.planned.then(read);
      entry.readers.add(reading);
      try {
        return await reading;
      } catch (error) {
        const newer = this.#entries.get(options.file);
        if (!entry.controller.signal.aborted || newer === undefined) throw error;
        entry = newer;
      } finally {
        entry.readers.delete(reading);
      }
    }
  }

  async #entry(options: PlanOptions): Promise<Entry> {
    const stamp = await stampOf(options);
    const there = this.#entries.get(options.file);
    if (there?.stamp === stamp) return there;
    const controller = new AbortController();
    const before = this.#letGo(options.file);
    const planned = before.then(() => this.#plan({ ...options, signal: controller.signal }));
    const entry = { stamp, planned, controller, readers: new Set<Promise<unknown>>() };
    this.#entries.set(options.file, entry);
    for (const file of [...this.#entries.keys()].slice(0, -MOST_PLANS)) void this.#letGo(file);
    planned.catch(() => {
      if (this.#entries.get(options.file) === entry) this.#entries.delete(options.file);
    });
    return entry;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((file) => this.#letGo(file)));
  }

  /** A plan that is being made is given up; the rows go once nobody reads them. */
  async #letGo(file: string): Promise<void> {
    const entry = this.#entries.get(file);
    if (entry === undefined) return;
    this.#entries.delete(file);
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
      return { result, rows };
    } catch (error) {
      await rows.close();
      throw error;
    }
  }
}

/** What a plan depends on: the file, what lies beside it, and the settings. */
async function stampOf(options: PlanOptions): Promise<string> {
  const { checkpoint } = defaultPaths(options.file, options);
  return JSON.stringify([await revisionOf(options), await stampsOf([checkpoint]), plainOf(options)]);
}
