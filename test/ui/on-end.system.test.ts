import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ImporterError } from '../../src/errors.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { Desk } from '../../src/ui/files/desk.js';
import { Jobs } from '../../src/ui/jobs/jobs.js';
import { peopleCsv } from '../support/cli.js';
import { privateFolder } from '../support/folder.js';

it('what the page imports is told at its end, as what the command imports is', async () => {
  const folder = await privateFolder();
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const file = join(folder, 'c.csv');
  await writeFile(file, peopleCsv(2));
  const told: [facts: object, error: ImporterError | undefined][] = [];
  const jobs = new Jobs(
    folder,
    () => undefined,
    new Desk({}, undefined),
    (...ended) => Promise.resolve(void told.push(ended)),
  );
  const options = { file, apiUrl: sandbox.url, stateDir: false } as const;
  jobs.import('a', { ...options, key: sandbox.key });
  await expect.poll(() => told).toMatchObject([[{ rows: 2, created: 2, exit: 0 }, undefined]]);
  told.length = 0;
  jobs.import('a', { ...options, key: 'ck_live_wrong_key_0000' });
  await expect.poll(() => told).toMatchObject([[{ file, exit: 4 }, { code: 'unauthorized' }]]);
  expect(jobs.viewOf('a')?.phase).toBe('failed');
});
