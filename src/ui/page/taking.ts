/** What is dropped or picked: sent to the folder one after the other, what can't be taken is told by its name. */
import { effect, signal } from '@preact/signals';
import { Refused, upload } from './api.js';
import { asRefused, choose, go, isRunning, state, step } from './store.js';

interface How {
  /** Names of folders that came along. */
  readonly folders?: readonly string[];
  /** True where what has the name already is replaced unasked. */
  readonly replaces?: boolean;
  /** True where it is taken under a name that is free. */
  readonly isAnother?: boolean;
}

/** What could not be taken of what was dropped last. */
export const troubles = signal<readonly Refused[]>([]);
/** Those whose name is taken: asked about, each, for as long as nobody answers, wherever somebody goes meanwhile. */
export const asked = signal<readonly File[]>([]);
/** The name of what is being taken. */
export const underWay = signal<string | undefined>(undefined);

// Their bytes are with this page alone: who closes it is asked whether that is meant.
effect(() => {
  if (asked.value.length === 0 && underWay.value === undefined) removeEventListener('beforeunload', stay);
  else addEventListener('beforeunload', stay);
});

// What was refused since something was under way is not told of any longer than that.
effect(() => {
  if (state.value?.jobs.some(isRunning) === true) return;
  const lasting = troubles.value.filter(({ code }) => code !== 'busy');
  if (lasting.length < troubles.value.length) troubles.value = lasting;
});

function stay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

let turn: Promise<void> = Promise.resolve();

/** Takes what was dropped or picked, after what was dropped before. */
export function take(files: readonly File[], how: How = {}): void {
  turn = turn.then(() => takeAll(files, how));
}

/** Nothing is to become of it. */
export function leave(file: File): void {
  asked.value = asked.value.filter((one) => one !== file);
}

async function takeAll(
  files: readonly File[],
  { folders = [], replaces = false, isAnother = false }: How,
): Promise<void> {
  const wrong = folders.map(isFolder);
  if (files.length === 0 && folders.length === 0) wrong.push(isNoFile());
  const taken: string[] = [];
  for (const file of files) {
    // An answer that is given twice is one.
    if ((replaces || isAnother) && !asked.value.includes(file)) continue;
    underWay.value = file.name;
    try {
      taken.push(await (isAnother ? takeBeside(file) : takeOne(file, replaces)));
      leave(file);
    } catch (error) {
      const refused = asRefused(error);
      if (refused.code === 'unreadable') leave(file);
      if (refused.code !== 'exists') wrong.push(refused);
      else if (!asked.value.some((one) => isSame(one, file))) asked.value = [...asked.value, file];
    }
  }
  underWay.value = undefined;
  troubles.value = wrong;
  const [only] = taken;
  // One alone is what is meant; of several, somebody chooses. Who has gone elsewhere meanwhile stays there.
  const isChoosing = taken.length > 1 || asked.value.length > 0 || wrong.length > 0 || step.value !== 'files';
  if (only === undefined || isChoosing) return;
  choose(only);
  go('reading', only);
}

/** The same file, dropped once more. */
function isSame(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

async function takeOne(file: File, replaces: boolean): Promise<string> {
  // What can't be read would look as if the program did not answer.
  await file
    .slice(0, 1)
    .arrayBuffer()
    .catch(() => {
      throw new Refused(0, {
        code: 'unreadable',
        message: `${file.name} can't be read.`,
        next: 'Is it still there, and may you open it? Then drop it again.',
      });
    });
  return (await upload(file.name, file, replaces)).id;
}

/** Under the first free name: `people (2).csv`. */
async function takeBeside(file: File): Promise<string> {
  const dot = file.name.lastIndexOf('.');
  for (let at = 2; ; at++) {
    const name = `${file.name.slice(0, dot)} (${at})${file.name.slice(dot)}`;
    try {
      return await takeOne(new File([file], name), false);
    } catch (error) {
      if (asRefused(error).code !== 'exists' || at > 99) throw error;
    }
  }
}

/** The names of what is a folder: a browser hands it over as if it were a file. */
export function foldersOf(dropped: DataTransfer | null): string[] {
  return [...(dropped?.items ?? [])].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry?.isDirectory === true ? [entry.name] : [];
  });
}

function isFolder(name: string): Refused {
  return new Refused(0, {
    code: 'folder',
    message: `${name} is a folder.`,
    next: 'Drop the spreadsheets that are in it, or start the program with that folder.',
  });
}

function isNoFile(): Refused {
  return new Refused(0, { code: 'no_file', message: 'That is no file.', next: 'Drop a spreadsheet here.' });
}
