import { plan, readOtherwise, reading } from '../store.js';
import { askCountryInWords, countriesInWords, nameOfCountry } from '../words.js';
import { useAction } from './action.js';
import { Choice } from './choice.js';
import { Trouble } from './notice.js';

/** The code of what such phones are rejected for. */
export const NEEDS_COUNTRY = 'phone_needs_country';

/** Said where a column says of each row where it is. */
export const OWN_COUNTRY_FIRST = 'Where a row names its own country, its number is read as one of that.';

/**
 * Where phones without + are most likely from: taken with one press, never unasked. Where rows are rejected for want of it, any
 * country can be chosen.
 */
export function CountryOffer({ isNeeded = false }: { isNeeded?: boolean }) {
  const { isBusy, trouble, act } = useAction();
  if (reading.value.kind !== 'there' || reading.value.value.country !== null) return null;
  const { countries, likelyCountry, rowsHaveCountries } = reading.value.value;
  const likely = (plan.value.kind === 'there' ? plan.value.value.likelyCountry : null) ?? likelyCountry;
  const country = likely?.country ?? null;
  if (country === null && !isNeeded) return null;
  const choose = (chosen: string): void => act(() => readOtherwise({ country: chosen }));
  return (
    <div class="offer">
      {trouble !== undefined && <Trouble error={trouble} />}
      {likely !== null && country !== null && (
        <>
          <p>{askCountryInWords(likely)}</p>
          <button type="button" disabled={isBusy} onClick={() => choose(country)}>
            They are from {nameOfCountry(country)}
          </button>
        </>
      )}
      {isNeeded && (
        <Choice
          label={country === null ? 'The phone numbers without + are from' : 'or from'}
          value=""
          options={[['', 'choose a country'], ...countriesInWords(countries)]}
          onChange={(chosen) => choose(chosen)}
        />
      )}
      {rowsHaveCountries && <p class="facts">{OWN_COUNTRY_FIRST}</p>}
    </div>
  );
}
