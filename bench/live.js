/** What a small file costs in reads where the workspace is large and known to the file alone by its e-mails. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../dist/sandbox/index.js';
import { emptyContact } from '../dist/sandbox/contacts/stored-contact.js';
import { writeContacts } from './contacts-file.js';
import { CLI, measure } from './measure.js';

const ROWS = 200;
const STORED = 50_000;
/** Of so many rows the contact is there already. */
const KNOWN = 100;

/** @type {import('./main.js').Section} */
export async function* live({ folder }) {
  const file = join(folder, 'live.csv');
  const store = join(folder, 'store.jsonl');
  await writeContacts(file, ROWS);
  const lines = Array.from({ length: STORED }, (_, at) => {
    const email = at < KNOWN ? `person${at}@example${at}.com` : `stored${at}@example.org`;
    const contact = { ...emptyContact(at + 1, 'ws_sandbox', 'bot_sandbox_1', '2026-01-01T00:00:00.000Z'), writes: 1 };
    return JSON.stringify({ put: { ...contact, emails: [{ value: email, primary: true }] } });
  });
  await writeFile(store, `{"clarky_sandbox_store":1}\n${lines.join('\n')}\n`);
  const unlimited = { limit: 0, windowMs: 1000 };
  const sandbox = await startSandbox({ storePath: store, writes: unlimited, reads: unlimited });
  try {
    const env = { CLARKY_API_URL: sandbox.url, CLARKY_KEY: sandbox.key, CLARKY_BOT_ID: sandbox.botId };
    const command = [CLI, 'import', file, '--live', '--rate', 'off', '--json', '--quiet'];
    const { output, wallMs } = await measure(command, env);
    const { created, updated } = JSON.parse(output);
    yield {
      what: `import --live of ${ROWS} rows against ${STORED.toLocaleString('en')} contacts`,
      figure: `${sandbox.stats().reads} reads`,
      ratio: `${created} created, ${updated} updated, ${(wallMs / 1000).toFixed(1)} s`,
      bound: '220 reads',
    };
  } finally {
    await sandbox.close();
  }
}
