import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChangesView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { asRefused, fileId, state } from '../store.js';
import { Plain } from './markup.js';
import { Trouble, Waiting } from './notice.js';

/** What would change in contacts that are there, old to new: asked for, since the workspace is read for it. */
export function Changes({ stamp }: { stamp: unknown }) {
  const [view, setView] = useState<ChangesView>();
  const [isAsking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Refused>();
  const current = useRef(stamp);
  const ask = async (): Promise<void> => {
    // What comes when the plan is another one is of no use.
    const isWanted = (): boolean => current.current === stamp;
    setAsking(true);
    try {
      const found = await call<ChangesView>('GET', `files/${fileId.value ?? ''}/plan/changes`);
      if (isWanted()) setView(found);
      setTrouble(undefined);
    } catch (error) {
      if (isWanted()) setTrouble(asRefused(error));
    } finally {
      if (isWanted()) setAsking(false);
    }
  };
  useEffect(() => {
    current.current = stamp;
    setView(undefined);
    // Asked for while the plan was another one: it is the new one that is meant.
    if (isAsking) void ask();
  }, [stamp]);
  return (
    <>
      <h2>What would change in Clarky</h2>
      {trouble !== undefined && <Trouble error={trouble} />}
      {isAsking && <Waiting text="Reading the workspace; nothing is sent…" />}
      {view === undefined && !isAsking && (
        <p class="actions">
          <button type="button" disabled={state.value?.key.isThere !== true} onClick={() => void ask()}>
            Compare with Clarky
          </button>
        </p>
      )}
      {view !== undefined && <Table view={view} />}
    </>
  );
}

function Table({ view }: { view: ChangesView }) {
  const { created, updated, unchanged, changes, total } = view;
  const counted = (count: number): string => count.toLocaleString('en-US');
  return (
    <>
      <p>
        {counted(created)} new, {counted(updated)} changed, {counted(unchanged)} already as the file says.
        {total > changes.length && ` The first ${counted(changes.length)} of ${counted(total)} changes:`}
      </p>
      {changes.length > 0 && (
        <div class="scroll tall" tabIndex={0} role="region" aria-label="Changes">
          <table>
            <thead>
              <tr>
                <th scope="col" class="number">
                  Line
                </th>
                <th scope="col">Field</th>
                <th scope="col">Clarky has</th>
                <th scope="col">It would become</th>
              </tr>
            </thead>
            <tbody>
              {changes.flatMap(({ lines, differences }) =>
                differences.map(({ field, from, to }) => (
                  <tr key={`${lines[0] ?? 0} ${field}`}>
                    <th scope="row" class="number">
                      {lines.join(', ')}
                    </th>
                    {[field, from || '(nothing)', to || '(nothing)'].map((text, at) => (
                      <td key={at}>
                        <Plain text={text} />
                      </td>
                    ))}
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
