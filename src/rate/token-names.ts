import { holderIsAlive } from '../storage/process-identity.js';
import { LIMIT_GOOD_MS, type TokenState } from './rate.js';

/**
 * A token is kept as a name that is its whole state, so that a rename is all it takes to change it:
 *
 *     007.free
 *     007.sent.<sentMs>.<holder>.<nonce>
 *     007.done.<sentMs>.<doneMs>.<nonce>
 */
export type NamedToken =
  | { readonly kind: 'free'; readonly index: number }
  | {
      readonly kind: 'sent';
      readonly index: number;
      readonly sentMs: number;
      readonly holder: string;
      readonly id: string;
    }
  | {
      readonly kind: 'done';
      readonly index: number;
      readonly sentMs: number;
      readonly doneMs: number;
      readonly id: string;
    };

const NAME = /^(\d+)\.(?:(free)|(sent)\.(\d+)\.(\d+-\d+)\.([0-9a-f]+)|(done)\.(\d+)\.(\d+)\.([0-9a-f]+))$/;

/** Reads a name; undefined where it isn't a token's. */
export function parseTokenName(name: string): NamedToken | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const [, index, free, sent, sentMs, holder = '', sentId = '', , doneSentMs, doneMs, doneId = ''] = match;
  if (free !== undefined) return { kind: 'free', index: Number(index) };
  if (sent !== undefined) return { kind: 'sent', index: Number(index), sentMs: Number(sentMs), holder, id: sentId };
  return { kind: 'done', index: Number(index), sentMs: Number(doneSentMs), doneMs: Number(doneMs), id: doneId };
}

/** The name that holds this state. Stamps are rounded to the safe side: sent earlier, done later. */
export function tokenName(token: NamedToken): string {
  const index = String(token.index).padStart(3, '0');
  switch (token.kind) {
    case 'free':
      return `${index}.free`;
    case 'sent':
      return `${index}.sent.${String(Math.floor(token.sentMs))}.${token.holder}.${token.id}`;
    case 'done':
      return `${index}.done.${String(Math.floor(token.sentMs))}.${String(Math.ceil(token.doneMs))}.${token.id}`;
  }
}

/** The token's state for the arithmetic of the window. */
export function stateOf(token: NamedToken, holderAlive: (holder: string) => boolean): TokenState {
  return token.kind === 'sent' ? { kind: 'sent', sentMs: token.sentMs, holderAlive: holderAlive(token.holder) } : token;
}

/** Whether the holder that a name tells of still runs, asked once for each. */
export function rememberedAlive(self: string): (holder: string) => boolean {
  const alive = new Map<string, boolean>([[self, true]]);
  return (holder) => {
    const known = alive.get(holder) ?? holderIsAlive(holder);
    alive.set(holder, known);
    return known;
  };
}

/** The name that passes the turn among paced writers: `turn.<ms when it was last taken>`, 0 for never. */
const TURN = 'turn.';
export const NO_TURN = 'turn.0';

/** When the turn was last taken; undefined where the name is not that of the turn. */
export function parseTurnName(name: string): number | undefined {
  return name.startsWith(TURN) ? Number(name.slice(TURN.length)) : undefined;
}

export function turnName(takenMs: number): string {
  return `${TURN}${String(Math.ceil(takenMs))}`;
}

/** The name that notes what the server announced: `limit.<so many>.<ms when it did>`. */
export const LIMIT = /^limit\.(\d{1,9})\.(\d+)$/;

export function limitName(limit: number, announcedMs: number): string {
  return `limit.${String(limit)}.${String(Math.floor(announcedMs))}`;
}

/** The limit that was announced last; a stamp from before a reboot or from long ago tells nothing. */
export function announcedIn(notes: readonly string[], nowMs: number): number | undefined {
  const read = notes.flatMap((name) => {
    const [, limit, announcedMs] = LIMIT.exec(name) ?? [];
    return limit === undefined ? [] : [{ limit: Number(limit), announcedMs: Number(announcedMs) }];
  });
  const good = read.filter(({ announcedMs }) => announcedMs <= nowMs && nowMs - announcedMs < LIMIT_GOOD_MS);
  return good.sort((a, b) => b.announcedMs - a.announcedMs)[0]?.limit;
}

/** A name in a store, and the part of the store that it is in. */
export interface StoredName {
  readonly part: string;
  readonly name: string;
}

/** A token where it was seen, and when it may be spent again. */
export interface Placed extends StoredName {
  readonly token: NamedToken;
  readonly dueMs: number;
}

export interface Turn extends StoredName {
  /** When the turn was last taken; -Infinity for never, or by a clock that ran before a reboot. */
  readonly takenMs: number;
}
