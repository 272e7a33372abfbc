import { readOtherwise, reading } from '../store.js';
import { countryInWords } from '../words.js';
import { useAction } from './action.js';
import { Trouble } from './notice.js';

/** Where phones without + are most likely from: taken with one press, never unasked. */
export function CountryOffer() {
  const { isBusy, trouble, act } = useAction();
  const country = reading.value.kind === 'there' ? reading.value.value.likelyCountry : null;
  if (country === null) return null;
  const name = countryInWords(country);
  return (
    <div class="offer">
      {trouble !== undefined && <Trouble error={trouble} />}
      <p>The phone numbers without + look like numbers of {name}.</p>
      <button type="button" disabled={isBusy} onClick={() => act(() => readOtherwise({ country }))}>
        They are from {name}
      </button>
    </div>
  );
}
