import { useState } from 'preact/hooks';
import { useAction } from '../parts/action.js';
import { state } from '../store.js';
import { takeAddress, UseAgain } from './use-again.js';

/** How Clarky's own address ends. */
const USUAL_END = '/api/v1';

/** Another address of Clarky, for as long as the program runs. */
export function Address({ onDone }: { onDone: () => void }) {
  const { address: now = '', addresses: used = [] } = state.value ?? {};
  const [typed, setTyped] = useState(() => proposed(now));
  const { isBusy, trouble, act } = useAction();
  const take = async (): Promise<void> => {
    await takeAddress(typed);
    onDone();
  };
  return (
    <form
      class="key"
      onSubmit={(event) => {
        event.preventDefault();
        act(take);
      }}
    >
      <label for="api-address">Address of Clarky's API</label>
      <input
        id="api-address"
        type="url"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" disabled={typed.trim() === '' || isBusy}>
        Use this address
      </button>
      <button type="button" onClick={onDone}>
        Keep the old one
      </button>
      <span class="facts key-hint">
        Now it is {now}. Clarky's own ends in {USUAL_END}. On another host the key has to be typed once; address and key
        are kept until the program ends.
      </span>
      <UseAgain places={used.map((address) => ({ address, name: address }))} onDone={onDone} />
      {trouble !== undefined && (
        <span class="wrong" role="alert">
          {trouble.message} {trouble.next}
        </span>
      )}
    </form>
  );
}

/** What is missing most often is the end of it. */
function proposed(address: string): string {
  if (address.endsWith(USUAL_END) || !URL.canParse(address)) return address;
  return `${new URL(address).origin}${USUAL_END}`;
}
