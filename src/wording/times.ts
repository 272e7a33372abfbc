/**
 * Times for people: everywhere by the clock of the machine, as `2026-11-24 03:36`, with its zone named once beside them.
 * What programs read (logs, `--json`) has UTC.
 */
import { printable } from './printable.js';

const MINUTE_MS = 60_000;

/** Minutes that the machine's clock is ahead of UTC at a time. */
export function zoneOf(ms: number): number {
  return -new Date(ms).getTimezoneOffset();
}

/** `2026-11-24 03:36`. @param zone minutes ahead of UTC */
export function timeInWords(ms: number, zone = zoneOf(ms)): string {
  const iso = shifted(ms, zone);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** `UTC+05:30`, or `UTC`. */
export function zoneInWords(zone: number): string {
  if (zone === 0) return 'UTC';
  const minutes = Math.abs(zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A moment that was noted, with the zone; a text that is no moment stays as it is. */
export function localTime(iso: string): string {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? printable(iso) : `${timeInWords(ms)} ${zoneInWords(zoneOf(ms))}`;
}

/** When something ends: `14:20`, with its day where that is not today. */
export function endInWords(endMs: number, nowMs: number, zone = zoneOf(endMs)): string {
  const isToday = shifted(endMs, zone).slice(0, 10) === shifted(nowMs, zone).slice(0, 10);
  return isToday ? shifted(endMs, zone).slice(11, 16) : timeInWords(endMs, zone);
}

function shifted(ms: number, zone: number): string {
  return new Date(ms + zone * MINUTE_MS).toISOString();
}
