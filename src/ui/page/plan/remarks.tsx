import type { PlanView } from '../../wire.js';
import { CountryOffer, NEEDS_COUNTRY } from '../parts/country-offer.js';
import { Plain } from '../parts/markup.js';
import { Kind } from './kind.js';

/** What is sent otherwise than it stands in the file, or left out of rows that are sent. */
export function Remarks({ view }: { view: PlanView }) {
  if (view.remarks.length === 0) return null;
  return (
    <>
      <h2>Worth knowing</h2>
      <ul class="reasons remarks">
        {view.remarks.map(({ code, title, count, examples }) => (
          <Kind key={code} count={count} title={title}>
            {examples.map(({ line, message }) => (
              <p key={line} class="facts">
                Line {line}: <Plain text={message} />
              </p>
            ))}
            {code === NEEDS_COUNTRY && <CountryOffer isNeeded />}
          </Kind>
        ))}
      </ul>
    </>
  );
}
