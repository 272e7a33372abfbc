/** Rows of several files are told by the line of their own file, with its name, in all that is said of them. */
import { mkdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const A = 'Vorname;Nachname;E-Mail;Mobil\nUta;Uhl;uta@uhl.de;0151 23\n\nAnn;Aal;ann@aal.de;0171 2345678\n';
const B =
  'Vorname;Nachname;E-Mail;Mobil\nTim;Tuch;tim@tuch;\nBea;Baum;bea@baum.de;0171 2345678\nCem;Can;cem@can.de;0151 23456789\n';

it('in plan, import, rejects, report, log, verify and undo', async () => {
  const { write, here, path, sandbox } = await workplace();
  await mkdir(path('two'));
  await write('two/a.csv', A);
  await write('two/b.csv', B);
  const plain = (text: string): string => text.replace(/\s+/g, ' ');

  const plan = plain((await here('plan', 'two', '--country', 'DE')).stdout);
  expect(plan).toContain('a.csv line 2, Mobil: "0151 23" is not a valid phone number in Germany.');
  expect(plan).toContain('b.csv line 2, E-Mail: "tim@tuch" is not an email address.');
  expect(plan).toContain('a.csv line 4 and b.csv line 3, "Ann Aal" and "Bea Baum"');
  const { problems } = JSON.parse((await here('plan', 'two', '--country', 'DE', '--json')).stdout) as {
    problems: { code: string; examples: unknown[] }[];
  };
  expect(problems.find(({ code }) => code === 'invalid_email')?.examples).toEqual([
    expect.objectContaining({ line: 2, file: 'b.csv' }),
  ]);

  const flags = ['--live', '--report-data', '--log', 'log.jsonl', ...UNLIMITED];
  expect((await here('import', 'two', '--country', 'DE', ...flags)).code).toBe(3);
  const rejects = await readFile(path('two.rejected.csv'), 'utf8');
  expect(rejects).toContain('a.csv, line 4;4;shared_phone;');
  expect(rejects).toContain('a.csv line 4 and b.csv line 3, ""Ann Aal"" and ""Bea Baum""');
  const report = await readFile(path('two.report.html'), 'utf8');
  expect(report).toContain('a.csv line 4 and b.csv line 3');
  expect(report).toContain('<td>b.csv line 2</td>');
  const log = (await readFile(path('log.jsonl'), 'utf8')).trim().split('\n');
  expect(log.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({ event: 'contact', outcome: 'created', line: 4, file: 'b.csv' }),
  );

  const verified = plain((await here('verify', 'two', '--all')).stdout);
  expect(verified).toContain('= b.csv line 4');
  expect(verified).toContain('! b.csv line 2, Tim Tuch rejected');

  // What is corrected in the rejects of both is told by their lines still, and known again though two rows have line 2.
  await write('two.rejected.csv', rejects.replace('0151 23;', '0151 23456780;').replace('tim@tuch;', 'tim@tuch.de;'));
  const again = await here('plan', 'two.rejected.csv', '--country', 'DE');
  expect(plain(again.stdout)).toContain('a.csv line 4 and b.csv line 3, "Ann Aal" and "Bea Baum"');
  expect(plain(again.stdout)).toContain('see the column import_source');
  expect((await here('import', 'two.rejected.csv', ...flags)).code).toBe(3);
  expect(plain((await here('verify', 'two')).stdout)).toMatch(/corrected 2 .*rejected 2 /);
  const cem = sandbox.contacts().find(({ first_name }) => first_name === 'Cem');
  const change = { method: 'PATCH', headers: { authorization: `Bearer ${sandbox.key}` }, body: '{"company":"Other"}' };
  expect((await fetch(`${sandbox.url}/contacts/${cem?.id ?? ''}`, change)).status).toBe(200);
  expect(plain((await here('undo', 'two', '--yes')).stdout)).toContain('Left as they are b.csv line 4, ');
});
