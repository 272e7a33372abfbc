import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstContact, proposeMapping } from '../../src/run/map.js';
import { privateFolder } from '../support/folder.js';

it('shows the first contact whole, as it would be sent', async () => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(file, 'First Name,Email,Zip\nNobody,,1\nAnna,anna@example.com,10115\n');
  const { mapping } = await proposeMapping({ file });
  expect(await firstContact({ file }, mapping)).toEqual({
    first_name: 'Anna',
    emails: ['anna@example.com'],
    postal_code: '10115',
  });
});
