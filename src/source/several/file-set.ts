/**
 * Several files as one list: each is read in its own manner, their columns are put together by their names, and the rows
 * follow each other in the order of the files. So who is who is known across files, and one mapping and one state serve all.
 */
import { basename } from 'node:path';
import { ImporterError } from '../../errors.js';
import { detectDialect, type Dialect, type DialectOptions } from '../dialect.js';
import { openSource, type OpenOptions, type Source } from '../opening/source.js';
import { asOneHeader, atTheirPlaces, columnKeys } from './one-header.js';
import { ORIGIN_COLUMN, originOf } from './origin.js';
import { readRecords } from '../records.js';
import { refuseTooWide, type RowFile } from '../row-file.js';
import type { RawRecord } from '../text/rows.js';

/** What its rows call each file: its name, or its whole path if another file has the same name. */
function calledOf(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path));
  return names.map((name, at) => (names.indexOf(name) === names.lastIndexOf(name) ? name : (paths[at] ?? name)));
}

/** More files than this are no list of contacts, and each stays open in memory. */
const MAX_FILES = 1000;

interface Member {
  readonly source: Source;
  readonly dialect: Dialect;
  /** For each of its columns, the column of the set. */
  readonly places: readonly number[];
}

export interface FileSet {
  readonly source: Source;
  readonly rows: RowFile;
}

/** The names under which the columns of each file are put together, and which of them are left out of the list though alone they are not. */
type HeadersOfOneList = (files: readonly Dialect[]) => {
  readonly headers: readonly (readonly string[])[];
  readonly leftOut: readonly (readonly string[])[];
};

/** The columns of the set, and where those of each file stand among them. */
function placed(
  opened: readonly Omit<Member, 'places'>[],
  headersOfOneList: HeadersOfOneList = (files) => ({ headers: files.map(({ header }) => header), leftOut: [] }),
): {
  readonly header: readonly string[];
  readonly members: Member[];
  readonly leftOut: readonly (readonly string[])[];
} {
  const { headers, leftOut } = headersOfOneList(opened.map(({ dialect }) => dialect));
  const { header, places } = asOneHeader(headers);
  let width = 0;
  const members = opened.map((one, at) => {
    const own = places[at] ?? [];
    width = Math.max(width, ...own.map((place) => place + 1));
    refuseTooWide(one.source.displayName, width);
    return { ...one, places: own };
  });
  return { header, members, leftOut };
}

/**
 * @param called what each file is called in them
 * @param said takes what is to be said of their rows
 */
async function* rowsOf(
  members: readonly Member[],
  width: number,
  called: readonly string[],
  said: string[],
): AsyncGenerator<readonly RawRecord[]> {
  let line = 0;
  said.length = 0;
  for (const [at, { source, dialect, places }] of members.entries()) {
    const name = called[at] ?? source.displayName;
    const onNote = (note: string): void => {
      said.push(`${name}: ${note}`);
    };
    for await (const batch of readRecords(source, dialect, { onNote })) {
      yield batch.map((record) => {
        line += 1;
        const cells = atTheirPlaces(record.cells, places, width);
        cells[width - 1] = originOf(name, record.line);
        const { problem, lost = [], given = [] } = record;
        const inPlace = new Map([...given].map(([column, value]) => [places[column] ?? -1, value]));
        const rejected = problem && { problem, lost: lost.flatMap((column) => places[column] ?? []) };
        return { line, cells, afterBlank: false, ...(inPlace.size > 0 && { given: inPlace }), ...rejected };
      });
    }
  }
}

/** Which columns of a file stand with those of others that are called otherwise. */
function calledOtherwise({ dialect, places }: Member, name: string, header: readonly string[]): string[] {
  const [own, named] = [columnKeys(dialect.header), columnKeys(header)];
  const others = dialect.header.flatMap((column, at) => {
    const place = places[at] ?? -1;
    const isFilled = dialect.sampleRecords.some(({ cells }) => (cells[at] ?? '').trim() !== '');
    return isFilled && own[at] !== named[place] ? [`"${column}" as "${header[place] ?? ''}"`] : [];
  });
  return others.length === 0 ? [] : [`In ${name} these columns are read by another name: ${listed(others)}.`];
}

/** What is said of the columns of a file that only its being read with others leaves out. */
function leftOutHere(columns: readonly string[] | undefined = [], name: string): string[] {
  if (columns.length === 0) return [];
  const [them, named] = [columns.length === 1 ? 'it' : 'them', listed(columns.map((column) => `"${column}"`))];
  return [`Left out of ${name} since it is read with other files: ${named}. Import it alone to send ${them}.`];
}

function sourceOf(
  name: string,
  members: readonly Member[],
  called: readonly string[],
  header: readonly string[],
): Source {
  const sources = members.map(({ source }) => source);
  const size = sources.reduce((sum, source) => sum + source.size, 0);
  return {
    path: sources[0]?.path ?? '',
    displayName: name,
    form: 'text',
    members: {
      names: sources.map(({ displayName }) => displayName),
      called,
      headers: members.map(({ places }) => places.map((place) => header[place] ?? '')),
      samples: members.map(({ dialect, places }) =>
        dialect.sampleRecords.map((record) => ({
          ...record,
          cells: atTheirPlaces(record.cells, places, header.length + 1),
        })),
      ),
    },
    size,
    readBytes: () => {
      throw new Error('a set of files has no bytes of its own');
    },
    changedSince: async () => (await Promise.all(sources.map((source) => source.changedSince()))).some(Boolean),
    goneSince: async () => (await Promise.all(sources.map((source) => source.goneSince()))).find(Boolean),
    dispose: async () => {
      for (const source of sources) await source.dispose();
    },
  };
}

export interface NamedFiles {
  /** The name of the set. */
  readonly file: string;
  readonly files?: readonly string[] | undefined;
  /** What lies in the same folder and is not read. */
  readonly leftAside?: readonly string[] | undefined;
}

/** The first of some names, and how many more there are. */
export function listed(names: readonly string[]): string {
  return names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
    : names.join(', ');
}

const MOST_NAMED = 5;

/** What keeps one file from being read keeps all of them: who is who is decided over the whole list. */
function ofOneOf(count: number, error: unknown): unknown {
  if (!(error instanceof ImporterError) || error.code === 'usage') return error;
  const others = count === 2 ? 'The other file waits' : `The other ${count - 1} files wait`;
  const next = `${error.next ?? ''} ${others} for it: to import without it, leave it out, or move it out of the folder.`;
  return new ImporterError(error.code, error.message, { next: next.trim(), cause: error });
}

/**
 * Opens several files as one list.
 * @throws ImporterError what keeps one of them from being read, naming it
 */
export async function openFileSet(
  { file, files = [], leftAside = [] }: NamedFiles,
  options: OpenOptions &
    DialectOptions & {
      readonly headersOfOneList?: HeadersOfOneList;
      /** Called with each file once it is known how it is written: one that is no list is named by what it throws. */
      readonly onOpened?: (displayName: string, dialect: Dialect) => void;
    },
): Promise<FileSet> {
  if (files.length > MAX_FILES) {
    throw new ImporterError('usage', `${files.length} files are too many at once: at most ${MAX_FILES} are read.`);
  }
  const opened: Omit<Member, 'places'>[] = [];
  let together: ReturnType<typeof placed>;
  try {
    for (const path of files) {
      const source = await openSource(path, options);
      const one = { source, dialect: undefined as Dialect | undefined };
      try {
        const sheet = source.form === 'text' ? undefined : options.sheet;
        const dialect = await detectDialect(source, { ...options, sheet });
        options.onOpened?.(source.displayName, dialect);
        one.dialect = dialect;
      } finally {
        if (one.dialect === undefined) await source.dispose();
      }
      opened.push({ source, dialect: one.dialect });
    }
    together = placed(opened, options.headersOfOneList);
  } catch (error) {
    for (const { source } of opened) await source.dispose();
    throw files.length > 1 ? ofOneOf(files.length, error) : error;
  }
  const { header, members, leftOut } = together;
  const width = header.length + 1;
  const said: string[] = [];
  const names = calledOf(members.map(({ source }) => source.displayName));
  return {
    source: sourceOf(file, members, names, header),
    rows: {
      label: files.length === 1 ? '1 file' : `${files.length} files`,
      sheets: [{ name: '', isHidden: false }],
      header: [...header, ORIGIN_COLUMN],
      notes: [
        files.length === 1
          ? `1 file is read: ${listed(names)}.`
          : `${files.length} files are read as one list: ${listed(names)}.`,
        ...members.flatMap((member, at) => calledOtherwise(member, names[at] ?? '', header)),
        ...members.flatMap((_, at) => leftOutHere(leftOut[at], names[at] ?? '')),
        ...(leftAside.length === 0 ? [] : [`Left aside in the folder: ${listed(leftAside)}.`]),
      ],
      warnings: members.flatMap(({ dialect }, at) =>
        dialect.warnings.map(({ code, message }) => ({ code, message: `${names[at] ?? ''}: ${message}` })),
      ),
      rows: () => rowsOf(members, width, names, said),
      notesAtEnd: () => said,
    },
  };
}
