import type { Refused } from '../api.js';
import { Plain } from './markup.js';
import { Remedy } from './remedy.js';

/** What went wrong, and what to do. */
export function Trouble({ error }: { error: Pick<Refused, 'message' | 'next'> }) {
  return (
    <div class="notice wrong-notice" role="alert">
      <p>
        <b>{error.message}</b>
      </p>
      {error.next !== null && (
        <p>
          <Remedy text={error.next} />
        </p>
      )}
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

const MOST_SHOWN = 20;

/** Sentences under a heading; the first of many. */
export function Said({ heading, said }: { heading: string; said: readonly string[] }) {
  if (said.length === 0) return null;
  const more = said.length - MOST_SHOWN;
  return (
    <>
      <h2>{heading}</h2>
      <ul>
        {said.slice(0, MOST_SHOWN).map((words) => (
          <li key={words}>
            <Plain text={words} />
          </li>
        ))}
        {more > 0 && <li>and {more.toLocaleString('en-US')} more</li>}
      </ul>
    </>
  );
}
