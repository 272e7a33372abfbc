/** Clarky, reached: one client, its budgets of reads and writes, and the bot that the contacts belong to. */
import type { Access, Client } from '../../api/calls.js';
import type { ClientEvent } from '../../api/client-event.js';
import type { KeyRing } from '../../api/key-ring.js';
import { askedOutageMs } from '../../api/patience.js';
import type { WirePipeline } from '../../api/wire.js';
import { DEFAULT_API_URL, parseApiUrl } from '../../endpoint.js';
import { ImporterError } from '../../errors.js';
import type { StageIds } from '../../mapping/stages.js';
import { type OpenGate, type Rate, rateOf, READS_PER_MINUTE } from '../../rate/rate.js';
import type { RateEvent } from '../../rate/telling/rate-event.js';
import type { Behind } from './behind.js';
import { readProbeFile } from '../probe/probe-file.js';
import type { Probed } from '../probe/probed.js';
import type { ApiOptions } from '../settings.js';

export interface ConnectionOptions extends ApiOptions {
  readonly concurrency?: number | undefined;
  readonly onRate?: (event: RateEvent) => void;
  readonly onCall?: (event: ClientEvent) => void;
  readonly behind?: Behind;
  /** Ends the wait for a Redis that never answered. */
  readonly signal?: AbortSignal | undefined;
  /** Cuts everything, requests under way included. */
  readonly killSignal?: AbortSignal | undefined;
}

/** How long a server that never answered is tried while somebody watches: the address may be wrong. */
const ATTENDED_SECONDS = 15;
const ATTENDED_REDIS_MS = 10_000;

/** Requests in flight at once, for each key: enough for any latency up to some seconds, few enough that a kill sends few again. */
export const DEFAULT_CONCURRENCY = 10;

/** What the opening of a budget tells comes before a run has opened its log: it is kept until then. */
class HeldEvents {
  readonly #onRate: (event: RateEvent) => void;
  #held: RateEvent[] | undefined = [];

  constructor(onRate: (event: RateEvent) => void) {
    this.#onRate = onRate;
  }

  take(event: RateEvent): void {
    if (this.#held === undefined || event.type === 'account_silent') this.#onRate(event);
    // Of a limit that has changed meanwhile only the last is true.
    else this.#held = [...this.#held.filter(({ type }) => !(type === 'limit' && event.type === 'limit')), event];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#onRate(event);
  }
}

export class Connection {
  readonly client: Client;
  readonly behind: Behind | undefined;
  readonly apiUrl: string;
  readonly #options: ConnectionOptions;
  readonly #ring: KeyRing;
  readonly #readGate: OpenGate;
  readonly #writeGate: OpenGate;
  readonly #held: HeldEvents;
  #access: Promise<Access> | undefined;
  /** By which a key that takes another one's place is known to be of this workspace. */
  readonly #seen: { access?: Access };

  private constructor(parts: {
    client: Client;
    ring: KeyRing;
    apiUrl: string;
    options: ConnectionOptions;
    readGate: OpenGate;
    writeGate: OpenGate;
    held: HeldEvents;
    seen: { access?: Access };
  }) {
    this.client = parts.client;
    this.#ring = parts.ring;
    this.apiUrl = parts.apiUrl;
    this.behind = parts.options.behind;
    this.#options = parts.options;
    this.#readGate = parts.readGate;
    this.#writeGate = parts.writeGate;
    this.#held = parts.held;
    this.#seen = parts.seen;
  }

  /**
   * Makes the client; nothing is sent yet.
   * @throws ImporterError `usage`, `no_key` for a URL or key that can't be used; `unreachable` for a Redis that isn't there;
   *   the signal's reason
   */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const [{ connect }, { openGate }] = await Promise.all([
      import('../../api/client.js'),
      import('../../rate/open-gate.js'),
    ]);
    const { base: apiUrl } = parseApiUrl(options.apiUrl ?? DEFAULT_API_URL);
    const { redis: redisUrl, stateDir, rate, attended = false, onRate = () => undefined } = options;
    const keys = keysOf(options);
    const held = new HeldEvents(onRate);
    const redisWait = {
      patienceMs: askedOutageMs(options.maxOutageSeconds),
      firstPatienceMs: attended && options.maxOutageSeconds === undefined ? ATTENDED_REDIS_MS : undefined,
      signal: options.signal,
    };
    const shared = { apiUrl, key: keys, redisUrl, redisWait, stateDir };
    const [readGate, writeGate] = await Promise.all([
      openGate({ ...shared, kind: 'reads', rate: READS_PER_MINUTE, onEvent: tellReadsSpent(options.onCall) }),
      openGate({
        ...shared,
        kind: 'writes',
        rate: rateOf(rate),
        capped: rate !== undefined,
        onEvent: (event) => held.take(event),
      }),
    ]);
    const { rereadKeys, maxOutageSeconds, concurrency, behind } = options;
    const seen: { access?: Access } = {};
    const isSameWorkspace = async (another: string): Promise<boolean> => {
      const { seesTheSame } = await import('./one-workspace.js');
      return seen.access === undefined || seesTheSame(another, seen.access, { ...options, apiUrl });
    };
    const { client, keys: ring } = connect({
      apiUrl,
      key: keys[0] ?? '',
      moreKeys: keys.slice(1),
      rereadKeys,
      isSameWorkspace,
      gate: writeGate,
      readGate,
      maxOutageSeconds,
      maxUnreachedSeconds: attended && maxOutageSeconds === undefined ? ATTENDED_SECONDS : undefined,
      connections: Math.max(DEFAULT_CONCURRENCY * keys.length, concurrency ?? 0),
      signal: options.killSignal,
      onEvent: options.onCall,
    });
    const shown = behind?.over(client) ?? client;
    return new Connection({ client: shown, ring, apiUrl, options, readGate, writeGate, held, seen });
  }

  /** The write limit in force, of all keys together; at first the limit that was announced to their last user. */
  get limit(): Rate {
    return { limit: this.#writeGate.limit, windowMs: rateOf(this.#options.rate).windowMs };
  }

  /** Requests in flight at once. */
  get concurrency(): number {
    return this.#options.concurrency ?? DEFAULT_CONCURRENCY * keysOf(this.#options).length;
  }

  /**
   * Called once there is somebody to listen, before the first write.
   * @param evenPace whether an earlier run found that the server wants even spacing
   */
  beginWrites(evenPace: boolean): void {
    this.#held.release();
    if (evenPace) this.#writeGate.pace();
  }

  /** Even spacing was asked for and went well: the next run may do without. */
  get mayBurstNext(): boolean {
    return this.#writeGate.mayBurstNext;
  }

  /**
   * The bot that the contacts belong to: the one named, where the key sees it, else that of earlier runs, else the only one
   * there is.
   * @throws ImporterError `no_bot` (none named, and none or several to choose from), `wrong_bot`, `unauthorized`…
   */
  async findBot(named: string | undefined, signal?: AbortSignal, earlier?: string): Promise<string> {
    const { readable, bots } = await this.access(signal);
    if (named !== undefined) {
      // A pipeline is the documented way to find a bot, not the only way to have one: without any, trust the name.
      if (bots.length === 0 || bots.includes(named)) return named;
      throw new ImporterError('wrong_bot', `The key does not see a bot ${named}.`, {
        next: `It sees: ${bots.join(', ')}. Name one of them with --bot.`,
      });
    }
    if (earlier !== undefined && (bots.length === 0 || bots.includes(earlier))) return earlier;
    const [only, ...others] = bots;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) {
      throw new ImporterError('no_bot', `The key sees ${bots.length} bots: ${bots.join(', ')}.`, {
        next: 'Say which one is to own the contacts, with --bot ID or CLARKY_BOT_ID.',
      });
    }
    throw new ImporterError(
      'no_bot',
      readable
        ? 'The key sees no bot: the workspace has no pipeline.'
        : "The key may not read, so its bot can't be looked up.",
      { next: 'Name the bot that is to own the contacts, with --bot ID or CLARKY_BOT_ID.' },
    );
  }

  /** What the key may do, asked once. @throws ImporterError as `findBot` */
  access(signal?: AbortSignal): Promise<Access> {
    return (this.#access ??= this.#checkAccess(signal));
  }

  /** With several keys each is looked at by itself: none writes into another workspace, and one that is revoked is not written with. */
  async #checkAccess(signal: AbortSignal | undefined): Promise<Access> {
    const keys = keysOf(this.#options);
    if (keys.length === 1) return (this.#seen.access = await this.client.checkAccess({ signal }));
    const { checkOneWorkspace } = await import('./one-workspace.js');
    const { access, refused } = await checkOneWorkspace({ ...this.#options, apiUrl: this.apiUrl, keys, signal });
    // What takes the place of a refused one is compared with it.
    this.#seen.access = access;
    for (const account of refused) await this.#ring.refused(account, keys[account] ?? '', 'not_taken');
    return access;
  }

  /** The pipeline stages of a bot by name; of two pipelines, the default one's win. */
  async findStages(bot: string, signal?: AbortSignal): Promise<StageIds> {
    const own: WirePipeline[] = [];
    for await (const pipeline of this.client.pipelines({ signal })) if (pipeline.bot_id === bot) own.push(pipeline);
    const stages = new Map<string, string>();
    for (const pipeline of own.sort((a, b) => Number(b.is_default === true) - Number(a.is_default === true))) {
      for (const stage of await this.client.listStages(pipeline.id, { signal })) {
        if (typeof stage.name === 'string' && !stages.has(stage.name)) stages.set(stage.name, stage.id);
      }
    }
    return stages;
  }

  /** What `doctor --probe` has found out of this workspace, on this machine. */
  async probed(bot: string): Promise<Probed | undefined> {
    return (await readProbeFile({ api: this.apiUrl, bot }, this.#options.stateDir)).probed;
  }

  async close(): Promise<void> {
    await this.client.close();
    await Promise.all([this.#readGate.close(), this.#writeGate.close()]);
  }
}

function tellReadsSpent(onCall: ConnectionOptions['onCall']): (event: RateEvent) => void {
  return (event) => {
    if (event.type !== 'waiting') return;
    onCall?.({ type: 'reads_spent', limit: READS_PER_MINUTE.limit, waitMs: event.waitMs });
  };
}

function keysOf({ key, moreKeys = [] }: Pick<ApiOptions, 'key' | 'moreKeys'>): string[] {
  return [...new Set([key, ...moreKeys])];
}
