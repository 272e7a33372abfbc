/** Option texts of the sandbox to typed values; each refusal is one sentence that commander prints with the option's name. */
import { InvalidArgumentError } from 'commander';
import { wholeNumber as wholeNumberKind } from '../../../settings/kind.js';
import { durationMs } from '../../../settings/times.js';

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  const { check } = wholeNumberKind(least);
  return (text) => {
    const checked = check(text, Number.NaN);
    if ('value' in checked) return checked.value;
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
  };
}

/** `90s`, `10m`, `4h`, `1h30m`; a bare number is seconds. In milliseconds. */
export function parseDuration(text: string): number {
  const value = durationMs(text);
  if (value === undefined) throw new InvalidArgumentError('It is a duration such as 90s, 10m or 4h.');
  return value;
}
