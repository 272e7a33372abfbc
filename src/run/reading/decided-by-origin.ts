/** What the columns of a source decided, for the rejects that came from it: a few rows may not show it. */
import { createColumnProfile, type Conventions, type ProfiledColumn } from '../../mapping/compile/profile.js';
import type { SourceRecord } from '../../source/record.js';
import { originsOf } from './origins.js';

/** A source while it is read through. */
interface Origin {
  readonly dialect: { readonly header: readonly string[] };
  forEachRecord(take: (record: SourceRecord, ordinal: number) => void, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Undefined where no source of these columns is there any more. */
export async function decidedByOrigin(
  path: string,
  { header, columns }: { readonly header: readonly string[]; readonly columns: readonly ProfiledColumn[] },
  open: (file: string) => Promise<Origin>,
  signal: AbortSignal | undefined,
): Promise<Conventions | undefined> {
  for (const file of originsOf(path)) {
    const origin = await open(file).catch(() => undefined);
    if (origin === undefined) continue;
    try {
      if (!origin.dialect.header.every((name, at) => name === header[at])) continue;
      const profile = createColumnProfile(columns);
      await origin.forEachRecord(({ cells }, ordinal) => profile.observe(ordinal, cells), signal);
      return profile.conventions();
    } finally {
      await origin.close();
    }
  }
  return undefined;
}
