/**
 * What a caller asks of a run. Everything but the file may be left out: it then comes from the mapping file beside it,
 * and after that from the defaults (contract.md, "Settings").
 */
import type { ContactPointShape } from '../contact/payload.js';
import type { DuplicateRule } from '../plan/decisions.js';
import type { SharedPhone } from '../plan/who.js';
import type { ImportListener } from './events.js';

/** How a file is read and turned into contacts. */
export interface ReadingOptions {
  /** Path of the file; `-` reads standard input. */
  readonly file: string;
  /** Path of a mapping file; else `FILE.mapping.json` where it exists, else the mapping is inferred. */
  readonly mapping?: string | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Name of the sheet of a workbook; else the first. */
  readonly sheet?: string | undefined;
  /** True where the file has no header line. */
  readonly noHeader?: boolean | undefined;
  /** Region of phone numbers without +, ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** Fixed values for every contact, by field. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  readonly unmapped?: 'ignore' | 'custom' | undefined;
  readonly onInvalid?: 'reject' | 'omit' | undefined;
  readonly duplicates?: DuplicateRule | undefined;
  readonly sharedPhone?: SharedPhone | undefined;
  /** Custom field that keeps a phone left out by `sharedPhone: 'omit'`. */
  readonly keepSharedPhone?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly stdin?: NodeJS.ReadableStream | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How Clarky is reached. */
export interface ApiOptions {
  readonly apiUrl?: string | undefined;
  readonly key: string;
  readonly bot?: string | undefined;
  readonly contactPoints?: ContactPointShape | undefined;
  /** How long nothing may get through before the run stops, in seconds. */
  readonly maxOutageSeconds?: number | undefined;
  /** The write limit to start with; the server may announce another. */
  readonly rate?: { readonly writes: number; readonly seconds: number } | undefined;
  /** Shares the budget with other machines through this Redis. */
  readonly redis?: string | undefined;
  /** Where the processes of this machine share the budget; default: the user's state folder; false: they don't. */
  readonly stateDir?: string | false | undefined;
}

/** What a run leaves to be looked at. */
export interface ReportSettings {
  /** Where the report is written; undefined for the default beside the file, false for none. */
  readonly report?: string | false | undefined;
  /** Values of the file in the report as well: personal data. */
  readonly reportData?: boolean | undefined;
}

export interface ImportOptions extends ReadingOptions, ApiOptions, ReportSettings {
  readonly rejects?: string | undefined;
  /** Where the log is written, `-` for standard error; undefined for the default beside the file, false for none. */
  readonly log?: string | false | undefined;
  /** Most requests in flight at once; chosen by the importer where left out. */
  readonly concurrency?: number | undefined;
  /** Sends contacts again that the checkpoint knows as unchanged. */
  readonly resend?: boolean | undefined;
  /** Sends again what Clarky refused in an earlier run although neither the row nor the settings changed. */
  readonly retryRejected?: boolean | undefined;
  /** With `live`: sends contacts again that were imported before and deleted in Clarky since. */
  readonly restoreDeleted?: boolean | undefined;
  /** Reads the workspace first: what is there already costs no write, and nobody there is overwritten. */
  readonly live?: boolean | undefined;
  /** Stops before the first write where more than this share of a hundred would be rejected, gone or changed. */
  readonly failOverPercent?: number | undefined;
  /** When to stop, by the wall clock. */
  readonly deadline?: Date | undefined;
  readonly maxDurationMs?: number | undefined;
  /** How long to wait for another import on this checkpoint, in milliseconds. */
  readonly waitMs?: number | undefined;
  readonly onEvent?: ImportListener | undefined;
}

/** The files that belong to an import, where none are named. */
export function defaultPaths(file: string): {
  mapping: string;
  checkpoint: string;
  rejects: string;
  log: string;
  differences: string;
  report: string;
} {
  const base = file === '-' ? 'stdin' : file;
  return {
    mapping: `${base}.mapping.json`,
    checkpoint: `${base}.checkpoint.jsonl`,
    rejects: `${base}.rejected.csv`,
    log: `${base}.log.jsonl`,
    differences: `${base}.differences.csv`,
    report: `${base}.report.html`,
  };
}
