/** What earlier runs of a file were told: the default of the next command on it. */
import { given } from '../../given.js';
import { readSettings, type Checkpoint } from '../../checkpoint/checkpoint.js';

import { canonicalApiUrl, DEFAULT_API_URL } from '../../endpoint.js';
import { keptOf } from '../../settings/resolve.js';
import type { SettingName, Settings } from '../../settings/settings.js';
import type { ImportListener } from '../events.js';
import { checkpointOf, type ListOfRejects, type ReadingOptions } from '../settings.js';
import { noteImported } from '../known/of-rejects/noted.js';
import { keptRejects, rejectsToKeep, type SourceOfRejects } from '../known/of-rejects/places.js';
import { knownElsewhereNote } from './dated-exports.js';
import type { CodedNote } from './reading-warnings.js';
import { type Differing, differencesOf, keptInEvents, newIn, type Taken } from './kept/words.js';
import { usableSettings } from './kept/usable.js';
import { keptMapping, mappingToKeep } from '../known/kept-mapping.js';
import { originsOf } from './origins.js';
import { folderToKeep, requireOwnState } from '../known/state-of-source.js';

export interface Kept {
  /** Without the bot. */
  readonly settings: Settings;
  /** What the file that rejects came from was told of how it is written, where they share its checkpoint: it stays there. */
  readonly ofSource: Settings;
  /** The mapping file of the import before, where none is told and none lies beside the file. */
  readonly mapping: string | undefined;
  /** The bot of the newest import to the same address. */
  readonly bot: string | undefined;
  /** That it was one of several, or the key could not tell: whoever takes it over is told so. */
  readonly isBotChosen: boolean;
  /** Where an import before was told to put the rejects. */
  readonly rejects: string | undefined;
  /** What is told of settings that are given and differ, a sentence each. */
  readonly differing: readonly Differing[];
  /** Settings that are given now, and that no import of the file before was told: they go on to hold. */
  readonly beginning: Settings;
  /** Where another day's export, or a part of this list, was imported and this one has no checkpoint: what is to be said of that. */
  readonly knownElsewhere: CodedNote | undefined;
}

type KeptOptions = ReadingOptions & { readonly apiUrl?: string | undefined; readonly bot?: string | undefined };

/** How a file is written: a rejects file is written by us, and not as the file that it came from. */
const OF_THE_FILE_ITSELF: readonly SettingName[] = ['encoding', 'delimiter', 'sheet', 'noHeader'];

/** Those of them that say how the file is written. */
export function howWrittenOf(settings: Settings): Settings {
  return parted(settings, OF_THE_FILE_ITSELF)[0];
}

const NOTHING_KEPT: Kept = {
  settings: {},
  ofSource: {},
  mapping: undefined,
  rejects: undefined,
  bot: undefined,
  isBotChosen: false,
  differing: [],
  beginning: {},
  knownElsewhere: undefined,
};

/** @throws ImporterError `usage` where the state is another file's, `bad_checkpoint`, `not_writable` where the checkpoint's place is taken by something else */
export async function readKept(options: KeptOptions): Promise<Kept> {
  await requireOwnState(options);
  if (isUnnamedFeed(options)) return NOTHING_KEPT;
  const ownPath = checkpointOf(options.file, options);
  const own = await readSettings(ownPath);
  if (options.forgetSettings === true) return NOTHING_KEPT;
  const isOfOrigin = own === undefined && options.checkpoint === undefined;
  const [kept, keptAt] = own === undefined && isOfOrigin ? await settingsOfOrigin(options) : [own, ownPath];
  const { bot, ...all } = usableSettings(kept?.values ?? {});
  const isOfSource =
    options.checkpoint !== undefined && (options.list !== undefined || originsOf(options.file).length > 0);
  const [ofTheFile, others] = parted(all, OF_THE_FILE_ITSELF);
  const settings = isOfOrigin || isOfSource ? others : all;
  const knownElsewhere = own === undefined ? await knownElsewhereNote(options) : undefined;
  const mapping = await keptMapping(options, keptAt, kept?.values);
  const isSamePlace = kept?.scope.api === canonicalApiUrl(options.apiUrl ?? DEFAULT_API_URL);
  return {
    settings,
    ofSource: isOfSource ? ofTheFile : {},
    bot: isSamePlace ? bot : undefined,
    isBotChosen: kept?.values.isBotChosen === true,
    mapping: mapping.taken,
    rejects: own === undefined ? undefined : keptRejects(ownPath, own.values),
    differing: [...differencesOf(options, settings), ...mapping.differing],
    beginning: own === undefined ? {} : newIn(options, settings),
    knownElsewhere,
  };
}

/** Standard input without a name may be another feed each time: what one was told is not for the next. */
function isUnnamedFeed({ file, name, checkpoint }: KeptOptions): boolean {
  return file === '-' && name === undefined && checkpoint === undefined;
}

const UNNAMED =
  'Standard input has no name: every feed that is piped in this folder goes by stdin.checkpoint.jsonl, and what this one was told ' +
  'is not kept for the next. Give each a name of its own with --name NAME.';

/** What the nearest file was told of those that a rejects file came from. */
async function settingsOfOrigin(options: KeptOptions): Promise<[Awaited<ReturnType<typeof readSettings>>, string]> {
  const { list } = options;
  const named = originsOf(options.file).map((origin) => checkpointOf(origin, options));
  for (const path of [...named, ...(list === undefined ? [] : [list.checkpoint])]) {
    const found = await readSettings(path);
    if (found !== undefined) return [found, path];
  }
  return [undefined, ''];
}

/** How the file is said to be written, now or earlier. */
export function howWritten(given: ReadingOptions, { settings: earlier }: Kept) {
  return {
    encoding: given.encoding,
    delimiter: given.delimiter,
    before: { encoding: earlier.encoding, delimiter: earlier.delimiter, sheet: earlier.sheet },
    sheet: given.sheet,
    header: (given.noHeader ?? earlier.noHeader) === true ? ('none' as const) : ('auto' as const),
  };
}

/**
 * Keeps what was given, and what was kept before and not given anew; says what differs.
 * @throws ImporterError `storage_failed`, and `usage` where the checkpoint was waited for, and is another file's by now
 */
export async function keepSettings(
  {
    kept,
    taken,
    mappingFile,
    list,
  }: {
    readonly kept: Kept;
    readonly taken: Taken | undefined;
    readonly mappingFile: string | undefined;
    readonly list: ListOfRejects | undefined;
  },
  settings: Settings & KeptOptions & SourceOfRejects,
  checkpoint: Checkpoint,
  emit: ImportListener,
): Promise<void> {
  await requireOwnState(settings);
  if (isUnnamedFeed(settings)) return emit({ type: 'warning', code: 'stdin_unnamed', message: UNNAMED });
  const path = checkpointOf(settings.file, settings);
  const values = {
    ...keptOf({ ...kept.ofSource, ...kept.settings, ...given(settings) }),
    ...(kept.isBotChosen ? { isBotChosen: true } : {}),
    ...(await folderToKeep(settings)),
    ...mappingToKeep(mappingFile, path),
    ...rejectsToKeep(settings, path, kept.rejects),
  };
  await checkpoint.note({ kind: 'settings', values });
  if (list !== undefined) await noteImported({ file: settings.file, checkpoint: path }, list, settings.stateDir);
  if (kept.knownElsewhere !== undefined) emit({ type: 'warning', ...kept.knownElsewhere });
  for (const said of keptInEvents(kept, taken)) emit({ type: 'warning', ...said });
}

/** Those of these names, and the others. */
function parted(settings: Settings, names: readonly SettingName[]): [Settings, Settings] {
  const of = (isNamed: boolean): Settings =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name as SettingName) === isNamed));
  return [of(true), of(false)];
}
