import { mkdir, readdir, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { makePrivateFolder, sweepPrivateFolders } from '../../src/storage/private-folder.js';
import { machineName } from '../../src/storage/process-identity.js';
import { privateFolder } from '../support/folder.js';

it('what is left of a process that is gone is swept; what another machine or container may still use is not', async () => {
  const parent = await privateFolder();
  const own = await makePrivateFolder('input', parent);
  const gone = '4194304-1-abcdef';
  const names = [`clarky-contacts-input-${machineName()}-${gone}`, `clarky-contacts-input-${gone}`];
  const anothers = [`clarky-contacts-input-00000000-${gone}`, `clarky-contacts-ui-00000000-${gone}`];
  for (const name of [...names, ...anothers]) await mkdir(join(parent, name));
  await utimes(join(parent, anothers[1] ?? ''), 1, 1);
  await sweepPrivateFolders(parent);
  expect((await readdir(parent)).sort()).toEqual([basename(own.path), anothers[0]].sort());
  await own.remove();
});
