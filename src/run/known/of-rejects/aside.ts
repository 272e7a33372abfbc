/** Why the rejects file of an import before is set aside and not written over, and what is said of it. */
import type { CheckpointState } from '../../../checkpoint/state.js';
import { counted } from '../../../wording/durations.js';
import { digestOfFile, type AsideFor } from '../../outputs/edited-rejects.js';
import type { OpenedFile } from '../../reading/reading.js';
import { isPastKnown, statesOf, writtenIn } from './as-written.js';
import type { ImportOfRejects } from './rejects-left.js';
import { heldAgainstList } from './uncorrected.js';

/** The run that would write over it. */
export interface WritingRun {
  readonly checkpoint: string;
  readonly state: CheckpointState;
  readonly file: OpenedFile;
  /** By which the rows are told that it rejects; undefined where they are too many. */
  readonly keys: readonly string[] | undefined;
}

/** Why, and of which sheet it is. */
export interface WhyAside {
  readonly because: AsideFor;
  readonly sheet?: string | undefined;
}

/**
 * What was written just so is nobody's work, to whichever Clarky and under whichever path. Of a file that nothing is noted of its content
 * tells: where all of it stands in the list and is rejected once more, or is no more than that, nothing of it is lost.
 * @returns undefined where it can be written over
 */
export async function whyAside(path: string, run: WritingRun): Promise<WhyAside | undefined> {
  const digest = await digestOfFile(path);
  if (digest === '') return undefined;
  const { checkpoint, state, file, keys } = run;
  const states = [state];
  if (writtenIn(states, digest) === undefined) states.push(...(await statesOf(checkpoint, state.scope)));
  const written = writtenIn(states, digest);
  const { sheet } = file.dialect;
  if (written !== undefined) {
    const isOfOther = written.sheet !== undefined && sheet !== undefined && written.sheet !== sheet;
    return isOfOther ? { because: 'kept', sheet: written.sheet } : undefined;
  }
  if (isPastKnown(states)) return { because: 'edited' };
  const held = await heldAgainstList(path, file);
  if (held?.areAllAsInList !== true) return { because: 'differing' };
  return keys?.every((key) => held.keys.has(key)) === true ? undefined : { because: 'lacking' };
}

/** What is said of a file that was set aside. @param of what it may be of use for still */
export function asideInWords(
  path: string,
  aside: WhyAside & { readonly path: string },
  of: LeftInAside,
): { readonly code: string; readonly message: string } {
  const { because, sheet = '' } = aside;
  const left = because === 'kept' ? '' : afterAside(of);
  return { code: CODES[because], message: `${path} ${WHY[because]}${sheet}; it is kept as ${aside.path}${left}.` };
}

const WHY: Readonly<Record<AsideFor, string>> = {
  edited: 'was changed since it was written',
  kept: 'has the rows of the sheet ',
  differing: 'has other rows than the list',
  lacking: 'lacks rows that are rejected now',
};
const CODES: Readonly<Record<AsideFor, string>> = {
  edited: 'rejects_edited',
  kept: 'rejects_kept',
  differing: 'rejects_differing',
  lacking: 'rejects_kept',
};

export interface LeftInAside {
  /** The import that decided all of it. */
  readonly imported: ImportOfRejects | undefined;
  /** Whether an import of it has left anything here: it did not send all of this, then. */
  readonly isImportKnown: boolean;
  /** Whether the list has rejected rows still. */
  readonly isAnyRejected: boolean;
  /** Whether corrections are known that have not come to Clarky. */
  readonly isUnsent: boolean;
  /** Whether anything was corrected in it, so far as the list tells. */
  readonly isCorrected: boolean;
}

/** What is to be done with it. */
function afterAside({ imported, isImportKnown, isAnyRejected, isUnsent, isCorrected }: LeftInAside): string {
  if (imported === undefined && !isAnyRejected) {
    return ': no row of the list is rejected any more. Import that only for rows that the list does not have: whoever it has with another e-mail by now is rejected then';
  }
  if (imported === undefined && !isCorrected) return ': no row in it was corrected';
  if (imported === undefined && !isUnsent) return ': what was corrected in it has come to Clarky another way';
  if (imported === undefined && isImportKnown) return ': import that to send what was corrected';
  if (imported === undefined)
    return ': no import of it is known here: import that to send what was corrected. If it was imported, and that was forgotten since, importing it again with --live makes nobody twice';
  const { rejected, path } = imported;
  if (rejected === 0) return ': it was imported since, and need not be again';
  const [were, are] = rejected === 1 ? ['was', 'is'] : ['were', 'are'];
  return `: it was imported since; ${counted(rejected, 'row')} of it ${were} rejected then, and ${are} in ${path}`;
}
