/** How a run reads the workspace: through its connection, telling its listeners. */
import type { CheckpointState } from '../../checkpoint/state.js';
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
  return {
    ...rest,
    client: connection.client,
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
