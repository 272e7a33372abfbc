/** What the columns of a source decided, for the rejects that came from it: a few rows may not show it. */
import {
  createColumnProfile,
  profiledColumns,
  type ColumnProfile,
  type Conventions,
  type ProfiledColumn,
} from '../../../mapping/compile/profile.js';
import type { MappingSettings } from '../../../mapping/compile/settings.js';
import type { InferredMapping } from '../../../mapping/mapping.js';
import type { SourceRecord } from '../../../source/record.js';
import type { ListOfRejects } from '../../settings.js';
import { originFilesOf } from '../origins.js';

/** A source while it is read through. */
interface Origin {
  readonly dialect: { readonly header: readonly string[] };
  forEachRecord(take: (record: SourceRecord, ordinal: number) => void, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** A file that may be rejects. */
interface Rejects {
  readonly isRejectsFile: boolean;
  readonly source: { readonly path: string };
  readonly list: ListOfRejects | undefined;
  readonly dialect: { readonly header: readonly string[] };
  readonly mapping: InferredMapping;
  readonly settings: Pick<MappingSettings, 'unmapped' | 'set'>;
}

/** What these rejects leave open is decided as in the file that they came from, where one of these columns is there still. */
export async function adoptFromOrigin(
  { isRejectsFile, source, list, dialect: { header }, mapping, settings }: Rejects,
  own: ColumnProfile,
  open: (file: string) => Promise<Origin>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!isRejectsFile) return;
  const columns = profiledColumns(mapping, settings.unmapped, settings.set);
  const isOpen = own.ambiguousOrdinals().length > 0 || columns.some(({ kind }) => kind === 'custom');
  if (!isOpen) return;
  const decided = await decidedByOrigin(originFilesOf(source.path, list), { header, columns }, open, signal);
  if (decided !== undefined) own.adopt(decided);
}

/** Undefined where no source of these columns is there any more. */
async function decidedByOrigin(
  files: readonly string[],
  { header, columns }: { readonly header: readonly string[]; readonly columns: readonly ProfiledColumn[] },
  open: (file: string) => Promise<Origin>,
  signal: AbortSignal | undefined,
): Promise<Conventions | undefined> {
  for (const file of files) {
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
