import { readWrite, type ApiContext } from './api.js';
import type { Delays } from './http/delays.js';
import type { Listener } from './http/listener.js';
import { ContactStore } from './contacts/contact-store.js';
import { FaultPlan, faultSettingsProblem, type FaultSettings } from './faults.js';
import { Gate } from './limits/gate.js';
import type { SandboxSettings } from './options.js';
import { seededRandom, type Random } from './random.js';
import { RequestLog } from './request-log.js';
import { Replica } from './contacts/replica.js';
import { openStoreFile } from './contacts/store-file.js';
import type { StoredContact } from './contacts/stored-contact.js';
import {
  buildWorkspace,
  FOREIGN_WORKSPACE_ID,
  makeKey,
  WORKSPACE_ID,
  type KeyKind,
  type Workspace,
} from './workspace.js';

/** All that a running sandbox knows, apart from its socket. */
export class SandboxState {
  readonly settings: SandboxSettings;
  readonly delays: Delays;
  readonly workspace: Workspace;
  readonly store: ContactStore;
  readonly log: RequestLog;
  readonly api: ApiContext;
  readonly fullKeys: readonly string[];
  readonly foreignKey = makeKey();
  readonly #foreignApi: ApiContext;
  gate: Gate;
  plan: FaultPlan;
  readonly #listener: Pick<Listener, 'refuseFor' | 'reopen'>;
  /** What reads are answered from, where that is behind. */
  readonly #replica: Replica | undefined;
  #faultRandom: Random;
  #latencyRandom: Random;
  #released = (): void => undefined;
  /** Until the faults are replaced. */
  held: Promise<void> = Promise.resolve();
  #outage: { fromMs: number; untilMs: number } | undefined;

  constructor(settings: SandboxSettings, delays: Delays, listener: Pick<Listener, 'refuseFor' | 'reopen'>) {
    this.settings = settings;
    this.delays = delays;
    this.#listener = listener;
    this.workspace = buildWorkspace(settings.bots);
    const opened = settings.storePath === undefined ? undefined : openStoreFile(settings.storePath);
    const kept = opened?.contacts ?? [];
    if (settings.readLagMs > 0) {
      const copy = new ContactStore(settings.readings, WORKSPACE_ID, structuredClone(kept));
      this.#replica = new Replica(copy, settings.readLagMs, settings.clock);
    }
    const journal = this.#replica?.journal(opened?.journal) ?? opened?.journal;
    this.store = new ContactStore(settings.readings, WORKSPACE_ID, kept, journal, settings.idPart);
    this.log = new RequestLog(settings.keepRequests, settings.writes.windowMs);
    this.fullKeys = [settings.key, ...Array.from({ length: settings.keys - 1 }, makeKey)];
    this.gate = this.#newGate();
    this.#faultRandom = seededRandom(settings.seed);
    // A sequence of its own: whether latency is on must not change which requests fail.
    this.#latencyRandom = seededRandom(~settings.seed);
    this.plan = new FaultPlan({}, this.#faultRandom);
    this.api = {
      store: this.store,
      shownStore: () => this.#replica?.store ?? this.store,
      workspace: this.workspace,
      readings: settings.readings,
      nowMs: settings.clock,
      afterLookup: () => {
        const { nonAtomicMs = 0 } = this.plan.settings;
        return nonAtomicMs > 0 ? delays.wait(nonAtomicMs) : undefined;
      },
    };
    const foreign = new ContactStore(settings.readings, FOREIGN_WORKSPACE_ID);
    this.#foreignApi = {
      ...this.api,
      store: foreign,
      shownStore: () => foreign,
      workspace: buildWorkspace(['bot_other_1']),
    };
  }

  /** The workspace that a key belongs to. */
  apiOf(authorization: string | undefined): ApiContext {
    return this.gate.keyOf(authorization) === 'foreign' ? this.#foreignApi : this.api;
  }

  /** Puts the faults that the sandbox was started with in place; its second client has then been there for a window. */
  begin(): void {
    this.#setFaults(this.settings.faults, this.settings.clock() - this.settings.writes.windowMs);
  }

  /** Replaces all faults; the second client's writes begin now. Throws a RangeError for settings that can't be. */
  setFaults(faults: FaultSettings): void {
    const problem = faultSettingsProblem(faults);
    if (problem !== undefined) throw new RangeError(`These faults can't be: ${problem}.`);
    this.#setFaults(faults, this.settings.clock());
  }

  startOutage(nowMs: number): void {
    const { outage } = this.plan.settings;
    if (outage === undefined) return;
    this.#outage = { fromMs: nowMs, untilMs: nowMs + outage.forMs };
    if (outage.as === 'refuse') this.#listener.refuseFor(outage.forMs);
  }

  /** How a request that arrives now is kept out; undefined where it is not. */
  outageAt(nowMs: number): '503' | 'refuse' | undefined {
    if (this.#outage === undefined || nowMs < this.#outage.fromMs || nowMs >= this.#outage.untilMs) return undefined;
    return this.plan.settings.outage?.as;
  }

  /** Draws the time that one request spends on one of its two ways. */
  drawLatencyMs(way: 'before' | 'after'): number {
    const { minMs, maxMs, beforeShare } = this.settings.latency;
    if (maxMs === 0) return 0;
    const share = way === 'before' ? beforeShare : 1 - beforeShare;
    return share * (minMs + (maxMs - minMs) * this.#latencyRandom());
  }

  /** Stores contacts as if they had been written long ago: no request, no budget. Throws a RangeError for a bad one. */
  seed(contacts: readonly Record<string, unknown>[]): StoredContact[] {
    const [firstBotId = ''] = this.workspace.botIds;
    const inputs = contacts.map((contact, index) => {
      const read = readWrite({ bot_id: firstBotId, ...contact }, this.api);
      if (!read.ok) throw new RangeError(`Contact ${String(index + 1)} can't be stored: ${read.message}.`);
      return { ...read.value, bot_id: read.value.bot_id ?? firstBotId };
    });
    const stored = inputs.map((input) => this.store.insert(input, this.settings.clock()));
    this.#replica?.catchUp();
    return stored;
  }

  /** Forgets contacts, requests, budgets and revocations, and begins the first faults again. */
  reset(): void {
    this.store.clear();
    this.#replica?.catchUp();
    this.#foreignApi.store.clear();
    this.log.reset();
    this.gate = this.#newGate();
    this.#faultRandom = seededRandom(this.settings.seed);
    this.#latencyRandom = seededRandom(~this.settings.seed);
    this.begin();
  }

  #newGate(): Gate {
    const { readOnlyKey, writeOnlyKey } = this.settings;
    const keys = new Map<string, KeyKind>([
      [readOnlyKey, 'read-only'],
      [writeOnlyKey, 'write-only'],
      [this.foreignKey, 'foreign'],
    ]);
    for (const [index, key] of this.fullKeys.entries()) keys.set(key, index === 0 ? 'full' : `full-${index + 1}`);
    return new Gate(keys, this.settings);
  }

  #setFaults(faults: FaultSettings, secondClientStartMs: number): void {
    const plan = new FaultPlan(faults, this.#faultRandom);
    this.plan = plan;
    this.#outage = undefined;
    this.#listener.reopen();
    this.#released();
    this.held = new Promise((resolve) => (this.#released = resolve));
    this.gate.setSecondClient(faults.secondClient ?? 0, secondClientStartMs);
    const { afterMs } = faults.outage ?? {};
    if (afterMs === undefined) return;
    this.delays.run(afterMs, () => {
      if (this.plan === plan) this.startOutage(this.settings.clock());
    });
  }
}
