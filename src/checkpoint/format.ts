/**
 * The lines of a checkpoint. It speaks of content, not of row numbers: for each identity, the digest of the payload last accepted for it. Append-only
 * JSON Lines, one fact a line; the last fact of an identity wins. A `scope` line says for which API base and bot the lines after it hold, so one
 * file serves a rehearsal and the real workspace without mixing them up. No personal data: identities and payloads are there as digests alone.
 */
import { canonicalApiUrl } from '../endpoint.js';
import { parseObject, textsOf, type Texts } from '../storage/json-lines.js';
import { parseRunMark, runMarkToWire, type RunMark } from './run-history.js';

export const FORMAT_NAME = 'clarky-contacts checkpoint';
export const FORMAT_VERSION = 1;
/** A digest of 16 bytes in base64url without padding. */
export const DIGEST_CHARACTERS = 22;

/** What entries hold for: the same identity in another workspace is another fact. */
export interface Scope {
  /** Where Clarky is: the API's base. */
  readonly api: string;
  /** The bot that the contacts belong to. */
  readonly bot: string;
}

/** Digests are 22 characters of base64url (16 bytes). */
export type ContactFact =
  | {
      readonly kind: 'accepted';
      readonly identity: string;
      readonly payload: string;
      readonly id?: string;
      /** Digests of the e-mails and phones that it went out with, one behind the other, the identity's own left out. */
      readonly points?: string;
      /** Its name as digests, one for the identity and one for each of the points, all of one length (name-digest.ts). */
      readonly names?: string;
      /** Clarky finds it by an e-mail or phone that is not this identity; or by its e-mails alone, since somebody else may have its phone. */
      readonly ledElsewhere?: true | 'by e-mail';
      /** How many of the points, at the end, are phones that Clarky alone has of it: it never went out with them. */
      readonly added?: number;
    }
  /** With the code `deleted_in_clarky`: an import that read the workspace did not find it there, whatever its payload. */
  | {
      readonly kind: 'refused';
      readonly identity: string;
      readonly payload: string;
      readonly code: string;
      /** Under which Clarky has it all the same, where that is known. */
      readonly id?: string;
    }
  /**
   * A payload is about to be sent. If nothing follows, the run was cut off: Clarky may hold this or what was accepted
   * before, and what is under way may still arrive.
   */
  | {
      readonly kind: 'sending';
      readonly identity: string;
      readonly atMs?: number;
      readonly payload?: string;
      readonly points?: string;
      /** As of what was accepted; told to the imports of other files alone. */
      readonly names?: string;
      /** The same once more, as nothing was answered. */
      readonly again?: true;
    }
  /** What was sent last was refused, and it is left open whether for a fault of its own: it is not under way any more. */
  | { readonly kind: 'answered'; readonly identity: string }
  /** The contact was taken back (undo): the next import sends it again. `now`: Clarky has it no more, or still, as it was before. */
  | { readonly kind: 'forgotten'; readonly identity: string; readonly now?: TakenBack | undefined };

/** What became of a contact that was taken back, where that is known. */
export type TakenBack = 'deleted' | 'there';

/** What an import that read the workspace saw of a contact there that kept rows back (neighbours.ts). */
export type NeighbourFact =
  | {
      readonly kind: 'neighbour';
      /** The contact's id. */
      readonly id: string;
      /** Digests of its e-mails and its phones, one behind the other. */
      readonly emails: string;
      readonly phones: string;
      /** Its name as digests, one for each of them, all of one length; '' for a blank one. */
      readonly names: string;
    }
  /** It is not there any more. */
  | { readonly kind: 'no neighbour'; readonly id: string };

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
  /** The workspace's pipeline stages by name, so that a plan can be made without asking for them. */
  | { readonly kind: 'stages'; readonly ids: Readonly<Record<string, string>> }
  /** The settings that shaped the run: what the next command on the file takes where nothing is said. */
  | { readonly kind: 'settings'; readonly values: Readonly<Record<string, unknown>> }
  /** The rejects file as the run left it, one that differs then was changed by somebody, '' for none; `kept`: those set aside as they were; `rows`: digests of its rows by when they were first rejected so. */
  | { readonly kind: 'rejects'; readonly digest: string; readonly kept: string; readonly rows?: Texts | undefined }
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

/** One fact, one line. */
export type Fact =
  | { readonly kind: 'header'; readonly version: number }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | ContactFact
  | NeighbourFact
  | RunFact;

/** One line, without its newline. */
export function formatFact(fact: Fact): string {
  return JSON.stringify(toWire(fact));
}

type Wire = Readonly<Record<string, unknown>>;

function toWire(fact: Fact): Record<string, unknown> {
  switch (fact.kind) {
    case 'header':
      return { format: FORMAT_NAME, version: fact.version };
    case 'scope':
      return { scope: fact.scope };
    case 'accepted': {
      const { identity: k, payload: p, id, points: c, names: w, ledElsewhere: l, added: a } = fact;
      return { k, p, id, c, w, l, a };
    }
    case 'refused':
      return { k: fact.identity, r: fact.payload, code: fact.code, id: fact.id };
    case 'sending':
      return {
        ...{ k: fact.identity, sent: true, t: fact.atMs, c: fact.points, w: fact.names },
        ...{ q: fact.payload, again: fact.again },
      };
    case 'answered':
      return { k: fact.identity, heard: true };
    case 'forgotten':
      return { k: fact.identity, gone: true, ...(fact.now && { [fact.now]: true }) };
    case 'neighbour':
      return { near: fact.id, e: fact.emails, c: fact.phones, w: fact.names };
    case 'no neighbour':
      return { near: fact.id, gone: true };
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
    case 'stages':
      return { stages: fact.ids };
    case 'settings':
      return { settings: fact.values };
    case 'rejects':
      return { rejects: fact.digest, ...(fact.kept !== '' && { kept: fact.kept }), rows: fact.rows };
    case 'fetched':
      return { fetched: fact.as, etag: fact.etag, modified: fact.modified };
  }
}

/** Reads one line without its newline, as text; undefined where it is none of ours. */
export function parseFact(line: string): Fact | undefined {
  const w = parseObject(line);
  if (w === undefined) return undefined;
  if (isDigest(w.k)) return parseContactFact(w.k, w);
  return typeof w.near === 'string' ? parseNeighbourFact(w.near, w) : parseRunFact(w);
}

function parseNeighbourFact(id: string, { gone, e: emails, c: phones, w: names }: Wire): NeighbourFact | undefined {
  if (gone === true) return { kind: 'no neighbour', id };
  return areDigests(emails) && areDigests(phones) && typeof names === 'string'
    ? { kind: 'neighbour', id, emails, phones, names }
    : undefined;
}

function parseContactFact(identity: string, w: Wire): ContactFact | undefined {
  const points = areDigests(w.c) ? { points: w.c } : {};
  const names = typeof w.w === 'string' ? { names: w.w } : {};
  const id = typeof w.id === 'string' ? { id: w.id } : {};
  if (isDigest(w.p)) {
    const led = w.l === true || w.l === 'by e-mail' ? ({ ledElsewhere: w.l } as const) : {};
    const added = typeof w.a === 'number' ? { added: w.a } : {};
    return { kind: 'accepted', identity, payload: w.p, ...id, ...points, ...names, ...led, ...added };
  }
  if (isDigest(w.r) && typeof w.code === 'string') {
    return { kind: 'refused', identity, payload: w.r, code: w.code, ...id };
  }
  if (w.sent === true) {
    const at = typeof w.t === 'number' ? { atMs: w.t } : {};
    const payload = isDigest(w.q) ? { payload: w.q } : {};
    const again = w.again === true ? { again: true as const } : {};
    return { kind: 'sending', identity, ...points, ...names, ...at, ...payload, ...again };
  }
  if (w.heard === true) return { kind: 'answered', identity };
  if (w.gone !== true) return undefined;
  const now = w.deleted === true ? 'deleted' : w.there === true ? 'there' : undefined;
  return { kind: 'forgotten', identity, ...(now && { now }) };
}

function parseRunFact(w: Wire): Fact | undefined {
  if (w.format === FORMAT_NAME && typeof w.version === 'number') return { kind: 'header', version: w.version };
  if (isScope(w.scope)) return { kind: 'scope', scope: { api: canonicalApiUrl(w.scope.api), bot: w.scope.bot } };
  const mark = parseRunMark(w);
  if (mark !== undefined) return mark;
  if (w.shape === 'strings' || w.shape === 'objects') return { kind: 'shape', shape: w.shape };
  if (w.clears === true) return { kind: 'clears' };
  if (Array.isArray(w.empties)) return { kind: 'clears', others: w.empties.filter((one) => typeof one === 'string') };
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
    return { kind: 'rejects', digest: w.rejects, kept: areDigests(w.kept) ? w.kept : '', rows: textsOf(w.rows) };
  return undefined;
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && value.length === DIGEST_CHARACTERS;
}

/** Digests, one behind the other. */
function areDigests(value: unknown): value is string {
  return typeof value === 'string' && value.length % DIGEST_CHARACTERS === 0;
}

function isScope(value: unknown): value is Scope {
  const { api, bot } = Object(value) as { api?: unknown; bot?: unknown };
  return typeof api === 'string' && typeof bot === 'string';
}
