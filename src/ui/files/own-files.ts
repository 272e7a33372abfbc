/** Which files of a folder are no spreadsheets but what commands keep or leave there, under whatever name somebody gave them. */
import { open } from 'node:fs/promises';
import { outputOf } from '../../run/outputs/forms/forms.js';

const TEXT = /\.(json|jsonl|ndjson|csv|tsv|txt)$/i;
/** Enough to tell what a file is. */
const HEAD_BYTES = 4096;

/** How each begins: what was read of a workspace, what a sandbox holds, a mapping, corrections. */
const BEGINNINGS: readonly RegExp[] = [
  /^\{"format":"clarky-contacts /,
  /^\{"clarky_sandbox_store":/,
  /^\{\s*"[^"]*":\s*\[[^]*"version":\s*\d+,\s*"columns":\s*\{/,
  /^\[\s*\{"line":\d+,"column":(?:null|".*),"was":"/,
];

/** A file as it lies in a folder. */
interface Found {
  readonly path: string;
  /** Another one means that it was written since. */
  readonly stamp: string;
}

export class OwnFiles {
  readonly #known = new Map<string, { readonly stamp: string; readonly isOwn: boolean }>();

  /** A file is looked into again only where it changed. */
  async has({ path, stamp }: Found): Promise<boolean> {
    if (!TEXT.test(path)) return false;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.isOwn;
    const isOwn = isOurs(await headOf(path));
    this.#known.set(path, { stamp, isOwn });
    return isOwn;
  }
}

function isOurs(head: string): boolean {
  if (head === '') return false;
  const isOf = (kind: 'latest' | 'differences' | 'log'): boolean => outputOf(kind, '').isOurs(head);
  return BEGINNINGS.some((one) => one.test(head)) || isOf('latest') || isOf('differences') || isOf('log');
}

/** '' where it can't be read: that is told where it is opened. */
async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file.close();
  }
}
