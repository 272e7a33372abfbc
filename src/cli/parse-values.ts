/** Option texts to typed values; each refusal is one sentence that commander prints with the option's name. */
import { InvalidArgumentError } from 'commander';

export interface WriteRate {
  readonly writes: number;
  readonly seconds: number;
}

/** `60/60`: writes per seconds. `off` for none. */
export function parseRate(text: string): WriteRate {
  if (text === 'off') return { writes: Number.POSITIVE_INFINITY, seconds: 60 };
  const match = /^(\d+)\/(\d+(?:\.\d+)?)$/.exec(text.trim());
  const writes = Number(match?.[1]);
  const seconds = Number(match?.[2]);
  if (!match || writes < 1 || seconds <= 0) {
    throw new InvalidArgumentError('It is written WRITES/SECONDS, for example 60/60.');
  }
  return { writes, seconds };
}

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text.trim()) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    }
    return value;
  };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `10m`, `4h`, `1h30m`; a bare number is seconds. In milliseconds. */
export function parseDuration(text: string): number {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  let totalMs = 0;
  let read = 0;
  for (const match of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d)\s*/g)) {
    totalMs += Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? Number.NaN);
    read += match[0].length;
  }
  if (read !== trimmed.length || read === 0) {
    throw new InvalidArgumentError('It is a duration such as 90s, 10m or 4h.');
  }
  return totalMs;
}

/**
 * `06:00` is the next time that the local clock shows it; otherwise a date and time in ISO form.
 * @param now the wall clock, in ms since the epoch
 */
export function parseDeadline(text: string, now: number = Date.now()): Date {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  if (clock) {
    const deadline = new Date(now);
    deadline.setHours(Number(clock[1]), Number(clock[2]), 0, 0);
    if (deadline.getTime() <= now) deadline.setDate(deadline.getDate() + 1);
    return deadline;
  }
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text.trim()) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('It is a time such as 06:00, or a date and time such as 2026-11-24T06:00.');
  }
  return date;
}

/** `10%` or `10`: a share of a hundred. */
export function parsePercent(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text.trim());
  const percent = Number(match?.[1]);
  if (!match || percent > 100) throw new InvalidArgumentError('It is a percentage from 0 to 100, for example 5%.');
  return percent;
}

/** `FIELD=VALUE`, repeatable. */
export function collectSetting(text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is written FIELD=VALUE, for example lead_source=Migration.');
  return { ...earlier, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

/** A country as ISO 3166-1 alpha-2, such as GB; whether it exists is checked where phones are read. */
export function parseCountry(text: string): string {
  const country = text.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) {
    throw new InvalidArgumentError('It is a country as two letters, for example GB, DE or US.');
  }
  return country;
}

/** One character; `tab` or `\t` for a tabulator. */
export function parseDelimiter(text: string): string {
  const delimiter = text === 'tab' || text === '\\t' ? '\t' : text;
  if ([...delimiter].length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new InvalidArgumentError('It is one character, for example ; or tab.');
  }
  return delimiter;
}
