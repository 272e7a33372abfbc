/** A table that is wider than any that is read costs no look at what all of its columns are called. */
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { columnNames, knownHeaderCounter } from '../../../src/run/reading/mapping/column-names.js';
import { detectDialect } from '../../../src/source/dialect.js';
import { openSource } from '../../../src/source/opening/source.js';
import { MAX_COLUMNS } from '../../../src/source/row-file.js';
import { temporaryFolder } from '../../source/reading.js';

it('names beyond the widest table are not looked at', async () => {
  expect(knownHeaderCounter()(Array<string>(MAX_COLUMNS + 1).fill('Email'))).toBe(MAX_COLUMNS);

  const folder = await temporaryFolder();
  const path = folder.path('wide.csv');
  await writeFile(path, `${Array.from({ length: MAX_COLUMNS + 1 }, (_, at) => `c${at}`).join(',')}\nx\n`);
  const looked: string[] = [];
  const kindOfName = (name: string): undefined => {
    looked.push(name);
  };
  const wide = detectDialect(await openSource(path), { ...columnNames(), kindOfName });
  await expect(wide).rejects.toThrow(/has 4097 columns: at most 4096/);
  expect(looked).toEqual([]);
  await folder.dispose();
});
