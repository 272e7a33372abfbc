/** Everything for trying the page out: a sandbox of its own, and a sample in a folder that is removed at the end. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../sandbox/index.js';
import type { KeySource } from './files/desk.js';

const SAMPLE = fileURLToPath(new URL('../../fixtures/demo.csv', import.meta.url));

export interface Demo {
  readonly folder: string;
  readonly first: string;
  /** What the sample is like, and where it goes. */
  readonly settings: { readonly apiUrl: string; readonly bot: string; readonly country: string };
  readonly key: KeySource;
  close(): Promise<void>;
}

/** Starts the sandbox and lays out the sample. */
export async function startDemo(): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'clarky-contacts-demo-'));
  const first = join(folder, 'contacts.csv');
  await copyFile(SAMPLE, first);
  const sandbox = await startSandbox();
  return {
    folder,
    first,
    settings: { apiUrl: sandbox.url, bot: sandbox.botId, country: 'GB' },
    // Nobody else has this key: nothing of it is left where that of others is.
    key: { key: sandbox.key, from: 'sandbox', stateDir: join(folder, 'state') },
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
