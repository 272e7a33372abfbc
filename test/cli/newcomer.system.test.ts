/** What somebody meets who has never used it: a file with faults, the rejects, their correction, and the words for all of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';
import { workbook } from '../support/workbook.js';

/** Dee and Dan, who share a phone, stand on lines 3 and 4; Cy, whose e-mail is none, on line 2. */
const FAULTY = `Name,Email,Phone
Cy Cole,cy(at)x.example,+442079460111
Dee Doe,dee@x.example,+442079460222
Dan Doe,dan@x.example,+442079460222
Eve Eden,eve@x.example,
`;

describe('of rejects', () => {
  it('those that are rejected again are told by the lines of the first file, and corrected where they were', async () => {
    const work = await workplace();
    await work.write('c.csv', FAULTY);
    const first = await work.here('import', 'c.csv', ...UNLIMITED);
    expect(first.stdout).toContain(
      'correct c.csv.rejected.csv, then:\n    clarky-contacts import c.csv.rejected.csv --rate off\n',
    );
    const rejects = work.path('c.csv.rejected.csv');
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('cy(at)', 'cy@'));

    const second = await work.here('import', 'c.csv.rejected.csv', ...UNLIMITED);
    expect(second.stderr).toContain('Lines are numbered as in c.csv: see the column import_line.\n');
    expect(second.stdout).toContain(
      'correct the rest in c.csv.rejected.csv, then:\n    clarky-contacts import c.csv.rejected.csv --rate off\n',
    );
    // In the file that was written a row and what is said of it have one numbering.
    const rest = await readFile(work.path('c.csv.rejected.csv.rejected.csv'), 'utf8');
    expect(rest).toMatch(/^Dee Doe,.*,3,shared_phone,"One phone number, different names and e-mails: lines 3 and 4,/m);
    expect((await work.here('plan', 'c.csv.rejected.csv')).stdout).toContain('      lines 3 and 4: One phone number');
    expect((await work.here('verify', 'c.csv.rejected.csv')).stdout).toContain(
      '! line 3, Dee Doe  rejected: One phone',
    );

    const two = (await readFile(rejects, 'utf8')).replace(/(?<=dan@x.example,'\+)\d+/, '442079460333');
    await writeFile(rejects, two);
    const third = await work.here('import', 'c.csv.rejected.csv', ...UNLIMITED, '--json');
    expect(JSON.parse(third.stdout)).toMatchObject({ unchanged: 1, created: 2, rejected: 0 });
  });
});

describe('of slips', () => {
  it('a file that is not there is looked for by its name', async () => {
    const { here, write } = await workplace();
    await write('contacts.csv', FAULTY);
    const { code, stderr } = await here('plan', 'contcts.csv');
    expect([code, stderr]).toEqual([2, "clarky-contacts: contcts.csv doesn't exist.\n  Did you mean contacts.csv?\n"]);
    expect((await here('plan', './Contacts.CSV')).stderr).toContain('Did you mean contacts.csv?');
    expect((await here('plan', 'zzzzzzzzz.xlsx')).stderr).toContain('Check the path.');
  });

  it('no mapping is wanted by leaving the option out', async () => {
    const { here, write } = await workplace();
    await write('c.csv', FAULTY);
    const { code, stderr } = await here('plan', 'c.csv', '--mapping', 'none');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--mapping takes a path. Left out, the columns') as unknown,
    ]);
    expect((await here('plan', 'c.csv', '--mapping', 'my.json')).stderr).toContain(
      'Write one with: clarky-contacts map',
    );
  });

  it('a profile that there is not is told by a plan, too', async () => {
    const { hereWith, write } = await workplace();
    await write('c.csv', FAULTY);
    const { code, stderr } = await hereWith({ env: { CLARKY_KEY: undefined } }, 'plan', 'c.csv', '--profile', 'nobody');
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is no profile nobody.') as unknown]);
  });
});

describe('of settings', () => {
  it('the sheet is named with what came of it, and of what the import before was told a mapping file keeps nothing', async () => {
    const { here, write, path } = await workplace();
    const rows = [
      ['Name', 'Email'],
      ['Ann', 'ann@x.example'],
    ];
    await write('b.xlsx', workbook({ North: rows, South: rows }));
    const first = await here('import', 'b.xlsx', '--sheet', 'South', '--set', 'lead_source=Fair', ...UNLIMITED);
    expect(first.stdout).toMatch(/^Finished: the 1 row of b\.xlsx, sheet South, is in Clarky\.\n/);
    const mapped = await here('map', 'b.xlsx', '--yes', '--set', 'tags=new', '--country', 'GB');
    expect(mapped.stdout.split('\n\n')[0]).toBe(
      'Wrote b.xlsx.mapping.json. Imports that use it go by --country GB, --set tags=new as well.',
    );
    const text = await readFile(path('b.xlsx.mapping.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ settings: { country: 'GB', set: { tags: 'new' } } });
    expect(text).not.toContain('Fair');
  });
});

it('an import of one sheet ends with the commands for those with contacts that are not sent yet, until all are', async () => {
  const { here, write, path } = await workplace();
  const of = (...names: string[]): string[][] => [
    ['Name', 'Email'],
    ...names.map((name) => [name, `${name}@x.example`]),
  ];
  const sheets = { North: of('ann', 'bo'), Notes: [['To do'], ['call']], "South's": of('cy'), 'Far East': of('dee') };
  await write('two lists.xlsx', workbook(sheets));
  const book = "'two lists.xlsx'";
  const first = await here('import', 'two lists.xlsx', '--live', '--country', 'GB', ...UNLIMITED);
  expect(first.stdout).toMatch(/^Finished: all 2 rows of two lists\.xlsx, sheet North, are in Clarky\.\n/);
  const [, next = ''] = first.stdout.split('\nNext\n');
  expect(next.replaceAll('\n    ', ' ').split('\n').slice(0, 4)).toEqual([
    `  check it: clarky-contacts verify ${book} --sheet North`,
    `  take it back: clarky-contacts undo ${book} --sheet North --rate off`,
    `  send the sheet "South's": clarky-contacts import ${book} --sheet 'South'\\''s' --live --rate off`,
    `  send the sheet "Far East": clarky-contacts import ${book} --sheet 'Far East' --live --rate off`,
  ]);
  const report = await readFile(path('two lists.xlsx.report.html'), 'utf8');
  expect(report).toContain('--sheet &#39;Far East&#39; --rate off --live');
  const second = await here('import', 'two lists.xlsx', '--sheet', 'Far East', '--live', '--json', ...UNLIMITED);
  expect(JSON.parse(second.stdout)).toMatchObject({ created: 1, unsentSheets: ["South's"] });
  const third = await here('import', 'two lists.xlsx', '--sheet', "South's", '--live', ...UNLIMITED);
  expect(third.stdout).not.toContain('send the sheet');
  expect(third.stdout).not.toContain('--sheet North');
});
