/** Which rows of a list's rejects were sent, in the state folder: by what they are known again. */
import { join } from 'node:path';
import type { Scope } from '../../../../checkpoint/format.js';
import type { ListOfRejects } from '../../../settings.js';
import { realOf } from '../../../../storage/private-file.js';
import { IN_MEMORY } from '../../nowhere.js';
import { CORRECTED, contentOf, folderOf, isOf, MOST_ROWS, nameOf, note, pathsIn } from '../noted.js';
import type { RowPrint } from './row-print.js';

type StateDir = string | false | undefined;

/** A row of rejects that was sent as somebody corrected it. */
export interface SentCorrection {
  /** By which the rejects file tells it. */
  readonly key: string;
  /** The digest of whom it was corrected to. */
  readonly identity: string;
  readonly atMs: number;
  /** By what it is known again where it stands otherwise; earlier versions noted none. */
  readonly print?: RowPrint;
  /** How it stood in its list when it was rejected, where that is known. */
  readonly was?: RowPrint | undefined;
}

/** The rows that an import of rejects has sent. */
export interface SentFrom {
  readonly checkpoint: string;
  /** The rejects file, where it has a name. */
  readonly file: string | undefined;
  readonly rows: readonly SentCorrection[];
}

/** A list, and where its contacts were sent: a rehearsal says nothing of the real workspace. */
export interface ListSentTo extends Pick<ListOfRejects, 'checkpoint'> {
  readonly scope: Scope;
}

/** Rows of a list's rejects were sent under this checkpoint: those of earlier imports stay known. */
export async function noteCorrected(
  { checkpoint, file, rows }: SentFrom,
  list: ListSentTo,
  stateDir: StateDir,
): Promise<void> {
  const folder = folderOf(stateDir);
  if (folder === undefined || rows.length === 0 || [checkpoint, list.checkpoint].includes(IN_MEMORY)) return;
  const name = `${await nameOf(list.checkpoint)}-${await nameOf(checkpoint)}${CORRECTED}`;
  const isNew = new Set(rows.map(({ key, identity }) => `${key} ${identity}`));
  const content = await contentOf(join(folder, name));
  const before = correctionsIn(content, list.scope);
  const all = [...rows, ...before.filter(({ key, identity }) => !isNew.has(`${key} ${identity}`))].slice(0, MOST_ROWS);
  const [own, imported] = await Promise.all([realOf(list.checkpoint), realOf(checkpoint)]);
  await note(folder, name, {
    ...{ ...content, checkpoint: own, imported, ...(file !== undefined && file !== '-' && { file }) },
    [sentTo(list.scope)]: all.map(({ key, identity, atMs, print, was }) => [
      ...[key, identity, atMs],
      ...(print === undefined ? [] : [print, was ?? []].flat().flatMap(({ name, cells }) => [name, cells])),
    ]),
  });
}

/** The rows of a list's rejects that were sent, by the checkpoint of their import. */
export async function sentCorrectionsOf({ checkpoint, scope }: ListSentTo, stateDir: StateDir): Promise<SentFrom[]> {
  const own = await nameOf(checkpoint);
  const contents = await Promise.all((await pathsIn(folderOf(stateDir), isOf(own, CORRECTED))).map(contentOf));
  return contents.flatMap((content) => {
    const { imported, file } = content;
    if (typeof imported !== 'string') return [];
    const named = typeof file === 'string' ? file : undefined;
    return [{ checkpoint: imported, file: named, rows: correctionsIn(content, scope) }];
  });
}

function sentTo({ api, bot }: Scope): string {
  return JSON.stringify([api, bot]);
}

function correctionsIn(content: Readonly<Record<string, unknown>>, scope: Scope): SentCorrection[] {
  const rows = content[sentTo(scope)];
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    const [key, identity, atMs, ...prints] = Array.isArray(row) ? (row as unknown[]) : [];
    if (typeof key !== 'string' || typeof identity !== 'string' || typeof atMs !== 'number') return [];
    const print = printIn(prints);
    return [{ key, identity, atMs, ...(print && { print, was: printIn(prints.slice(2)) }) }];
  });
}

function printIn([name, cells]: readonly unknown[]): RowPrint | undefined {
  return typeof name === 'string' && typeof cells === 'string' ? { name, cells } : undefined;
}
