/** What is warned of before the first write of an import. Pure. */
import type { CheckpointState } from '../../checkpoint/state.js';
import type { ImportEvent } from '../events.js';
import { clearsWhatIsLeftOut, type Probed } from '../probe/probed.js';
import type { Reading } from '../reading/first-reading.js';
import type { ImportOptions } from '../settings.js';

type Warning = Extract<ImportEvent, { type: 'warning' }>;

/** What a person who starts an import should know before its first write. */
export function warningsBefore(
  options: Pick<ImportOptions, 'live'>,
  { rows, file, warnings: ofReading }: Pick<Reading, 'rows' | 'file' | 'warnings'>,
  { probed, state }: { readonly probed: Probed | undefined; readonly state: CheckpointState },
): Warning[] {
  const warnings: Warning[] = ofReading.map((warning) => ({ type: 'warning', ...warning }));
  warnings.push(...listsWarning(state, file, options));
  warnings.push(...rowsWarning(rows));
  if (rows > 0 && probed !== undefined && clearsWhatIsLeftOut(probed)) {
    const message =
      options.live === true
        ? 'Clarky empties what an update does not name (doctor --probe found it): all that it has is sent along.'
        : 'Clarky empties what an update does not name (doctor --probe found it): with --live all that it has is sent along.';
    warnings.push({ type: 'warning', code: 'clears_fields', message });
  }
  return warnings;
}

/** Told before the first write of an import without `--live`. */
export const NOT_UNDOABLE: Warning = {
  type: 'warning',
  code: 'not_undoable',
  message: "Without --live this can't be undone (it reads what is in Clarky first, 100 contacts a read).",
};

/** Told before an import, and by its plan: an export of nobody is more often a broken one than an empty list. */
export function rowsWarning(rows: number): Warning[] {
  if (rows > 0) return [];
  return [{ type: 'warning', code: 'no_rows', message: 'The file has no rows: nothing is imported.' }];
}

/** Told before an import, and by its plan: `--live` joined lists that would now be replaced. */
export function listsWarning(
  state: CheckpointState | undefined,
  { settings }: Pick<Reading['file'], 'settings'>,
  { live }: Pick<ImportOptions, 'live'>,
): Warning[] {
  if (live === true || settings.lists !== undefined || state?.runs.last?.live !== true) return [];
  const message =
    'The last import joined e-mails, phones and tags with those in Clarky (--live); without --live those of a changed row replace them.';
  return [{ type: 'warning', code: 'lists_replaced', message }];
}
