/** `doctor --probe`: finds out, with one throw-away contact, what Clarky's documentation leaves open. */
import { randomBytes } from 'node:crypto';
import { ImporterError } from '../../errors.js';
import { Connection } from '../connection/connection.js';
import { callListener, rateListener } from '../connection/listeners.js';
import type { ImportListener } from '../events.js';
import type { ApiOptions } from '../settings.js';
import { cleanUp, type CleaningClient } from './clean-up.js';
import { Experiments } from './experiments.js';
import { keepProbe, readProbeFile, type KeptProbe, type Workspace } from './probe-file.js';
import type { Probed } from './probed.js';
import { throwAwayOf, type ThrowAway } from './throw-away.js';

export interface ProbeOptions extends ApiOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ImportListener | undefined;
  /** Asked before anything is made, with the e-mail of the throw-away contact and the bot that is to own it. */
  readonly confirm: (email: string, bot: string) => Promise<boolean>;
  readonly onStep?: ((step: 'probing' | 'deleting', done?: number, total?: number) => void) | undefined;
  /** Told the e-mail of the throw-away contact while it may be there; undefined once it is gone. */
  readonly onOpen?: ((email: string | undefined) => void) | undefined;
  readonly now?: () => Date;
}

export interface ProbeResult {
  readonly confirmed: boolean;
  /** What was found; of a probe that was stopped, what was found by then. */
  readonly probed: Probed;
  /** Throw-away contacts that are still there, or may be. */
  readonly left: { readonly email: string; readonly ids: readonly string[] } | undefined;
  /** What stopped it before its end, or its cleaning up. */
  readonly stoppedBy: ImporterError | undefined;
  /** Why its findings could not be kept. */
  readonly notKept: ImporterError | undefined;
}

/**
 * Makes a contact, changes it, and deletes it again whatever happens.
 * @throws ImporterError where it could not begin: nothing was made
 */
export async function probe(options: ProbeOptions): Promise<ProbeResult> {
  const { onEvent = () => undefined, signal, now = () => new Date() } = options;
  const connection = await Connection.open({
    ...options,
    onCall: callListener(onEvent),
    onRate: rateListener(onEvent, options.rate),
  });
  try {
    const bot = await connection.findBot(options.bot, signal);
    const workspace: Workspace = { api: connection.apiUrl, bot };
    connection.beginWrites(false);
    const kept = await readProbeFile(workspace, options.stateDir);
    const throwAway = await freeOne(connection.client, signal);
    const probing = new Probing({ options, connection, workspace, throwAway, kept });
    if (!(await options.confirm(throwAway.emails[0], bot))) return probing.result(false, now().toISOString());
    await probing.removeEarlier();
    await probing.run();
    return probing.result(true, now().toISOString());
  } finally {
    await connection.close();
  }
}

const MOST_TRIES = 5;

/** One whose phones nobody has: many workspaces hold made-up people. */
async function freeOne(client: CleaningClient, signal: AbortSignal | undefined): Promise<ThrowAway> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const throwAway = throwAwayOf(randomBytes(8).toString('hex'));
    const found = throwAway.phones.map((phone) => client.listContacts(1, { search: phone }, { signal }));
    const items = (await Promise.all(found)).flatMap((page) => page.items);
    if (items.length === 0) return throwAway;
  }
  throw new ImporterError('usage', 'No made-up phone was found that nobody in the workspace has: nothing was made.', {
    next: 'A search of the contact list may find everybody, whatever is looked for.',
  });
}

interface ProbingParts {
  readonly options: ProbeOptions;
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly throwAway: ThrowAway;
  readonly kept: KeptProbe;
}

class Probing {
  readonly #parts: ProbingParts;
  readonly #ids = new Set<string>();
  readonly #experiments: Experiments;
  #stoppedBy: ImporterError | undefined;
  #notKept: ImporterError | undefined;
  #isOpen = false;

  constructor(parts: ProbingParts) {
    this.#parts = parts;
    const { options, connection, workspace, throwAway } = parts;
    this.#experiments = new Experiments({
      client: connection.client,
      bot: workspace.bot,
      asked: options.contactPoints,
      throwAway,
      onMade: (id) => this.#made(id),
      signal: options.signal,
      onStep: (done, total) => options.onStep?.('probing', done, total),
    });
  }

  /** What a probe that was killed has left. */
  async removeEarlier(): Promise<void> {
    const { kept, connection } = this.#parts;
    if (kept.open === undefined) return;
    await cleanUp({ client: connection.client, throwAway: throwAwayOf(kept.open.token), ids: new Set(kept.open.ids) });
  }

  async run(): Promise<void> {
    const { options, connection, throwAway } = this.#parts;
    // Whatever becomes of this process, the next probe deletes what it made.
    await this.#keep({ probed: this.#parts.kept.probed, open: { token: throwAway.token, ids: [] } });
    this.#isOpen = true;
    options.onOpen?.(throwAway.emails[0]);
    try {
      await this.#noting(() => this.#experiments.run());
    } finally {
      options.onStep?.('deleting');
      await this.#noting(async () => {
        await cleanUp({ client: connection.client, throwAway, ids: this.#ids });
        this.#isOpen = this.#ids.size > 0 || this.#experiments.isUnheard;
      });
    }
    if (!this.#isOpen) options.onOpen?.(undefined);
  }

  async result(confirmed: boolean, at: string): Promise<ProbeResult> {
    const { kept, throwAway, workspace } = this.#parts;
    const probed: Probed = { ...this.#experiments.findings, at, ...workspace };
    const open = this.#isOpen ? { token: throwAway.token, ids: [...this.#ids] } : undefined;
    const isWhole = confirmed && this.#stoppedBy === undefined;
    if (confirmed) await this.#keep({ probed: isWhole ? probed : kept.probed, open });
    return {
      confirmed,
      probed,
      left: this.#isOpen ? { email: throwAway.emails[0], ids: [...this.#ids] } : undefined,
      stoppedBy: this.#stoppedBy,
      notKept: this.#notKept,
    };
  }

  async #made(id: string): Promise<void> {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    const { kept, throwAway } = this.#parts;
    await this.#keep({ probed: kept.probed, open: { token: throwAway.token, ids: [...this.#ids] } });
  }

  /** What stops one part of it does not keep the next from being done: above all the cleaning up. */
  async #noting(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (!(error instanceof ImporterError)) throw error;
      this.#stoppedBy ??= error;
    }
  }

  async #keep(kept: KeptProbe): Promise<void> {
    const { workspace, options } = this.#parts;
    try {
      await keepProbe(workspace, options.stateDir, kept);
      this.#notKept = undefined;
    } catch (error) {
      const { notWritable } = await import('../../storage/failures.js');
      this.#notKept = error instanceof ImporterError ? error : notWritable('The state folder', error);
    }
  }
}
