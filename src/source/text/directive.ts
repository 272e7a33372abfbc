import type { Head } from './format.js';

/** Excel's own directive on the first line: `sep=;` says the delimiter and is no record. */
export function separatorDirective(head: Head): string | undefined {
  const match = /^"?sep=([^"\r\n])"?[^\S\r\n]*(?:[\r\n]|$)/iu.exec(head.text.toString('utf8', 0, 64));
  return match?.[1];
}
