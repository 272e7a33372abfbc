/** What was sent of a file, as the page is told of it now. */
import { hasUndoJournal } from '../../run/status.js';
import type { ReadingOptions } from '../../run/settings.js';
import type { SentSoFar } from './sent.js';

type Told = Omit<SentSoFar, 'scope'>;

/** What was sent as the page is told of it. The journals may be gone, though the checkpoint is as it was. */
export async function told({ scope, ...sent }: SentSoFar, options: ReadingOptions): Promise<Told> {
  const isThere = async (was: boolean, sheet?: string): Promise<boolean> =>
    was && scope !== undefined && hasUndoJournal(options.file, options, { scope, sheet }).catch(() => false);
  const sheets = sent.sheets.map(async (one) => ({ ...one, isUndoable: await isThere(one.isUndoable, one.name) }));
  const isUndoable = await isThere(sent.isUndoable, sent.lastRun?.sheet ?? undefined);
  return { ...sent, isUndoable, sheets: await Promise.all(sheets) };
}

/** What was stopped is gone on with, whatever the file is; what was taken back is no more. */
export function isChanged({ lastRun, undone }: Told, modifiedMs: number): boolean {
  return lastRun !== null && undone === null && lastRun.counts?.pending === 0 && modifiedMs > Date.parse(lastRun.at);
}

/** Ended from outside, or going on. */
export function isCutOff({ lastRun }: SentSoFar): boolean {
  return lastRun !== null && lastRun.counts === null;
}
