/** What was sent of a file so far, whoever sent it, as its checkpoint tells it. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalApiUrl } from '../../endpoint.js';
import { isStopAskedFor } from '../../errors.js';
import { moodOf } from '../../report/import-part.js';
import { verdictOf } from '../../wording/results.js';
import { hasUndoJournal, readStatus, type ScopeStatus } from '../../run/status.js';
import type { ReadingOptions } from '../../run/settings.js';
import { leftCountsFrom, leftInWords } from '../../wording/left-as-is.js';
import { counted, formatCount } from '../../wording/durations.js';
import { stampsOf } from './revision.js';
import type { FileEntry, LastRun, PlaceView, SheetRun, UndoneView } from '../wire.js';

type Scope = Pick<ScopeStatus, 'api' | 'bot'>;
type RunRecord = NonNullable<ScopeStatus['lastRun']>;
type UndoRecord = NonNullable<ScopeStatus['undone']>;

export interface SentSoFar extends Pick<
  FileEntry,
  'lastRun' | 'accepted' | 'setBack' | 'sentTo' | 'sheets' | 'undone' | 'isUndoable' | 'undoEndsFor' | 'beyondUndo'
> {
  /** Where it went. */
  readonly scope: Scope | undefined;
}

const NOTHING_SENT: SentSoFar = {
  ...{ scope: undefined, lastRun: null, accepted: 0, setBack: 0 },
  ...{ sentTo: [], sheets: [], undone: null, isUndoable: false, undoEndsFor: 0, beyondUndo: 0 },
};

/** What the checkpoint of a file holds of what went to this Clarky, of the bot that is named, or else of that which got it last. */
export async function readSent(options: ReadingOptions, to: Pick<Scope, 'api'> & Partial<Scope>): Promise<SentSoFar> {
  try {
    const { scopes } = await readStatus(options.file, { workDir: options.workDir, name: options.name });
    const api = canonicalApiUrl(to.api);
    const here = scopes.filter((one) => one.api === api && (to.bot ?? one.bot) === one.bot);
    const scope = here.reduce<ScopeStatus | undefined>(
      (newest, one) => ((one.lastRun?.start ?? '') >= (newest?.lastRun?.start ?? '') ? one : newest),
      undefined,
    );
    const sentTo = placesOf(
      scopes.filter((one) => one.api !== api && one.lastRun !== undefined),
      api,
    );
    if (scope?.lastRun === undefined) return { ...NOTHING_SENT, accepted: scope?.accepted ?? 0, sentTo };
    const { lastRun, accepted, setBack, sheets, undone, ofRejects, beyondUndo } = scope;
    const last = sheets.find(({ sheet }) => sheet?.name === lastRun.sheet?.name) ?? scope;
    return {
      scope,
      lastRun: runOf(lastRun, undone, ofRejects),
      accepted,
      setBack,
      sentTo,
      sheets: sheets.flatMap((run) =>
        run.sheet === undefined
          ? []
          : [
              {
                ...run.sheet,
                run: runOf(run, run.undone, run.start === lastRun.start ? ofRejects : undefined),
                undone: viewOf(run.undone),
                isUndoable: run.isUndoable,
                undoEndsFor: run.undoEndsFor,
              },
            ],
      ),
      undone: viewOf(undone),
      isUndoable: last.isUndoable,
      undoEndsFor: last.undoEndsFor,
      beyondUndo,
    };
  } catch {
    // A checkpoint that can't be read is told where the file is opened.
    return NOTHING_SENT;
  }
}

/** What was sent of the files of a folder: a checkpoint is read again only where it changed, or that of what it rejected. */
export class SentFiles {
  readonly #folder: string;
  readonly #apiUrl: () => string;
  readonly #known = new Map<string, { readonly stamp: string; readonly sent: SentSoFar }>();

  /** @param apiUrl where Clarky is, unless it is asked of another one */
  constructor(folder: string, apiUrl: () => string) {
    this.#folder = folder;
    this.#apiUrl = apiUrl;
  }

  async of(
    options: ReadingOptions,
    checkpoint: string,
    ofRejects: readonly string[],
    to: Parameters<typeof readSent>[1] = { api: this.#apiUrl() },
  ): Promise<SentSoFar> {
    const entry = await lstat(checkpoint).catch(() => undefined);
    if (entry === undefined) return NOTHING_SENT;
    const others = await stampsOf(ofRejects.map((name) => join(this.#folder, name)));
    const stamp = [entry.size, entry.mtimeMs, to.api, to.bot ?? '', ...others].join(' ');
    const known = this.#known.get(checkpoint);
    if (known?.stamp === stamp) return known.sent;
    const sent = await readSent(options, to);
    this.#known.set(checkpoint, { stamp, sent });
    return sent;
  }
}

/** Other Clarkies by their hosts; by the whole address where there are several on one host. */
export function placesOf(scopes: readonly Scope[], here: string): PlaceView[] {
  const addresses = [...new Set(scopes.map(({ api }) => api))];
  const isAlone = (host: string): boolean => [...addresses, here].filter((one) => hostOf(one) === host).length === 1;
  return addresses.map((address) => ({ address, name: isAlone(hostOf(address)) ? hostOf(address) : address }));
}

/** The host of an address of Clarky; what is no address stays as it is. */
export function hostOf(api: string): string {
  return URL.canParse(api) ? new URL(api).host : api;
}

/** A run, and what was taken back of it since, or sent of what it rejected. */
function runOf(record: RunRecord, undone: UndoRecord | undefined, ofRejects: RunRecord | undefined): LastRun {
  const run = runAlone(record);
  const view = viewOf(undone);
  if (undone !== undefined && view !== null) return { ...run, ...undoneInWords(view), toldAt: undone.at };
  return withRejects(run, ofRejects);
}

/** Rows that were rejected, and are in Clarky as they were corrected in a file of their own: nothing is left to do with them. */
function withRejects(run: LastRun, since: RunRecord | undefined): LastRun {
  if (since?.counts === undefined || run.counts === null) return run;
  const { created = 0, updated = 0, unchanged = 0, merged = 0 } = since.counts;
  const mended = Math.min(run.counts.rejected, created + updated + unchanged + merged);
  if (mended === 0) return run;
  const counts = {
    ...run.counts,
    rejected: run.counts.rejected - mended,
    unchanged: run.counts.unchanged + mended,
  };
  const have = mended === 1 ? '1 rejected row has' : `${formatCount(mended)} rejected rows have`;
  const told = { counts, stopped: undefined };
  const sentence = `${verdictOf(told)} ${have} come in since, corrected in a file of their own.`;
  return {
    ...run,
    counts,
    sentence,
    mood: run.mood === 'stopped' ? run.mood : moodOf(told),
    toldAt: since.end ?? since.start,
  };
}

function runAlone({ start, end, counts, ...run }: RunRecord): LastRun {
  const sheet = run.sheet?.name ?? null;
  if (end === undefined || counts?.rows === undefined) {
    const sentence = 'Stopped: the last import was cut off before its end.';
    return { at: start, toldAt: start, counts: null, sentence, mood: 'stopped', sheet };
  }
  const zero = { contacts: 0, rows: 0, created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0, pending: 0 };
  const told = { counts: { ...zero, ...counts }, stopped: undefined };
  const mood = moodOf({ ...told, stopped: isStopAskedFor(run.exit) ? { isAsked: true } : undefined });
  return { at: start, toldAt: end, counts: told.counts, sentence: verdictOf(told), mood, sheet };
}

function viewOf(undone: UndoRecord | undefined): UndoneView | null {
  if (undone === undefined) return null;
  const { of, done, left, because } = undone;
  return { of, done, left, because: leftCountsFrom(because) };
}

/** The verdict where an import was taken back since. */
function undoneInWords({ of, done, left, because }: UndoneView): Pick<LastRun, 'sentence' | 'mood'> {
  const contacts = (count: number): string => counted(count, 'contact');
  const rest = of - done - left;
  const all =
    done === of ? `${contacts(of)} of the last import` : `${formatCount(done)} of ${contacts(of)} of the last import`;
  const back = `${all} ${done === 1 ? 'is' : 'are'} taken back`;
  if (rest > 0) return { sentence: `Stopped: ${back}, ${formatCount(rest)} still to be looked at.`, mood: 'stopped' };
  if (left === 0) return { sentence: `Finished: ${back}.`, mood: 'good' };
  return {
    sentence: `Finished: ${back}; ${formatCount(left)} ${leftInWords(left, because)}.`,
    mood: 'mixed',
  };
}

type Told = Omit<SentSoFar, 'scope'>;

/** What was sent as the page is told of it. The journals may be gone, though the checkpoint is as it was. */
export async function told({ scope, ...sent }: SentSoFar, options: ReadingOptions): Promise<Told> {
  const isThere = async (was: boolean, sheet?: string): Promise<boolean> =>
    was && scope !== undefined && hasUndoJournal(options.file, options, { scope, sheet }).catch(() => false);
  const asThere = async <Of extends Pick<SheetRun, 'isUndoable' | 'undoEndsFor'>>(
    one: Of,
    sheet?: string,
  ): Promise<Of> => {
    const isUndoable = await isThere(one.isUndoable, sheet);
    return { ...one, isUndoable, undoEndsFor: isUndoable ? one.undoEndsFor : 0 };
  };
  const sheets = sent.sheets.map((one) => asThere(one, one.name));
  return { ...(await asThere(sent, sent.lastRun?.sheet ?? undefined)), sheets: await Promise.all(sheets) };
}

/** What was stopped is gone on with, whatever the file is; what was taken back is no more. */
export function isChanged({ lastRun, undone }: Told, modifiedMs: number): boolean {
  return lastRun !== null && undone === null && lastRun.counts?.pending === 0 && modifiedMs > Date.parse(lastRun.at);
}

/** Ended from outside, or going on. */
export function isCutOff({ lastRun }: SentSoFar): boolean {
  return lastRun !== null && lastRun.counts === null;
}
