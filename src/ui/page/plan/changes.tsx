import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChangesView } from '../../wire.js';
import { isKeyRefused } from '../access/key.js';
import { call, type Refused } from '../api.js';
import { asRefused, changes, comparison, fileId, state } from '../store.js';
import { Plain } from '../parts/markup.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { Line, Table } from '../parts/table.js';
import { fieldInWords } from '../words.js';

/** What would change in contacts that are there, old to new: asked for, since the workspace is read for it. */
export function Changes({ stamp }: { stamp: unknown }) {
  const [isAsking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Refused>();
  const current = useRef(stamp);
  const view = comparison.value;
  const ask = async (): Promise<void> => {
    // What comes when the plan is another one is of no use.
    const isWanted = (): boolean => current.current === stamp;
    setAsking(true);
    try {
      const found = await call<ChangesView>('GET', `files/${fileId.value ?? ''}/plan/changes`);
      if (isWanted()) changes.value = found;
      setTrouble(undefined);
    } catch (error) {
      if (isWanted()) setTrouble(asRefused(error));
    } finally {
      if (isWanted()) setAsking(false);
    }
  };
  useEffect(() => {
    if (current.current === stamp) return;
    current.current = stamp;
    changes.value = undefined;
    // Asked for while the plan was another one: it is the new one that is meant.
    if (isAsking) void ask();
  }, [stamp]);
  return (
    <>
      <h2>What would change in Clarky</h2>
      {trouble !== undefined && <Trouble error={trouble} />}
      {isAsking && <Waiting text="Reading Clarky's contacts; nothing is sent…" />}
      {!isAsking && (
        <p class="actions">
          <button
            type="button"
            disabled={state.value?.key.isThere !== true || isKeyRefused.value}
            onClick={() => void ask()}
          >
            {view === undefined ? 'Compare with Clarky' : 'Compare again'}
          </button>
        </p>
      )}
      {view !== undefined && !isAsking && <Found view={view} />}
    </>
  );
}

function Found({ view }: { view: ChangesView }) {
  const { plan, total } = view;
  const { created, updated, unchanged } = plan.plan;
  const counted = (count: number): string => count.toLocaleString('en-US');
  return (
    <>
      <p>
        {counted(created)} new, {counted(updated)} changed, {counted(unchanged)} as the file says, or as it was sent
        before.
        {total > view.changes.length && ` The first ${counted(view.changes.length)} of ${counted(total)} changes:`}
      </p>
      {view.changes.length > 0 && (
        <Table label="Changes" isTall head={[{ number: 'Line' }, 'Field', 'Clarky has', 'It would become']}>
          {view.changes.flatMap(({ lines, differences }) =>
            differences.map(({ field, from, to }) => (
              <tr key={`${lines[0] ?? 0} ${field}`}>
                <Line of={lines.join(', ')} />
                {[fieldInWords(field), from || '(nothing)', to || '(nothing)'].map((text, at) => (
                  <td key={at}>
                    <Plain text={text} />
                  </td>
                ))}
              </tr>
            )),
          )}
        </Table>
      )}
    </>
  );
}
