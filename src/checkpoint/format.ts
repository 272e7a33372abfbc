/**
 * The lines of a checkpoint, and what they say of contacts; what they say of runs is in facts/run-fact.ts. A checkpoint speaks of
 * content, not of row numbers: for each identity, the digest of the payload last accepted for it. Append-only JSON Lines, one fact
 * a line; the last fact of an identity wins. A `scope` line says for which API base and bot the lines after it hold, so one file
 * serves a rehearsal and the real workspace without mixing them up. No personal data: identities and payloads are there as digests
 * alone.
 */
import { canonicalApiUrl } from '../endpoint.js';
import { parseObject } from '../storage/json-lines.js';
import { areDigests, isDigest } from './facts/digests.js';
import type { Written } from './facts/lately.js';
import { parseRunFact, runFactToWire, type RunFact } from './facts/run-fact.js';
import { printableJson } from '../wording/printable.js';

export const FORMAT_NAME = 'clarky-contacts checkpoint';
export const FORMAT_VERSION = 1;

/** What entries hold for: the same identity in another workspace is another fact. */
export interface Scope {
  /** Where Clarky is: the API's base. */
  readonly api: string;
  /** The bot that the contacts belong to. */
  readonly bot: string;
}

/** Whether what is known of the one holds for the other as well. */
export function isSameScope(one: Scope | undefined, other: Scope | undefined): boolean {
  return one !== undefined && one.api === other?.api && one.bot === other.bot;
}

/** What is told of a contact. Identities, payloads and the like are digests (facts/digests.ts). */
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
      readonly written?: Written;
    }
  /** With the code `deleted_in_clarky`: an import that read the workspace did not find it there, whatever its payload. */
  | {
      readonly kind: 'refused';
      readonly identity: string;
      readonly payload: string;
      readonly code: string;
      /** Under which Clarky has it all the same, where that is known. */
      readonly id?: string;
      /** As of what was accepted: Clarky may have it, whatever it answered. */
      readonly points?: string;
      readonly names?: string;
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
      /** As of what was accepted: its row may be somebody else's by the next import. */
      readonly names?: string;
      /** The same once more, as nothing was answered. */
      readonly again?: true;
    }
  /** What was sent last was refused, and it is left open whether for a fault of its own: it is not under way any more. */
  | { readonly kind: 'answered'; readonly identity: string }
  /**
   * The contact was taken back (undo): the next import sends it again. `now`: Clarky has it no more, or still, as it was before; or it is
   * missing once more, as somebody had deleted it before the import made it again.
   */
  | { readonly kind: 'forgotten'; readonly identity: string; readonly now?: TakenBack | 'missing' | undefined };

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

/** One fact, one line. */
export type Fact =
  | { readonly kind: 'header'; readonly version: number }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | ContactFact
  | NeighbourFact
  | RunFact;

/** One line, without its newline. */
export function formatFact(fact: Fact): string {
  const line = JSON.stringify(toWire(fact));
  // Settings hold names of files, which whoever looks into a checkpoint sees on a terminal.
  return fact.kind === 'settings' ? printableJson(line) : line;
}

type Wire = Readonly<Record<string, unknown>>;

function toWire(fact: Fact): Record<string, unknown> {
  switch (fact.kind) {
    case 'header':
      return { format: FORMAT_NAME, version: fact.version };
    case 'scope':
      return { scope: fact.scope };
    case 'accepted': {
      const { identity: k, payload: p, id, points: c, names: w, ledElsewhere: l, added: a, written } = fact;
      return { k, p, id, c, w, l, a, u: written?.atMs, d: written?.aheadMs };
    }
    case 'refused':
      return { k: fact.identity, r: fact.payload, code: fact.code, id: fact.id, c: fact.points, w: fact.names };
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
    default:
      return runFactToWire(fact);
  }
}

/** Reads one line without its newline, as text; undefined where it is none of ours. */
export function parseFact(line: string): Fact | undefined {
  const w = parseObject(line);
  if (w === undefined) return undefined;
  if (isDigest(w.k)) return parseContactFact(w.k, w);
  if (typeof w.near === 'string') return parseNeighbourFact(w.near, w);
  if (w.format === FORMAT_NAME && typeof w.version === 'number') return { kind: 'header', version: w.version };
  if (isScope(w.scope)) return { kind: 'scope', scope: { api: canonicalApiUrl(w.scope.api), bot: w.scope.bot } };
  return parseRunFact(w);
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
    const { u: atMs, d: aheadMs } = w;
    const written = typeof atMs === 'number' && typeof aheadMs === 'number' ? { written: { atMs, aheadMs } } : {};
    return { kind: 'accepted', identity, payload: w.p, ...id, ...points, ...names, ...led, ...added, ...written };
  }
  if (isDigest(w.r) && typeof w.code === 'string') {
    return { kind: 'refused', identity, payload: w.r, code: w.code, ...id, ...points, ...names };
  }
  if (w.sent === true) {
    const at = typeof w.t === 'number' ? { atMs: w.t } : {};
    const payload = isDigest(w.q) ? { payload: w.q } : {};
    const again = w.again === true ? { again: true as const } : {};
    return { kind: 'sending', identity, ...points, ...names, ...at, ...payload, ...again };
  }
  if (w.heard === true) return { kind: 'answered', identity };
  if (w.gone !== true) return undefined;
  const now = (['deleted', 'there', 'missing'] as const).find((one) => w[one] === true);
  return { kind: 'forgotten', identity, ...(now && { now }) };
}

function isScope(value: unknown): value is Scope {
  const { api, bot } = Object(value) as { api?: unknown; bot?: unknown };
  return typeof api === 'string' && typeof bot === 'string';
}
