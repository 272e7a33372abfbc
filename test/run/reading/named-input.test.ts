import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { namedInput } from '../../../src/run/reading/named-input.js';
import { privateFolder } from '../../support/folder.js';

it('a folder is called what it was called, where that says how its state is called', async () => {
  const folder = await privateFolder();
  await writeFile(join(folder, 'a.csv'), 'Email\n');
  const typed = relative(process.cwd(), folder);
  expect(await namedInput([`${typed}/`])).toEqual({ file: typed, files: [join(typed, 'a.csv')] });
  const itself = join(typed, 'none', '..', '.');
  expect((await namedInput([itself])).file).toBe(typed);
  expect((await namedInput(['.'])).file).toBe(resolve('.'));
});
