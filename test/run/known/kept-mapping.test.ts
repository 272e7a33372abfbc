import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keptMapping, mappingOf, mappingToKeep } from '../../../src/run/known/kept-mapping.js';
import { privateFolder } from '../../support/folder.js';

it('goes by the mapping file of the import before, from wherever both lie, unless the columns are told', async () => {
  const folder = await privateFolder();
  const file = join(folder, 'people.csv');
  await mkdir(join(folder, 'state'));
  await writeFile(file, 'email\nada@x.com\n');
  const checkpoint = join(folder, 'state', 'people.checkpoint.jsonl');
  const values = mappingToKeep(join(folder, 'crm.json'), checkpoint);
  expect(values).toEqual({ mapping: join('..', 'crm.json') });
  expect(mappingOf(checkpoint, values)).toBe(join(folder, 'crm.json'));
  const before = await keptMapping({ file }, checkpoint, values);
  expect(before).toEqual({ taken: join(folder, 'crm.json'), differing: [] });
  const told = await keptMapping({ file, columns: [] }, checkpoint, values);
  expect(told).toEqual({ taken: undefined, differing: [] });
});
