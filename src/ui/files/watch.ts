/** Notices what others do in the folder: a file is saved anew, the command line sends one. */
import { watch } from 'node:fs';

/** A run writes many times a second; the page needs to know that it does, not how often. */
const AT_MOST_EVERY_MS = 1000;

/** Tells of changes until it is closed; where a folder can't be watched, of none. */
export function watchFolder(path: string, onChange: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onChange();
    }, AT_MOST_EVERY_MS);
  };
  try {
    const watcher = watch(path, { persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return {
      close: () => {
        clearTimeout(timer);
        watcher.close();
      },
    };
  } catch {
    // Some systems have no watches left, some folders none at all: an open page is told now and then all the same.
    return { close: () => undefined };
  }
}
