/**
 * Where a run is to write, looked at before anything runs: not what it reads, not one place twice, and nothing that is
 * there already unless it is a file of ours, told by its form. Links, hard links and other spellings of a path are seen
 * through.
 */
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ImporterError } from '../errors.js';
import { editedText } from './edited-text.js';
import { notWritable } from './failures.js';
import { isWrittenThrough } from './replacement.js';
import { absentAt, foreignFile, isAnothers, isOfThisFolder, notAFile, targetOf } from './private-file.js';

/** Something that is read: no output may be it. */
export interface Input {
  readonly path: string;
  /** What it is, for a sentence: `the file that is imported`. */
  readonly what: string;
}

export interface Output {
  readonly path: string;
  /** How the user names it: `--rejects`. */
  readonly option: string;
  /** What it is, for a sentence: `a rejects file`. */
  readonly what: string;
  /** Whether a file that begins so may be replaced. */
  readonly isOurs: (beginning: string) => boolean;
  /** True for what can be written to a device or a pipe. */
  readonly isStream: boolean;
}

/** How the names of files end that commands leave beside a list and that are no list. Rejected rows are one, and so not among them. */
export const OWN_ENDINGS = [
  ...['mapping.json', 'mapping.yaml', 'mapping.yml', 'edits.json', 'differences.csv', 'report.html'],
  ...['checkpoint.jsonl', 'log.jsonl', 'workspace.jsonl', 'undo.jsonl'],
];
const OWN_NAME = new RegExp(
  `\\.(?:${OWN_ENDINGS.map((ending) => ending.replaceAll('.', '\\.')).join('|')}|log\\.jsonl\\.\\d)$`,
  'i',
);

/** Whether a file is called as one of those, or as a log that was put aside. */
export function isOwnName(name: string): boolean {
  return OWN_NAME.test(name);
}

const BEGINNING_BYTES = 64 * 1024;

/** What to do about a place that can't be used, by the option that names it; by default, to name another with that option. */
export type Advice = (option: string) => string | undefined;

/**
 * @throws ImporterError `usage` where an output is an input, another output, or a file that is not ours; `not_writable`
 * where what is there is of another kind, or another user's
 */
export async function checkOutputs(
  inputs: readonly Input[],
  outputs: readonly Output[],
  advice?: Advice,
): Promise<void> {
  const read = new Map<string, Input>();
  for (const input of inputs) for (const place of await placesOf(input.path)) read.set(place, input);
  const written = new Map<string, Output>();
  for (const output of outputs) {
    for (const place of await placesOf(output.path)) {
      const input = read.get(place);
      if (input) throw unusable(output, `is ${input.what}`, advice);
      const other = written.get(place);
      if (other) throw unusable(output, `is ${other.what} (${other.option}) at the same time`, advice);
      written.set(place, output);
    }
    await checkOutput(output, advice);
  }
}

/**
 * Looks at what is at an output's path. @returns whether a file of ours is there
 * @throws ImporterError as `checkOutputs`
 */
export async function checkOutput(output: Output, advice?: Advice): Promise<boolean> {
  const { path } = output;
  const entry = await entryBehind(path);
  if (entry === undefined) return false;
  if (!entry.isFile()) {
    if (output.isStream && (await isWrittenThrough(path))) return false;
    throw notAFile(path, entry);
  }
  if (isAnothers(entry) && !(await isOfThisFolder(path, entry))) throw foreignFile(path);
  if (!output.isOurs(await readBeginning(path)))
    throw unusable(output, `is there already, and is not ${output.what}`, advice);
  return true;
}

/** A file by its number where it is there, by its folder's real name, and by that folder's number: each is enough to be the same. */
async function placesOf(path: string): Promise<string[]> {
  const entry = await entryBehind(path);
  // A link may lead to where nothing is yet; what can't be followed is said where it is opened.
  const absolute = resolve(entry === undefined ? await targetOf(path).catch(() => path) : path);
  const folder = await realpath(dirname(absolute)).catch(() => dirname(absolute));
  // Devices may be written to by several.
  if (entry !== undefined && !entry.isFile()) return [];
  const within = await stat(folder).catch(() => undefined);
  const sameName = (name: string): string =>
    process.platform === 'linux' ? name : name.normalize('NFC').toLowerCase();
  return [
    `name ${sameName(join(folder, basename(absolute)))}`,
    // A folder that is mounted at two places has two real names.
    ...(within === undefined ? [] : [`in ${within.dev} ${within.ino} ${sameName(basename(absolute))}`]),
    ...(entry === undefined ? [] : [`file ${entry.dev} ${entry.ino}`]),
  ];
}

async function entryBehind(path: string) {
  return stat(path).catch(absentAt(path));
}

/** How a file begins; undefined where there is none that can be read. */
export async function beginningOf(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? await readBeginning(path) : undefined;
  } catch {
    return undefined;
  }
}

async function readBeginning(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw notWritable(path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return editedText(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function unusable({ option, path }: Output, why: string, advice?: Advice): ImporterError {
  const other = advice?.(option);
  // An option that the command does not have says nothing of the path either.
  return new ImporterError(
    'usage',
    `${other === undefined ? `${option}: ` : ''}${path} ${why}; it was left as it is.`,
    {
      next: other ?? `Name another path with ${option}.`,
    },
  );
}
