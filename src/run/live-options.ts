/** How a run reads the workspace: through its connection, telling its listeners. */
import type { LiveOptions } from '../workspace/live.js';
import type { Connection } from './connection.js';
import type { ImportListener } from './events.js';

export interface LiveParts extends Pick<LiveOptions, 'bot' | 'checkpoint' | 'signal' | 'waitMs'> {
  readonly connection: Connection;
  readonly emit?: ImportListener | undefined;
}

export function liveOptions({ connection, emit = () => undefined, ...rest }: LiveParts): LiveOptions {
  return {
    ...rest,
    client: connection.client,
    api: connection.apiUrl,
    onProgress: (known, total) => emit({ type: 'workspace', known, total }),
    onMotion: () => emit({ type: 'warning', code: 'workspace_in_motion', message: IN_MOTION }),
  };
}

const IN_MOTION =
  'Contacts were added and removed while the workspace was read: some of them may not have been looked at.';
