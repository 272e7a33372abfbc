/** The undo journals beside a checkpoint: one for the newest import to each Clarky and bot, of a workbook for that of each sheet. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isSameScope } from '../../checkpoint/format.js';
import { hasErrno, notWritable } from '../../storage/failures.js';
import { forEachLine } from '../../storage/lines.js';
import { openForReading } from '../../storage/private-file.js';
import { workspaceFilesOf } from '../files.js';
import { UndoJournal, type JournalHeader } from './undo-journal.js';
import { FORMAT_NAME, parseUndoFact } from './undo-lines.js';

/** A journal, and what it is of. */
export interface KnownJournal extends Omit<JournalHeader, 'kind'> {
  readonly path: string;
}

const NOT_THE_FIRST = /^\.sheet-[0-9a-f]{12}\.undo\.jsonl$/;

/** What a journal is looked for by: where the import went, and of a workbook its sheet. */
export type ImportOf = Pick<JournalHeader, 'scope' | 'sheet'>;

/**
 * Where the journal of an import is kept: `FILE.undo.jsonl`, unless that is of another sheet, another Clarky or another bot, whose
 * import can still be taken back.
 * @throws ImporterError `not_writable`
 */
export async function journalPathFor(checkpointPath: string, of: ImportOf): Promise<string> {
  const paths = pathsFor(checkpointPath, of);
  const headers = await Promise.all(paths.map(headerAt));
  const own = headers.findIndex((header) => header !== undefined && isOf(header, of));
  return paths[own < 0 ? headers.indexOf(undefined) : own] ?? '';
}

/** Whether there is a journal of an import. @throws ImporterError `not_writable` */
export async function hasJournal(checkpointPath: string, of: ImportOf): Promise<boolean> {
  const header = await headerAt(await journalPathFor(checkpointPath, of));
  return header !== undefined && isOf(header, of);
}

/** The names that it may have, each taken where those before are others'. By its sheet alone journals were named before. */
function pathsFor(checkpointPath: string, { scope: { api, bot }, sheet = '' }: ImportOf): string[] {
  const { journal: first } = workspaceFilesOf(checkpointPath);
  const names = [sheet, JSON.stringify([api, bot, sheet])].map((text) =>
    createHash('sha256').update(text).digest('hex').slice(0, 12),
  );
  return [first, ...names.map((name) => first.replace(/\.undo\.jsonl$/, `.sheet-${name}.undo.jsonl`))];
}

async function headerAt(path: string): Promise<JournalHeader | undefined> {
  return (await UndoJournal.exists(path)) ? UndoJournal.headerOf(path) : undefined;
}

function isOf(header: ImportOf, { scope, sheet }: ImportOf): boolean {
  return isSameScope(header.scope, scope) && header.sheet === sheet;
}

/** The paths of all journals that there may be, whatever they hold. @throws ImporterError `not_writable` */
export async function journalPaths(checkpointPath: string): Promise<string[]> {
  const { journal: first } = workspaceFilesOf(checkpointPath);
  const start = basename(first).replace(/\.undo\.jsonl$/, '');
  const names = await readdir(dirname(first)).catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw notWritable(dirname(first), error);
  });
  const others = names.filter((name) => name.startsWith(start) && NOT_THE_FIRST.test(name.slice(start.length)));
  return [first, ...others.sort().map((name) => join(dirname(first), name))];
}

/** The journals that there are. @throws ImporterError `not_writable` */
export async function knownJournals(checkpointPath: string): Promise<KnownJournal[]> {
  const known: KnownJournal[] = [];
  for (const path of await journalPaths(checkpointPath)) {
    const header = await headerAt(path);
    if (header !== undefined) known.push({ ...header, path });
  }
  return known;
}

/** That of the import that sent something last; undefined where there is none. @throws ImporterError `bad_checkpoint` */
export async function newestOf(journals: readonly KnownJournal[]): Promise<KnownJournal | undefined> {
  let newest: { readonly journal: KnownJournal; readonly at: string } | undefined;
  for (const journal of journals) {
    const at = journals.length === 1 ? journal.at : await lastBegunAt(journal);
    if (newest === undefined || at > newest.at) newest = { journal, at };
  }
  return newest?.journal;
}

/** Those of a sheet, by its name as `--sheet` takes it. */
export function journalsOfSheet(journals: readonly KnownJournal[], sheet: string): KnownJournal[] {
  const folded = (name: string): string => name.trim().toLowerCase();
  const exact = journals.filter((one) => one.sheet === sheet);
  if (exact.length > 0) return exact;
  return journals.filter((one) => one.sheet !== undefined && folded(one.sheet) === folded(sheet));
}

/** When the newest run of a journal's import began to send. */
export async function lastBegunAt({ path, at }: KnownJournal): Promise<string> {
  const file = await openForReading(path);
  if (file === undefined) return at;
  let newest = at;
  try {
    await forEachLine(file, path, ({ text }) => {
      if (!text.startsWith(`{"format":"${FORMAT_NAME}"`)) return;
      const fact = parseUndoFact(text);
      if (fact?.kind === 'header') newest = fact.at;
    });
    return newest;
  } finally {
    await file.close();
  }
}
