/** Whom rows went out as that contacts of the workspace keep back. */
import type { CheckpointState } from '../../../checkpoint/state.js';
import { digest, identityOf } from '../../../contact/identity.js';
import { payloadDigest } from '../../../contact/payload.js';
import type { Together } from '../../../plan/held/together.js';
import type { Planned, PlannedContact } from '../../../plan/planned.js';
import { idOf, type IsInFile } from '../acquaintance.js';
import type { LiveWorkspace } from '../../../workspace/live.js';
import type { KnownOptions } from '../before.js';

interface OwnOptions extends Pick<KnownOptions, 'checkpoint' | 'others' | 'isInFile'> {
  readonly live: Pick<LiveWorkspace, 'numberOf'> | undefined;
}

/**
 * A row that contacts of the workspace keep back, and that went out before: as itself where they are but the one that it went out
 * as, whatever e-mail and phone that has by now, or where it needs no write. Of several rows of one person all are: the last stands
 * for them, undefined for the others.
 */
export async function withOwnContact(planned: Planned, options: OwnOptions): Promise<Planned | undefined> {
  if (planned.kind === 'contact' || planned.heldBy === undefined) return planned;
  const { record, contact, heldBy, together = { contact, records: [record] } } = planned;
  const found = owns.get(together) ?? ownContactOf({ ...together, heldBy }, options);
  owns.set(together, found);
  const own = await found;
  if (own === undefined) return planned;
  return together.records.at(-1) === record ? own : undefined;
}

/** What was decided for the first of several rows holds for all: meanwhile somebody else may be sent. */
const owns = new WeakMap<Together, Promise<PlannedContact | undefined>>();

async function ownContactOf(
  { contact, records, heldBy }: Together & { readonly heldBy: readonly number[] },
  { checkpoint, live, others, isInFile }: OwnOptions,
): Promise<PlannedContact | undefined> {
  const own = identityOf(contact);
  if (own === undefined || live === undefined) return undefined;
  const identity = digest(own.kind, own.value);
  const sent = { kind: 'contact', contact, identity, payload: payloadDigest(contact) } as const;
  const number = checkpoint === undefined ? -1 : await ownNumberOf(sent, checkpoint, isInFile);
  const isOwn = checkpoint?.isAccepted(number) === true;
  if (isOwn && checkpoint.isSomebodyElse(number, contact)) return undefined;
  const external = isOwn
    ? await live.numberOf([idOf(number, contact, checkpoint) ?? []].flat(), contact)
    : await live.numberOf((await others?.idsOf(sent, 'identity')) ?? [], contact, 'of this bot');
  if (external === undefined) return undefined;
  const isNobodyElse = heldBy.every((other) => other === external);
  return isNobodyElse || checkpoint?.isUnchanged(sent) === true
    ? { ...sent, records, remarks: [], external, wasHeld: true }
    : undefined;
}

/** Under which number the checkpoint has it: under another e-mail, too, where its row has a new one and no other row that one. */
async function ownNumberOf(
  sent: Pick<PlannedContact, 'contact' | 'identity'>,
  checkpoint: CheckpointState,
  isInFile: IsInFile,
): Promise<number> {
  const number = checkpoint.numberOf(sent);
  if (number >= 0) return number;
  const owners = checkpoint.ownersOf(sent).filter((owner) => !checkpoint.isSomebodyElse(owner, sent.contact));
  const [owner = -1] = owners;
  return owners.length === 1 && !(await isInFile(owner)) ? owner : -1;
}
