/** What a list's checkpoint knows of its rejects files as they were written, wherever they were put and to whichever Clarky the list went. */
import { listScopes, readCheckpoint } from '../../../checkpoint/checkpoint.js';
import type { Scope } from '../../../checkpoint/format.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import { digestsIn } from '../../outputs/edited-rejects.js';

type Noted = NonNullable<CheckpointState['rejects']>;
type Known = Pick<CheckpointState, 'rejects'>;

/** So many that were written before are known still. */
const MOST_BEFORE = 100;

/** A rejects file that was written just so. */
export interface Written {
  /** Of which sheet of a workbook. */
  readonly sheet: string | undefined;
}

/** @returns undefined for a file that none of these runs wrote: somebody changed it since, or it is of an unknown past */
export function writtenIn(states: readonly Known[], digest: string): Written | undefined {
  const by = states.flatMap(({ rejects }) => rejects ?? []).find((noted) => digestsOf(noted).includes(digest));
  return by && { sheet: by.sheets?.[digest] };
}

/** Whether it is known at all what was written: an import of version 1.0.0 noted nothing of it. */
export function isPastKnown(states: readonly Known[]): boolean {
  return states.some(({ rejects }) => rejects !== undefined);
}

/** What is to be noted once a file was written: those of before may lie somewhere still. @param digest '' where none was */
export function notedAfter(
  before: Noted | undefined,
  { digest, sheet }: { readonly digest: string; readonly sheet: string | undefined },
): Pick<Noted, 'digest' | 'kept' | 'sheets'> {
  const earlier = before === undefined ? [] : digestsOf(before).filter((one) => one !== '' && one !== digest);
  const kept = [...new Set(earlier)].slice(-MOST_BEFORE);
  const sheets = kept.flatMap((one): [string, string][] => {
    const ofOne = before?.sheets?.[one];
    return ofOne === undefined ? [] : [[one, ofOne]];
  });
  if (digest !== '' && sheet !== undefined) sheets.push([digest, sheet]);
  return { digest, kept: kept.join(''), sheets: sheets.length === 0 ? undefined : Object.fromEntries(sheets) };
}

/** The newest at the end. */
function digestsOf({ digest, kept }: Noted): string[] {
  return [...digestsIn(kept), digest];
}

/** What is known of a file, for each place that it was imported to; of a damaged checkpoint nothing is. @param but which of them is not wanted */
export async function statesOf(checkpoint: string, but?: Scope): Promise<CheckpointState[]> {
  const scopes = await listScopes(checkpoint).catch((): readonly Scope[] => []);
  const others = scopes.filter(({ api, bot }) => api !== but?.api || bot !== but.bot);
  const states = await Promise.all(others.map((scope) => readCheckpoint(checkpoint, scope).catch(() => undefined)));
  return states.flatMap((state) => state ?? []);
}
