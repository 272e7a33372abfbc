import type { Correction, CorrectionsView, TakenBack } from '../../wire.js';
import { UNFIT, type Unfit } from '../../../wording/rows/corrections.js';
import { Plain } from './markup.js';

const MOST_SHOWN = 50;

/** The corrections that were made, each to be taken back; those that fit no more come first, with the reason. */
export function Made({ made, takeBack }: { made: CorrectionsView; takeBack: (one: TakenBack) => void }) {
  const { corrections, stale } = made;
  const count = corrections.length + stale.length;
  if (count === 0) return null;
  return (
    <details class="choices">
      <summary>
        {count.toLocaleString('en-US')} {count === 1 ? 'correction' : 'corrections'}
        {stale.length > 0 && (
          <span class="warn">
            , {stale.length} of them no longer {stale.length === 1 ? 'fits and is' : 'fit and are'} not used
          </span>
        )}
      </summary>
      <ul class="reasons">
        {stale.slice(0, MOST_SHOWN).map((one) => (
          <One
            key={`stale ${placeOf(one)}`}
            one={one}
            why={one.why}
            takeBack={() => takeBack({ ...one, isStale: true })}
          />
        ))}
        {corrections
          .slice(-MOST_SHOWN)
          .reverse()
          .map((one) => (
            <One key={placeOf(one)} one={one} takeBack={() => takeBack({ ...one, isStale: false })} />
          ))}
      </ul>
    </details>
  );
}

function placeOf({ line, column }: Correction): string {
  return `${line} ${column ?? ''}`;
}

function One({ one, why, takeBack }: { one: Correction; why?: Unfit; takeBack: () => void }) {
  const { line, column, was, value } = one;
  return (
    <li>
      <span class="number">line {line}</span>
      <span class="actions">
        <span>
          {column === null ? (
            'left out'
          ) : (
            <Plain text={`${column}: ${was || '(nothing)'} → ${value === '' ? '(left out)' : (value ?? '')}`} />
          )}
          {why !== undefined && <span class="warn"> not used: {UNFIT[why]}</span>}
        </span>
        <button type="button" class="small" onClick={takeBack}>
          Take it back
        </button>
      </span>
    </li>
  );
}
