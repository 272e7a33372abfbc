/** A nightly run of an address whose server says that nothing changed: what the last run brought in is not read again. */
import { sayRate } from '../../rate/rate.js';
import { given } from '../../given.js';
import { createHash } from 'node:crypto';
import { readCheckpoint, type Checkpoint } from '../../checkpoint/checkpoint.js';
import type { RunFact } from '../../checkpoint/facts/run-fact.js';
import type { Scope } from '../../checkpoint/format.js';
import { canonicalApiUrl, DEFAULT_API_URL } from '../../endpoint.js';
import { EXIT } from '../../errors.js';
import { READING_SETTINGS } from '../../settings/reading-table.js';
import { isAddress } from '../../address.js';
import type { Validators } from '../../source/opening/download.js';
import { readRegularFile } from '../../storage/private-file.js';
import { readVersion } from '../../version.js';
import type { Connection } from '../connection/connection.js';
import { openOwnCheckpoint } from '../known/own-checkpoint.js';
import type { Opened } from '../opened.js';
import { mappingCandidates } from '../reading/origins.js';
import { readKept, type Kept } from '../reading/kept.js';
import { importPathsOf } from '../outputs/import-outputs.js';
import type { Listeners } from '../outputs/listeners.js';
import { openLog } from '../outputs/log.js';
import { defaultPaths, type ImportOptions } from '../settings.js';
import { type Counts, type Summary } from '../tally.js';

type Fetched = Extract<RunFact, { kind: 'fetched' }>;

/** What the last run brought in, of which the server says that it is unchanged. */
interface UnchangedAddress {
  readonly scope: Scope;
  readonly fetched: Fetched;
  readonly counts: Counts;
}

/** Settings of a run that decide what is sent, beside those of the reading. */
const OF_THE_SENDING = ['contactPoints', 'lists', 'keepExisting', 'restoreDeleted'] as const;

/** What the run lends for it. */
interface Lent {
  readonly opened: Opened;
  readonly listeners: Listeners;
  readonly signal: AbortSignal;
  readonly connect: () => Promise<Connection>;
}

/**
 * Ends a run whose address gives what it gave, of which all is in: the key is checked and the run is noted and logged as any,
 * and the last run's rejects and report stay. Undefined where the address must be read.
 * @throws ImporterError what keeps the address, Clarky or the checkpoint from being used; the signal's reason
 */
export async function leaveUnchanged(
  options: ImportOptions,
  began: { readonly ms: number; readonly start: string },
  lent: Lent,
): Promise<Summary | undefined> {
  const { opened, listeners, signal } = lent;
  const same = await findUnchanged(options, signal);
  if (same === undefined) return undefined;
  const limit = await limitOfSame(options, lent, same);
  if (limit === undefined) return undefined;
  const paths = importPathsOf(options);
  const checkpoint = await openOwnCheckpoint(options, same.scope, { signal, emit: listeners.emit });
  // Another run may have ended in between.
  if (checkpoint.state.fetched?.as !== same.fetched.as) {
    await checkpoint.close();
    return undefined;
  }
  opened.onClose(() => checkpoint.close());
  const { counts, fetched } = same;
  if (paths.log !== '') listeners.add((await opened.add(openLog(paths.log))).listener);
  const at = new Date().toISOString();
  await checkpoint.note(
    { kind: 'started', at, rows: counts.rows },
    { kind: 'ended', at, exit: EXIT.ok, counts },
    fetched,
  );
  listeners.emit({
    type: 'started',
    file: options.file,
    start: began.start,
    ...same.scope,
    counts,
    limit: sayRate(limit),
  });
  const summary: Summary = {
    file: options.file,
    ...counts,
    seconds: Math.round(performance.now() - began.ms) / 1000,
    complete: true,
    reasons: {},
    undoable: false,
    ...paths,
    report: '',
    ...same.scope,
    ...listeners.told(),
    start: began.start,
    end: new Date().toISOString(),
    exit: EXIT.ok,
  };
  listeners.emit({ type: 'ended', summary, exitStatus: EXIT.ok });
  return summary;
}

/** Checks the key as ever; undefined where it leads to another bot than it did. */
async function limitOfSame(options: ImportOptions, { signal, connect }: Lent, { scope }: UnchangedAddress) {
  const connection = await connect();
  try {
    const bot = await connection.findBot(options.bot, signal, scope.bot);
    return bot === scope.bot ? connection.limit : undefined;
  } finally {
    await connection.close();
  }
}

/**
 * What the address gave last time, where its server says that it is still that, all of it is in, and it would be read and sent
 * as it was. Undefined where it must be read.
 * @throws ImporterError what keeps the address or the checkpoint from being read; the signal's reason
 */
async function findUnchanged(options: ImportOptions, signal: AbortSignal): Promise<UnchangedAddress | undefined> {
  if (!canBeLeft(options)) return undefined;
  const kept = await readKept(options);
  if (kept.bot === undefined) return undefined;
  const scope = { api: canonicalApiUrl(options.apiUrl ?? DEFAULT_API_URL), bot: kept.bot };
  const state = await readCheckpoint(importPathsOf(options).checkpoint, scope);
  const fetched = state?.fetched;
  const last = state?.runs.last;
  if (fetched === undefined || last?.exit !== EXIT.ok || last.counts === undefined) return undefined;
  if (fetched.as !== (await conditionsOf(options, kept))) return undefined;
  const { isUnchangedSince } = await import('../../source/opening/download.js');
  if (!(await isUnchangedSince(options.file, knownAs(fetched), signal))) return undefined;
  return { scope, fetched, counts: asUnchanged(last.counts) };
}

/** Notes by what the server will know it again, where everything that it gave is in. @throws ImporterError `storage_failed` */
export async function noteFetched(
  checkpoint: Checkpoint,
  validators: Validators | undefined,
  options: ImportOptions,
  kept: Kept,
): Promise<void> {
  if (validators === undefined || options.live === true) return;
  await checkpoint.note({ kind: 'fetched', ...validators, as: await conditionsOf(options, kept) });
}

function canBeLeft({ file, files, live, resend, retryRejected }: ImportOptions): boolean {
  return isAddress(file) && files === undefined && live !== true && resend !== true && retryRejected !== true;
}

function knownAs({ etag, modified }: Fetched): Validators {
  return given({ etag, modified });
}

function asUnchanged(counts: Readonly<Record<string, number>>): Counts {
  const { rows = 0, contacts = 0, created = 0, updated = 0, unchanged = 0, merged = 0 } = counts;
  const none = { created: 0, updated: 0, rejected: 0, pending: 0, requests: 0, throttled: 0, retries: 0 };
  return { ...none, rows, contacts, merged, unchanged: created + updated + unchanged };
}

/** A digest of the address, the settings, the mapping, the corrections and the version: by another of them it is read anew. */
async function conditionsOf(options: ImportOptions, kept: Kept): Promise<string> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const before: Readonly<Record<string, unknown>> = { ...kept.settings };
  const settings = [...Object.keys(READING_SETTINGS), ...OF_THE_SENDING].map(
    (name) => given[name] ?? before[name] ?? null,
  );
  const files = [
    ...mappingCandidates({ ...options, mapping: options.mapping ?? kept.mapping }),
    defaultPaths(options.file, options).corrections,
  ];
  const texts = await Promise.all(files.map((path) => readRegularFile(path).then(String, () => null)));
  const all = JSON.stringify([readVersion(), options.file, settings, texts, options.columns]);
  return createHash('sha256').update(all).digest('base64url');
}
