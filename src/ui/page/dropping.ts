/** A file let go anywhere over the page, on whichever screen, is meant for it; so the tab never shows the file instead. */
import { signal } from '@preact/signals';
import { connection, go, state, step } from './store.js';
import { foldersOf, take } from './taking.js';

/** Something from outside is held over the page. */
export const isDraggedOver = signal(false);

/** From now on what is dropped is taken, and told of on the screen of the files. */
export function takeDrops(): void {
  addEventListener('dragover', (event) => {
    event.preventDefault();
    isDraggedOver.value = event.dataTransfer?.types.includes('Files') === true;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) isDraggedOver.value = false;
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    isDraggedOver.value = false;
    if (state.value === undefined || connection.value === 'refused' || connection.value === 'ended') return;
    const folders = foldersOf(event.dataTransfer);
    const dropped = [...(event.dataTransfer?.files ?? [])].filter(({ name }) => !folders.includes(name));
    // A text that is moved about is told to be no file only where files are what is asked for.
    if (dropped.length === 0 && folders.length === 0 && step.value !== 'files') return;
    go('files');
    take(dropped, { folders });
  });
}
