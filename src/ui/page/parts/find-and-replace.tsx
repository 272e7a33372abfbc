import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../api.js';
import { fileId, loadAll } from '../store.js';
import { Choice } from './choice.js';
import { useAction } from './action.js';
import { Plain } from './markup.js';
import { Trouble } from './notice.js';

interface Preview {
  readonly cells: number;
  readonly examples: readonly { readonly line: number; readonly from: string; readonly to: string }[];
}

/**
 * Replaces a text in one column of the rejected rows; shown before it is done.
 * @param first the column to begin with: that for which most rows are rejected
 */
export function FindAndReplace({ header, first }: { header: readonly string[]; first: string | undefined }) {
  const [chosen, choose] = useState<string>();
  const column = chosen ?? first ?? header[0] ?? '';
  const [find, setFind] = useState('');
  const [replacement, setReplacement] = useState('');
  const [preview, setPreview] = useState<Preview>();
  const { isBusy, trouble, act } = useAction();
  // A preview of something else than what would be done is none.
  useEffect(() => setPreview(undefined), [column, find, replacement]);
  const asked = useRef('');
  asked.current = JSON.stringify([column, find, replacement]);
  const ask = (applies: boolean): void =>
    act(async () => {
      const before = asked.current;
      const body = { column, find, replacement, applies };
      const found = await call<Preview>('POST', `files/${fileId.value ?? ''}/edits/replace`, body);
      setPreview(applies || before !== asked.current ? undefined : found);
      if (applies) loadAll();
    });
  return (
    <details class="choices">
      <summary>Find and replace in the rejected rows</summary>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          ask(false);
        }}
      >
        <Choice label="In" value={column} options={header.map((name) => [name, name])} onChange={choose} />
        <label>
          Find this text
          <input value={find} onInput={(event) => setFind(event.currentTarget.value)} />
        </label>
        <label>
          Put this in its place
          <input value={replacement} onInput={(event) => setReplacement(event.currentTarget.value)} />
        </label>
        <button type="submit" disabled={find === ''}>
          Preview
        </button>
      </form>
      {trouble !== undefined && <Trouble error={trouble} />}
      {preview !== undefined && (
        <>
          <p>
            {preview.cells === 0
              ? 'No rejected row has it there.'
              : `${preview.cells === 1 ? '1 cell' : `${preview.cells.toLocaleString('en-US')} cells`} would change:`}
          </p>
          <ul class="samples">
            {preview.examples.map(({ line, from, to }) => (
              <li key={line}>
                line {line}: <Plain text={from} /> → <Plain text={to} />
              </li>
            ))}
          </ul>
          {preview.cells > 0 && (
            <p class="actions">
              <button type="button" class="strong" disabled={isBusy} onClick={() => ask(true)}>
                Replace in {preview.cells.toLocaleString('en-US')} {preview.cells === 1 ? 'cell' : 'cells'}
              </button>
            </p>
          )}
        </>
      )}
    </details>
  );
}
