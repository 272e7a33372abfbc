/** Which lines of one scope still say something, as its facts come one after the other. */
import { DigestIndex } from '../collections/digest-index.js';
import { GrowingUint32 } from '../collections/growing.js';
import { DELETED_IN_CLARKY } from '../problem.js';
import { DIGEST_CHARACTERS } from './facts/digests.js';
import type { RunFact } from './facts/run-fact.js';
import type { ContactFact, NeighbourFact } from './format.js';
import { isFinished, MOST_SHEETS } from './run-history.js';
import { openAfter, withSend, type UnderWay } from './unanswered.js';

/** What the lines of a scope tell. */
export type ToldFact = ContactFact | NeighbourFact | RunFact;

/** A send without an answer, with the line of its first time, and of its newest where it was sent again. */
interface OpenSend extends UnderWay {
  readonly lines: readonly number[];
}

/** The lines of a run; 0 for none. */
interface RunLines {
  readonly started: number;
  readonly ended: number;
}

export class LiveLines {
  /** Identities, e-mails and phones. */
  readonly #keys = new DigestIndex(2);
  /** By key: the identity that it went out with first, as a key plus one. */
  readonly #identityOf = new GrowingUint32();
  /** Keys that went out with several identities. Which contact is whose then hangs on each of their lines: all are kept. */
  readonly #shared = new Set<number>();
  readonly #ofShared: number[] = [];
  /** By key: the line that last told of its acceptance; 0 for none. */
  readonly #accepted = new GrowingUint32();
  /** By key: the line of its refusal; 0 for none. */
  readonly #refused = new GrowingUint32();
  /** By key: its open sends, the newest last. */
  readonly #sending = new Map<number, OpenSend[]>();
  /** By key: the line of its undo. What was accepted before may still be kept for another e-mail or phone. */
  readonly #forgotten = new Map<number, number>();
  /** By contact id: the line of a contact of the workspace that kept rows back. */
  readonly #neighbours = new Map<string, number>();
  /** Pace, stages and the like, of which the newest counts. */
  readonly #newest = new Map<string, number>();
  /** By sheet, '' for what has none: the newest line of what was taken back of its last run. */
  readonly #undone = new Map<string, number>();
  #last: RunLines = { started: 0, ended: 0 };
  #finished: RunLines = this.#last;
  /** Of a workbook: the last run of each sheet. */
  readonly #ofSheets = new Map<string, RunLines>();
  #sheet: string | undefined;

  /** The first reading: who has something in common. */
  observe(fact: ToldFact): void {
    if (!('identity' in fact)) return;
    const identity = this.#keyOf(fact.identity);
    for (const key of this.#keysOf(fact)) {
      const earlier = this.#identityOf.get(key);
      if (earlier === 0) this.#identityOf.set(key, identity + 1);
      else if (earlier !== identity + 1) this.#shared.add(key);
    }
  }

  /** The second reading: the lines with their numbers. */
  take(fact: ToldFact, line: number): void {
    // Who is told of after it may leave no line behind.
    if ('identity' in fact || fact.kind === 'started') this.#newest.delete('fetched');
    if ('identity' in fact && this.#keysOf(fact).some((key) => this.#shared.has(key))) {
      this.#ofShared.push(line);
      return;
    }
    switch (fact.kind) {
      case 'accepted':
        this.#takeAccepted(fact, line);
        break;
      case 'answered':
        this.#sending.get(this.#keyOf(fact.identity))?.pop();
        break;
      case 'refused':
      case 'sending':
      case 'forgotten':
        if (fact.kind === 'sending') this.#takePoints(fact, line);
        this.#takeOther(fact, this.#keyOf(fact.identity), line);
        break;
      case 'neighbour':
        this.#neighbours.set(fact.id, line);
        break;
      case 'no neighbour':
        this.#neighbours.delete(fact.id);
        break;
      case 'started':
        this.#sheet = fact.sheet?.name;
        if (this.#sheet === undefined) this.#undone.clear();
        else this.#undone.delete(this.#sheet);
        this.#ranOn({ started: line, ended: 0 });
        break;
      case 'ended':
        this.#ranOn({ ...this.#last, ended: line });
        if (isFinished(fact)) this.#finished = this.#last;
        break;
      case 'undone':
        this.#undone.set(fact.import.sheet ?? this.#sheet ?? '', line);
        break;
      default:
        this.#newest.set(fact.kind, line);
    }
  }

  /** The lines to keep; some come twice. */
  *all(): Generator<number> {
    const runs = [this.#finished, this.#last, ...this.#ofSheets.values()];
    const lines = [...runs.flatMap(({ started, ended }) => [started, ended]), ...this.#newest.values()];
    yield* this.#undone.values();
    yield* lines.filter((line) => line > 0);
    yield* this.#forgotten.values();
    yield* this.#neighbours.values();
    for (const open of this.#sending.values()) yield* open.flatMap(({ lines }) => lines);
    yield* this.#ofShared;
    for (let key = 0; key < this.#keys.size; key++) {
      for (const line of [this.#accepted.get(key), this.#refused.get(key)]) if (line > 0) yield line;
    }
  }

  #ranOn(run: RunLines): void {
    this.#last = run;
    if (this.#sheet === undefined) return;
    if (this.#ofSheets.has(this.#sheet) || this.#ofSheets.size < MOST_SHEETS) this.#ofSheets.set(this.#sheet, run);
  }

  #takeAccepted(fact: Extract<ContactFact, { kind: 'accepted' }>, line: number): void {
    const key = this.#keyOf(fact.identity);
    this.#refused.set(key, 0);
    this.#takeAnswer(key, fact.payload);
    this.#forgotten.delete(key);
    for (const of of this.#keysOf(fact)) this.#accepted.set(of, line);
  }

  /** What may have arrived after the answer tells so by the time of what was answered. */
  #takeAnswer(key: number, payload: string): void {
    const open = this.#sending.get(key);
    if (open === undefined) return;
    const answered = open.at(-1)?.lines ?? [];
    const left = openAfter(open, payload);
    if (left.length === 0) this.#sending.delete(key);
    else
      this.#sending.set(
        key,
        left.map((send) => ({ ...send, lines: [...send.lines, ...answered] })),
      );
  }

  /** Until it is accepted otherwise, an e-mail or phone is known from where it was sent first. */
  #takePoints(fact: Extract<ContactFact, { kind: 'sending' }>, line: number): void {
    const [, ...points] = this.#keysOf(fact);
    for (const point of points) if (this.#accepted.get(point) === 0) this.#accepted.set(point, line);
  }

  #keysOf({ identity, points = '' }: { readonly identity: string; readonly points?: string }): number[] {
    const keys = [this.#keyOf(identity)];
    for (let at = 0; at < points.length; at += DIGEST_CHARACTERS) {
      keys.push(this.#keyOf(points.slice(at, at + DIGEST_CHARACTERS)));
    }
    return keys;
  }

  #takeOther(
    fact: Extract<ContactFact, { kind: 'refused' | 'sending' | 'forgotten' }>,
    key: number,
    line: number,
  ): void {
    if (fact.kind === 'refused') {
      // The answer to what was sent last, unless nothing was.
      if (fact.code !== DELETED_IN_CLARKY) this.#sending.get(key)?.pop();
      this.#refused.set(key, line);
    } else if (fact.kind === 'sending') {
      const open = this.#sending.get(key) ?? [];
      const [first] = open.at(-1)?.lines ?? [];
      const isAgain = fact.again === true && first !== undefined;
      const sent = { sentMs: fact.atMs ?? 0, payload: fact.payload, lines: isAgain ? [first, line] : [line] };
      this.#sending.set(key, withSend(open, sent, isAgain));
    } else {
      this.#sending.delete(key);
      if (fact.now !== 'missing') this.#accepted.set(key, 0);
      this.#refused.set(key, 0);
      this.#forgotten.set(key, line);
    }
  }

  #keyOf(digest: string): number {
    const key = this.#keys.add(Buffer.from(digest, 'base64url'));
    this.#identityOf.growTo(key + 1);
    this.#accepted.growTo(key + 1);
    this.#refused.growTo(key + 1);
    return key;
  }
}
