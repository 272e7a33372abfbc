import { Plain } from './markup.js';

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
