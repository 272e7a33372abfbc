/** How a run reads the workspace: through its connection, telling its listeners. */
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import { digest, identityOf } from '../../contact/identity.js';
import type { LiveOptions } from '../../workspace/reading-options.js';
import type { WentOutWith } from '../../workspace/stored-phones.js';
import type { Connection } from '../connection/connection.js';
import type { ImportListener } from '../events.js';

export interface LiveParts extends Pick<LiveOptions, 'bot' | 'checkpoint' | 'signal' | 'waitMs' | 'mayBeSent'> {
  readonly connection: Connection;
  readonly emit?: ImportListener | undefined;
}

/** Whether an import of this checkpoint has sent a contact of the workspace with a phone that it has there. */
export function wentOutBy(state: Pick<CheckpointState, 'names' | 'ownerOf' | 'ownerOfId'>): WentOutWith {
  return ({ id, emails, phones }, phone) => {
    const owners = [state.ownerOfId(id), ...emails.map((email) => state.ownerOf('email', email))];
    const number = owners.find((owner) => owner >= 0);
    if (number === undefined) return undefined;
    return state.names.wentOutWith(number, { emails, phone_numbers: phones }, phone);
  };
}

export function liveOptions({ connection, emit = () => undefined, ...rest }: LiveParts): LiveOptions {
  const { client, behind } = connection;
  return {
    ...rest,
    client: behind?.overWorkspace(client) ?? client,
    isUnlisted: (id) => behind?.isUnlisted(id) === true,
    api: connection.apiUrl,
    searchMissesPhones: async () => (await connection.probed(rest.bot))?.phoneSearch === 'missed',
    onProgress: (known, total) => emit({ type: 'workspace', known, total }),
    onDoubt: (why) => emit({ type: 'warning', code: `workspace_${why}`, message: DOUBTS[why] }),
  };
}

const DOUBTS = {
  in_motion:
    'Contacts were added and removed while the workspace was read: whom its list does not show is asked for one by one.',
  unsure:
    'Clarky did not say how many contacts there are, or gave fewer than it said: whom its list does not show is asked for one by one.',
  endless:
    "Clarky's list of contacts goes on and on, beyond what it says there are: it is read no further, and whom it does not show is asked for one by one.",
} as const;

interface MayBeSentBy {
  readonly checkpoint: { readonly state: CheckpointState };
  /** Contacts are sent whatever Clarky has. */
  readonly resend?: boolean | undefined;
}

/** Whether a row may be sent though Clarky has it as it is: what a run that was cut off has sent for it may yet arrive. */
export function mayBeSent(row: Contact, { checkpoint, resend = false }: MayBeSentBy): boolean {
  const identity = identityOf(row);
  if (resend || identity === undefined) return resend;
  return checkpoint.state.underWay({ contact: row, identity: digest(identity.kind, identity.value) }) !== undefined;
}
