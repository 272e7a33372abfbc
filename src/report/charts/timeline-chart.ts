/** The rolling count of writes against the limit, over time. Pure. */
import { counted, formatCount, formatDuration, overTheLimit } from '../../wording/durations.js';
import { element, type Element, type Markup } from '../markup.js';
import type { TimelineData } from '../timeline.js';

const WIDTH = 1000;
const HEIGHT = 180;
/** Round times, in seconds: parts of a second, a minute, an hour and a day. */
const ROUND_TIMES = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000];
const DAY_SECONDS = 86_400;
/** Nearer to the end than this a time would stand out over it. */
const LAST_PERCENT = 95;

interface Scale {
  x(atMs: number): number;
  y(count: number): number;
}

/** The chart with its legend and axis in words; it grows and shrinks with what holds it. */
export function timelineChart(data: TimelineData): Element {
  const spanMs = Math.max(1000, data.endMs);
  const highest = Math.max(1, peakOf(data) * 1.15, highestLimit(data) * 1.25);
  const scale: Scale = {
    x: (atMs) => round((Math.min(atMs, spanMs) / spanMs) * WIDTH),
    y: (count) => round(HEIGHT - (count / highest) * HEIGHT),
  };
  const words = timelineInWords(data);
  const heights = gridHeights(highest);
  const plot = element(
    'svg',
    { width: '100%', height: '100%', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none' },
    ...heights.map((count) => element('path', { class: 'grid', d: `M0 ${scale.y(count)}H${WIDTH}` })),
    ...data.pauses.map(({ fromMs, toMs }) =>
      element('rect', {
        class: 'pause',
        x: scale.x(fromMs),
        y: 0,
        width: Math.max(2, scale.x(toMs) - scale.x(fromMs)),
        height: HEIGHT,
      }),
    ),
    element('path', { class: 'area', d: `${steps(data, scale)}L${scale.x(data.endMs)} ${HEIGHT}L0 ${HEIGHT}Z` }),
    element('path', { class: 'line', d: steps(data, scale) }),
    ...limitLine(data, scale),
    ...throttledMarks(data, scale),
    ...data.marks
      .filter(({ kind }) => kind !== 'limit')
      .map(({ atMs, kind }) => vertical(kind, Math.min(WIDTH - 1, scale.x(atMs)))),
  );
  return element(
    'figure',
    { class: 'timeline' },
    // The plot is stretched to its place, its numbers are not: they stand in the drawing around it.
    element(
      'svg',
      { role: 'img', 'aria-label': words },
      element('title', {}, words),
      plot,
      ...heights.map((count) => yLabel(count, scale)),
      ...limitLabels(data, scale),
    ),
    axis(spanMs),
    legend(data),
  );
}

/** The counts at which a line is drawn: 0, and up to four round ones above it. */
function gridHeights(highest: number): number[] {
  const step = roundStep(highest / 4);
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, at) => at * step);
}

/** 1, 2 or 5 of a power of ten, never a part of one. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= least) ?? least);
}

function yLabel(count: number, scale: Scale): Element {
  const attributes = { class: 'y', x: '-0.5em', y: percentOf(scale.y(count)), dy: '0.32em', 'text-anchor': 'end' };
  return element('text', attributes, shortCount(count));
}

/** The number of the limit, on its line where it begins; of one that changed, where it ends as well. */
function limitLabels({ limit, marks }: TimelineData, scale: Scale): Element[] {
  if (limit === null) return [];
  const last = lastLimit(limit, marks);
  const label = (count: number, x: string, anchor: string): Element => {
    const place = { x, y: percentOf(scale.y(count)), dy: '-0.4em', 'text-anchor': anchor };
    return element('text', { class: 'limit-label', ...place }, `limit ${formatCount(count)}`);
  };
  return [label(limit, '0.4em', 'start'), ...(last === limit ? [] : [label(last, '100%', 'end')])];
}

const peakOf = ({ bins }: TimelineData): number => Math.max(0, ...bins.map((bin) => bin.peak));

const throttledIn = ({ bins }: TimelineData): number => bins.reduce((sum, bin) => sum + bin.throttled, 0);

const lastLimit = (first: number, marks: TimelineData['marks']): number =>
  marks.reduce((known, mark) => mark.limit ?? known, first);

const percentOf = (y: number): string => `${round((y / HEIGHT) * 100)}%`;

/** Of four characters at most. */
function shortCount(count: number): string {
  if (count < 10_000) return count < 1000 ? String(count) : formatCount(count);
  return count < 1_000_000 ? `${count / 1000}k` : `${count / 1_000_000}M`;
}

const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** The chart for those who do not see it. */
export function timelineInWords(data: TimelineData): string {
  const writes = data.bins.reduce((sum, bin) => sum + bin.writes, 0);
  const throttled = throttledIn(data);
  const window = formatDuration(data.windowMs / 1000);
  const against = data.limit === null ? 'without a limit' : `of ${formatCount(data.limit)} allowed`;
  return [
    `${counted(writes, 'write')} in ${formatDuration(data.endMs / 1000)}; at most ${formatCount(peakOf(data))} in any ${window}, ${against}.`,
    throttled === 0 ? 'Never over the limit.' : `${sentence(overTheLimit(throttled))} (429).`,
  ].join(' ');
}

function steps({ bins, binMs, endMs }: TimelineData, scale: Scale): string {
  const first = `M0 ${scale.y(bins[0]?.peak ?? 0)}`;
  return bins.reduce((path, bin, at) => {
    const y = scale.y(bin.peak);
    const isSame = at > 0 && bins[at - 1]?.peak === bin.peak;
    const toX = scale.x(Math.min((at + 1) * binMs, endMs));
    return `${path}${isSame ? '' : `V${y}`}H${toX}`;
  }, first);
}

function highestLimit({ limit, marks }: TimelineData): number {
  return Math.max(limit ?? 0, ...marks.map((mark) => mark.limit ?? 0));
}

function limitLine({ limit, marks, endMs }: TimelineData, scale: Scale): Element[] {
  if (limit === null) return [];
  let path = `M0 ${scale.y(limit)}`;
  for (const { atMs, limit: next } of marks) if (next !== undefined) path += `H${scale.x(atMs)}V${scale.y(next)}`;
  return [element('path', { class: 'limit', d: `${path}H${scale.x(Math.max(endMs, 1000))}` })];
}

function throttledMarks({ bins, binMs }: TimelineData, scale: Scale): Element[] {
  return bins.flatMap(({ throttled }, at) =>
    throttled === 0 ? [] : [vertical('throttled', scale.x((at + 0.5) * binMs))],
  );
}

function vertical(kind: string, x: number): Element {
  return element('path', { class: `mark ${kind}`, d: `M${x} 0V${HEIGHT}` });
}

/** Round times, each where it is: 0, and up to four more. */
function axis(spanMs: number): Element {
  const span = spanMs / 1000;
  const step = roundTime(span / 4);
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, at) => {
    const percent = round(((at * step) / span) * 100);
    const anchor = at === 0 ? 'start' : percent > LAST_PERCENT ? 'end' : 'middle';
    return element('text', { x: `${percent}%`, y: '1em', 'text-anchor': anchor }, roundTimeInWords(at * step));
  });
  return element('div', { class: 'axis', 'aria-hidden': 'true' }, element('svg', {}, ...ticks));
}

/** The next round time: steps of 1, 2 and 5 of what it is told in. */
function roundTime(least: number): number {
  return ROUND_TIMES.find((seconds) => seconds >= least) ?? roundStep(least / DAY_SECONDS) * DAY_SECONDS;
}

function roundTimeInWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds >= 2 * DAY_SECONDS && seconds % DAY_SECONDS === 0) return `${seconds / DAY_SECONDS} days`;
  return formatDuration(seconds).replace(/ h 00 min$/, ' h');
}

/** A limit that changed is told as it was and as it is. */
function limitInWords(limit: number, { marks }: TimelineData): string {
  const last = lastLimit(limit, marks);
  return `the limit, ${formatCount(limit)}${last === limit ? '' : `, later ${formatCount(last)}`}`;
}

function legend(data: TimelineData): Element {
  const throttled = throttledIn(data);
  const window = formatDuration(data.windowMs / 1000);
  const has = (kind: string): boolean => data.marks.some((mark) => mark.kind === kind);
  const item = (name: string, ...children: Markup[]): Element => element('li', { class: name }, ...children);
  return element(
    'ul',
    { class: 'legend keys' },
    item('line', `writes in any ${window}, at most ${formatCount(peakOf(data))}`),
    data.limit === null ? undefined : item('limit', limitInWords(data.limit, data)),
    throttled === 0 ? undefined : item('throttled', `${formatCount(throttled)} × 429, over the limit`),
    data.pauses.length === 0 ? undefined : item('pause', 'paused by Clarky'),
    has('even') ? item('even', 'from here evenly spaced') : undefined,
    has('stopped') ? item('stopped', 'stopped') : undefined,
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
