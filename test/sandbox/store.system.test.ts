import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { openStoreFile } from '../../src/sandbox/contacts/store-file.js';
import { emptyContact } from '../../src/sandbox/contacts/stored-contact.js';
import { privateFolder } from '../support/folder.js';
import { call, sandboxWith, upsert } from './caller.js';

const UNLIMITED = { limit: 0, windowMs: 60_000 };

/** A store with three contacts written over the wire, one of them changed and one deleted, and what it should hold. */
async function writtenStore() {
  const storePath = join(await privateFolder(), 'contacts.jsonl');
  const sandbox = await startSandbox({ storePath, writes: UNLIMITED });
  for (const email of ['a@x.example', 'b@x.example', 'c@x.example']) await upsert(sandbox, { emails: [email] });
  await upsert(sandbox, { emails: ['a@x.example'], notes: 'changed' });
  await call(sandbox, 'DELETE', `/contacts/${String(sandbox.contacts()[1]?.id)}`);
  const contacts = sandbox.contacts();
  // Not closed before the file is read: what a killed sandbox leaves is what counts.
  const text = await readFile(storePath, 'utf8');
  await sandbox.close();
  return { storePath, contacts, text };
}

it('shows in what is read what was written so long ago', async () => {
  let nowMs = 1_000_000;
  const sandbox = await sandboxWith({ readLagMs: 3000, writes: UNLIMITED, reads: UNLIMITED, clock: () => nowMs });
  const [old] = sandbox.seed([{ emails: ['old@x.example'], notes: 'seeded' }]);
  const shown = async (): Promise<unknown[]> => {
    const list = (await call(sandbox, 'GET', '/contacts')).json as {
      data: { emails: string[]; notes: string | null }[];
    };
    return list.data.map(({ emails, notes }) => [emails[0], notes]);
  };
  await upsert(sandbox, { emails: ['old@x.example'], notes: 'changed' });
  await upsert(sandbox, { emails: ['new@x.example'] });
  expect(await shown()).toEqual([['old@x.example', 'seeded']]);
  expect((await call(sandbox, 'GET', '/contacts/by-email?email=new@x.example')).status).toBe(404);
  nowMs += 3000;
  expect(await shown()).toEqual([
    ['old@x.example', 'changed'],
    ['new@x.example', null],
  ]);
  await call(sandbox, 'DELETE', `/contacts/${String(old?.id)}`);
  expect((await call(sandbox, 'GET', `/contacts/${String(old?.id)}`)).status).toBe(200);
  nowMs += 3000;
  expect(await shown()).toEqual([['new@x.example', null]]);
});

describe('the store', () => {
  it('brings every contact back, and its indices and numbering', async () => {
    const { storePath, contacts } = await writtenStore();
    expect(contacts.map(({ notes }) => notes)).toEqual(['changed', null]);
    const sandbox = await sandboxWith({ storePath, writes: UNLIMITED });
    expect(sandbox.contacts()).toEqual(contacts);
    expect((await upsert(sandbox, { emails: ['c@x.example'] })).status).toBe(200);
    expect((await upsert(sandbox, { emails: ['d@x.example'] })).status).toBe(201);
    expect(sandbox.contacts().map(({ internal }) => internal.number)).toEqual([1, 3, 4]);
  });

  it('loads the whole changes before any cut, and can be written to afterwards', async () => {
    const { storePath, text } = await writtenStore();
    const [header = '', ...changes] = text.trimEnd().split('\n');
    const counts = [1, 2, 3, 3, 2];
    expect(changes).toHaveLength(counts.length);
    const bytes = Buffer.from(text);
    // Every eleventh byte, and each side of every line's end.
    const cuts = [...bytes.keys()].filter((at) => at % 11 === 0 || bytes[at] === 10 || bytes[at - 1] === 10);
    for (const cut of [...cuts, bytes.length]) {
      await writeFile(storePath, bytes.subarray(0, cut));
      const whole = bytes.subarray(0, cut).toString().split('\n').length - 1;
      const first = openStoreFile(storePath);
      const expected = cut <= header.length || whole < 2 ? 0 : counts[whole - 2];
      expect([cut, first.contacts.length]).toEqual([cut, expected]);
      first.journal.put(emptyContact(99, 'workspace', 'bot', '2026-01-01T00:00:00.000Z'));
      first.journal.close();
      const second = openStoreFile(storePath);
      second.journal.close();
      expect(second.contacts).toEqual([...first.contacts, expect.objectContaining({ number: 99 })]);
    }
  });

  it('leaves a file alone that is not its own', async () => {
    const storePath = join(await privateFolder(), 'mine.csv');
    await writeFile(storePath, 'name,email\nAda,ada@x.example\n');
    await expect(startSandbox({ storePath })).rejects.toThrow('mine.csv is not a store of the sandbox');
    expect(await readFile(storePath, 'utf8')).toBe('name,email\nAda,ada@x.example\n');
  });

  it('says which line is damaged', async () => {
    const { storePath } = await writtenStore();
    await appendFile(storePath, 'garbage\n');
    await expect(startSandbox({ storePath })).rejects.toThrow('line 7');
  });

  it('is rewritten at the start when most of it is past, readable by its owner alone', async () => {
    const storePath = join(await privateFolder(), 'contacts.jsonl');
    const sandbox = await startSandbox({ storePath, writes: UNLIMITED });
    for (let n = 0; n < 20; n++) await upsert(sandbox, { emails: ['a@x.example'], notes: String(n) });
    await sandbox.close();
    const again = await sandboxWith({ storePath });
    expect((await readFile(storePath, 'utf8')).trim().split('\n')).toHaveLength(2);
    expect(again.contacts()[0]?.notes).toBe('19');
    expect((await stat(storePath)).mode & 0o077).toBe(0);
    again.reset();
    expect((await sandboxWith({ storePath })).contacts()).toEqual([]);
  });
});
