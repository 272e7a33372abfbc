/**
 * What of a file needs no write, known before its turn: where the first rows are new, those behind them would else count as
 * open for as long as the first take, as if what was sent before were lost.
 */
import { GrowingUint32 } from '../../../collections/growing.js';
import type { DecidedRows } from '../../../plan/decided-rows.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { KnownOptions } from '../../known/before.js';
import type { Reading } from '../../reading/first-reading.js';
import type { StopControl } from '../../stop.js';
import type { Outcomes } from '../outcomes.js';

/** A pass that can't go on for so long waits for the window, and not for the disk. */
const BEGIN_AFTER_MS = 250;

const TELL_EVERY_MS = 1000;

export interface AheadParts {
  readonly reading: Pick<Reading, 'planned'>;
  readonly first: DecidedRows;
  readonly known: Pick<KnownOptions, 'checkpoint' | 'live' | 'resend'>;
  readonly outcomes: Pick<Outcomes, 'ahead'>;
  readonly stop: Pick<StopControl, 'signal'>;
}

export class Ahead {
  readonly #parts: AheadParts;
  readonly #ordinals = new GrowingUint32();
  readonly #rows = new GrowingUint32();
  /** How many of those that were found the pass has come to. */
  #passed = 0;
  #at = -1;
  #contactsAhead = 0;
  #rowsAhead = 0;
  #looking: Promise<void> | undefined;
  #isOver = false;

  constructor(parts: AheadParts) {
    this.#parts = parts;
  }

  /** The pass begins: how much it has to send is not known where some of it may be in Clarky. */
  begin(): void {
    if (this.#mayFindAny) this.#parts.outcomes.ahead({ contacts: 0, rows: 0, isWhole: false });
  }

  /** The pass is at this place. */
  at(ordinal: number): void {
    this.#at = ordinal;
    while (this.#passed < this.#ordinals.length && this.#ordinals.get(this.#passed) <= ordinal) {
      this.#contactsAhead -= 1;
      this.#rowsAhead -= this.#rows.get(this.#passed++);
    }
  }

  /** Waits until a contact is taken; looks ahead meanwhile, once, where that takes long. */
  async during(taken: Promise<void>): Promise<void> {
    const timer =
      this.#looking === undefined && this.#mayFindAny ? setTimeout(() => this.#start(), BEGIN_AFTER_MS) : undefined;
    try {
      await taken;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The pass has come to the end, or was stopped. Resolves once nothing is read any more. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#looking;
    if (this.#mayFindAny) this.#parts.outcomes.ahead({ contacts: 0, rows: 0, isWhole: true });
  }

  get #mayFindAny(): boolean {
    const { checkpoint, live, resend } = this.#parts.known;
    return resend !== true && (live !== undefined || (checkpoint?.acceptedCount ?? 0) > 0);
  }

  #start(): void {
    // What can't be read here can't be read in the pass either, which says so.
    this.#looking = this.#look().catch(() => undefined);
  }

  async #look(): Promise<void> {
    let ordinal = 0;
    let toldMs = performance.now();
    const { reading, first, stop } = this.#parts;
    for await (const batch of reading.planned(first.decisions, stop.signal, first.isWanted)) {
      for (const planned of batch) {
        if (this.#isOver) return;
        const at = ordinal++;
        // What this run has sent is as it was last sent as well.
        if (at <= this.#at || planned.kind === 'rejection' || !(await this.#needsNoWrite(planned)) || at <= this.#at)
          continue;
        this.#ordinals.push(at);
        this.#rows.push(planned.records.length);
        this.#contactsAhead += 1;
        this.#rowsAhead += planned.records.length;
      }
      if (performance.now() - toldMs < TELL_EVERY_MS) continue;
      toldMs = performance.now();
      this.#tell(false);
    }
    this.#tell(true);
  }

  #tell(isWhole: boolean): void {
    if (this.#isOver) return;
    this.#parts.outcomes.ahead({ contacts: this.#contactsAhead, rows: this.#rowsAhead, isWhole });
  }

  async #needsNoWrite(planned: PlannedContact): Promise<boolean> {
    const { checkpoint, live } = this.#parts.known;
    // One that is gone from Clarky is no longer what was sent.
    if (live !== undefined && planned.external === undefined) return false;
    if (checkpoint?.isUnchanged(planned) === true) return checkpoint.refusalOf(planned) === undefined;
    return (await live?.compare(planned))?.differences.length === 0;
  }
}
