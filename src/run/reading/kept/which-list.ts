/** Which import a command goes by that needs nothing of its file. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { ImporterError } from '../../../errors.js';
import { nameOfInput, requireNamed } from '../named-input.js';
import type { Settings } from '../../../settings/settings.js';
import { listed } from '../../../source/several/file-set.js';
import { counted } from '../../../wording/durations.js';
import { printable } from '../../../wording/printable.js';

const CHECKPOINT = '.checkpoint.jsonl';

/** What was imported here, of which there is a checkpoint, by the names that it keeps its state under. */
async function listsWithState({ workDir = '.' }: Settings): Promise<string[]> {
  const names = (await readdir(workDir).catch((): string[] => [])).filter((each) => each.endsWith(CHECKPOINT));
  return names.map((each) => each.slice(0, -CHECKPOINT.length)).sort();
}

/**
 * A list that is gone is known by what is kept of it. Of a name that is mistyped nothing is there.
 * @param kept the paths of what may be kept of it
 * @throws ImporterError `file_not_found` then
 */
export async function requireListOrState(paths: readonly string[], kept: readonly string[]): Promise<void> {
  if (kept.some((path) => existsSync(path))) return;
  await requireNamed({ file: '-', files: paths });
}

/**
 * The name under which it keeps its state. Where none is told, nothing is done to all of them: they are named.
 * @throws ImporterError `usage` then
 */
export async function nameOfImported(
  paths: readonly string[],
  settings: Settings,
  command: 'forget' | 'status' | 'undo',
): Promise<string> {
  if (paths.length > 0 || settings.name !== undefined) return nameOfInput(paths, settings.name);
  const lists = await listsWithState(settings);
  if (lists.length === 0) return nameOfInput(paths);
  const all = command === 'forget' && settings.all === true ? ' --all' : '';
  const names = printable(listed(lists));
  throw new ImporterError('usage', `${command}${all} is of one list, and none is named.`, {
    next: `${counted(lists.length, 'list')} ${lists.length === 1 ? 'was' : 'were'} imported here: ${names}. Name the one that is meant: clarky-contacts ${command} FILE${all}`,
  });
}
