import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { workplace, type Workplace } from '../support/cli.js';

/** In the rejects at that path. */
async function corrected(place: Workplace, path: string, wrong: string, right: string): Promise<void> {
  const text = await readFile(place.path(path), 'utf8');
  expect(text).toContain(wrong);
  await writeFile(place.path(path), text.replace(wrong, right));
}

async function rejectedTwo(): Promise<Workplace> {
  const place = await workplace();
  await place.write('c.csv', 'Name,Email\nAda,ada@@x.com\nBob,bob@@x.com\nCy,cy@x.com\n');
  expect((await place.here('import', 'c.csv')).code).toBe(3);
  return place;
}

it('every command on a list leads to the corrections that are not sent, also once they are set aside', async () => {
  const place = await rejectedTwo();
  const shown = async (...words: string[]): Promise<string> => (await place.here(...words)).stdout;
  const leading = (path: string): unknown => expect.stringContaining(`clarky-contacts import ${path}\n`);
  // As it was written nobody has worked in it.
  expect(await shown('plan', 'c.csv')).not.toContain('corrected');
  await corrected(place, 'c.csv.rejected.csv', 'ada@@', 'ada@');
  const heading = 'Rejected rows were corrected, and are not sent yet. Send them with:\n';
  expect(await shown('plan', 'c.csv')).toContain(`${heading}  clarky-contacts import c.csv.rejected.csv\n`);
  expect(await shown('status', 'c.csv')).toContain(`${heading}  clarky-contacts import c.csv.rejected.csv\n`);
  expect(await place.imported('c.csv.rejected.csv')).toBe(3);
  expect(await place.imported('c.csv')).toBe(3);
  await corrected(place, 'c.csv.rejected.csv', 'bob@@', 'bob@');

  const again = await shown('import', 'c.csv');
  const files = (await readdir(place.folder)).filter((name) => name.includes('.edited-')).sort();
  const [second = '', first] = files;
  expect([second, first]).toEqual([expect.stringMatching(/-2\.csv$/), expect.stringMatching(/\d\.csv$/)]);
  expect(again).toMatch(
    /\nNext\n {2}send what was corrected in (\S+):\n {4}clarky-contacts import \1\n {2}then see what is left: clarky-contacts import c\.csv\n/,
  );
  expect(again).toContain(`send what was corrected in ${second}:`);
  // What stands there again as it was is not what is to be corrected next.
  expect(again).not.toContain('correct c.csv.rejected.csv');
  expect(await shown('plan', 'c.csv')).toEqual(leading(second));
  expect(await shown('status', 'c.csv')).toEqual(leading(second));
  expect(await shown('verify', 'c.csv')).toEqual(leading(second));
  const { unsentRejects } = JSON.parse(await shown('import', 'c.csv', '--json')) as {
    unsentRejects: unknown;
  };
  expect(unsentRejects).toEqual([second]);

  expect(await place.imported(second)).toBe(0);
  expect(await shown('import', 'c.csv')).not.toContain(second);
  for (const command of ['plan', 'status', 'verify']) expect(await shown(command, 'c.csv')).not.toContain('edited');
});

it('an import of rejects leads to the copy of them that was corrected and set aside', async () => {
  const place = await rejectedTwo();
  await corrected(place, 'c.csv.rejected.csv', 'ada@@', 'ada@');
  await corrected(place, 'c.csv.rejected.csv', 'bob@@', 'bob@');
  expect(await place.imported('c.csv')).toBe(3);
  const [aside = ''] = (await readdir(place.folder)).filter((name) => name.includes('.edited-'));
  for (const command of ['plan', 'import', 'verify']) {
    const { stdout } = await place.here(command, 'c.csv.rejected.csv');
    expect([command, stdout]).toEqual([command, expect.stringContaining(`clarky-contacts import ${aside}\n`)]);
    expect(stdout).not.toContain('correct c.csv.rejected.csv');
    expect(stdout).not.toContain('correct the rest in');
    expect(stdout).not.toContain('see what is left');
  }
  expect(await place.imported(aside)).toBe(0);
  expect((await place.here('import', 'c.csv.rejected.csv')).stdout).not.toContain('edited');
  expect(await place.imported('c.csv')).toBe(0);
});

it('of a rejects file under another name the rest is corrected in that very file', async () => {
  const place = await rejectedTwo();
  await rename(place.path('c.csv.rejected.csv'), place.path('mine.csv'));
  await corrected(place, 'mine.csv', 'ada@@', 'ada@');
  const { stdout } = await place.here('import', 'mine.csv');
  expect(stdout).toContain('  correct the rest in mine.csv, then: clarky-contacts import mine.csv\n');
  const checked = await place.here('verify', 'mine.csv');
  expect(checked.stdout).toContain('  correct mine.csv, then: clarky-contacts import mine.csv\n');
  const report = await readFile(place.path('mine.csv.report.html'), 'utf8');
  expect(report).not.toContain('import mine.csv.rejected.csv');
});

it('corrections that were set aside and came to Clarky another way are led to no more, and others are', async () => {
  const place = await rejectedTwo();
  const shown = async (...words: string[]): Promise<string> => (await place.here(...words)).stdout;
  const leads = async (): Promise<boolean[]> => {
    const said: boolean[] = [];
    for (const command of ['import', 'plan', 'status', 'verify']) {
      said.push((await shown(command, 'c.csv')).includes('clarky-contacts import c.csv.rejected.edited-'));
    }
    return said;
  };
  await corrected(place, 'c.csv.rejected.csv', 'ada@@', 'ada@');
  await place.imported('c.csv');
  const [aside = ''] = (await readdir(place.folder)).filter((name) => name.includes('.edited-'));
  expect(await leads()).toEqual([true, true, true, true]);
  // In the list itself; the other row stands in both as it was.
  await corrected(place, 'c.csv', 'ada@@', 'ada@');
  expect(await leads()).toEqual([false, false, false, false]);
  // Whoever goes on there has work in it again, be it that it can't be sent yet.
  await corrected(place, aside, 'bob@@', 'bob@@@');
  expect(await leads()).toEqual([true, true, true, true]);
  await corrected(place, aside, 'bob@@@', 'bobby@');
  expect(await leads()).toEqual([true, true, true, true]);
  // In the rejects that were written since, to the same.
  await corrected(place, 'c.csv.rejected.csv', 'bob@@', 'bobby@');
  expect(await place.imported('c.csv.rejected.csv')).toBe(0);
  expect(await leads()).toEqual([false, false, false, false]);
});
