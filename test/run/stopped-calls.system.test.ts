/** What a caller of the library stops, or answers, is told and taken as it is meant. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts, listBots, planContacts, undoImport, verifyContacts } from '../../src/index.js';
import { workplace, peopleCsv } from '../support/cli.js';

it('a call that is stopped rejects with an error of ours, which says what was stopped', async () => {
  const place = await workplace();
  const file = await place.write('c.csv', peopleCsv(2));
  const { key, url: apiUrl } = place.sandbox;
  await place.imported('c.csv', { live: true });
  const reason = new Error('enough');
  const told = { file, key, apiUrl, stateDir: join(place.folder, 'state'), signal: AbortSignal.abort(reason) };
  const stopped = { name: 'ImporterError', code: 'interrupted', cause: reason };
  await expect(planContacts({ file, signal: told.signal })).rejects.toMatchObject({
    ...stopped,
    message: 'The plan was stopped.',
  });
  await expect(verifyContacts(told)).rejects.toMatchObject({ ...stopped, message: 'The check was stopped.' });
  await expect(undoImport(told)).rejects.toMatchObject({ ...stopped, message: 'The undo was stopped.' });
  await expect(listBots({ key, apiUrl, signal: told.signal })).rejects.toMatchObject(stopped);
});

it('only a yes undoes, and no date is no value', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(2));
  await place.imported('c.csv', { live: true });
  const { key, url: apiUrl } = place.sandbox;
  const confirm = (): Promise<boolean> => Promise.resolve('no' as unknown as boolean);
  const result = await undoImport({
    file: place.path('c.csv'),
    key,
    apiUrl,
    stateDir: join(place.folder, 'state'),
    confirm,
  });
  expect(result).toMatchObject({ confirmed: false, deleted: 0 });
  expect(place.sandbox.contacts()).toHaveLength(2);
  const rows = [{ email: 'ann@x.com', Born: new Date(NaN) }];
  await expect(importContacts({ rows, key, apiUrl, stateDir: false })).rejects.toMatchObject({
    message: 'Column "Born" of row 0 (line 2) holds what no cell can hold: a date that is none. Nothing was sent.',
  });
});

it('counts as requests what has left, not what waited for the limit when it was stopped', async () => {
  const { sandbox, write } = await workplace({ writes: { limit: 10, windowMs: 2000 } });
  const file = await write('c.csv', peopleCsv(30));
  const told = new AbortController();
  const { summary } = await importContacts({
    ...{ file, key: sandbox.key, apiUrl: sandbox.url, rate: { writes: 10, seconds: 2 }, signal: told.signal },
    onEvent: (event) => {
      if (event.type === 'contact') told.abort();
    },
  });
  expect(summary.pending).toBeGreaterThan(0);
  expect(summary.requests).toBe(sandbox.stats().writes);
});
