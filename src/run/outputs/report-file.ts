/** Where a report stands: checked before the first write, written whole, and never over a file that is not one. */
import { fileInFacts } from '../../address.js';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ImporterError } from '../../errors.js';
import { isReport, reportDocument, type Part } from '../../report/document.js';
import type { ImportListener } from '../events.js';
import { hasErrno, notWritable } from '../../storage/failures.js';
import { isWrittenThrough, replaceFile } from '../../storage/replacement.js';

/**
 * Looks whether a report can be written there.
 * @throws ImporterError `not_writable`, for a file of somebody else's too
 */
export async function checkReportPath(path: string): Promise<void> {
  await readEarlier(path);
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw notWritable(path, error);
  }
}

/**
 * Puts a part into the report at `path`.
 * @param file the path of the imported file
 * @throws ImporterError `not_writable`
 */
async function writeReportPart(path: string, file: string, part: Part): Promise<void> {
  const earlier = await readEarlier(path);
  await replaceFile(path, reportDocument(part, nameOfFile(file), earlier));
}

/** The same at the end of a run: what it did is told, whatever becomes of its report. @returns whether there is one */
export async function writeReportLast(
  path: string,
  run: { readonly file: string; readonly onEvent?: ImportListener | undefined },
  part: Part,
): Promise<boolean> {
  try {
    await writeReportPart(path, run.file, part);
    return true;
  } catch (error) {
    if (!(error instanceof ImporterError)) throw error;
    run.onEvent?.({ type: 'warning', code: 'no_report', message: error.message });
    return false;
  }
}

/** The name of a file without its folder, which may tell who somebody is. */
export function nameOfFile(file: string, sheet?: string): string {
  const name = file === '-' ? 'standard input' : basename(fileInFacts(file));
  return sheet === undefined ? name : `${name}, sheet ${sheet}`;
}

async function readEarlier(path: string): Promise<string | undefined> {
  if (await isWrittenThrough(path)) return undefined;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined;
    throw notWritable(path, error);
  }
  if (text === '' || isReport(text)) return text === '' ? undefined : text;
  throw new ImporterError('not_writable', `${path} is there, and is no report of ours: it is not written over.`, {
    next: 'Name another path with --report, or use --no-report.',
  });
}
