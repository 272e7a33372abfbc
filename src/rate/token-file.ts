import type { TokenState } from './window.js';

/**
 * A token of the file ledger is an empty file whose name is its whole state:
 *
 *     007.free
 *     007.sent.<sentMs>.<holder>.<nonce>
 *     007.done.<sentMs>.<doneMs>.<nonce>
 */
export type TokenFile =
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

/** Reads a file's name; undefined where it isn't a token. */
export function parseTokenFile(name: string): TokenFile | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const [, index, free, sent, sentMs, holder = '', sentId = '', , doneSentMs, doneMs, doneId = ''] = match;
  if (free !== undefined) return { kind: 'free', index: Number(index) };
  if (sent !== undefined) return { kind: 'sent', index: Number(index), sentMs: Number(sentMs), holder, id: sentId };
  return { kind: 'done', index: Number(index), sentMs: Number(doneSentMs), doneMs: Number(doneMs), id: doneId };
}

/** The name that holds this state. Stamps are rounded to the safe side: sent earlier, done later. */
export function tokenFileName(token: TokenFile): string {
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
export function stateOf(token: TokenFile, holderAlive: (holder: string) => boolean): TokenState {
  return token.kind === 'sent' ? { kind: 'sent', sentMs: token.sentMs, holderAlive: holderAlive(token.holder) } : token;
}
