/** A row that could not be taken apart stands in the rejects with its broken text: nobody is sent so. */
import { readFile, rename } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const LIST = 'Name,Email,Notes\nBob Moe,bob@x.com,n\n"Ann Lee,ann@x.com,n\n';

it.each([
  ['in its place', 'a.csv.rejected.csv'],
  ['under another name', 'other.csv'],
])('while nobody has changed it, it stays rejected, %s, and is sent once it is corrected', async (_, name) => {
  const { write, here, path, sandbox } = await workplace();
  const counts = async (file: string): Promise<unknown> =>
    JSON.parse((await here('import', file, '--json', ...UNLIMITED)).stdout) as unknown;
  await write('a.csv', LIST);
  expect(await counts('a.csv')).toMatchObject({ created: 1, reasons: { unclosed_quote: 1 } });
  const written = await readFile(path('a.csv.rejected.csv'), 'utf8');
  await rename(path('a.csv.rejected.csv'), path(name));
  for (const _run of [1, 2]) {
    expect(await counts(name)).toMatchObject({ created: 0, reasons: { unclosed_quote: 1 } });
    expect(sandbox.contacts()).toMatchObject([{ first_name: 'Bob' }]);
  }
  const again = await readFile(path(`${name}.rejected.csv`), 'utf8');
  expect(again).toContain('The quote that opens on line 3 is never closed');
  const [header = '', row = ''] = written.split('\r\n');
  const [, , note = ''] = /^(.*?)(,3,unclosed_quote,.*)$/.exec(row) ?? [];
  await write(name, `${header}\r\nAnn Lee,ann@x.com,n${note}\r\n`);
  expect(await counts(name)).toMatchObject({ created: 1, rejected: 0 });
  expect(sandbox.contacts()).toMatchObject([{ first_name: 'Bob' }, { first_name: 'Ann', last_name: 'Lee' }]);
});
