/** Durations, moments and rates, as people write them. */
import { shown, type Kind } from './kind.js';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `10m`, `4h`, `1h30m`, or a bare number of seconds, in milliseconds; undefined for any other text. */
export function durationMs(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  let totalMs = 0;
  let read = 0;
  for (const match of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d)\s*/g)) {
    totalMs += Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? Number.NaN);
    read += match[0].length;
  }
  return read === trimmed.length && read > 0 ? totalMs : undefined;
}

/** What is typed has a unit; what is given in code is a number. */
function durationHint(raw: unknown, inCode: string): string {
  return typeof raw === 'string' ? 'Write it like 90s, 10m or 4h.' : `It is a number of ${inCode}.`;
}

/** A duration in milliseconds; a number that a library's caller gives is milliseconds. */
export const DURATION_MS: Kind<number> = {
  control: 'text',
  check: (raw) => {
    const value = typeof raw === 'string' ? durationMs(raw) : raw;
    return typeof value === 'number' && value >= 0
      ? { value }
      : { wrong: `${shown(raw)} is no duration`, next: durationHint(raw, 'milliseconds, 0 or more') };
  },
};

/** The same in whole seconds; so is a number that a library's caller gives. */
export const DURATION_SECONDS: Kind<number> = {
  control: 'text',
  check: (raw) => {
    const ms = typeof raw === 'string' ? durationMs(raw) : undefined;
    const value = ms === undefined ? raw : Math.ceil(ms / 1000);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
      ? { value }
      : { wrong: `${shown(raw)} is no duration of a second or more`, next: durationHint(raw, 'whole seconds') };
  },
};

const MOMENT_EXAMPLES =
  'Write it as 06:00, 2026-11-24 (its first minute) or 2026-11-24T06:00, in local time; Z or +02:00 at the end says otherwise.';

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * `06:00` is the next time that the local clock shows it, a date alone its first minute; all of it is local time, unless
 * Z or an offset is written.
 */
export function momentOf(text: string, nowMs: number): Date | undefined {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (clock) {
    const moment = new Date(nowMs);
    moment.setHours(Number(clock[1]), Number(clock[2]), 0, 0);
    if (moment.getTime() > nowMs) return moment;
    const again = shownAgain(moment);
    if (again !== undefined && again.getTime() > nowMs) return again;
    moment.setDate(moment.getDate() + 1);
    return moment;
  }
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const zone = match[7];
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = match.slice(1, 7).map((part?: string) => Number(part ?? 0));
  if (!(mo >= 1 && mo <= 12 && d >= 1 && d <= daysOf(y, mo) && h <= 23 && mi <= 59 && s <= 59)) return undefined;
  if (zone === undefined) return new Date(y, mo - 1, d, h, mi, s);
  const offset = /^z$/i.test(zone) ? 0 : offsetMinutes(zone);
  if (Math.abs(offset) > MOST_OFFSET_MINUTES || /[6-9]\d$/.test(zone)) return undefined;
  return new Date(Date.UTC(y, mo - 1, d, h, mi, s) - offset * 60_000);
}

/** On the night on which clocks go back they show an hour, or half of one, twice. */
function shownAgain(moment: Date): Date | undefined {
  return [60, 30]
    .map((minutes) => new Date(moment.getTime() + minutes * 60_000))
    .find((later) => later.getHours() === moment.getHours() && later.getMinutes() === moment.getMinutes());
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** No clock on earth is further from UTC. */
const MOST_OFFSET_MINUTES = 14 * 60;

function offsetMinutes(zone: string): number {
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** When to stop. */
export const MOMENT_KIND: Kind<Date> = {
  control: 'text',
  check: (raw, nowMs) => {
    const value = typeof raw === 'string' ? momentOf(raw.trim(), nowMs) : raw;
    return value instanceof Date && !Number.isNaN(value.getTime())
      ? { value }
      : {
          wrong: raw instanceof Date ? 'it is a Date without a time' : `${shown(raw)} is no time`,
          next: typeof raw === 'string' ? MOMENT_EXAMPLES : "It is a Date, such as new Date('2026-12-31T06:00').",
        };
  },
};

/** Writes in any so many seconds. */
export interface WriteRate {
  /** How many at most; of a budget of reads, reads. */
  readonly writes: number;
  /** In any so many seconds. */
  readonly seconds: number;
}

/** `60/60`; `off` for none. */
export const RATE: Kind<WriteRate> = {
  control: 'text',
  check: (raw) => {
    const value = typeof raw === 'string' ? rateOf(raw.trim()) : raw;
    return isRate(value)
      ? { value }
      : {
          wrong:
            typeof raw === 'object' && raw !== null
              ? 'its writes and seconds are no two numbers above 0'
              : `${shown(raw)} is no rate`,
          next: typeof raw === 'string' ? 'Write WRITES/SECONDS, such as 60/60.' : RATE_IN_CODE,
        };
  },
};

function rateOf(text: string): WriteRate | undefined {
  if (text === 'off') return { writes: Number.POSITIVE_INFINITY, seconds: 60 };
  const match = /^(\d+)\/(\d+(?:\.\d+)?)$/.exec(text);
  return match ? { writes: Number(match[1]), seconds: Number(match[2]) } : undefined;
}

function isRate(raw: unknown): raw is WriteRate {
  if (typeof raw !== 'object' || raw === null || !('writes' in raw) || !('seconds' in raw)) return false;
  const { writes, seconds } = raw;
  // No part of a write can be sent; Infinity is `off`.
  const isCount = Number.isInteger(writes) || writes === Number.POSITIVE_INFINITY;
  return isCount && Number(writes) >= 1 && Number.isFinite(seconds) && Number(seconds) > 0;
}

/** So many requests in any window of this length: what a budget is reckoned with. */
interface RateInMs {
  readonly limit: number;
  readonly windowMs: number;
}

/** A rate as one given in code: `{ writes, seconds }` or text as for an import, or `{ limit, windowMs }` as version 1.0.0 had it. @param least the smallest limit */
export function rateInCode(least: 0 | 1): Kind<RateInMs> {
  const isLimit = (limit: unknown): boolean =>
    limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && Number(limit) >= least);
  const isWindow = (windowMs: unknown): boolean => Number.isFinite(windowMs) && Number(windowMs) > 0;
  return {
    control: 'text',
    check: (raw, nowMs) => {
      if (typeof raw === 'object' && raw !== null && 'limit' in raw && 'windowMs' in raw) {
        const { limit, windowMs } = raw;
        if (isLimit(limit) && isWindow(windowMs)) return { value: raw as RateInMs };
        return {
          wrong: `a limit of ${shown(limit)} in ${shown(windowMs)} ms is no rate`,
          next: RATE_IN_CODE,
        };
      }
      const checked = RATE.check(raw, nowMs);
      if (!('value' in checked)) return { ...checked, next: typeof raw === 'string' ? checked.next : RATE_IN_CODE };
      return { value: { limit: checked.value.writes, windowMs: checked.value.seconds * 1000 } };
    },
  };
}

const RATE_IN_CODE = 'It is two numbers above 0, such as { writes: 60, seconds: 60 }, or "off".';
