/** An export that has a new name each day or month: with a checkpoint and a mapping of its own it would be read, and sent, as a new one. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readSettings } from '../../checkpoint/checkpoint.js';
import { monthOfName } from '../../contact/months.js';
import { isAddress } from '../../address.js';
import { shellWord } from '../../wording/shell.js';
import { defaultPaths, type ReadingOptions, type StateOptions } from '../settings.js';
import { usableSettings } from './kept/usable.js';
import { newIn, withoutDataOf } from './kept/words.js';
import { nameOfSet } from './named-input.js';
import type { CodedNote } from './reading-warnings.js';

const CHECKPOINT = '.checkpoint.jsonl';
const MAPPING = '.mapping.json';

interface DatedName {
  /** The name without its date: the same for every export of one kind. */
  readonly undated: string;
  /** Sorts by time. */
  readonly date: string;
}

const [YEAR, MONTH, DAY] = ['(?<y>20\\d{2})', '(?<m>0[1-9]|1[0-2])', '(?<d>0[1-9]|[12]\\d|3[01])'];
const TIME = '(?:[-_T ]?\\d{2}[-_:.h]?\\d{2}(?:[-_:.]?\\d{2})?)?';
/** `2026-11-25_0300`, `25.11.2026`, `11-25-2026`, `2026-KW48`, `Q4 2026`, `2026-11`, `11.2026`: what says most comes first. */
const DATES = [
  `${YEAR}([-_. ]?)${MONTH}\\2${DAY}${TIME}`,
  `${DAY}([-_. ]?)${MONTH}\\2${YEAR}`,
  `${MONTH}([-_. ]?)${DAY}\\2${YEAR}`,
  `${YEAR}[-_. ]?(?<p>(?:KW|CW|W|Q)[-_. ]?\\d{1,2})`,
  `(?<p>(?:KW|CW|W|Q)[-_. ]?\\d{1,2})[-_. ]?${YEAR}`,
  `${YEAR}[-_. ]?${MONTH}`,
  `${MONTH}[-_. ]?${YEAR}`,
].map((date) => new RegExp(`(?<!\\d)${date}(?!\\d)`, 'i'));

/** What may stand at either side of a month's name: `25. November 26`, `2026_Nov`. */
const BEFORE_MONTH = /(?<!\d)(?:(?<year>20\d{2})|(?<day>\d{1,2}))[-_. ]*$/;
const AFTER_MONTH = /^[-_. ]*(?<year>20\d{2}|\d{2})(?!\d)/;
/** A shorter word may mean anything where no year stands beside it. */
const SHORTEST_ALONE = 4;

/** What a file's name is without its date; undefined where it has none. */
export function datedName(fileName: string): DatedName | undefined {
  const name = fileName.normalize('NFC');
  for (const pattern of DATES) {
    const found = pattern.exec(name);
    if (found === null) continue;
    const { y = '', m = '', d = '', p = '' } = found.groups ?? {};
    return { undated: name.replace(found[0], ''), date: [y, m, d, p.toUpperCase()].join('-') };
  }
  for (const { 0: word, index } of name.matchAll(/\p{L}+/gu)) {
    const month = monthOfName(word);
    const before = BEFORE_MONTH.exec(name.slice(0, index));
    const after = AFTER_MONTH.exec(name.slice(index + word.length));
    const year = after?.groups?.year ?? before?.groups?.year ?? '';
    if (month === undefined || (year === '' && word.length < SHORTEST_ALONE)) continue;
    const whole = `${before?.[0] ?? ''}${word}${after?.[0] ?? ''}`;
    const parts = [
      year.padStart(4, '20'),
      String(month).padStart(2, '0'),
      (before?.groups?.day ?? '').padStart(2, '0'),
    ];
    return { undated: name.replace(whole, ''), date: parts.join('-') };
  }
  return undefined;
}

/** What is to be said where the state of what was imported before is under another name, and this one has none yet. */
export async function knownElsewhereNote(options: ReadingOptions): Promise<CodedNote | undefined> {
  const { files } = options;
  const message = files === undefined ? await datedExportNote(options) : await grownListNote(options, files);
  return message === undefined ? undefined : { code: files === undefined ? 'dated_export' : 'grown_list', message };
}

/** Another day's export was imported, or mapped. */
async function datedExportNote(options: ReadingOptions): Promise<string | undefined> {
  const { file, name, checkpoint } = options;
  if (file === '-' || isAddress(file) || name !== undefined || checkpoint !== undefined) {
    return undefined;
  }
  const own = datedName(basename(file));
  if (own === undefined) return undefined;
  const paths = defaultPaths(file, options);
  const besideState = await namesIn(dirname(paths.checkpoint));
  if (besideState.has(basename(paths.checkpoint))) return undefined;
  const besideFile = await namesIn(dirname(file));
  const imported = newest(besideState, CHECKPOINT, own);
  const isMapped =
    options.mapping !== undefined || [besideState, besideFile].some((all) => all.has(basename(paths.mapping)));
  const mapped = isMapped ? undefined : (newest(besideState, MAPPING, own) ?? newest(besideFile, MAPPING, own));
  const folder = besideState.has(`${mapped ?? ''}${MAPPING}`) ? dirname(paths.checkpoint) : dirname(file);
  const mapping = mapped === undefined ? undefined : `--mapping ${shellWord(join(folder, `${mapped}${MAPPING}`))}`;
  if (imported === undefined) {
    return mapping === undefined
      ? undefined
      : `${mapped ?? ''} was mapped before. With ${mapping} this one is mapped as it was.`;
  }
  const before = `--checkpoint ${shellWord(join(dirname(paths.checkpoint), `${imported}${CHECKPOINT}`))}`;
  return mapping === undefined
    ? `${imported} was imported before. With ${before} only what changed since is sent. With one --name for every export that is so from the second on: the first is sent whole.`
    : `${imported} was imported before. With ${before} ${mapping} only what changed since is sent, mapped as it was. Or ` +
        'give every export one --name, and call the mapping file NAME.mapping.json: the first is then sent whole once more.';
}

/** What `status` is told instead, where a file has no state of its own: the newest export of its kind, and names that states were given. */
export async function statesBeside(file: string, options: StateOptions): Promise<string[]> {
  const path = defaultPaths(file, options).checkpoint;
  const beside = await namesIn(dirname(path));
  const own = isAddress(file) ? undefined : datedName(basename(file));
  const dated = own === undefined ? undefined : newest(beside, CHECKPOINT, own);
  const names = [...beside]
    .filter((each) => each.endsWith(CHECKPOINT))
    .map((each) => each.slice(0, -CHECKPOINT.length))
    // The others are those of files.
    .filter((name) => !/\.\w{2,5}$/.test(name) && name !== UNNAMED_INPUT)
    .sort();
  return [
    ...(dated === undefined ? [] : [shellWord(join(dirname(file), dated))]),
    ...names.slice(0, MOST_NAMES).map((name) => `${shellWord(file)} --name ${shellWord(name)}`),
  ];
}

const UNNAMED_INPUT = 'stdin';
const MOST_NAMES = 3;

/** Some of the files were imported before, and make up another name with those that have come to them. */
async function grownListNote(options: ReadingOptions, files: readonly string[]): Promise<string | undefined> {
  const { file, name, checkpoint } = options;
  // A folder has one name, whatever is in it.
  if (name !== undefined || checkpoint !== undefined || basename(file) !== nameOfSet(files)) return undefined;
  const own = defaultPaths(file, options).checkpoint;
  const beside = await namesIn(dirname(own));
  if (beside.has(basename(own))) return undefined;
  const all = files.map((path) => basename(path)).sort();
  const subsets = [all, ...all.map((one) => all.filter((other) => other !== one)), ...all.map((one) => [one])];
  const known = subsets.map((names) => nameOfSet(names)).find((set) => beside.has(`${set}${CHECKPOINT}`));
  if (known === undefined) return undefined;
  const path = shellWord(join(dirname(own), `${known}${CHECKPOINT}`));
  // One that can't be read is told by the import that uses it.
  const state = await readSettings(join(dirname(own), `${known}${CHECKPOINT}`)).catch(() => undefined);
  const kept = usableSettings(state?.values ?? {});
  const flags = withoutDataOf(newIn(kept, options));
  const [notHere, there] =
    flags.length === 0
      ? ['', '']
      : [
          ` Its settings (${flags.join(', ')}) do not hold for this list: give them again, where they fit every file of it.`,
          ' they hold for all of it, and',
        ];
  return `${known} was imported before, and this list is known by another name: all of it is sent again.${notHere} With --checkpoint ${path}${there} only what is new or has changed is sent; with one --name, or in a folder that is imported, a list stays the same as files come and go.`;
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(await readdir(folder).catch((): string[] => []));
}

/** The newest export of the same kind of which there is such a file. */
function newest(names: ReadonlySet<string>, ending: string, { undated }: DatedName): string | undefined {
  return [...names]
    .filter((each) => each.endsWith(ending))
    .map((each) => each.slice(0, -ending.length))
    .flatMap((name) => {
      const dated = datedName(name);
      return dated?.undated === undated ? [{ name, date: dated.date }] : [];
    })
    .sort((one, other) => (one.date < other.date ? -1 : 1))
    .at(-1)?.name;
}
