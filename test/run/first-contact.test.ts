import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { previewInWords } from '../../src/cli/map/wizard.js';
import { proposeMapping } from '../../src/run/map.js';
import { firstContact } from '../../src/run/plan/first-contact.js';
import { privateFolder } from '../support/folder.js';
import { workbook } from '../support/workbook.js';

it('shows the first contact whole, as it would be sent', async () => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(file, 'First Name,Email,Zip\nNobody,,1\nAnna,anna@example.com,10115\n');
  const { mapping } = await proposeMapping({ file });
  const first = await firstContact({ file }, mapping);
  expect(first).toEqual({
    sent: { place: { line: 3 }, contact: { first_name: 'Anna', emails: ['anna@example.com'], postal_code: '10115' } },
    rows: 2,
    rejected: 1,
    areAll: true,
    hasContactPoints: true,
    why: expect.stringContaining('Line 2: Neither an e-mail nor a phone') as unknown,
  });
  const { title, lines } = previewInWords(first);
  expect(title).toBe('Line 3, the first contact, as it would be sent');
  expect(lines.join(' ')).toContain('Not sent as they stand: 1 of the 2 rows. Line 2: Neither');
  for (const line of [title, ...lines]) expect(line.length).toBeLessThanOrEqual(74);
});

it('says of how many of the first rows it is, where a file has more', async () => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(file, `First Name,Email\nNobody,\n${'Ann,ann@example.com\n'.repeat(300)}`);
  const { lines } = previewInWords(await firstContact({ file }, (await proposeMapping({ file })).mapping));
  expect(lines.join(' ')).toContain('Not sent as they stand: 1 of the first 200 rows.');
});

it('says why no row becomes a contact', async () => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(file, 'First Name,Email\nNobody,\n');
  const { title, lines } = previewInWords(await firstContact({ file }, (await proposeMapping({ file })).mapping));
  expect([title, lines.join(' ')]).toEqual([
    'No contact',
    expect.stringMatching(/^No row can be sent with the columns mapped so\. .* the only row\. Line 2: /) as unknown,
  ]);
  await writeFile(file, 'First Name,Since\nAnn,2020\n');
  const first = await firstContact({ file }, (await proposeMapping({ file })).mapping).catch(() => undefined);
  expect(first?.hasContactPoints ?? false).toBe(false);
  const none = { sent: undefined, rows: 1, rejected: 1, areAll: true, why: 'Line 2: none', hasContactPoints: false };
  expect(previewInWords(none).lines[0]).toBe('No row becomes a contact: no column is mapped to e-mails or phones.');
});

it('tells how the file is read, where that was a choice', async () => {
  const file = join(await privateFolder(), 'c.xlsx');
  await writeFile(file, workbook({ People: [['Email'], ['a@x.com']], Guests: [['Email'], ['b@x.com']] }));
  const { notes } = await proposeMapping({ file });
  expect(notes.join(' ')).toContain('The sheet "People" is read, one of 2; contacts stand on "Guests" too');
});

it('counts what rows share, as a plan does, and names the country that phones look like', async () => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(
    file,
    'Name,Email,Phone\nAnn Arbor,info@a.co.uk,\nBob Baker,info@a.co.uk,\nCem Can,cem@b.co.uk,07700 900123\nDan Dot,dan@c.co.uk,07700 900124\nEve Ent,eve@d.co.uk,\n',
  );
  const { mapping } = await proposeMapping({ file });
  const { lines } = previewInWords(await firstContact({ file }, mapping));
  expect(lines.join(' ')).toContain('Not sent as they stand: 4 of the 5 rows. Line 2: One e-mail, different names');
  await writeFile(file, 'Name,Email,Phone\nCem Can,cem@b.co.uk,07700 900123\nDan Dot,dan@c.co.uk,07700 900124\n');
  const first = await firstContact({ file }, mapping);
  expect(first.why).toContain('They look like numbers of GB: if they are, use --country GB');
});
