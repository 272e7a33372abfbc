import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Journal } from './contact-store.js';
import type { StoredContact } from './stored-contact.js';

/** First line of a store; a file that begins otherwise is somebody's own and is left alone. */
const HEADER = '{"clarky_sandbox_store":1}\n';

type Line = { put: StoredContact } | { remove: string } | { clear: true };

/** A store that was read: the contacts in it, and where the next changes go. */
export interface OpenedStore {
  contacts: StoredContact[];
  journal: Journal;
}

/**
 * Opens an append-only file of contacts, one JSON line a change, made where there is none. Each change is handed to the
 * operating system before the answer that it belongs to, so that a killed sandbox forgets nothing it answered for; a
 * last line that was cut is dropped. Throws an Error that names the file where it is not a sandbox's store.
 */
export function openStoreFile(path: string): OpenedStore {
  if (existsSync(path) && !statSync(path).isFile()) throw new Error(`${path} is no file: name another with --store.`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const isFresh = whole === '' && HEADER.startsWith(text);
  if (!isFresh && !whole.startsWith(HEADER)) throw new Error(`${path} is not a store of the sandbox.`);
  const changes = whole.slice(HEADER.length).split('\n').slice(0, -1);
  const contacts = replay(changes, path);
  if (isFresh || changes.length > 2 * contacts.length) rewrite(path, contacts);
  const fd = openSync(path, 'a', 0o600);
  if (!isFresh && changes.length <= 2 * contacts.length) ftruncateSync(fd, Buffer.byteLength(whole));
  return { contacts, journal: journalTo(fd) };
}

function replay(changes: readonly string[], path: string): StoredContact[] {
  const byId = new Map<string, StoredContact>();
  for (const [index, change] of changes.entries()) {
    const line = parseLine(change);
    if (line === undefined) throw new Error(`${path}, line ${String(index + 2)}: not a change of a sandbox's store.`);
    if ('put' in line) byId.set(line.put.id, line.put);
    else if ('remove' in line) byId.delete(line.remove);
    else byId.clear();
  }
  return [...byId.values()];
}

function parseLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Partial<Record<'put' | 'remove' | 'clear', unknown>> | null;
    return line !== null && (line.put ?? line.remove ?? line.clear) !== undefined ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

function rewrite(path: string, contacts: readonly StoredContact[]): void {
  const lines = contacts.map((put) => `${JSON.stringify({ put })}\n`);
  writeFileSync(`${path}.new`, HEADER + lines.join(''), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function journalTo(fd: number): Journal {
  let isOpen = true;
  const append = (line: Line): void => {
    if (isOpen) writeSync(fd, `${JSON.stringify(line)}\n`);
  };
  return {
    put: (contact) => {
      append({ put: contact });
    },
    remove: (id) => {
      append({ remove: id });
    },
    clear: () => {
      append({ clear: true });
    },
    close: () => {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}
