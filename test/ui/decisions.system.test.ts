import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
  const edits = JSON.parse(await readFile(`${file}.edits.json`, 'utf8')) as unknown[];
  expect(edits).toHaveLength(3);
  expect(edits).toEqual(expect.arrayContaining(corrections));
});
