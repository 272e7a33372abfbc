/** The undo journals beside a checkpoint: of a workbook, one for the newest import of each sheet. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

const OF_A_SHEET = /^\.sheet-[0-9a-f]{12}\.undo\.jsonl$/;

/**
 * Where the journal of a sheet is kept: `FILE.undo.jsonl`, unless that is another sheet's, whose import can still be taken back.
 * @param sheet undefined for what has no sheets
 * @throws ImporterError `not_writable`
 */
export async function journalPathFor(checkpointPath: string, sheet: string | undefined): Promise<string> {
  const { journal: first } = workspaceFilesOf(checkpointPath);
  const hash = createHash('sha256')
    .update(sheet ?? '')
    .digest('hex')
    .slice(0, 12);
  const own = first.replace(/\.undo\.jsonl$/, `.sheet-${hash}.undo.jsonl`);
  if (await UndoJournal.exists(own)) return own;
  const header = await UndoJournal.headerOf(first);
  return header === undefined || header.sheet === sheet ? first : own;
}

/** The paths of all journals that there may be, whatever they hold. @throws ImporterError `not_writable` */
export async function journalPaths(checkpointPath: string): Promise<string[]> {
  const { journal: first } = workspaceFilesOf(checkpointPath);
  const start = basename(first).replace(/\.undo\.jsonl$/, '');
  const names = await readdir(dirname(first)).catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw notWritable(dirname(first), error);
  });
  const ofSheets = names.filter((name) => name.startsWith(start) && OF_A_SHEET.test(name.slice(start.length)));
  return [first, ...ofSheets.sort().map((name) => join(dirname(first), name))];
}

/** The journals that there are. @throws ImporterError `not_writable` */
export async function knownJournals(checkpointPath: string): Promise<KnownJournal[]> {
  const known: KnownJournal[] = [];
  for (const path of await journalPaths(checkpointPath)) {
    const header = (await UndoJournal.exists(path)) ? await UndoJournal.headerOf(path) : undefined;
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

/** That of a sheet, by its name as `--sheet` takes it; undefined where there is none. */
export function journalOfSheet(journals: readonly KnownJournal[], sheet: string): KnownJournal | undefined {
  const folded = (name: string): string => name.trim().toLowerCase();
  const exact = journals.find((one) => one.sheet === sheet);
  return exact ?? journals.find((one) => one.sheet !== undefined && folded(one.sheet) === folded(sheet));
}

/** When the newest run of a journal's import began to send. */
async function lastBegunAt({ path, at }: KnownJournal): Promise<string> {
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
