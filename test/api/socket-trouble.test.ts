import { expect, it } from 'vitest';
import { describeTrouble, socketTrouble } from '../../src/api/socket-trouble.js';

/** An error as node gives it where a name can't be looked up. */
const lookupFailed = (hostname: string): Error =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname });

it('a proxy whose name can’t be looked up is named, and not Clarky for it', () => {
  const trouble = socketTrouble(new Error('fetch failed', { cause: lookupFailed('proxy.corp') }));
  expect(describeTrouble(trouble, 'clarky.ai')).toBe(
    "The name proxy.corp of the proxy can't be looked up (ENOTFOUND).",
  );
  const own = socketTrouble(lookupFailed('clarky.ai'));
  expect(describeTrouble(own, 'clarky.ai:8443')).toBe("The name clarky.ai:8443 can't be looked up (ENOTFOUND).");
});
