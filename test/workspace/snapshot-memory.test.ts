import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatLine } from '../../src/workspace/snapshot-lines.js';
import { Snapshot } from '../../src/workspace/snapshot.js';
import { privateFolder } from '../support/folder.js';
import { heldBytes } from '../support/held-bytes.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
const CONTACTS = 40_000;
/** Ids as long as they come: whoever holds them as text holds more than is allowed here. */
const ID = 'x'.repeat(110);
const MOST_BYTES_EACH = 100;

it('a snapshot that is opened holds where each contact is, and not its id', async () => {
  const path = join(await privateFolder(), 'c.workspace.jsonl');
  const contact = { emails: [], phone_numbers: [], tags: [], custom_fields: {} };
  const lines = Array.from({ length: CONTACTS }, (_, n) =>
    formatLine({ kind: 'contact', contact: { ...contact, id: `${ID}${n}` } }),
  );
  await writeFile(path, `${[formatLine({ kind: 'header', scope: SCOPE }), ...lines].join('\n')}\n`);
  lines.length = 0;
  const before = heldBytes();
  const snapshot = await Snapshot.open(path, SCOPE);
  const each = (heldBytes() - before) / CONTACTS;
  expect([snapshot.size, snapshot.numberOf(`${ID}7`)]).toEqual([CONTACTS, 7]);
  expect(each).toBeLessThan(MOST_BYTES_EACH);
  await snapshot.close();
});
