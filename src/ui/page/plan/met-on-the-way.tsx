import type { JobView } from '../../wire.js';
import { Plain } from '../parts/markup.js';
import { Remedy } from '../parts/remedy.js';

/** Why rows were rejected that the file alone would not have shown. */
export function MetOnTheWay({ reasons }: { reasons: JobView['reasons'] }) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h2>Rejected for what Clarky has, or says</h2>
      <ul class="reasons">
        {reasons.map(({ code, title, remedy, count }) => (
          <li key={code}>
            <b class="count">{count.toLocaleString('en-US')}</b>
            <div>
              <b>
                <Plain text={title} />
              </b>
              <p>
                <Remedy text={remedy} /> The rows are in the rejects; “Compare with Clarky” on the plan shows them too.
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
