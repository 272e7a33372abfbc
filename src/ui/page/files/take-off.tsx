import { useState } from 'preact/hooks';
import type { FileEntry } from '../../wire.js';
import { call } from '../api.js';
import { useAction } from '../parts/action.js';
import { Plain } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';
import { fileId } from '../store.js';

/** What was dropped by mistake goes again, once that is confirmed: the copy in this folder alone. */
export function TakeOff({ file: { id, name } }: { file: FileEntry }) {
  const [asks, setAsks] = useState(false);
  const { isBusy, trouble, act } = useAction();
  const remove = async (): Promise<void> => {
    await call('DELETE', `files/${id}`);
    if (fileId.value === id) fileId.value = undefined;
    document.querySelector('h1')?.focus();
  };
  if (!asks) {
    return (
      <button type="button" class="small quiet" onClick={() => setAsks(true)}>
        Dropped by mistake?
      </button>
    );
  }
  return (
    <div class="notice">
      {trouble !== undefined && <Trouble error={trouble} />}
      <p>
        Remove <Plain text={name} /> from this folder? It is the copy of what you dropped: that itself stays where it
        is, and nothing of it was sent.
      </p>
      <p class="actions">
        <button type="button" disabled={isBusy} onClick={() => act(remove)}>
          Remove the copy
        </button>
        <button type="button" disabled={isBusy} onClick={() => setAsks(false)}>
          Keep it
        </button>
      </p>
    </div>
  );
}
