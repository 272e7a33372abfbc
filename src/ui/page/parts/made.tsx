import type { Correction, CorrectionsView } from '../../wire.js';
import { Plain } from './markup.js';

/** The corrections that were made, each to be taken back; those that fit no more are told. */
export function Made({
  made,
  takeBack,
}: {
  made: CorrectionsView;
  takeBack: (places: readonly Pick<Correction, 'line' | 'column'>[]) => void;
}) {
  const { corrections, stale } = made;
  if (corrections.length === 0) return null;
  const shown = corrections.slice(-50).reverse();
  return (
    <details class="choices">
      <summary>
        {corrections.length.toLocaleString('en-US')} {corrections.length === 1 ? 'correction' : 'corrections'}
        {stale.length > 0 && (
          <span class="warn">
            , {stale.length} of them no longer {stale.length === 1 ? 'fits and is' : 'fit and are'} not used
          </span>
        )}
      </summary>
      <ul class="reasons">
        {shown.map((one) => (
          <li key={`${one.line} ${one.column ?? ''}`}>
            <span class="number">line {one.line}</span>
            <span class="actions">
              <span>
                {one.column === null ? (
                  'left out'
                ) : (
                  <Plain
                    text={`${one.column}: ${one.was || '(nothing)'} → ${one.value === '' ? '(left out)' : (one.value ?? '')}`}
                  />
                )}
              </span>
              <button type="button" class="small" onClick={() => takeBack([one])}>
                Take it back
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
