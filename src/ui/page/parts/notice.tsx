import type { Refused } from '../api.js';

/** What went wrong, and what to do. */
export function Trouble({ error }: { error: Pick<Refused, 'message' | 'next'> }) {
  return (
    <div class="notice wrong-notice" role="alert">
      <p>
        <b>{error.message}</b>
      </p>
      {error.next !== null && <p>{error.next}</p>}
    </div>
  );
}

export function Waiting({ text }: { text: string }) {
  return (
    <p class="waiting">
      <span class="spinner" aria-hidden="true" /> {text}
    </p>
  );
}
