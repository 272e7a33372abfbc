/**
 * The lines of a checkpoint. It speaks of content, not of row numbers: for each identity, the digest of the payload
 * last accepted for it. Append-only JSON Lines, one fact a line; the last fact of an identity wins. A `scope` line says
 * for which API base and bot the lines after it hold, so one file serves a rehearsal and the real workspace without
 * mixing them up. No personal data: identities and payloads are there as digests alone.
 */

import { canonicalApiUrl } from '../endpoint.js';

export const FORMAT_NAME = 'clarky-contacts checkpoint';
export const FORMAT_VERSION = 1;

/** What entries hold for: the same identity in another workspace is another fact. */
export interface Scope {
  readonly api: string;
  readonly bot: string;
}

/** The counts of a run's end, as the summary has them. */
export type RunCounts = Readonly<Record<string, number>>;

/** One fact. Digests are 22 characters of base64url (16 bytes). */
export type Fact =
  | { readonly kind: 'header'; readonly version: number }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'accepted'; readonly identity: string; readonly payload: string; readonly id?: string }
  | { readonly kind: 'refused'; readonly identity: string; readonly payload: string; readonly code: string }
  /**
   * Another payload is about to be sent for an identity that has one accepted. If nothing follows, the run was cut off,
   * and Clarky may hold either: the next import sends the contact whatever the file says.
   */
  | { readonly kind: 'sending'; readonly identity: string }
  /** The contact was taken back (undo): the next import sends it again. */
  | { readonly kind: 'forgotten'; readonly identity: string }
  | { readonly kind: 'started'; readonly at: string; readonly rows: number; readonly live?: boolean }
  | { readonly kind: 'ended'; readonly at: string; readonly exit: number; readonly counts: RunCounts }
  /** Whether the server wants even spacing instead of bursts; remembered for the next start. */
  | { readonly kind: 'pace'; readonly even: boolean }
  /** The workspace's pipeline stages by name, so that a plan can be made without asking for them. */
  | { readonly kind: 'stages'; readonly ids: Readonly<Record<string, string>> };

/** One line, with its newline. */
export function formatFact(fact: Fact): string {
  return `${JSON.stringify(toWire(fact))}\n`;
}

function toWire(fact: Fact): Record<string, unknown> {
  switch (fact.kind) {
    case 'header':
      return { format: FORMAT_NAME, version: fact.version };
    case 'scope':
      return { scope: fact.scope };
    case 'accepted':
      return { k: fact.identity, p: fact.payload, id: fact.id };
    case 'refused':
      return { k: fact.identity, r: fact.payload, code: fact.code };
    case 'sending':
      return { k: fact.identity, sent: true };
    case 'forgotten':
      return { k: fact.identity, gone: true };
    case 'started':
      return { run: 'start', at: fact.at, rows: fact.rows, live: fact.live };
    case 'ended':
      return { run: 'end', at: fact.at, exit: fact.exit, counts: fact.counts };
    case 'pace':
      return { pace: fact.even ? 'even' : 'burst' };
    case 'stages':
      return { stages: fact.ids };
  }
}

/** Reads one line without its newline; undefined where it is none of ours. */
export function parseFact(line: string): Fact | undefined {
  let wire: unknown;
  try {
    wire = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof wire !== 'object' || wire === null) return undefined;
  const w = wire as Record<string, unknown>;
  if (isDigest(w.k)) {
    if (isDigest(w.p)) {
      return { kind: 'accepted', identity: w.k, payload: w.p, ...(typeof w.id === 'string' ? { id: w.id } : {}) };
    }
    if (isDigest(w.r) && typeof w.code === 'string') {
      return { kind: 'refused', identity: w.k, payload: w.r, code: w.code };
    }
    if (w.sent === true) return { kind: 'sending', identity: w.k };
    return w.gone === true ? { kind: 'forgotten', identity: w.k } : undefined;
  }
  if (w.format === FORMAT_NAME && typeof w.version === 'number') return { kind: 'header', version: w.version };
  if (isScope(w.scope)) return { kind: 'scope', scope: { api: canonicalApiUrl(w.scope.api), bot: w.scope.bot } };
  if (w.run === 'start' && typeof w.at === 'string' && typeof w.rows === 'number') {
    return { kind: 'started', at: w.at, rows: w.rows, ...(w.live === true ? { live: true } : {}) };
  }
  if (w.run === 'end' && typeof w.at === 'string' && typeof w.exit === 'number' && isCounts(w.counts)) {
    return { kind: 'ended', at: w.at, exit: w.exit, counts: w.counts };
  }
  if (w.pace === 'even' || w.pace === 'burst') return { kind: 'pace', even: w.pace === 'even' };
  if (isTexts(w.stages)) return { kind: 'stages', ids: w.stages };
  return undefined;
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && value.length === 22;
}

function isScope(value: unknown): value is Scope {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Scope>).api === 'string' &&
    typeof (value as Partial<Scope>).bot === 'string'
  );
}

function isCounts(value: unknown): value is RunCounts {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((count) => typeof count === 'number')
  );
}

/** True where `text` could be the beginning of a header that a crash cut off: such a file is as good as empty. */
export function isTornHeader(text: string): boolean {
  return formatFact({ kind: 'header', version: FORMAT_VERSION }).startsWith(text);
}
