/** What is known of a contact before a run sends anything: from the checkpoint, and from the workspace where it was read. */
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Before } from '../../plan/decide.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Comparison, LiveWorkspace } from '../../workspace/live.js';

/** What is known, and with the workspace the contact in it, where it had to be read. */
export interface Known {
  readonly before: Before;
  readonly comparison: Comparison | undefined;
}

/** @param live the workspace, where it was read */
export async function knownOf(
  planned: PlannedContact,
  checkpoint: CheckpointState | undefined,
  live: Pick<LiveWorkspace, 'compare'> | undefined,
  options: { readonly resend?: boolean | undefined },
): Promise<Known> {
  const { external } = planned;
  const isAccepted = checkpoint?.isUnchanged(planned) === true;
  const known = {
    isKnown: checkpoint?.isKnown(planned) === true,
    isAccepted,
    refusal: checkpoint?.refusalOf(planned),
  };
  if (live === undefined) return { before: { ...known, stored: 'not read' }, comparison: undefined };
  if (external === undefined) return { before: { ...known, stored: 'missing' }, comparison: undefined };
  // What was sent and is still there stays as it is, whatever somebody made of it: it need not be read from the disk.
  if (isAccepted && options.resend !== true) return { before: { ...known, stored: 'there' }, comparison: undefined };
  const comparison = await live.compare(planned);
  const isSame = comparison?.differences.length === 0;
  return { before: { ...known, stored: isSame ? 'same' : 'there' }, comparison };
}
