/** What a checkpoint's facts add up to, for one scope. Pure: facts in, questions answered. */
import { DigestIndex } from '../collections/digest-index.js';
import { GrowingUint8 } from '../collections/growing.js';
import type { Fact, RunCounts, Scope } from './format.js';

const DIGEST_BYTES = 16;

/** A run as the checkpoint remembers it; `exit` is missing where it was killed. */
export interface RunRecord {
  readonly startedAt: string;
  readonly rows: number;
  readonly live: boolean;
  readonly endedAt?: string;
  readonly exit?: number;
  readonly counts?: RunCounts;
}

/** The accepted and refused payloads of one scope. Grows by some 40 bytes an identity. */
export class CheckpointState {
  readonly scope: Scope;
  readonly #identities = new DigestIndex();
  readonly #payloads = new GrowingUint8();
  /** 1 where the identity's newest fact says that a payload was accepted. */
  readonly #known = new GrowingUint8();
  /** Identities of which another payload was sent and nothing is known of what became of it. */
  readonly #uncertain = new Set<number>();
  readonly #refused = new Map<number, { payload: string; code: string }>();
  #accepted = 0;
  /** Whether the server was found to want even spacing. */
  evenPace = false;
  /** Pipeline stages by name, as last looked up. */
  stages: ReadonlyMap<string, string> | undefined;
  lastRun: RunRecord | undefined;
  /** The newest run that ended with every row decided: what a guard compares the next plan with. */
  lastFinishedRun: RunRecord | undefined;
  /** Lines that hold a fact which a later one replaced; what compaction would win. */
  replacedLines = 0;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  get acceptedCount(): number {
    return this.#accepted;
  }

  get refusedCount(): number {
    return this.#refused.size;
  }

  /** True where `payload` is what was last accepted for `identity`, and no other was sent since. */
  isUnchanged(identity: Uint8Array, payload: Uint8Array): boolean {
    const at = this.#identities.get(identity);
    if (at < 0 || this.#known.get(at) !== 1 || this.#uncertain.has(at)) return false;
    const from = at * DIGEST_BYTES;
    for (let i = 0; i < DIGEST_BYTES; i++) if (this.#payloads.get(from + i) !== payload[i]) return false;
    return true;
  }

  /** True where any payload was accepted for `identity`. */
  isKnown(identity: Uint8Array): boolean {
    const at = this.#identities.get(identity);
    return at >= 0 && this.#known.get(at) === 1;
  }

  /** The error code with which this very payload was refused in an earlier run, if it was. */
  refusalOf(identity: Uint8Array, payload: string): string | undefined {
    const at = this.#identities.get(identity);
    const refusal = at < 0 ? undefined : this.#refused.get(at);
    return refusal?.payload === payload ? refusal.code : undefined;
  }

  /** Takes one fact of this scope into account. */
  apply(fact: Fact): void {
    switch (fact.kind) {
      case 'accepted':
        this.accept(Buffer.from(fact.identity, 'base64url'), Buffer.from(fact.payload, 'base64url'));
        break;
      case 'refused': {
        const at = this.#ordinal(Buffer.from(fact.identity, 'base64url'));
        if (this.#refused.has(at)) this.replacedLines++;
        this.#refused.set(at, { payload: fact.payload, code: fact.code });
        break;
      }
      case 'sending': {
        const at = this.#ordinal(Buffer.from(fact.identity, 'base64url'));
        if (this.#uncertain.has(at)) this.replacedLines++;
        this.#uncertain.add(at);
        break;
      }
      case 'forgotten': {
        const at = this.#ordinal(Buffer.from(fact.identity, 'base64url'));
        this.replacedLines += 1 + this.#known.get(at);
        if (this.#uncertain.delete(at)) this.replacedLines++;
        this.#accepted -= this.#known.get(at);
        this.#known.set(at, 0);
        this.#refused.delete(at);
        break;
      }
      case 'started':
        if (this.lastRun) this.replacedLines++;
        this.lastRun = { startedAt: fact.at, rows: fact.rows, live: fact.live === true };
        break;
      case 'ended':
        if (this.lastRun) {
          this.lastRun = { ...this.lastRun, endedAt: fact.at, exit: fact.exit, counts: fact.counts };
          if (fact.exit === 0 || fact.exit === 3) this.lastFinishedRun = this.lastRun;
        }
        break;
      case 'pace':
        this.evenPace = fact.even;
        break;
      case 'stages':
        this.stages = new Map(Object.entries(fact.ids));
        break;
      case 'header':
      case 'scope':
        break;
    }
  }

  /** An accepted payload, as raw digests: the form that a load of a million lines takes. */
  accept(identity: Uint8Array, payload: Uint8Array): void {
    const at = this.#ordinal(identity);
    if (this.#known.get(at) === 1) this.replacedLines++;
    else this.#accepted++;
    this.#known.set(at, 1);
    for (let i = 0; i < DIGEST_BYTES; i++) this.#payloads.set(at * DIGEST_BYTES + i, payload[i] ?? 0);
    if (this.#refused.delete(at)) this.replacedLines++;
    if (this.#uncertain.delete(at)) this.replacedLines++;
  }

  #ordinal(identity: Uint8Array): number {
    const at = this.#identities.add(identity);
    if (at === this.#known.length) {
      this.#known.push(0);
      for (let i = 0; i < DIGEST_BYTES; i++) this.#payloads.push(0);
    }
    return at;
  }
}
