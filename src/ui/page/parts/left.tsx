import type { LastRun } from '../../wire.js';
import { call } from '../api.js';
import { file, fileId } from '../store.js';
import { useAction } from './action.js';
import { Trouble } from './notice.js';

/** What a run has left to be looked at or taken along. */
export function Left() {
  return (
    <ul class="left">
      {file.value?.hasReport === true && (
        <li>
          <Download label="Open the report" kind="report" inNewTab />
        </li>
      )}
      {file.value?.hasRejects === true && isAnyRejected(file.value.lastRun) && (
        <li>
          <Download label="Download rejects" kind="rejects" />
        </li>
      )}
    </ul>
  );
}

/** What was rejected, and has come in since, is no rejects file to take along. */
function isAnyRejected(lastRun: LastRun | null): boolean {
  return lastRun?.counts?.rejected !== 0;
}

/** A link to a file of the run. It can carry no token: a ticket stands for it, once. */
export function Download({ label, kind, inNewTab = false }: { label: string; kind: string; inNewTab?: boolean }) {
  const { trouble, act } = useAction();
  const open = async (): Promise<void> => {
    const { href } = await call<{ href: string }>('POST', 'downloads', { file: fileId.value, kind });
    if (inNewTab) window.open(href, '_blank', 'noopener');
    else location.href = href;
  };
  return (
    <>
      <a
        href={`#${kind}`}
        onClick={(event) => {
          event.preventDefault();
          act(open);
        }}
      >
        {label}
      </a>
      {trouble !== undefined && <Trouble error={trouble} />}
    </>
  );
}
