/** With --live: rows that were sent as somebody corrected them in the rejects file, and what became of their contacts in Clarky since. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { workbench, type Workbench } from './workbench.js';

const HEADER = 'First name,Last name,Email,Phone,Company';
const ANN = 'Ann,Roe,ann@x.com,+442079460001,A';
const DAN = 'Dan,Moe,dan@,+442079460004,B';

/** A list with rejected rows, and its rejects corrected and imported. */
async function corrected(rows: readonly string[], correct: (text: string) => string): Promise<Workbench> {
  const bench = await workbench(`${[HEADER, ...rows].join('\n')}\n`);
  await bench.import();
  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, correct(await readFile(rejects, 'utf8')));
  const sent = await importContacts({ file: rejects, ...bench.api, live: true });
  expect([sent.summary.rejected, sent.exitStatus]).toEqual([0, 0]);
  return bench;
}

const withDan = (): Promise<Workbench> => corrected([ANN, DAN], (text) => text.replace('dan@,', 'dan@x.com,'));

async function call(bench: Workbench, method: string, email: string, body?: object): Promise<void> {
  const { id = '' } = bench.byEmail(email) ?? {};
  const headers = { authorization: `Bearer ${bench.api.key}`, 'content-type': 'application/json' };
  const asked = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  expect((await fetch(`${bench.api.apiUrl}/contacts/${id}`, asked)).ok).toBe(true);
}

const people = ({ sandbox }: Workbench): string[] =>
  sandbox
    .contacts()
    .map(({ first_name: name, company, emails }) => `${name} ${emails.map(String).join()} ${company}`)
    .sort();

it('whose contact is there counts as corrected, whatever somebody made of it', async () => {
  const bench = await withDan();
  await call(bench, 'PATCH', 'dan@x.com', { company: 'Other' });
  expect((await bench.import()).summary).toMatchObject({ unchanged: 2, correctedRows: 1, requests: 0, exit: 0 });
});

it('whose contact was deleted is rejected, planned and verified as that, and sent as it was corrected with --restore-deleted', async () => {
  const bench = await withDan();
  await call(bench, 'DELETE', 'dan@x.com');
  expect(await bench.plan()).toMatchObject({ unchanged: 1, rejected: 1, reasons: { deleted_in_clarky: 1 }, exit: 3 });
  const told = await bench.import();
  expect(told.summary).toMatchObject({ unchanged: 1, reasons: { deleted_in_clarky: 1 }, requests: 0, exit: 3 });
  expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toContain('use --restore-deleted to send it again');
  const { findings } = await verifyContacts({ file: bench.file, ...bench.api });
  expect(findings).toMatchObject([{ kind: 'missing', lines: [3], contact: { emails: ['dan@x.com'] } }]);

  const restoring = { restoreDeleted: true };
  expect(await bench.plan(restoring)).toMatchObject({ created: 1, unchanged: 1, rejected: 0, exit: 0 });
  const { summary } = await bench.import(restoring);
  expect(summary).toMatchObject({ contacts: 2, created: 1, unchanged: 1, rejected: 0, exit: 0 });
  expect(people(bench)).toEqual(['Ann ann@x.com A', 'Dan dan@x.com B']);
  const again = await bench.import();
  expect(again.summary).toMatchObject({ unchanged: 2, correctedRows: 1, absent: 0, requests: 0, exit: 0 });
  expect(await verifyContacts({ file: bench.file, ...bench.api })).toMatchObject({ same: 1, corrected: 1, exit: 0 });

  expect(await undoImport({ file: bench.file, ...bench.api })).toMatchObject({ deleted: 1 });
  expect(people(bench)).toEqual(['Ann ann@x.com A']);
  expect((await bench.import()).summary).toMatchObject({ rejected: 1, reasons: { deleted_in_clarky: 1 } });
});

it('is sent again with --resend where Clarky has it otherwise, as it was corrected', async () => {
  const bench = await withDan();
  for (const email of ['ann@x.com', 'dan@x.com']) await call(bench, 'PATCH', email, { company: 'Other' });
  expect(await bench.plan({ resend: true })).toMatchObject({ updated: 2, unchanged: 0 });
  expect((await bench.import({ resend: true })).summary).toMatchObject({ contacts: 2, updated: 2, exit: 0 });
  expect(people(bench)).toEqual(['Ann ann@x.com A', 'Dan dan@x.com B']);
  expect((await bench.import({ resend: true })).summary).toMatchObject({ unchanged: 2, requests: 0, exit: 0 });
  expect(await verifyContacts({ file: bench.file, ...bench.api })).toMatchObject({ same: 1, corrected: 1, exit: 0 });
});

it('of several that were corrected to one contact the first sends it', async () => {
  const rows = [ANN, DAN, 'Dan,Moe,moe@,,'];
  const bench = await corrected(rows, (text) => text.replaceAll(/(?:dan|moe)@,/g, 'dan@x.com,'));
  expect((await bench.import()).summary).toMatchObject({ correctedRows: 2, exit: 0 });
  await call(bench, 'DELETE', 'dan@x.com');
  expect((await bench.import()).summary).toMatchObject({ rejected: 2, exit: 3 });
  const { summary } = await bench.import({ restoreDeleted: true, failOverPercent: 100 });
  expect(summary).toMatchObject({ created: 1, correctedRows: 1, rejected: 0, requests: 1, exit: 0 });
  expect(people(bench)).toEqual(['Ann ann@x.com A', 'Dan dan@x.com B']);
});

it('whom somebody made anew in Clarky counts as corrected, and is not made twice', async () => {
  const bench = await withDan();
  await call(bench, 'DELETE', 'dan@x.com');
  bench.sandbox.seed([{ first_name: 'Dan', last_name: 'Moe', emails: ['dan@x.com'] }]);
  const { summary } = await bench.import({ restoreDeleted: true });
  expect(summary).toMatchObject({ unchanged: 2, correctedRows: 1, requests: 0, exit: 0 });
});

it('is sent as it stands by now where it is no more rejected, and was deleted: with --restore-deleted alone', async () => {
  const file = (phone: string): string => `${HEADER}\nDan,Moe,,${phone},B\n`;
  const bench = await workbench(file('020 7946 0004'));
  await bench.import();
  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('020 7946 0004', '+442079460004'));
  await importContacts({ file: rejects, ...bench.api, live: true });
  const [dan] = bench.sandbox.contacts();
  const headers = { authorization: `Bearer ${bench.api.key}` };
  await fetch(`${bench.api.apiUrl}/contacts/${dan?.id}`, { method: 'DELETE', headers });
  const told = await bench.import({ country: 'GB' });
  expect(told.summary).toMatchObject({ rejected: 1, reasons: { deleted_in_clarky: 1 }, exit: 3 });
  const { summary } = await bench.import({ country: 'GB', restoreDeleted: true });
  expect(summary).toMatchObject({ created: 1, rejected: 0, exit: 0 });
  expect(bench.sandbox.contacts()).toHaveLength(1);
});

it.each([
  ['beside it', '.rejected.csv', false],
  ['elsewhere', '-mended.csv', true],
])(
  'is made by no import of the list as it was mended alike since, but with --restore-deleted: rejects %s',
  async (_, end, isNoted) => {
    const bench = await workbench(`${[HEADER, ANN, DAN].join('\n')}\n`);
    const how = isNoted ? { stateDir: join(bench.folder, 'state') } : {};
    await bench.import(how);
    const text = await readFile(`${bench.file}.rejected.csv`, 'utf8');
    const rejects = `${bench.file}${end}`;
    await writeFile(rejects, text.replace('dan@,', 'dan@x.com,'));
    await importContacts({ file: rejects, ...bench.api, live: true, ...how });
    await bench.import(how);
    await call(bench, 'DELETE', 'dan@x.com');
    await bench.write(`${[HEADER, ANN, DAN.replace('dan@', 'dan@x.com')].join('\n')}\n`);
    // What other files have sent moments ago may merely not be shown yet.
    const reasons = isNoted ? { reads_behind: 1 } : { deleted_in_clarky: 1 };
    const problem = { rejected: 1, created: 0, reasons, exit: 3 };
    expect(await bench.plan(how)).toMatchObject(problem);
    expect((await bench.import(how)).summary).toMatchObject(problem);
    expect(people(bench)).toEqual(['Ann ann@x.com A']);
    if (isNoted) return;
    const { summary } = await bench.import({ ...how, restoreDeleted: true });
    expect(summary).toMatchObject({ created: 1, rejected: 0, exit: 0 });
    expect((await bench.import(how)).summary).toMatchObject({ created: 0, unchanged: 2, exit: 0 });
    expect(people(bench)).toHaveLength(2);
  },
);
