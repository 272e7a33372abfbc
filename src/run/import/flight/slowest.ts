/** How long the server takes at most to answer a write is kept: one of nobody is waited for the longer. */
import type { ClientEvent } from '../../../api/client-event.js';
import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import { failureOf } from '../../outputs/storing.js';

/** Below this, servers differ in nothing that matters here. */
const LEAST_MS = 50;
/** So much longer than what is known is worth a line. */
const TIMES = 2;

/** Takes in what a client tells. It is not waited for: were the line lost, the next run would only wait a little longer. */
export function noteSlowest(checkpoint: Checkpoint | undefined, event: ClientEvent): void {
  if (checkpoint === undefined || event.type !== 'attempt' || event.method !== 'POST') return;
  const { status, ms } = event;
  const known = checkpoint.state.slowestMs;
  // What refuses may answer at once, a proxy that gave up among them: how long a write takes it does not tell.
  if (status === undefined || status < 200 || status >= 300) return;
  if (known !== undefined && ms < Math.max(LEAST_MS, known * TIMES)) return;
  void failureOf(() => checkpoint.note({ kind: 'slowest', ms: Math.ceil(ms) }));
}
