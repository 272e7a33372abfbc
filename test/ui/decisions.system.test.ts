import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planContacts } from '../../src/run/plan/plan.js';
import { uiDesk } from './desk.js';

it('of decisions made at once each is kept', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  await writeFile(file, 'E-mail,A,B,C\nann@example.com,1,2,3\nbob@example.com,4,5,6\n');
  const { files } = JSON.parse((await desk.ask('GET', '/api/state')).text) as { files: { id: string }[] };
  const path = `/api/files/${files[0]?.id ?? ''}`;

  const columns = ['A', 'B', 'C'];
  const decided = await Promise.all(
    columns.map((name, at) =>
      desk.ask('PUT', `${path}/mapping`, { columns: [{ index: at + 1, to: `custom:${name}` }] }),
    ),
  );
  expect(decided.map(({ status }) => status)).toEqual([200, 200, 200]);
  const saved = await readFile(`${file}.mapping.json`, 'utf8');
  for (const name of columns) expect(saved).toContain(`custom:${name}`);

  const corrections = columns.map((column, at) => ({ line: 2, column, was: `${at + 1}`, value: 'x' }));
  await Promise.all(corrections.map((one) => desk.ask('PUT', `${path}/edits`, { corrections: [one] })));
  const edits = JSON.parse(await readFile(`${file}.edits.json`, 'utf8')) as { row: string }[];
  expect(edits).toHaveLength(3);
  const made = edits.map(({ row: _row, ...edit }) => edit);
  expect(made).toEqual(expect.arrayContaining(corrections));
});

it('corrections follow their rows into a newer file, and are listed with the reason where they can’t', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  const rows = { ann: 'Ann,ann@@example.com,12', bob: 'Bob,bob@@example.com,', cy: 'Cy,,13' };
  const write = async (...lines: string[]): Promise<void> =>
    writeFile(file, ['Name,E-mail,Phone', ...lines, ''].join('\n'));
  await write(rows.ann, rows.bob, rows.cy);
  const [{ id = '' } = {}] = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id?: string }[];
  const put = async (body: object): Promise<unknown> =>
    JSON.parse((await desk.ask('PUT', `/api/files/${id}/edits`, body)).text) as unknown;
  const ofAnn = { line: 2, column: 'E-mail', was: 'ann@@example.com', value: 'ann@example.com' };
  const ofBob = { line: 3, column: 'E-mail', was: 'bob@@example.com', value: 'bob@example.com' };
  await put({ corrections: [ofAnn, ofBob] });
  // A row that was corrected is left out as it is shown.
  const left = { line: 2, column: null, was: 'Ann\tann@example.com\t12', value: null };
  await put({ corrections: [left] });
  expect(await planContacts({ file })).toMatchObject({ corrected: 3, rowsLeftOut: 1, staleCorrections: [] });

  await write('Dee,dee@example.com,', rows.cy, rows.ann);
  const { corrections, stale } = (await put({ corrections: [] })) as { corrections: object[]; stale: object[] };
  expect(corrections).toMatchObject([
    { ...ofAnn, line: 4 },
    { line: 4, column: null },
  ]);
  expect(stale).toEqual([{ ...ofBob, why: 'gone' }]);
  expect(await planContacts({ file })).toMatchObject({ rows: 2, rowsLeftOut: 1, rejected: 1 });

  const taken = {
    takenBack: [
      { line: 3, column: 'E-mail', isStale: true },
      { line: 4, column: null },
    ],
  };
  expect(await put({ corrections: [], ...taken })).toEqual({ corrections: [{ ...ofAnn, line: 4 }], stale: [] });
});

it('what the whole file shows of its amounts and dates is kept once it is sent', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'deals.csv');
  const rows = ['Ann,ann@example.com,"1,234",03/04/2025', 'Bob,bob@example.com,"2,345.50",25/04/2025'];
  await writeFile(file, ['Name,E-mail,Deal Value,Since', ...rows, ''].join('\n'));
  const [{ id = '' } = {}] = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id?: string }[];
  await desk.ask('PUT', `/api/files/${id}/mapping`, { columns: [{ index: 3, to: 'custom:Since' }] });
  expect((await desk.ask('POST', `/api/files/${id}/run`, {})).status).toBe(200);
  const { columns } = JSON.parse(await readFile(`${file}.mapping.json`, 'utf8')) as { columns: object };
  expect(columns).toMatchObject({
    'Deal Value': { to: 'deal_value', decimal: 'point' },
    Since: { to: 'custom:Since', dates: 'dmy' },
  });
});

it('a phone without + is shown as what its row’s country makes of it', async () => {
  const desk = await uiDesk();
  const rows = [
    'Firma;Land;Telefon (geschäftl.);E-Mail',
    'A;Deutschland;0221/400013;a@x.example',
    'B;;0171 2000031;b@x.example',
  ];
  await writeFile(join(desk.folder, 'kunden.csv'), rows.join('\n'));
  const { files } = JSON.parse((await desk.ask('GET', '/api/state')).text) as { files: { id: string }[] };
  const path = `/api/files/${files[0]?.id ?? ''}`;
  const { columns } = JSON.parse((await desk.ask('GET', `${path}/mapping`)).text) as {
    columns: { to: string; samples: { to: string | null; problem: string | null }[] }[];
  };
  expect(columns[2]).toMatchObject({
    to: 'phone_numbers',
    samples: [
      { to: '+49221400013', problem: null },
      { to: null, problem: expect.stringContaining("can't be told") as unknown },
    ],
  });
  expect(JSON.parse((await desk.ask('GET', `${path}/reading`)).text)).toMatchObject({ rowsHaveCountries: true });
});

it('a column that is sent as a custom field is not told as left out', async () => {
  const desk = await uiDesk();
  await writeFile(join(desk.folder, 'people.csv'), 'E-mail,Shoe Size\nann@example.com,38\nbob@example.com,40\n');
  const { files } = JSON.parse((await desk.ask('GET', '/api/state')).text) as { files: { id: string }[] };
  const path = `/api/files/${files[0]?.id ?? ''}`;
  const sentAs = async (): Promise<unknown> => {
    const { columns } = JSON.parse((await desk.ask('GET', `${path}/mapping`)).text) as {
      columns: { sentAs: unknown }[];
    };
    return columns.map((column) => column.sentAs);
  };
  expect(await sentAs()).toEqual(['emails', null]);
  await desk.ask('POST', `${path}/plan`, { unmapped: 'custom' });
  expect(await sentAs()).toEqual(['emails', 'custom:Shoe Size']);
});

it('to leave values out is advised only where somebody is left by it', async () => {
  const desk = await uiDesk();
  const rows = {
    'nobody.csv': 'Name,E-mail,Phone\nAnn,ann(at)x,\nBob,bob(at)x,\n',
    'somebody.csv': 'Name,E-mail,Phone\nAnn,ann(at)x,\nBob,bob(at)x,+442079460001\n',
    'phones.csv': 'Name,E-mail,Phone\nAnn Lee,,+442079460001\nBob Moss,,+442079460001\n',
    'phones-and-more.csv': 'Name,E-mail,Phone\nAnn Lee,,+442079460001\nBob Moss,bob@example.com,+442079460001\n',
  };
  for (const [name, text] of Object.entries(rows)) await writeFile(join(desk.folder, name), text);
  const files = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id: string; name: string }[];
  const advised: Record<string, unknown> = {};
  for (const { id, name } of files) {
    const { reasons } = JSON.parse((await desk.ask('GET', `/api/files/${id}/plan`)).text) as {
      reasons: { remedy: string }[];
    };
    const page = await desk.ask('GET', `/api/files/${id}/rejected`);
    const { rows: shown } = JSON.parse(page.text) as { rows: { canDoWithout: boolean }[] };
    const isAdvised = reasons.some(({ remedy }) => /leave these values out|without the number/.test(remedy));
    advised[name] = [isAdvised, shown.map(({ canDoWithout }) => canDoWithout)];
  }
  expect(advised).toEqual({
    'nobody.csv': [false, [false, false]],
    'somebody.csv': [true, [false, true]],
    'phones.csv': [false, [false, false]],
    'phones-and-more.csv': [true, [false, true]],
  });
});
