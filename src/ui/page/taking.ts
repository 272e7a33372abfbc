/** What is dropped or picked: sent to the folder one after the other, what can't be taken is told by its name. */
import { useRef, useState } from 'preact/hooks';
import { Refused, upload } from './api.js';
import { asRefused, choose, go } from './store.js';

interface How {
  /** Names of folders that came along. */
  readonly folders?: readonly string[];
  /** True where what has the name already is replaced unasked. */
  readonly replaces?: boolean;
  /** True where it is taken under a name that is free. */
  readonly isAnother?: boolean;
}

export interface Taking {
  readonly troubles: readonly Refused[];
  /** Those whose name is taken: asked about, each. */
  readonly newer: readonly File[];
  readonly underWay: string | undefined;
  readonly take: (files: readonly File[], how?: How) => void;
  readonly leave: (file: File) => void;
}

export function useTaking(): Taking {
  const [troubles, setTroubles] = useState<readonly Refused[]>([]);
  const [newer, setNewer] = useState<readonly File[]>([]);
  const [underWay, setUnderWay] = useState<string>();
  const isUnderWay = useRef(false);
  const without = (gone: readonly File[]) => (some: readonly File[]) => some.filter((one) => !gone.includes(one));

  const takeAll = async (
    files: readonly File[],
    { folders = [], replaces = false, isAnother = false }: How,
  ): Promise<void> => {
    const wrong = folders.map(isFolder);
    if (files.length === 0 && folders.length === 0) wrong.push(isNoFile());
    const taken: string[] = [];
    const asked: File[] = [];
    for (const file of files) {
      setUnderWay(file.name);
      try {
        taken.push(await (isAnother ? takeBeside(file) : takeOne(file, replaces)));
      } catch (error) {
        const refused = asRefused(error);
        if (refused.code === 'exists') asked.push(file);
        else wrong.push(refused);
      }
    }
    setUnderWay(undefined);
    setTroubles(wrong);
    setNewer((before) => [...without(files)(before), ...asked]);
    const [only] = taken;
    // One alone is what is meant; of several, somebody chooses.
    const isAsking = asked.length > 0 || newer.some((one) => !files.includes(one));
    if (only === undefined || taken.length > 1 || isAsking || wrong.length > 0) return;
    choose(only);
    go('reading', only);
  };

  return {
    troubles,
    newer,
    underWay,
    leave: (file) => setNewer(without([file])),
    take: (files, how = {}) => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      void takeAll(files, how).finally(() => (isUnderWay.current = false));
    },
  };
}

async function takeOne(file: File, replaces: boolean): Promise<string> {
  // What can't be read would look as if the program did not answer.
  await file
    .slice(0, 1)
    .arrayBuffer()
    .catch(() => {
      throw new Refused(0, {
        code: 'unreadable',
        message: `${file.name} can’t be read.`,
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
