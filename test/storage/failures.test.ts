import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { notWritable, nextForFolderOf } from '../../src/storage/failures.js';
import { privateFolder } from '../support/folder.js';

/** What is said of a file that can't be made. */
async function adviceFor(path: string): Promise<string | undefined> {
  const error = await writeFile(path, '').then(
    () => undefined,
    (cause: unknown) => notWritable(path, cause),
  );
  return error?.next;
}

it('a name that is too long is not put elsewhere by the advice, where it is as long; a path is', async () => {
  const folder = await privateFolder();
  expect(await adviceFor(join(folder, 'x'.repeat(256)))).toMatch(/^Give the file a shorter name: /);
  expect(await adviceFor(join(folder, ...Array.from({ length: 400 }, () => 'x'.repeat(20))))).toMatch(/--work-dir DIR/);
});

it.each([
  ['ENOSPC', 'Make room there, or name another folder in the environment variable TMPDIR.'],
  ['EDQUOT', 'Make room there, or name another folder in the environment variable TMPDIR.'],
  ['ENOENT', 'Make it, or name another in the environment variable TMPDIR.'],
])('a folder for temporary files that fails with %s', (code, next) => {
  expect(nextForFolderOf('TMPDIR', Object.assign(new Error('no'), { code }))).toBe(next);
});
