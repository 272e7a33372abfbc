/**
 * The workers: a bounded number of jobs at once, and of jobs waiting, so that a file is read at the pace at which it is
 * sent. Jobs that share a lane (an email, a phone) never overlap and keep the order in which they came: two upserts of
 * one contact in flight together could create it twice.
 */
import pLimit, { type LimitFunction } from 'p-limit';

export class LanePool {
  readonly #limit: LimitFunction;
  readonly #lanes = new Map<string, Promise<void>>();
  #inside = 0;
  /** Those who wait for room, in the order in which they came. */
  readonly #waiting: (() => void)[] = [];
  #onEmpty: (() => void)[] = [];
  #failure: { error: unknown } | undefined;

  constructor(concurrency: number) {
    this.#limit = pLimit(concurrency);
  }

  /**
   * Takes a job once there is room; resolves when it was taken, not when it is done.
   * @throws whatever an earlier job threw: a job that fails is a bug or a stop, and nothing more is to be sent
   */
  async add(lanes: readonly string[], job: () => Promise<void>): Promise<void> {
    if (this.#inside < this.#limit.concurrency * 2) this.#inside++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#failure) {
      this.#leave();
      throw this.#failure.error;
    }
    const before = lanes.flatMap((lane) => this.#lanes.get(lane) ?? []);
    const run = (before.length === 0 ? this.#limit(job) : Promise.all(before).then(() => this.#limit(job)))
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        for (const lane of lanes) if (this.#lanes.get(lane) === run) this.#lanes.delete(lane);
        this.#leave();
      });
    for (const lane of lanes) this.#lanes.set(lane, run);
  }

  /** Resolves when every job is done. @throws what a job threw */
  async drain(): Promise<void> {
    if (this.#inside > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
    if (this.#failure) throw this.#failure.error;
  }

  /** Whoever waits longest takes the place: nobody else can come in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) return next();
    this.#inside--;
    if (this.#inside === 0) for (const empty of this.#onEmpty.splice(0)) empty();
  }
}
