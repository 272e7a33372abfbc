/** Which contacts a file has as it stands, and what they tell of the workspace's. */
import { DigestIndex } from '../../collections/digest-index.js';
import type { Decisions } from '../../plan/decisions.js';
import type { PlannedContact } from '../../plan/planned.js';
import { countriesOf, storedPhoneReader } from '../../workspace/stored-phones.js';
import type { Reading } from '../reading/first-reading.js';

/** By their identities; the file is read where it is asked for any. */
export function contactsOf(
  reading: Reading,
  decisions: Decisions,
  signal?: AbortSignal,
): (identity: Uint8Array) => Promise<boolean> {
  const read = async (): Promise<DigestIndex> => {
    const identities = new DigestIndex();
    for await (const batch of reading.planned(decisions, signal))
      for (const planned of batch) if (planned.kind === 'contact') identities.add(planned.identity);
    return identities;
  };
  let all: Promise<DigestIndex> | undefined;
  return async (identity) => (await (all ??= read())).get(identity) >= 0;
}

/** How phones that stand in Clarky without their country are read: as an import with `--live` reads them. */
export async function storedPhones(
  reading: Reading,
  decisions: Decisions,
  signal?: AbortSignal,
): Promise<(phone: string) => readonly string[]> {
  const contacts = async function* (): AsyncGenerator<PlannedContact> {
    for await (const batch of reading.planned(decisions, signal))
      for (const planned of batch) if (planned.kind === 'contact') yield planned;
  };
  return storedPhoneReader(await countriesOf(reading.file.settings.country, contacts()));
}
