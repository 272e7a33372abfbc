/** What a small file costs in reads where the workspace is large: by how many of its people are there, and by its phones. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../dist/sandbox/index.js';
import { emptyContact } from '../dist/sandbox/contacts/stored-contact.js';
import { CLI, measure } from './measure.js';

const ROWS = 200;
const STORED = 50_000;
const PROMISED_READS = 220;
/** The reads of each have a budget of their own: with fewer most of the time would be waited. */
const KEYS = 4;
/** No prime factor in common with what it steps over, so that it meets everything once. */
const STEP = 7919;

/** Of each: how many of the rows are there, which phones those have who are there, and which the rows; so with e-mails. */
const CASES = [
  { known: 0, phones: 'a block of phones', phone: spread, rowPhone: (row) => `+49171${String(row).padStart(7, '0')}` },
  { known: 0, phones: 'no phones there', phone: () => undefined, rowPhone: spreadOfRow },
  ...[0, ROWS / 2, ROWS].map((known) => ({ known, phones: 'phones far apart', phone: spread, rowPhone: spreadOfRow })),
  { known: 0, phones: 'phones and e-mails far apart', phone: spread, rowPhone: spreadOfRow, email: spreadEmail },
];

/** Phones that have no more in common than those of any network: every beginning is as frequent as every other. */
function spread(place) {
  return `+49170${String((place * STEP) % 10_000_000).padStart(7, '0')}`;
}

/** E-mails that begin no more alike than any others do. */
function spreadEmail(place) {
  return `${((place * 2_654_435_761) % 2 ** 32).toString(36).padStart(7, '0')}@example.org`;
}

function spreadOfRow(row) {
  return spread(STORED + row * 211);
}

/** @type {import('./main.js').Section} */
export async function* live({ folder }) {
  for (const [number, { known, phones, ...rest }] of CASES.entries()) {
    const { reads, output, wallMs } = await readsOf(
      { email: undefined, known, ...rest },
      join(folder, `live-${number}.csv`),
    );
    const { created, updated, unchanged } = JSON.parse(output);
    yield {
      what: `import --live of ${ROWS} rows, ${known} of them among ${STORED.toLocaleString('en')}, ${phones}`,
      figure: `${reads} reads`,
      ratio: `${created} created, ${updated} updated, ${unchanged} unchanged, ${(wallMs / 1000).toFixed(1)} s`,
      bound: `${PROMISED_READS} reads`,
    };
  }
}

async function readsOf({ known, phone, rowPhone, email: anyEmail }, file) {
  const email = (row) => anyEmail?.(STORED + row) ?? `person${row}@example${row}.com`;
  const rows = Array.from({ length: ROWS }, (_, row) => `${email(row)},${rowPhone(row)},Engines`);
  await writeFile(file, `Email,Phone,Company\n${rows.join('\n')}\n`);
  const lines = Array.from({ length: STORED }, (_, at) => {
    const contact = { ...emptyContact(at + 1, 'ws_sandbox', 'bot_sandbox_1', '2026-01-01T00:00:00.000Z'), writes: 1 };
    // Whoever is in the file is at the end of the list.
    const row = STORED - 1 - at;
    const [own, number] =
      row < known ? [email(row), rowPhone(row)] : [anyEmail?.(at) ?? `stored${at}@example.org`, phone(at)];
    const points = {
      emails: [{ value: own, primary: true }],
      phone_numbers: number ? [{ value: number, primary: true }] : [],
    };
    return JSON.stringify({ put: { ...contact, ...points, company: 'Engines' } });
  });
  const store = `${file}.store.jsonl`;
  await writeFile(store, `{"clarky_sandbox_store":1}\n${lines.join('\n')}\n`);
  const unlimited = { limit: 0, windowMs: 1000 };
  const sandbox = await startSandbox({ storePath: store, writes: unlimited, reads: unlimited, keys: KEYS });
  try {
    const env = { CLARKY_API_URL: sandbox.url, CLARKY_KEYS: sandbox.keys.join(','), CLARKY_BOT_ID: sandbox.botId };
    const command = [CLI, 'import', file, '--live', '--rate', 'off', '--json', '--quiet'];
    const { output, wallMs } = await measure(command, env);
    return { reads: sandbox.stats().reads, output, wallMs };
  } finally {
    await sandbox.close();
  }
}
