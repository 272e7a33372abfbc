import type { JobView } from '../../wire.js';
import { Remedy } from '../parts/remedy.js';
import { Kind } from './kind.js';

/** Why rows were rejected that the file alone would not have shown. */
export function MetOnTheWay({ reasons }: { reasons: JobView['reasons'] }) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h2>Rejected for what Clarky has, or says</h2>
      <ul class="reasons">
        {reasons.map(({ code, title, remedy, count }) => (
          <Kind key={code} count={count} title={title}>
            <p>
              <Remedy text={remedy} /> The rows are among those to correct, and in the rejects.
            </p>
          </Kind>
        ))}
      </ul>
    </>
  );
}
