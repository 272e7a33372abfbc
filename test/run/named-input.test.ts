import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planContacts } from '../../src/run/plan/plan.js';
import { namedInput } from '../../src/run/reading/named-input.js';
import { openFileSet } from '../../src/source/file-set.js';
import { temporaryFolder } from '../source/reading.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(folder.path('sub'));
  for (const name of ['b.csv', 'a.csv', 'a.csv.checkpoint.jsonl', 'key', 'nightly.sh', 'readme.txt', '.hidden.csv']) {
    await writeFile(folder.path(name), `Name,Email\nAda,${name[0] ?? ''}@example.com\n`);
  }
});
afterAll(() => folder.dispose());

describe('a folder', () => {
  it('is the files in it that are called as tables are; all else is named', async () => {
    const input = await namedInput([folder.path('.')]);
    expect(input.files).toEqual([folder.path('a.csv'), folder.path('b.csv')]);
    expect(input.leftAside).toEqual(['key', 'nightly.sh', 'readme.txt', 'sub/']);
    const { rows, source } = await openFileSet(input, {});
    await source.dispose();
    expect(rows.notes).toContain('Left aside in the folder: key, nightly.sh, readme.txt, sub/.');
    // The same through a whole plan, which takes no options that it does not know.
    const plan = await planContacts(input);
    expect(plan.notes).toContain('Left aside in the folder: key, nightly.sh, readme.txt, sub/.');
    expect(plan).toMatchObject({ rows: 2, contacts: 2 });
  });

  it('that is a Numbers document is named for what it is', async () => {
    await mkdir(folder.path('sub/People.numbers'));
    await writeFile(folder.path('sub/People.numbers/Index.zip'), 'PK');
    await expect(namedInput([folder.path('sub/People.numbers')])).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/is a Numbers document that is kept as a folder/) as unknown,
    });
  });

  it('without tables says so', async () => {
    await mkdir(folder.path('sub/notes'));
    await writeFile(folder.path('sub/notes/key'), 'x');
    await expect(namedInput([folder.path('sub/notes')])).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(/is a folder without tables/) as unknown,
    });
  });
});

it('a file that is damaged is named, and the others wait for it', async () => {
  await writeFile(folder.path('c.xlsx'), Buffer.from('PK\u0003\u0004 and no more'));
  const input = { file: folder.path('all'), files: [folder.path('a.csv'), folder.path('c.xlsx')] };
  await expect(openFileSet(input, {})).rejects.toMatchObject({
    message: expect.stringMatching(/c\.xlsx is a workbook that is damaged or cut off\.$/) as string,
    next: expect.stringContaining('The other file waits for it') as string,
  });
});

it('a key among the files that are named is no list, and is shown nowhere', async () => {
  await writeFile(folder.path('key'), 'ck_live_d3adb33fd3adb33f\n');
  const plan = planContacts({ file: folder.path('all'), files: [folder.path('a.csv'), folder.path('key')] });
  await expect(plan).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.not.stringContaining('ck_live') as string,
  });
});
