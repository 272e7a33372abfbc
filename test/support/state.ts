/**
 * What the processes of a user share is each test's own: a sandbox may be given the port of an earlier one, and what was
 * sent there, or is known of its limit, is not of this one.
 */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { ROOT } from './built.js';

/** Nobody's home is written to, or needs to be there. */
const STATES = join(ROOT, 'node_modules/.test-state');

const ofFile = join(STATES, `of-a-file-${randomUUID()}`);
let tests = 0;

// None is made before something is to be kept in it, which most tests never do.
beforeEach(() => {
  tests += 1;
  const own = join(ofFile, String(tests));
  Object.assign(process.env, { XDG_STATE_HOME: own, LOCALAPPDATA: own });
});

afterAll(() => {
  rmSync(ofFile, { recursive: true, force: true });
});
