/** The lines of a snapshot: JSON Lines, a header, contacts, and how far the reading is. */
import type { Scope } from '../checkpoint/format.js';
import { canonicalApiUrl } from '../endpoint.js';
import { parseObject } from '../storage/json-lines.js';
import { readStored, wireOf, type StoredContact } from './stored.js';

export const FORMAT_NAME = 'clarky-contacts workspace';
const FORMAT_VERSION = 1;

/** How far the snapshot is. */
export type SnapshotProgress =
  /** Nothing was read yet. */
  | { readonly kind: 'empty' }
  /** A listing of everything is under way; its pages up to `page` are here. */
  | { readonly kind: 'listing'; readonly startedAt: string; readonly page: number }
  /** Everything is here, as it was when all changes after `since` (the server's clock) had been read. */
  | { readonly kind: 'complete'; readonly since: string | undefined };

export type SnapshotLine =
  | { readonly kind: 'header'; readonly scope: Scope }
  | { readonly kind: 'contact'; readonly contact: StoredContact }
  | { readonly kind: 'progress'; readonly progress: SnapshotProgress };

/** One line, without its newline. */
export function formatLine(line: SnapshotLine): string {
  switch (line.kind) {
    case 'header':
      return JSON.stringify({ format: FORMAT_NAME, version: FORMAT_VERSION, ...line.scope });
    case 'contact':
      return JSON.stringify({ contact: wireOf(line.contact) });
    case 'progress':
      return JSON.stringify({ progress: line.progress });
  }
}

/** Reads one line; undefined where it is none of ours. */
export function parseLine(text: string): SnapshotLine | undefined {
  const wire = parseObject(text);
  if (wire === undefined) return undefined;
  if (wire.format === FORMAT_NAME && wire.version === FORMAT_VERSION) {
    const { api, bot } = wire;
    return typeof api === 'string' && typeof bot === 'string'
      ? { kind: 'header', scope: { api: canonicalApiUrl(api), bot } }
      : undefined;
  }
  const contact = readStored(wire.contact);
  if (contact !== undefined) return { kind: 'contact', contact };
  const progress = readProgress(wire.progress);
  return progress === undefined ? undefined : { kind: 'progress', progress };
}

function readProgress(wire: unknown): SnapshotProgress | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const { kind, startedAt, page, since } = wire as Record<string, unknown>;
  if (kind === 'empty') return { kind };
  if (kind === 'listing' && typeof startedAt === 'string' && typeof page === 'number') return { kind, startedAt, page };
  return kind === 'complete' ? { kind, since: typeof since === 'string' ? since : undefined } : undefined;
}
