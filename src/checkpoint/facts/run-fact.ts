/** What a checkpoint notes of runs, whomever they sent, and how a line says it. Pure. */
import { textsOf, type Texts } from '../../storage/json-lines.js';
import { parseRunMark, runMarkToWire, type RunMark } from '../run-history.js';
import { areDigests } from './digests.js';

/** Whether bots share their contacts, or each has its own. */
export type BotsContacts = 'shared' | 'apart';

/** What is noted of a run as a whole. */
export type RunFact =
  | RunMark
  /** Whether the server wants even spacing instead of bursts; remembered for the next start. */
  | { readonly kind: 'pace'; readonly even: boolean }
  /** The longest that the server took to answer a write: how long one of nobody may be under way hangs on it. */
  | { readonly kind: 'slowest'; readonly ms: number }
  /** The shape of e-mails and phones that the server takes, where it is not the usual one. */
  | { readonly kind: 'shape'; readonly shape: 'strings' | 'objects' }
  /** The server was found to empty what an upsert leaves out; with `others`, those fields of it that no upsert can name. */
  | { readonly kind: 'clears'; readonly others?: readonly string[] | undefined }
  /** Whether the bots of the workspace were seen to share their contacts, or each to have its own. */
  | { readonly kind: 'bots'; readonly contacts: BotsContacts }
  /** The workspace's pipeline stages by name, so that a plan can be made without asking for them. */
  | { readonly kind: 'stages'; readonly ids: Readonly<Record<string, string>> }
  /** The settings that shaped the run: what the next command on the file takes where nothing is said. */
  | { readonly kind: 'settings'; readonly values: Readonly<Record<string, unknown>> }
  /**
   * The rejects file as the run left it: one that differs then was changed by somebody, '' for none. `kept`: those that were written
   * before, which may lie elsewhere, or under another name; `sheets`: of which sheet each is; `rows`: digests of its rows by when they were
   * first rejected so.
   */
  | {
      readonly kind: 'rejects';
      readonly digest: string;
      readonly kept: string;
      readonly sheets?: Texts | undefined;
      readonly rows?: Texts | undefined;
    }
  /**
   * Everything that an address gave is in. `etag` and `modified` are as its server said; `as` is a digest of the address and of
   * all that decides what is made of it. True until anything is told of a contact or a run after it.
   */
  | {
      readonly kind: 'fetched';
      readonly etag?: string | undefined;
      readonly modified?: string | undefined;
      readonly as: string;
    };

/** What the fact's line holds. */
export function runFactToWire(fact: RunFact): Record<string, unknown> {
  switch (fact.kind) {
    case 'started':
    case 'ended':
    case 'undone':
      return runMarkToWire(fact);
    case 'pace':
      return { pace: fact.even ? 'even' : 'burst' };
    case 'slowest':
      return { slowest: fact.ms };
    case 'shape':
      return { shape: fact.shape };
    case 'clears':
      return fact.others === undefined ? { clears: true } : { empties: fact.others };
    case 'bots':
      return { bots: fact.contacts };
    case 'stages':
      return { stages: fact.ids };
    case 'settings':
      return { settings: fact.values };
    case 'rejects':
      return {
        rejects: fact.digest,
        ...(fact.kept !== '' && { kept: fact.kept }),
        ...(fact.sheets !== undefined && { sheets: fact.sheets }),
        rows: fact.rows,
      };
    case 'fetched':
      return { fetched: fact.as, etag: fact.etag, modified: fact.modified };
  }
}

/** Reads the content of a line; undefined where it says nothing of a run. */
export function parseRunFact(w: Readonly<Record<string, unknown>>): RunFact | undefined {
  const mark = parseRunMark(w);
  if (mark !== undefined) return mark;
  if (w.shape === 'strings' || w.shape === 'objects') return { kind: 'shape', shape: w.shape };
  if (w.clears === true) return { kind: 'clears' };
  if (Array.isArray(w.empties)) return { kind: 'clears', others: w.empties.filter((one) => typeof one === 'string') };
  if (w.bots === 'shared' || w.bots === 'apart') return { kind: 'bots', contacts: w.bots };
  if (typeof w.slowest === 'number') return { kind: 'slowest', ms: w.slowest };
  if (w.pace === 'even' || w.pace === 'burst') return { kind: 'pace', even: w.pace === 'even' };
  const stages = textsOf(w.stages);
  if (stages !== undefined) return { kind: 'stages', ids: stages };
  if (typeof w.settings === 'object' && w.settings !== null) return { kind: 'settings', values: { ...w.settings } };
  if (typeof w.fetched === 'string') {
    const [etag, modified] = [w.etag, w.modified].map((value) => (typeof value === 'string' ? value : undefined));
    return { kind: 'fetched', as: w.fetched, etag, modified };
  }
  if (typeof w.rejects === 'string')
    return {
      kind: 'rejects',
      digest: w.rejects,
      kept: areDigests(w.kept) ? w.kept : '',
      sheets: textsOf(w.sheets),
      rows: textsOf(w.rows),
    };
  return undefined;
}
