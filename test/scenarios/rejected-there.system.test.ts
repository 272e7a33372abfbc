import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { workbench } from './workbench.js';

it('a row that Clarky itself rejected is rejected for verify as well, until it was corrected', async () => {
  const bench = await workbench('Name,Email\nAnn Lee,ann@x.com\nChloe Jones,chloe@x.com\n', {
    faults: { forEmail: { 'chloe@x.com': '422' } },
  });
  expect((await bench.import()).summary).toMatchObject({ created: 1, rejected: 1 });
  const found = await verifyContacts({ file: bench.file, ...bench.api });
  expect(found).toMatchObject({ same: 1, rejected: 1, missing: 0, notSent: 0 });
  expect(found.findings).toMatchObject([{ kind: 'rejected', lines: [3], problems: [{ code: 'rejected_earlier' }] }]);

  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('chloe@x.com', 'chloe@y.com'));
  await importContacts({ file: rejects, ...bench.api, live: true });
  expect(await verifyContacts({ file: bench.file, ...bench.api })).toMatchObject({
    same: 1,
    corrected: 1,
    rejected: 0,
  });
});

it('why Clarky rejected a row stands beside it after every further run, and in what verify says', async () => {
  const bench = await workbench('Name,Email\nAnn Lee,ann@x.com\nChloe Jones,chloe@x.com\n', {
    faults: { forEmail: { 'chloe@x.com': '422' } },
  });
  const rejects = `${bench.file}.rejected.csv`;
  const row = async (): Promise<string> => (await readFile(rejects, 'utf8')).split('\r\n')[1] ?? '';
  await bench.import();
  const said = /Clarky rejected it[^:]*: [^.]+\./.exec(await row())?.[0] ?? '';
  expect(said).not.toBe('');
  await bench.write('Name,Email\nZoe New,zoe@x.com\nAnn Lee,ann@x.com\nChloe Jones,chloe@x.com\n');
  for (const run of [1, 2]) {
    expect([run, (await bench.import()).summary]).toMatchObject([
      run,
      { rejected: 1, reasons: { rejected_earlier: 1 } },
    ]);
    expect(await row()).toContain('rejected_earlier');
    expect(await row()).toContain(
      `${said} The row has not changed since an earlier run: correct it, or use --retry-rejected`,
    );
  }
  const { findings } = await verifyContacts({ file: bench.file, ...bench.api });
  expect(findings).toMatchObject([{ kind: 'rejected', problems: [{ code: 'rejected_earlier', message: said }] }]);
  await bench.import({ retryRejected: true });
  expect(await row()).toContain(`${said} Correct the row, then import again.`);
});
