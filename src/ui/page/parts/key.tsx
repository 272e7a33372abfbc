import { useState } from 'preact/hooks';
import { call } from '../api.js';
import { state } from '../store.js';
import { useAction } from './action.js';

/** Which Clarky, and whether there is a key; typed once, it is kept in the program's memory alone. */
export function Key() {
  const [typed, setTyped] = useState('');
  const [changes, setChanges] = useState(false);
  const { isBusy, trouble, act } = useAction();
  const key = state.value?.key;
  const host = state.value?.host ?? '';
  if (key?.isThere === true && !changes) {
    return (
      <p class="key">
        <span class={`dot ${key.isGood === null ? '' : key.isGood ? 'good' : 'bad'}`} aria-hidden="true" />{' '}
        {key.isGood === false ? `${host} does not take the key` : `Key for ${host}`}
        {key.isGood === null && ', not tried yet'}
        {key.from !== 'sandbox' && (
          <button type="button" class="small quiet" onClick={() => setChanges(true)}>
            Use another key
          </button>
        )}
      </p>
    );
  }
  const take = async (): Promise<void> => {
    await call('PUT', 'key', { key: typed });
    setTyped('');
    setChanges(false);
    // What is wrong with it is better known now than when something is to be sent; the server tells it with its state.
    void call('GET', 'bots').catch(() => undefined);
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
      {changes && (
        <button type="button" onClick={() => setChanges(false)}>
          Keep the old one
        </button>
      )}
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
