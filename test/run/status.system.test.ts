import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { statusInWords } from '../../src/cli/views/status-words.js';
import { importContacts } from '../../src/run/import/import.js';
import { readStatus } from '../../src/run/status.js';
import { workplace } from '../support/cli.js';

it('says of rejected rows what became of them since, wherever they were corrected', async () => {
  const place = await workplace();
  const { key, url: apiUrl, botId: bot } = place.sandbox;
  const file = await place.write(
    'c.csv',
    'First Name,E-mail,Stage\nAda,ada@example.com,\nBob,bob@example.com,nowhere\n',
  );
  const columns = { 'First Name': 'first_name', 'E-mail': 'emails', Stage: 'pipeline_stage_id' };
  await place.write('c.csv.mapping.json', JSON.stringify({ version: 1, columns }));
  const send = (path: string): Promise<unknown> =>
    importContacts({ file: path, key, apiUrl, bot, stateDir: false, mapping: `${file}.mapping.json` });
  await send(file);
  expect((await readStatus(file)).scopes).toMatchObject([{ accepted: 1, rejected: 1, ofRejects: undefined }]);

  // In their own file.
  const rejects = `${file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('nowhere', ''));
  await send(rejects);
  const since = await readStatus(file);
  expect(since.scopes).toMatchObject([{ rejected: 1, ofRejects: { counts: { created: 1, rejected: 0 } } }]);
  expect(statusInWords(since)).toContain('  rejects   imported since, from their own file: 1 created\n');

  // In the file itself, to somebody else.
  await writeFile(file, 'First Name,E-mail,Stage\nAda,ada@example.com,\nBob,robert@example.com,\n');
  await send(file);
  const now = await readStatus(file);
  expect(now.scopes).toMatchObject([{ accepted: 2, rejected: 0, ofRejects: undefined }]);
  expect(statusInWords(now)).not.toMatch(/reject/);
  expect(now.settings.mapping).toBe(`${file}.mapping.json`);
  expect(statusInWords(now)).toContain(`  --mapping ${file}.mapping.json\n`);
});
