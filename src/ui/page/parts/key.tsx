import { useState } from 'preact/hooks';
import { call } from '../api.js';
import { asRefused, state } from '../store.js';

/** Which Clarky, and whether there is a key; typed once, it is kept in the program's memory alone. */
export function Key() {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  const key = state.value?.key;
  const host = state.value?.host ?? '';
  if (key?.isThere === true) {
    return (
      <p class="key">
        <span class="dot" aria-hidden="true" /> Key for {host}
      </p>
    );
  }
  const take = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await call('PUT', 'key', { key: typed });
      setTyped('');
      setWrong(undefined);
    } catch (error) {
      setWrong(asRefused(error).message);
    }
  };
  return (
    <form class="key" onSubmit={(event) => void take(event)}>
      <label for="api-key">API key for {host}</label>
      <input
        id="api-key"
        type="password"
        autocomplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" disabled={typed === ''}>
        Use it
      </button>
      {wrong !== undefined && <span class="wrong">{wrong}</span>}
    </form>
  );
}
