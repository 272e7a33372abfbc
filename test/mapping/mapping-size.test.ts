import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planContacts } from '../../src/run/plan/plan.js';
import { privateFolder } from '../support/folder.js';

it.each([
  ['larger than a mapping can be', (path: string) => writeFile(path, ' '.repeat(1_000_001)), /is larger than 1 MB/],
  ['a folder', (path: string) => mkdir(path), /is no file/],
])('a mapping file that is %s is not read', async (_, make, message) => {
  const folder = await privateFolder();
  const [file, mapping] = [join(folder, 'c.csv'), join(folder, 'm.json')];
  await writeFile(file, 'Email\nada@x.com\n');
  await make(mapping);
  const planned = planContacts({ file, mapping });
  await expect(planned).rejects.toMatchObject({
    code: 'bad_mapping',
    message: expect.stringMatching(message) as unknown,
  });
});
