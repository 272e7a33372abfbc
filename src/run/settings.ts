/**
 * What a caller asks of a run. Everything but the file may be left out: it then comes from the mapping file beside it,
 * and after that from the defaults. What there is, is in the table of settings (src/settings).
 */
import { basename, dirname, join } from 'node:path';
import { addressName } from '../source/opening/address.js';
import { isAddress } from '../address.js';
import type { ApiValues, LiveValues, ReadingValues, ReportValues, RunValues, Settings } from '../settings/settings.js';
import type { FileColumn } from '../mapping/file/mapping-file.js';
import type { Problem } from '../problem.js';
import type { ImportListener } from './events.js';

/** A row of a file, or of a caller: what it is told by, and what is wrong with it. */
export interface HandedOver {
  readonly line: number;
  readonly problem?: Problem | undefined;
}

/** How a file is read and turned into contacts, as anybody may say it. */
export interface GivenReading extends ReadingValues {
  /** Path of the file or of a folder of files, or an `https:` address; `-` reads standard input. */
  readonly file: string;
  /** What is read where `file` is `-`; by default the process' own standard input. */
  readonly stdin?: NodeJS.ReadableStream | undefined;
  /** Rows of a rejects file are told by its own lines, as they are corrected in it; else by those of the file that they came from. */
  readonly ownLines?: boolean | undefined;
  /** Stops the call: what is under way is let finish. */
  readonly signal?: AbortSignal | undefined;
}

/** The list that a rejects file is of. */
export interface ListOfRejects {
  /** Undefined where it is no file, such as standard input. */
  readonly file: string | undefined;
  readonly checkpoint: string;
}

/** The same with what parts of ours hand over beside it. */
export interface ReadingOptions extends GivenReading {
  /** Of a rejects file, the list that it is of, where its name does not tell. */
  readonly list?: ListOfRejects | undefined;
  /** Several files that are one list; `file` then is the name under which they keep their state. */
  readonly files?: readonly string[] | undefined;
  /** What became which field by code that said so: no mapping file is looked for then. */
  readonly columns?: readonly FileColumn[] | undefined;
  /** What lies beside the files in their folder and is not read, for a note. */
  readonly leftAside?: readonly string[] | undefined;
  /** Files that were named with others and are an import's own: not read, for a note. */
  readonly ownFiles?: readonly string[] | undefined;
  /** What was known of each row before it was handed over as one of a list of objects, in the order of the list. */
  readonly handedOver?: readonly HandedOver[] | undefined;
}

/** How Clarky is reached, as anybody may say it. */
export interface GivenApi extends ApiValues {
  /** The API key, such as what the variable CLARKY_KEY holds: the library does not look there. */
  readonly key: string;
  /** More keys of the same workspace, each with a budget of its own: they share the writes. */
  readonly moreKeys?: readonly string[] | undefined;
  /** Reads the keys again from where they came, the first one first: asked before a 401 stops a run. */
  readonly rereadKeys?: (() => Promise<readonly string[]>) | undefined;
  /** Where the processes of this machine share the budget; default: the user's state folder; false: they don't. */
  readonly stateDir?: string | false | undefined;
}

/** By what Clarky is reached, and how fast, as a command is told. */
export type Reach = Pick<Settings, 'apiUrl' | 'keyFile' | 'profile' | 'rate' | 'redis' | 'noEdits'>;

/** The same from a command line. */
export interface ApiOptions extends GivenApi {
  /** Somebody watches: a server that never answered is tried for 15 s (a Redis for 10 s), unless `maxOutageSeconds` is there. */
  readonly attended?: boolean | undefined;
  /** What a command was told of where Clarky is and of its key, before those were looked up: the commands of a report say that again. */
  readonly told?: Reach | undefined;
}

/** Who is told of it. */
export interface Heard {
  /** Told what happens, as it happens; one that throws ends nothing. */
  readonly onEvent?: ImportListener | undefined;
}

/** What an import is asked, as anybody may say it. */
export interface GivenImport extends GivenReading, GivenApi, LiveValues, RunValues, ReportValues, Heard {}

/** The same with what parts of ours hand over beside it. */
export interface ImportOptions extends GivenImport, ReadingOptions, ApiOptions {
  /** A file that the caller writes when the run has ended: looked at before it begins, with the run's own. */
  readonly latest?: string | undefined;
  /** What becomes of a sentence for whoever called. */
  readonly wording?: ((sentence: string) => string) | undefined;
}

/** Where the files of an import are kept, if not beside it and under its name. */
export type StateOptions = Pick<ReadingValues, 'workDir' | 'name'>;

export interface DefaultPaths {
  readonly mapping: string;
  readonly checkpoint: string;
  readonly rejects: string;
  readonly log: string;
  readonly differences: string;
  readonly report: string;
  readonly corrections: string;
}

/** The files that belong to an import, where none are named. */
export function defaultPaths(file: string, { workDir, name }: StateOptions = {}): DefaultPaths {
  const own = name ?? (file === '-' ? 'stdin' : isAddress(file) ? addressName(file) : file);
  const isElsewhere = file === '-' || isAddress(file);
  const base =
    workDir !== undefined
      ? join(workDir, basename(own))
      : name === undefined || isElsewhere
        ? own
        : join(dirname(file), name);
  return {
    mapping: `${base}.mapping.json`,
    checkpoint: `${base}.checkpoint.jsonl`,
    rejects: `${base}.rejected.csv`,
    log: `${base}.log.jsonl`,
    differences: `${base}.differences.csv`,
    report: `${base}.report.html`,
    corrections: `${base}.edits.json`,
  };
}

/** The checkpoint of an import: where it is told to be, or beside the file. */
export function checkpointOf(
  file: string,
  options: StateOptions & { readonly checkpoint?: string | undefined },
): string {
  return options.checkpoint ?? defaultPaths(file, options).checkpoint;
}
