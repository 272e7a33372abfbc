/** Deletes what probing has made: by id, and by its e-mails and phones. */
import type { Client } from '../../api/calls.js';
import { readStored, type StoredContact } from '../../workspace/stored.js';
import { isThrowAway, spelledOut, type ThrowAway } from './throw-away.js';

export type CleaningClient = Pick<Client, 'getContact' | 'getByEmail' | 'listContacts' | 'deleteContact'>;

/** A delete may bring another to light behind the same e-mail. */
const MOST_ROUNDS = 3;

export interface CleanUp {
  readonly client: CleaningClient;
  readonly throwAway: ThrowAway;
  /** The contacts that answers showed; those that are gone are taken out. */
  readonly ids: Set<string>;
}

/**
 * Deletes them; what is left in `ids` then is still there.
 * @returns how many were deleted
 * @throws ImporterError what stops a run
 */
export async function cleanUp(parts: CleanUp): Promise<number> {
  const { client, throwAway, ids } = parts;
  let deleted = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = deleted;
    for (const { id, ...rest } of await findAll(parts)) {
      if (!isThrowAway({ id, ...rest }, throwAway)) continue;
      ids.add(id);
      if ((await client.deleteContact(id)) === 'refused') continue;
      ids.delete(id);
      deleted++;
    }
    if (deleted === before) break;
  }
  return deleted;
}

async function findAll({ client, throwAway, ids }: CleanUp): Promise<readonly StoredContact[]> {
  const found = new Map<string, StoredContact>();
  const take = (wire: unknown): void => {
    const stored = readStored(wire);
    if (stored !== undefined) found.set(stored.id, stored);
  };
  for (const id of [...ids]) {
    const contact = await client.getContact(id);
    if (contact === undefined) ids.delete(id);
    else take(contact);
  }
  for (const email of throwAway.emails) take(await client.getByEmail(email));
  for (const phone of [...throwAway.phones, ...throwAway.phones.map(spelledOut)]) {
    for (const item of (await client.listContacts(1, { search: phone })).items) take(item);
  }
  return [...found.values()];
}
