import { computed, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../api.js';
import { decideForPlan, state } from '../store.js';
import { useAction } from '../parts/action.js';
import type { UiState } from '../../wire.js';
import { Address } from './address.js';

/** Clarky was asked with the key, and did not take it: nothing can be asked of it. */
export const isKeyRefused: ReadonlySignal<boolean> = computed(() => state.value?.key.isGood === false);

/** Why what asks Clarky is grey then. */
export const KEY_REFUSED = 'Clarky does not take the key: use another one at the top.';

/** Which Clarky, and whether there is a key; typed once, it is kept in the program's memory alone. */
export function Key() {
  const [typed, setTyped] = useState('');
  const [changes, setChanges] = useState<'key' | 'address'>();
  const { isBusy, trouble, act } = useAction();
  const key = state.value?.key;
  const host = state.value?.host ?? '';
  const isTold = key?.isThere === true && changes === undefined;
  const another = useRef<HTMLButtonElement>(null);
  const wasTyped = useRef(false);
  // What was typed into is gone, and the focus with it.
  useEffect(() => {
    if (isTold && wasTyped.current && document.activeElement === document.body) another.current?.focus();
    wasTyped.current = !isTold;
  }, [isTold]);
  if (changes === 'address') return <Address onDone={() => setChanges(undefined)} />;
  if (isTold) {
    const isBad = key.isGood === false || key.trouble !== null;
    return (
      <div class="key">
        <span class={`key-state ${isBad ? 'wrong' : ''}`}>
          <span class={`dot ${isBad ? 'bad' : key.isGood === true ? 'good' : ''}`} aria-hidden="true" />
          <span>{keyInWords(key, host)}</span>
        </span>
        {key.trouble !== null && (
          <button type="button" class="small" onClick={() => setChanges('address')}>
            Correct the address
          </button>
        )}
        {isBad && (
          <button type="button" class="small quiet" onClick={tryKey}>
            Try again
          </button>
        )}
        {key.from !== 'sandbox' && (
          <button ref={another} type="button" class="small quiet" onClick={() => setChanges('key')}>
            Use another key
          </button>
        )}
      </div>
    );
  }
  const take = async (): Promise<void> => {
    await decideForPlan(async () => {
      await call('PUT', 'key', { key: typed });
      setTyped('');
      setChanges(undefined);
      // What is wrong with it is better known now than when something is to be sent.
      tryKey();
    });
  };
  return (
    <form
      class="key"
      onSubmit={(event) => {
        event.preventDefault();
        act(take);
      }}
    >
      <label for="api-key">API key for {host}</label>
      <input
        id="api-key"
        type="password"
        autocomplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" disabled={typed === '' || isBusy}>
        Use it
      </button>
      {changes === 'key' && (
        <button type="button" onClick={() => setChanges(undefined)}>
          Keep the old one
        </button>
      )}
      <button type="button" class="small quiet" onClick={() => setChanges('address')}>
        Clarky has another address
      </button>
      <span class="facts key-hint">
        It begins with ck_live_, and Clarky shows it once: when it is made. Nothing is kept of it here.
      </span>
      {trouble !== undefined && (
        <span class="wrong" role="alert">
          {trouble.message}
        </span>
      )}
    </form>
  );
}

/** Asks Clarky; what it says is told with the state. */
function tryKey(): void {
  void call('GET', 'bots').catch(() => undefined);
}

function keyInWords({ isGood, trouble }: UiState['key'], host: string): string {
  if (trouble !== null) return trouble.message;
  if (isGood === false) return `${host} does not take the key`;
  return `Key for ${host}${isGood === null ? ', not tried yet' : ''}`;
}
