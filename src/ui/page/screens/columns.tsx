import { useState } from 'preact/hooks';
import type { ColumnChoice, ColumnView, MappingView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { CountryOffer, NEEDS_COUNTRY } from '../parts/country-offer.js';
import { TooLate } from '../parts/elsewhere.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { Onward } from '../parts/onward.js';
import { Plain } from '../parts/markup.js';
import { printable, shortened } from '../../../wording/printable.js';
import { ask, asRefused, decideForPlan, fileId, loadAll, mapping, plan } from '../store.js';
import { percentInWords } from '../../../wording/durations.js';
import { fieldInWords } from '../words.js';

/** A cell may hold a book. */
const LONGEST_SAMPLE = 160;

/** Each column, what becomes of its values, and why; those that wait for a decision first. */
export function Columns() {
  const [trouble, setTrouble] = useState<Refused>();
  const loaded = mapping.value;
  const decide = async (choice: ColumnChoice): Promise<void> => {
    const take = ask(mapping);
    try {
      await decideForPlan(async () => {
        const value = await call<MappingView>('PUT', `files/${fileId.value ?? ''}/mapping`, { columns: [choice] });
        setTrouble(undefined);
        take({ kind: 'there', value });
      });
    } catch (error) {
      setTrouble(asRefused(error));
      loadAll();
    }
  };
  if (loaded.kind === 'loading') return <Waiting text="Looking at the columns…" />;
  if (loaded.kind === 'failed') return <Trouble error={loaded.error} />;
  const { columns, fields } = loaded.value;
  const open = columns.filter(({ isUndecided }) => isUndecided);
  const decided = columns.filter(({ isUndecided }) => !isUndecided);
  const hasIdentity = columns.some(({ to }) => to === 'emails' || to === 'phone_numbers');
  const known = plan.value.kind === 'there' ? [...plan.value.value.reasons, ...plan.value.value.remarks] : [];
  const needsCountry = known.some(({ code }) => code === NEEDS_COUNTRY);
  const list = (some: readonly ColumnView[]) => (
    <ul class="columns">
      {some.map((column) => (
        <ColumnCard key={column.index} column={column} fields={fields} decide={(choice) => void decide(choice)} />
      ))}
    </ul>
  );
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      <TooLate />
      {!hasIdentity && (
        <p class="notice">
          <b>Which column is the e-mail, or the phone?</b> Clarky knows a contact by it, so one of the two is needed.
        </p>
      )}
      {needsCountry && (
        <div class="notice">
          <b>Phones without their country are rejected.</b>
          <CountryOffer isNeeded />
        </div>
      )}
      {open.length > 0 && (
        <>
          <h2>{open.length === 1 ? 'One column waits' : `${open.length} columns wait`} for your decision</h2>
          {list(open)}
          <h2>The others</h2>
        </>
      )}
      {list(decided)}
      <Onward to="plan" />
    </>
  );
}

function ColumnCard({
  column,
  fields,
  decide,
}: {
  column: ColumnView;
  fields: readonly string[];
  decide: (choice: ColumnChoice) => void;
}) {
  const { index, header, to, reason, samples, fillRate } = column;
  const id = `column-${index}`;
  return (
    <li class={`${column.sentAs === null ? 'left-out' : ''} ${column.isUndecided ? 'open' : ''}`}>
      <div class="what">
        <label for={id}>
          <Plain text={header} />
        </label>
        <span class="facts">{percentInWords(fillRate)} filled</span>
      </div>
      <div class="becomes">
        <select id={id} value={to} onChange={(event) => decide({ index, to: event.currentTarget.value })}>
          <Options column={column} fields={fields} />
        </select>
        <small>
          Why: <Plain text={reason} />
        </small>
      </div>
      <ul class="samples">
        {samples.length === 0 && <li class="facts">no values</li>}
        {samples.map(({ from, to: value, problem }) => (
          <li key={from}>
            <span class="from">
              <Plain text={shortened(from, LONGEST_SAMPLE)} />
            </span>
            {value !== null && value !== from && (
              <span class="to">
                <span aria-hidden="true">→ </span>
                <span class="sr-only">becomes </span>
                <Plain text={shortened(value, LONGEST_SAMPLE)} />
              </span>
            )}
            {problem !== null && column.open === null && (
              <span class="wrong">
                <Plain text={problem} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <Ways column={column} decide={decide} />
    </li>
  );
}

function Options({ column, fields }: { column: ColumnView; fields: readonly string[] }) {
  const { to, sentAs, suggestions, header } = column;
  const becomes =
    sentAs === null
      ? 'left out'
      : `sent as ${fieldInWords(sentAs).toLowerCase().slice(0, 1)}${fieldInWords(sentAs).slice(1)}`;
  const custom = to.startsWith('custom:') ? to : `custom:${header}`;
  const others = fields.filter((field) => !suggestions.includes(field));
  return (
    <>
      {to === 'undecided' && <option value="undecided">Not decided: {becomes}</option>}
      {to === 'unmapped' && <option value="unmapped">No field of Clarky: {becomes}</option>}
      {suggestions.length > 0 && (
        <optgroup label="Likely">
          {suggestions.map((field) => (
            <option key={field} value={field}>
              {fieldInWords(field)}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label="Fields of Clarky">
        {others.map((field) => (
          <option key={field} value={field}>
            {fieldInWords(field)}
          </option>
        ))}
      </optgroup>
      <optgroup label="Else">
        <option value={custom}>{fieldInWords(custom)}</option>
        <option value="ignore">Leave it out</option>
      </optgroup>
    </>
  );
}

/** An amount or a date that can be read in two ways: both, with the person's own values. */
function Ways({ column, decide }: { column: ColumnView; decide: (choice: ColumnChoice) => void }) {
  const { index, to, open, decimal, dates } = column;
  const own = new Map(
    column.ways.map(({ way, from, to: value }) => [way, `: ${printable(from)} is ${printable(value)}`]),
  );
  const isMoney = to === 'deal_value' && (open !== null || decimal !== null);
  const isDate = to.startsWith('custom:') && (open !== null || dates !== null);
  if (!isMoney && !isDate) return null;
  const ways = isMoney
    ? ([
        ['point', '1,234.50', 'the point is the decimal mark'],
        ['comma', '1.234,50', 'the comma is the decimal mark'],
      ] as const)
    : ([
        ['dmy', '03/04 is 3 April', 'the day comes first'],
        ['mdy', '03/04 is March 4', 'the month comes first'],
      ] as const);
  return (
    <fieldset>
      <legend>
        {open === null
          ? 'How these values are read'
          : `${open.values.toLocaleString('en-US')} ${open.values === 1 ? 'value' : 'values'} can be read in two ways`}
      </legend>
      {ways.map(([way, example, words]) => (
        <label class="way" key={way}>
          <input
            type="radio"
            name={`way-${index}`}
            checked={(isMoney ? decimal : dates) === way}
            onChange={() => decide({ index, to, ...(isMoney ? { decimal: way as 'point' } : { dates: way as 'dmy' }) })}
          />
          {own.has(way) ? `${words}${own.get(way) ?? ''}` : `${example}: ${words}`}
        </label>
      ))}
    </fieldset>
  );
}
