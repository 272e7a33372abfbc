import { expect, it } from 'vitest';
import { importContacts, planContacts, verifyContacts, type ImportEvent } from '../../src/index.js';
import { peopleCsv, workplace } from '../support/cli.js';

it('import, plan and verify say what they wait for, once the file is read', async () => {
  const { sandbox, write } = await workplace();
  const file = await write('c.csv', peopleCsv(2));
  const api = { key: sandbox.key, apiUrl: sandbox.url, rate: { writes: Infinity, seconds: 60 } };
  const asked: string[] = [];
  const onEvent = (event: ImportEvent): void => void (event.type === 'asking' && asked.push(event.what));
  const askedBy = async (run: () => Promise<unknown>): Promise<string[]> => {
    await run();
    return asked.splice(0);
  };
  const both = ['access', 'contacts'];
  expect(await askedBy(() => planContacts({ file, live: api, onEvent }))).toEqual(both);
  expect(await askedBy(() => importContacts({ ...api, file, live: true, onEvent }))).toEqual(both);
  expect(await askedBy(() => verifyContacts({ ...api, file, onEvent }))).toEqual(both);
});
