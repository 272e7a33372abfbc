import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { FileEntry, PlanView } from '../../src/ui/wire.js';
import { peopleCsv } from '../support/cli.js';
import { uiDesk } from './desk.js';

it('whom another file sent just so is told as that, and not as changed', async () => {
  const desk = await uiDesk();
  const [first, copy] = ['first.csv', 'copy.csv'].map((name) => join(desk.folder, name)) as [string, string];
  await Promise.all([first, copy].map((file) => writeFile(file, peopleCsv(2))));
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  await importContacts({ file: first, key, apiUrl, bot, rate: { writes: Infinity, seconds: 60 } });
  const files = JSON.parse((await desk.ask('GET', '/api/files')).text) as FileEntry[];
  const planOf = async (name: string): Promise<PlanView> => {
    const { id = '' } = files.find((one) => one.name === name) ?? {};
    return JSON.parse((await desk.ask('GET', `/api/files/${id}/plan`)).text) as PlanView;
  };
  expect(await planOf('copy.csv')).toMatchObject({
    isFirst: true,
    sentence: '2 sent before from another file: a few seconds.',
  });
  await writeFile(first, peopleCsv(2, 'Beta'));
  expect(await planOf('first.csv')).toMatchObject({ isFirst: false, sentence: '2 changed: a few seconds.' });
});
