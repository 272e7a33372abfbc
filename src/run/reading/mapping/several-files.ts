/** Several files that are opened as one list. */
import { normaliseHeader } from '../../../mapping/header.js';
import { filesNamed } from '../../../mapping/file/several-files.js';
import { headersOfOneList, leftOutOfOneList, type DecidedFor } from '../../../mapping/one-list.js';
import type { Dialect, DialectOptions } from '../../../source/dialect.js';
import type { OpenOptions, Source } from '../../../source/opening/source.js';
import { openFileSet, type FileSet } from '../../../source/several/file-set.js';
import type { ReadingOptions } from '../../settings.js';
import { refuseKeys } from '../named-input.js';
import { recogniseSystem } from '../../../mapping/infer/systems.js';
import type { InferredMapping } from '../../../mapping/mapping.js';
import { readMapping } from './mapping-source.js';

/**
 * Opens what was named as one list, where it is several files.
 * @param before the mapping file that an earlier import went by
 * @throws ImporterError what keeps one of them from being read
 */
export async function openSeveral(
  given: ReadingOptions,
  how: OpenOptions & DialectOptions,
  before: string | undefined,
): Promise<FileSet | undefined> {
  if (given.files === undefined) return undefined;
  return openFileSet(given, { ...how, ...(await columnsTogether(given, before)), onOpened: refuseKeys });
}

/** How the columns of several files come to one list: those that a mapping file, or code, names keep their names. */
async function columnsTogether(options: ReadingOptions, before: string | undefined) {
  // One that can't be read is told once it is used.
  const found = await readMapping({ ...options, mapping: options.mapping ?? before }).catch(() => undefined);
  const inFile = found?.file.columns ?? [];
  const to = new Map([...inFile, ...(options.columns ?? [])].map((column) => [keyOfColumn(column), column.to]));
  const inCode = new Set((options.columns ?? []).map(keyOfColumn));
  const decidedIn = (tables: readonly Dialect[]): DecidedFor => {
    const isFileNamed = filesNamed(
      inFile,
      tables.map(({ header }) => header),
    );
    return (name, file) => {
      const word = to.get(keyOfColumn({ header: name }));
      const isForThisFile = isFileNamed[file] === true || inCode.has(keyOfColumn({ header: name }));
      return word === undefined ? undefined : { to: word, isForThisFile };
    };
  };
  return {
    headersOfOneList: (tables: readonly Dialect[]) => {
      const decided = decidedIn(tables);
      const headers = headersOfOneList(tables, decided);
      return { headers, leftOut: leftOutOfOneList(tables, headers, decided) };
    },
  };
}

/** The program that wrote a file; of several files the one that wrote them all. */
export function writtenBy({
  mapping: { system },
  source: { members },
}: {
  readonly mapping: InferredMapping;
  readonly source: Pick<Source, 'members'>;
}): string | undefined {
  const isOfAll = (members?.headers ?? []).every((header) => recogniseSystem(header)?.id === system?.id);
  return isOfAll ? system?.name : undefined;
}

const keyOfColumn = ({ header }: { readonly header: string }): string => normaliseHeader(header);
