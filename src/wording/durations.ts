/** A duration for people: `4 s`, `3 min 20 s`, `2 h 05 min`, `3 days 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

/** A whole number for people, in groups of three: `80,000`. By hand, since node takes 50 ms to load its locales. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The words that go with a count: those of one, or those of any other. */
export function ofCount(count: number, one: string, others: string): string {
  return count === 1 ? one : others;
}

/** So many of something: `1 row`, `2,000 rows`. */
export function counted(count: number, one: string): string {
  return `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;
}

/** Seconds of a countdown: 60 for a minute and a little more, and never 0 while any time is left. */
export function secondsLeftOf(ms: number): number {
  return ms <= 0 ? 0 : Math.max(1, Math.round(ms / 1000));
}

/** How often the server said 429. */
export function overTheLimit(count: number): string {
  if (count === 0) return 'never over the limit';
  return count === 1 ? 'once over the limit' : `${formatCount(count)} times over the limit`;
}

/** Whole percent, where a few values are never 0 % and a few gaps never 100 %. */
export function percentInWords(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
