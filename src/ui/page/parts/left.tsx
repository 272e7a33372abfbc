import { useState } from 'preact/hooks';
import { call, type Refused } from '../api.js';
import { asRefused, file, fileId } from '../store.js';
import { Trouble } from './notice.js';

/** What a run has left to be looked at or taken along. A link can carry no token: a ticket stands for it, once. */
export function Left() {
  const [trouble, setTrouble] = useState<Refused>();
  const open = async (event: Event, kind: string, inNewTab: boolean): Promise<void> => {
    event.preventDefault();
    try {
      const { href } = await call<{ href: string }>('POST', 'downloads', { file: fileId.value, kind });
      if (inNewTab) window.open(href, '_blank', 'noopener');
      else location.href = href;
      setTrouble(undefined);
    } catch (error) {
      setTrouble(asRefused(error));
    }
  };
  const link = (label: string, kind: string, inNewTab = false) => (
    <li>
      <a href={`#${kind}`} onClick={(event) => void open(event, kind, inNewTab)}>
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
