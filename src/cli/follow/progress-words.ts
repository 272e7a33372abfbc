/** How far a run is, in one line. */
import { formatCount, formatDuration } from '../../wording/durations.js';
import { endInWords } from '../../wording/times.js';
import { nextInWords } from '../../wording/waits.js';
import { widthOf } from '../../wording/width.js';
import type { RunState } from '../../run/run-state.js';

const BAR_WIDTH = 16;
/** In a narrow window what is said beside it matters more. */
const NARROW_COLUMNS = 60;
const NARROW_BAR_WIDTH = 5;
/** From here on it helps to know when it ends. */
const LONG_SECONDS = 600;

/** A server that takes longer than this for an answer is worth a word. */
const SLOW_MS = 2_000;

/**
 * For a terminal line of so many columns; what has no room is left out, the less important first.
 * @param quietMs how long nothing has come back
 */
export function lineFor(state: RunState, sinceMs: number, nowMs: number, columns: number, quietMs = 0): string {
  const { counts } = state;
  if (counts === undefined) {
    const what = phaseInWords(state);
    // A question stood there before, and nobody owed an answer while it did.
    const sinceWriting = nowMs - (state.writingSinceMs ?? nowMs);
    const quiet = quietInWords(state, nowMs, Math.min(quietMs, sinceWriting), state.done !== state.total);
    return fill(
      [what, ...quiet, ...partsOf(state, nowMs)],
      columns,
      sinceMs >= 2000 ? `${formatDuration(sinceMs / 1000)}` : '',
    );
  }
  const share = counts.rows === 0 ? 1 : state.decided / counts.rows;
  const width = columns < NARROW_COLUMNS ? NARROW_BAR_WIDTH : BAR_WIDTH;
  const filled = Math.floor(share * width);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
  const head = `${bar} ${formatCount(state.decided)}/${formatCount(counts.rows)}`;
  const quiet = quietInWords(state, nowMs, quietMs, share < 1);
  return fill([head, ...quiet, ...partsOf(state, nowMs)], columns);
}

function quietInWords(state: RunState, nowMs: number, quietMs: number, isMore: boolean): string[] {
  const isAwaited = isMore && !state.waits.isUnderWay(nowMs) && state.givesUpInMs(nowMs) === undefined;
  return isAwaited && quietMs >= SLOW_MS ? [`no answer for ${formatDuration(quietMs / 1000)}`] : [];
}

/** The same for a file or a mail: a whole sentence. */
export function plainLineFor(state: RunState, nowMs: number): string {
  const { counts } = state;
  const parts = partsOf(state, nowMs);
  const what =
    counts === undefined ? phaseInWords(state) : `${formatCount(state.decided)} of ${formatCount(counts.rows)} rows`;
  return `${what}${parts.length === 0 ? '' : `; ${parts.join(', ')}`}.`;
}

function phaseInWords({ phase, done, total }: RunState): string {
  if (done === undefined || total === 0) return phase;
  return `${phase}: ${formatCount(done)}${total === undefined ? '' : ` of ${formatCount(total)}`}`;
}

function partsOf(state: RunState, nowMs: number): string[] {
  const { counts } = state;
  const next = state.waits.next(nowMs);
  const givesUpMs = state.givesUpInMs(nowMs);
  const secondsLeft = state.secondsLeft(nowMs);
  const perMinute = state.perMinute(nowMs);
  return [
    ...(givesUpMs === undefined ? [] : [`giving up in ${formatDuration(Math.ceil(givesUpMs / 1000))}`]),
    ...(next === undefined ? [] : [nextInWords(next)]),
    ...(state.waitsForEarlier(nowMs) ? ['earlier writes count'] : []),
    ...(secondsLeft === undefined || secondsLeft < 2 ? [] : [leftInWords(secondsLeft, nowMs)]),
    ...(counts === undefined || counts.created === 0 ? [] : [`${formatCount(counts.created)} new`]),
    ...(counts === undefined || counts.updated === 0 ? [] : [`${formatCount(counts.updated)} updated`]),
    ...(counts === undefined || counts.unchanged === 0 ? [] : [`${formatCount(counts.unchanged)} unchanged`]),
    ...(counts === undefined || counts.rejected === 0 ? [] : [`${formatCount(counts.rejected)} rejected`]),
    ...(perMinute === undefined ? [] : [`${formatCount(perMinute)}/min`]),
  ];
}

function leftInWords(seconds: number, nowMs: number): string {
  const left = `${formatDuration(seconds)} left`;
  if (seconds < LONG_SECONDS) return left;
  return `${left} (${endInWords(nowMs + seconds * 1000, nowMs)})`;
}

/** As many parts as there is room for: the first always. */
function fill([first = '', ...parts]: readonly string[], columns: number, last = ''): string {
  let line = first;
  let isFirst = true;
  for (const part of [...parts, ...(last === '' ? [] : [last])]) {
    const longer = `${line}${isFirst ? '  ' : ', '}${part}`;
    if (widthOf(longer) > columns - 1) continue;
    line = longer;
    isFirst = false;
  }
  return line;
}
