import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A private folder for one test, removed when the test ends. */
export async function privateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clarky-contacts-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
