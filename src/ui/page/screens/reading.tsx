import { useState } from 'preact/hooks';
import type { ReadingChoices, ReadingView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { Onward } from '../parts/onward.js';
import { Plain } from '../parts/markup.js';
import { ask, asRefused, fileId, loadAll, reading } from '../store.js';

const DELIMITERS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
] as const;
const ENCODINGS = [
  'UTF-8',
  'windows-1252',
  'ISO-8859-15',
  'UTF-16LE',
  'windows-1250',
  'windows-1251',
  'MacRoman',
  'Shift_JIS',
];

/** Encoding, delimiter, header, sheet and country, beside the first rows as they were read. */
export function Reading() {
  const [trouble, setTrouble] = useState<Refused>();
  const loaded = reading.value;
  const change = async (choices: ReadingChoices): Promise<void> => {
    const take = ask(reading);
    try {
      take({ kind: 'there', value: await call<ReadingView>('PATCH', `files/${fileId.value ?? ''}/reading`, choices) });
      setTrouble(undefined);
    } catch (error) {
      setTrouble(asRefused(error));
    }
    loadAll();
  };
  if (loaded.kind === 'loading') return <Waiting text="Reading the file…" />;
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      {loaded.kind === 'failed' ? (
        <Trouble error={loaded.error} />
      ) : (
        <>
          <Facts view={loaded.value} change={(choices) => void change(choices)} />
          <Rows view={loaded.value} />
        </>
      )}
      <Onward to="columns" />
    </>
  );
}

function Facts({ view, change }: { view: ReadingView; change: (choices: ReadingChoices) => void }) {
  const regions = new Intl.DisplayNames(['en'], { type: 'region' });
  const countries = view.countries
    .map((code) => ({ code, name: regions.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const isText = view.delimiter !== '';
  return (
    <div class="fields">
      {view.system !== null && (
        <p class="hint wide">
          This looks like an export of <b>{view.system}</b>.
        </p>
      )}
      {isText && (
        <label>
          Encoding
          <select value={view.encoding} onChange={(event) => change({ encoding: event.currentTarget.value })}>
            {[...new Set([view.encoding, ...ENCODINGS])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {isText && (
        <label>
          Between the cells
          <select value={view.delimiter} onChange={(event) => change({ delimiter: event.currentTarget.value })}>
            {DELIMITERS.map(([sign, name]) => (
              <option key={name} value={sign}>
                {name}
              </option>
            ))}
            {!DELIMITERS.some(([sign]) => sign === view.delimiter) && <option>{view.delimiter}</option>}
          </select>
        </label>
      )}
      {view.sheet !== null && <SheetName sheet={view.sheet} change={change} />}
      <label>
        Names of the columns
        <select
          value={view.chosen.noHeader === true ? 'none' : 'line'}
          onChange={(event) => change({ noHeader: event.currentTarget.value === 'none' })}
        >
          <option value="line">{view.headerLine > 0 ? `on line ${view.headerLine}` : 'on the first line'}</option>
          <option value="none">there are none</option>
        </select>
      </label>
      <label>
        Phone numbers without + are from
        <select value={view.country ?? ''} onChange={(event) => change({ country: event.currentTarget.value || null })}>
          <option value="">no country: they are rejected</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {view.isEncodingGuessed && (
        <p class="hint wide warn">The encoding is a guess: look whether names below are spelled right.</p>
      )}
      {view.notes.map((note) => (
        <p class="hint wide" key={note}>
          <Plain text={note.replace(/; --sheet names another|, or say --\w+/g, '')} />
        </p>
      ))}
    </div>
  );
}

function SheetName({ sheet, change }: { sheet: string; change: (choices: ReadingChoices) => void }) {
  return (
    <label>
      Sheet
      <input value={sheet} onChange={(event) => change({ sheet: event.currentTarget.value || null })} />
    </label>
  );
}

function Rows({ view }: { view: ReadingView }) {
  return (
    <>
      <h2>
        {view.rows.length === 1
          ? 'The first row, as it was read'
          : `The first ${view.rows.length} rows, as they were read`}
      </h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="First rows">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                Line
              </th>
              {view.header.map((name, at) => (
                <th scope="col" key={at}>
                  <Plain text={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.rows.map(({ line, cells, problem }) => (
              <tr key={line} class={problem === null ? '' : 'bad'}>
                <th scope="row" class="number">
                  {line}
                </th>
                {problem !== null ? (
                  <td colSpan={view.header.length}>{problem}</td>
                ) : (
                  view.header.map((_, at) => (
                    <td key={at}>
                      <Plain text={cells[at] ?? ''} />
                    </td>
                  ))
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
