/** The plan of each file that was asked for, with its rows, for as long as neither the file nor its settings change. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { planContacts, type PlanOptions, type PlanResult } from '../../run/plan/plan.js';
import { defaultPaths } from '../../run/settings.js';
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
   * The plan of a file: the one that is there, or a new one.
   * @throws ImporterError as `planContacts`
   */
  async of(options: PlanOptions): Promise<PlannedFile> {
    const stamp = await stampOf(options);
    // Another request may have begun the same plan while the old one was let go of.
    for (let there; (there = this.#entries.get(options.file)) !== undefined;) {
      if (there.stamp === stamp) return there.planned;
      await this.forget(options.file);
    }
    const controller = new AbortController();
    const planned = this.#plan({ ...options, signal: controller.signal });
    const entry = { stamp, planned, controller };
    this.#entries.set(options.file, entry);
    for (const file of [...this.#entries.keys()].slice(0, -MOST_PLANS)) await this.forget(file);
    planned.catch(() => {
      if (this.#entries.get(options.file) === entry) this.#entries.delete(options.file);
    });
    return planned;
  }

  /** Lets go of a plan; one that is being made is given up. */
  async forget(file: string): Promise<void> {
    const entry = this.#entries.get(file);
    if (entry === undefined) return;
    this.#entries.delete(file);
    entry.controller.abort(new Error('another plan took its place'));
    await entry.planned.then(({ rows }) => rows.close()).catch(() => undefined);
  }

  async close(): Promise<void> {
    for (const file of [...this.#entries.keys()]) await this.forget(file);
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
async function stampOf({ file, ...settings }: PlanOptions): Promise<string> {
  const { mapping, checkpoint } = defaultPaths(file);
  const stamps = await Promise.all(
    [file, mapping, checkpoint, `${file}.edits.json`].map(async (path) => {
      const entry = await lstat(path).catch(() => undefined);
      return entry === undefined ? '-' : `${entry.ino} ${entry.size} ${entry.mtimeMs}`;
    }),
  );
  const plain = Object.entries(settings).filter(([, value]) => typeof value !== 'function');
  return JSON.stringify([stamps, Object.fromEntries(plain)]);
}
