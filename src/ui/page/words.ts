/** Words for people. */
import { nameOfCountry } from '../../country-name.js';
import { timeInWords } from '../../wording/times.js';

export { nameOfCountry } from '../../country-name.js';
export { fieldInWords } from '../../wording/fields.js';

/** Countries, by their names. */
export function countriesInWords(codes: readonly string[]): (readonly [string, string])[] {
  return codes.map((code) => [code, nameOfCountry(code)] as const).sort((a, b) => a[1].localeCompare(b[1]));
}

export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

export function dayInWords(ms: number): string {
  return Number.isNaN(ms) ? '' : timeInWords(ms);
}

export function percentInWords(rate: number): string {
  if (rate === 0 || rate === 1) return `${rate * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(rate * 100)))} %`;
}
