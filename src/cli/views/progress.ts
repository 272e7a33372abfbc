/** How far a run is, on standard error: a bar on a terminal, else a plain line every minute. */
import { SingleBar } from 'cli-progress';
import type { ImportEvent, ImportListener } from '../../run/events.js';
import { leastSeconds, WRITES_PER_MINUTE } from '../../rate/rate.js';
import type { Counts } from '../../run/tally.js';
import { formatCount, formatDuration } from '../../wording/durations.js';

/** How often a plain line is written, in milliseconds. */
const PLAIN_EVERY_MS = 60_000;
/** The rate shown is that of about the last window, so that a pause is seen. */
const RATE_OVER_MS = 60_000;

export interface ProgressTarget {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

export interface Progress {
  readonly listener: ImportListener;
  /** Writes a line of text without breaking the bar. */
  say(text: string): void;
  close(): void;
}

/** What is sent each minute and what is left of it, from counts and the time they were taken at. Pure. */
export class Pace {
  readonly #samples: { atMs: number; done: number }[] = [];

  /** @param done contacts sent so far, unchanged ones apart @param atMs monotonic */
  add(atMs: number, done: number): void {
    this.#samples.push({ atMs, done });
    while (this.#samples.length > 2 && atMs - (this.#samples[1]?.atMs ?? atMs) > RATE_OVER_MS) this.#samples.shift();
  }

  /** Contacts a minute over the last minute; undefined until there is something to go by. */
  perMinute(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < 1000) return undefined;
    return ((last.done - first.done) * 60_000) / (last.atMs - first.atMs);
  }
}

/** Shows the progress of one run on `target`. */
export function showProgress(
  target: ProgressTarget & NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): Progress {
  return target.isTTY === true ? bar(target, now) : plainLines(target, now);
}

const decided = (counts: Counts): number => counts.rows - counts.pending;

function describe(counts: Counts, pace: Pace, limit: Limit): string {
  const perMinute = pace.perMinute();
  const left = counts.contacts - counts.created - counts.updated - counts.unchanged;
  const seconds = leastSeconds(Math.max(0, Math.min(left, counts.pending)), {
    limit: limit.writes,
    windowMs: limit.windowMs,
  });
  return [
    // Without a limit there is nothing to go by.
    ...(counts.pending === 0 || !Number.isFinite(limit.writes) ? [] : [`${formatDuration(seconds)} left`]),
    ...(perMinute === undefined ? [] : [`${formatCount(Math.round(perMinute))}/min`]),
    `${formatCount(counts.created)} new`,
    ...(counts.updated > 0 ? [`${formatCount(counts.updated)} updated`] : []),
    ...(counts.unchanged > 0 ? [`${formatCount(counts.unchanged)} unchanged`] : []),
    ...(counts.rejected > 0 ? [`${formatCount(counts.rejected)} rejected`] : []),
  ].join(', ');
}

interface Limit {
  writes: number;
  windowMs: number;
}

function bar(target: NodeJS.WriteStream, now: () => number): Progress {
  const pace = new Pace();
  const limit: Limit = { writes: WRITES_PER_MINUTE.limit, windowMs: WRITES_PER_MINUTE.windowMs };
  const single = new SingleBar({
    stream: target,
    format: (_options, _params, payload: { text?: string }) => payload.text ?? '',
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    linewrap: false,
    // Signals are the runner's: the bar only gives the cursor back when it is closed.
    gracefulExit: false,
    fps: 8,
  });
  let isRunning = false;
  const text = (counts: Counts): string => {
    const columns = target.columns > 0 ? target.columns : 80;
    const share = counts.rows === 0 ? 1 : decided(counts) / counts.rows;
    const width = 16;
    const filled = Math.round(share * width);
    const blocks = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    const head = `${blocks} ${formatCount(decided(counts))}/${formatCount(counts.rows)}  `;
    const parts = describe(counts, pace, limit);
    return `${head}${parts}`.slice(0, columns - 1);
  };
  return {
    listener: (event: ImportEvent) => {
      if (event.type === 'limit') Object.assign(limit, { writes: event.writes, windowMs: event.windowMs });
      if (event.type === 'started') {
        Object.assign(limit, event.limit);
        isRunning = true;
        single.start(Math.max(1, event.counts.rows), 0, { text: text(event.counts) });
      }
      if (event.type === 'progress' && isRunning) {
        pace.add(now(), event.counts.created + event.counts.updated);
        single.update(decided(event.counts), { text: text(event.counts) });
      }
      if (event.type === 'ended') stop();
    },
    say: (line) => {
      if (isRunning) target.write('\r\u001b[2K');
      target.write(`${line}\n`);
      if (isRunning) single.updateETA();
    },
    close: () => stop(),
  };
  function stop(): void {
    if (isRunning) single.stop();
    isRunning = false;
  }
}

function plainLines(target: ProgressTarget, now: () => number): Progress {
  const pace = new Pace();
  const limit: Limit = { writes: WRITES_PER_MINUTE.limit, windowMs: WRITES_PER_MINUTE.windowMs };
  let lastMs = now();
  return {
    listener: (event) => {
      if (event.type === 'limit') Object.assign(limit, { writes: event.writes, windowMs: event.windowMs });
      if (event.type === 'started') Object.assign(limit, event.limit);
      if (event.type !== 'progress') return;
      const nowMs = now();
      pace.add(nowMs, event.counts.created + event.counts.updated);
      if (nowMs - lastMs < PLAIN_EVERY_MS) return;
      lastMs = nowMs;
      const { counts } = event;
      target.write(
        `${formatCount(decided(counts))} of ${formatCount(counts.rows)} rows: ${describe(counts, pace, limit)}\n`,
      );
    },
    say: (line) => void target.write(`${line}\n`),
    close: () => undefined,
  };
}
