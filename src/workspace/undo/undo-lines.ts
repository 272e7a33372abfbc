/**
 * The lines of an undo journal: JSON Lines, one fact a line. It holds personal data, the values that were there before:
 * for its owner alone, and removed by `clarky-contacts forget`.
 */
import { isObject } from '../../given.js';
import type { Scope } from '../../checkpoint/format.js';
import { canonicalApiUrl } from '../../endpoint.js';
import { parseObject } from '../../storage/json-lines.js';
import type { OtherFields } from '../other-fields.js';
import { readStored, type StoredContact } from '../stored.js';

export const FORMAT_NAME = 'clarky-contacts undo';
const FORMAT_VERSION = 1;

/** Values by field, custom fields as `custom_fields.KEY`. */
export type Values = Readonly<Record<string, unknown>>;

/** When a contact was written last, and the company that Clarky had linked it to. */
export interface Seen {
  readonly updated_at?: string | undefined;
  readonly company_id?: string | undefined;
}

export type UndoFact =
  | {
      readonly kind: 'header';
      readonly scope: Scope;
      readonly at: string;
      /** Of a workbook: the sheet that was imported. */
      readonly sheet?: string | undefined;
    }
  /** A contact is about to be sent. */
  | {
      readonly kind: 'sending';
      /** Its digest, 22 characters, as in the checkpoint. */
      readonly identity: string;
      readonly line: number;
      /** Of several files: the one that the line is of. */
      readonly file?: string | undefined;
      /** The id of the workspace's contact that it is; undefined where it is taken for a new one. */
      readonly id: string | undefined;
      /** What the fields in `wrote` held. */
      readonly before: Values;
      readonly wrote: Values;
      /** What else it holds, where it is not known yet whether a write empties that. */
      readonly left?: Values | undefined;
      /** Of one that was there: what tells whether anybody wrote to it before. */
      readonly seen?: Seen | undefined;
      /** True of one that is made again: it was sent before, and somebody had deleted it. */
      readonly restores?: boolean | undefined;
    }
  /** It was accepted. */
  | {
      readonly kind: 'accepted';
      readonly identity: string;
      readonly id: string;
      /** What Clarky says that it did, where it says. */
      readonly created: boolean | undefined;
      /** The contact as it was answered. */
      readonly after: StoredContact | undefined;
      /** Its fields that the importer does not write, where they are known. */
      readonly others?: OtherFields | undefined;
    }
  | { readonly kind: 'undone'; readonly identity: string }
  /** The import came to its end, or was undone to its end: the next live import begins a new journal. */
  | { readonly kind: 'ended' };

/** One line, without its newline. */
export function formatUndoFact(fact: UndoFact): string {
  switch (fact.kind) {
    case 'header':
      return JSON.stringify({
        format: FORMAT_NAME,
        version: FORMAT_VERSION,
        ...fact.scope,
        at: fact.at,
        sheet: fact.sheet,
      });
    case 'sending':
      return JSON.stringify({
        ...{ k: fact.identity, line: fact.line, file: fact.file, id: fact.id },
        ...{ before: fact.before, wrote: fact.wrote, left: fact.left, seen: fact.seen, restores: fact.restores },
      });
    case 'accepted':
      return JSON.stringify({
        ...{ k: fact.identity, accepted: fact.id, created: fact.created },
        ...{ after: fact.after && { ...fact.after, others: undefined }, others: fact.others },
      });
    case 'undone':
      return JSON.stringify({ k: fact.identity, undone: true });
    case 'ended':
      return JSON.stringify({ ended: true });
  }
}

/** Reads one line; undefined where it is none of ours. */
export function parseUndoFact(text: string): UndoFact | undefined {
  const wire = parseObject(text);
  if (wire === undefined) return undefined;
  const {
    k: identity,
    line,
    file,
    id,
    before,
    wrote,
    left,
    seen,
    accepted,
    created,
    after,
    others,
    api,
    bot,
    at,
    sheet,
  } = wire;
  if (typeof identity === 'string') {
    if (typeof accepted === 'string') {
      const isCreated = typeof created === 'boolean' ? created : undefined;
      return {
        ...{ kind: 'accepted', identity, id: accepted, created: isCreated, after: readStored(after) },
        others: isTexts(others) ? others : undefined,
      };
    }
    if (wire.undone === true) return { kind: 'undone', identity };
    if (typeof line !== 'number' || !isObject(before) || !isObject(wrote)) return undefined;
    const place = { identity, line, file: textOf(file), id: textOf(id) };
    const was = { left: isObject(left) ? left : undefined, seen: isTexts(seen) ? seen : undefined };
    const restores = wire.restores === true ? true : undefined;
    return { kind: 'sending', ...place, before, wrote, ...was, restores };
  }
  if (wire.ended === true) return { kind: 'ended' };
  if (wire.format !== FORMAT_NAME || wire.version !== FORMAT_VERSION) return undefined;
  if (typeof api !== 'string' || typeof bot !== 'string' || typeof at !== 'string') return undefined;
  const scope = { api: canonicalApiUrl(api), bot };
  return { kind: 'header', scope, at, sheet: typeof sheet === 'string' ? sheet : undefined };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isTexts(value: unknown): value is OtherFields {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
