/** What the columns of a source decided, for the rejects that came from it: a few rows may not show it. */
import {
  createColumnProfile,
  profiledColumns,
  type ColumnProfile,
  type Conventions,
} from '../../../mapping/compile/profile.js';
import type { MappingSettings } from '../../../mapping/compile/settings.js';
import type { InferredMapping } from '../../../mapping/mapping.js';
import type { SourceRecord } from '../../../source/record.js';
import type { ListOfRejects } from '../../settings.js';
import { toldByOrigin } from '../origins.js';

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

/**
 * What these rejects leave open is decided as in the file that they came from, where one of these columns is there still: by none
 * of it where it can't be read to its end.
 */
export async function adoptFromOrigin(
  rejects: Rejects,
  own: ColumnProfile,
  open: (file: string) => Promise<Origin>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { isRejectsFile, dialect, mapping, settings } = rejects;
  if (!isRejectsFile) return;
  const columns = profiledColumns(mapping, settings.unmapped, settings.set);
  const isOpen = own.ambiguousOrdinals().length > 0 || columns.some(({ kind }) => kind === 'custom');
  if (!isOpen) return;
  const decidedBy = async (origin: Origin): Promise<Conventions | undefined> => {
    if (!origin.dialect.header.every((name, at) => name === dialect.header[at])) return undefined;
    const profile = createColumnProfile(columns);
    await origin.forEachRecord(({ cells, given }, ordinal) => profile.observe(ordinal, cells, given), signal);
    return profile.conventions();
  };
  const decided = await toldByOrigin(rejects, open, decidedBy, signal);
  if (decided !== undefined) own.adopt(decided);
}
