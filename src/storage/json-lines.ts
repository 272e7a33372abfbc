/** What the codecs of our files of JSON Lines have in common. */
import { ImporterError } from '../errors.js';

/** A line's JSON object; undefined where it is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** True where `tail` could be the beginning of a file's first line that a crash cut off: such a file is as good as empty. */
export function isTornHeader(tail: string, format: string): boolean {
  const header = `{"format":${JSON.stringify(format)}`;
  return header.startsWith(tail) || tail.startsWith(header);
}

export function notOurs(path: string): ImporterError {
  return new ImporterError('bad_checkpoint', `${path} was not written by this clarky-contacts; it was left as it is.`, {
    next: 'Move that file away, or name another checkpoint with --checkpoint.',
  });
}

/** Texts by name. */
export type Texts = Readonly<Record<string, string>>;

/** What was read, where it is texts by name. */
export function textsOf(value: unknown): Texts | undefined {
  const isTexts =
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
  return isTexts ? (value as Texts) : undefined;
}
