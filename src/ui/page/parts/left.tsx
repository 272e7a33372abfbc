import { call } from '../api.js';
import { file, fileId } from '../store.js';
import { useAction } from './action.js';
import { Trouble } from './notice.js';

/** What a run has left to be looked at or taken along. A link can carry no token: a ticket stands for it, once. */
export function Left() {
  const { trouble, act } = useAction();
  const open = async (kind: string, inNewTab: boolean): Promise<void> => {
    const { href } = await call<{ href: string }>('POST', 'downloads', { file: fileId.value, kind });
    if (inNewTab) window.open(href, '_blank', 'noopener');
    else location.href = href;
  };
  const link = (label: string, kind: string, inNewTab = false) => (
    <li>
      <a
        href={`#${kind}`}
        onClick={(event) => {
          event.preventDefault();
          act(() => open(kind, inNewTab));
        }}
      >
        {label}
      </a>
    </li>
  );
  return (
    <>
      <ul class="left">
        {file.value?.hasReport === true && link('Open the report', 'report', true)}
        {file.value?.hasRejects === true && link('Download rejects', 'rejects')}
      </ul>
      {trouble !== undefined && <Trouble error={trouble} />}
    </>
  );
}
