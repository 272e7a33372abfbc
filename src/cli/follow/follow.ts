/** What a person or a program sees on standard error while a command works. */
import type { ImportEvent, ImportListener } from '../../run/events.js';
import type { Settings } from '../../settings/settings.js';
import { formatDuration, secondsLeftOf } from '../../wording/durations.js';
import { jsonLine, printable } from '../../wording/printable.js';
import { wrapped } from '../../wording/wrapped.js';
import { say } from '../output.js';
import { inItsSigns } from '../views/signs.js';
import { eventInWords, NameDoubts, Troubles } from './event-words.js';
import { lineFor, plainLineFor } from './progress-words.js';
import { RunState } from '../../run/run-state.js';
import { terminalLine } from './terminal-line.js';

export interface Follower {
  readonly listener: ImportListener;
  /** A new phase, with what it counts. */
  readonly enter: (phase: string, done?: number, total?: number) => void;
  /** The same where each step is a write. */
  readonly enterWriting: (phase: string, writes: number) => void;
  /** Takes the line away until the next phase, for a question. */
  readonly pause: () => void;
  readonly close: () => void;
}

/** Not on a terminal: the first line comes so soon, the others each minute, in milliseconds. */
const FIRST_LINE_MS = 8_000;
const NEXT_LINES_MS = 60_000;
const JSON_EVERY_MS = 1000;

const nothing = (): void => undefined;
const SILENT: Follower = { listener: nothing, enter: nothing, enterWriting: nothing, pause: nothing, close: nothing };

/** @param phase what is done first, as a sentence without its full stop */
export function follow(settings: Settings, phase: string): Follower {
  // A log on standard error is all that is to be there.
  if (settings.progress !== 'json' && (settings.quiet === true || settings.log === '-')) return SILENT;
  const state = new RunState(phase, settings.rate === undefined);
  const out =
    settings.progress === 'json'
      ? jsonLines(state)
      : process.stderr.isTTY && process.env.TERM !== 'dumb'
        ? onTerminal(state, inItsSigns(process.stderr))
        : plainLines(state);
  const troubles = new Troubles();
  return {
    listener: (event) => {
      state.take(event, Date.now());
      if (event.type === 'request' && settings.verbose === true) out.request(event);
      out.event(event, troubles.take(event));
      out.changed();
    },
    enter: (next, done, total) => {
      state.enter(next, done, total);
      out.changed();
    },
    enterWriting: (next, writes) => {
      state.enterWriting(next, writes, Date.now());
      out.changed();
    },
    pause: out.pause,
    close: out.close,
  };
}

interface Out {
  /** @param trouble what it says of requests that do not get through */
  readonly event: (event: ImportEvent, trouble: string | undefined) => void;
  readonly request: (event: Extract<ImportEvent, { type: 'request' }>) => void;
  readonly changed: () => void;
  readonly pause: () => void;
  readonly close: () => void;
}

function onTerminal(state: RunState, target: NodeJS.WriteStream): Out {
  const line = terminalLine(target);
  const sinceMs = performance.now();
  const doubts = new NameDoubts();
  // A write that goes out late, once its window is free, has not been quiet before.
  let heardMs = sinceMs;
  const draw = (columns: number): string => {
    const atMs = performance.now();
    if (state.waits.isUnderWay(Date.now())) heardMs = atMs;
    return lineFor(state, atMs - sinceMs, Date.now(), columns, atMs - heardMs);
  };
  const tell = (text: string | undefined): void => {
    if (text === undefined) return;
    for (const part of wrapped(printable(text), (target.columns || 80) - 1)) line.say(part);
  };
  line.show(draw);
  return {
    event: (event, trouble) => {
      if (event.type === 'started' || event.type === 'request') heardMs = performance.now();
      tell(trouble ?? doubts.take(event) ?? eventInWords(event));
    },
    request: (event) => tell(requestInWords(event)),
    changed: () => line.show(draw),
    pause: line.hide,
    close: () => {
      line.close();
      const more = doubts.rest();
      if (more !== undefined) say(`${more}\n`);
    },
  };
}

function plainLines(state: RunState): Out {
  const doubts = new NameDoubts();
  const tell = (text: string | undefined): void => {
    if (text !== undefined) say(`${printable(text)}\n`);
  };
  const progress = (): void => tell(plainLineFor(state, Date.now()));
  let timer: NodeJS.Timeout = setTimeout(() => {
    progress();
    timer = setInterval(progress, NEXT_LINES_MS).unref();
  }, FIRST_LINE_MS).unref();
  return {
    event: (event, trouble) => tell(trouble ?? doubts.take(event) ?? eventInWords(event)),
    request: (event) => tell(requestInWords(event)),
    changed: nothing,
    pause: nothing,
    close: () => {
      clearTimeout(timer);
      tell(doubts.rest());
    },
  };
}

/** One object a line: how far it is, each second that something changed, and whatever else happens. */
function jsonLines(state: RunState): Out {
  let isChanged = true;
  let isOver = false;
  const tell = (fields: object): void => say(jsonLine({ time: new Date().toISOString(), ...fields }));
  const progress = (): void => {
    if (isOver || (!isChanged && state.waits.writesMs(Date.now()) === undefined)) return;
    isChanged = false;
    const nowMs = Date.now();
    const { phase, done, total, counts } = state;
    const secondsLeft = state.secondsLeft(nowMs);
    const waitSeconds = secondsLeftOf(state.waits.writesMs(nowMs) ?? 0);
    const givesUpMs = state.givesUpInMs(nowMs);
    const givesUpSeconds = givesUpMs === undefined ? undefined : Math.ceil(givesUpMs / 1000);
    const msg = plainLineFor(state, nowMs);
    tell({ event: 'progress', ...(counts ?? { phase, done, total }), secondsLeft, waitSeconds, givesUpSeconds, msg });
  };
  const timer = setInterval(progress, JSON_EVERY_MS).unref();
  return {
    event: (event, trouble) => {
      const msg = trouble ?? eventInWords(event);
      if (event.type === 'started' || event.type === 'ended') {
        isChanged = true;
        progress();
        if (event.type === 'ended') {
          isOver = true;
          tell({ event: 'ended', ...event.summary, exit: event.exitStatus });
        }
      } else if (msg !== undefined) {
        const code = event.type === 'warning' ? { code: event.code } : {};
        tell({ event: event.type, ...code, msg: printable(msg) });
      }
    },
    request: (event) => tell(requestInFacts(event)),
    changed: () => {
      isChanged = true;
    },
    pause: nothing,
    close: () => {
      clearInterval(timer);
      progress();
    },
  };
}

/** What a program is told of a request: in whole milliseconds, and nothing of our own clocks. */
function requestInFacts(event: Extract<ImportEvent, { type: 'request' }>): object {
  const { method, route, status, attempt, ms, rate } = event;
  return { event: 'request', method, route, status, attempt, ms: Math.round(ms), rate, msg: requestInWords(event) };
}

function requestInWords(event: Extract<ImportEvent, { type: 'request' }>): string {
  const { method, route, status, attempt, ms, rate } = event;
  const facts = [
    `${Math.round(ms)} ms`,
    ...(rate?.window === undefined ? [] : [`${rate.window.remaining} of ${rate.window.limit} left`]),
    ...(rate?.retryAfterMs === undefined ? [] : [`retry after ${formatDuration(rate.retryAfterMs / 1000)}`]),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
  ];
  return `${method} ${route}: ${status ?? 'no answer'} (${facts.join(', ')})`;
}
