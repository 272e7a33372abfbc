import type { ReasonView } from '../../wire.js';
import { CountryOffer, NEEDS_COUNTRY } from '../parts/country-offer.js';
import { Plain } from '../parts/markup.js';
import { Remedy } from '../parts/remedy.js';
import { go, type RowFilter } from '../store.js';
import { Kind } from './kind.js';

/** Why rows are not sent, and what helps; `onPick` shows them. */
export function Reasons({
  reasons,
  heading,
  onPick,
}: {
  reasons: readonly ReasonView[];
  heading: string;
  onPick: (filter: RowFilter) => void;
}) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h2>{heading}</h2>
      <ul class="reasons">
        {reasons.map(({ code, title, remedy, count, columns }) => (
          <Kind key={code} count={count} title={title}>
            <Columns names={columns.map(({ column }) => column).filter((column) => column !== '')} />
            <p>
              <Remedy text={remedy} />
            </p>
            {code === NEEDS_COUNTRY && <CountryOffer isNeeded />}
            <p class="actions">
              <button type="button" onClick={() => onPick({ outcome: 'rejected', reason: code })}>
                Show {count === 1 ? 'it' : 'them'}
              </button>
              <button type="button" onClick={() => go('correct')}>
                Correct {count === 1 ? 'it' : 'them'}
              </button>
            </p>
          </Kind>
        ))}
      </ul>
    </>
  );
}

function Columns({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <span class="facts">
      {' '}
      in <Plain text={names.slice(0, 3).join(', ')} />
    </span>
  );
}
