/** A private folder for what is kept only while the server lives; those of processes that are gone are removed. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderIsAlive, holderName } from '../../storage/process-identity.js';

const PREFIX = 'clarky-contacts-ui-';

/** Makes the folder, readable by its owner alone. */
export async function makeSpool(parent = tmpdir()): Promise<string> {
  await sweep(parent);
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, `${PREFIX}${holderName()}-`));
}

async function sweep(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const holder = /^clarky-contacts-ui-(\d+-\d+)-\w{6}$/.exec(name)?.[1];
    // Of another user's folders none can be removed, and none need be.
    if (holder !== undefined && !holderIsAlive(holder))
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
