/**
 * What the processes of a user share is each test's own: a sandbox may be given the port of an earlier one, and what was
 * sent there, or is known of its limit, is not of this one.
 */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { ROOT } from './built.js';

/** Nobody's home is written to, or needs to be there. */
const STATES = join(ROOT, 'node_modules/.test-state');

beforeEach(async ({ onTestFinished }) => {
  await mkdir(STATES, { recursive: true });
  const own = await mkdtemp(join(STATES, 'of-a-test-'));
  Object.assign(process.env, { XDG_STATE_HOME: own, LOCALAPPDATA: own });
  onTestFinished(() => rm(own, { recursive: true, force: true }));
});
