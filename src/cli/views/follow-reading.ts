/** What a person at a terminal sees while the workspace is read: one line that is written over. Nothing elsewhere. */
import type { ImportListener } from '../../run/events.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';

export interface ReadingFollower {
  readonly listener: ImportListener;
  readonly checked: (checked: number, total: number) => void;
  /** Takes the line away. */
  readonly close: () => void;
}

/** The line is written so often at most, in milliseconds. */
const EVERY_MS = 100;

export function followReading(
  target: { readonly isTTY?: boolean; write(text: string): boolean },
  now: () => number = () => performance.now(),
): ReadingFollower {
  let lastMs = -Infinity;
  let isShown = false;
  const show = (text: string): void => {
    if (target.isTTY !== true || now() - lastMs < EVERY_MS) return;
    lastMs = now();
    isShown = true;
    target.write(`\r\u001b[2K${text}`);
  };
  const close = (): void => {
    if (isShown) target.write('\r\u001b[2K');
    isShown = false;
  };
  return {
    listener: (event) => {
      if (event.type === 'workspace') {
        show(`Reading the workspace: ${formatCount(event.known)} of ${formatCount(event.total)} contacts`);
      }
      if (event.type === 'warning') {
        close();
        target.write(`${printable(event.message)}\n`);
      }
    },
    checked: (checked, total) => show(`Checked ${formatCount(checked)} of ${formatCount(total)} contacts`),
    close,
  };
}
