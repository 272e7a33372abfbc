import { useState } from 'preact/hooks';
import type { ReadingChoices, ReadingView } from '../../wire.js';
import type { Refused } from '../api.js';
import { Choice } from '../parts/choice.js';
import { CountryOffer, OWN_COUNTRY_FIRST } from '../parts/country-offer.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { Onward } from '../parts/onward.js';
import { Plain } from '../parts/markup.js';
import { Remedy } from '../parts/remedy.js';
import { printable } from '../../../wording/printable.js';
import { Line, Table } from '../parts/table.js';
import { asRefused, file, readOtherwise, reading } from '../store.js';
import { countriesInWords, isOfRejects } from '../words.js';

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

/** Those to choose from, each once: what was found may be written with another case. */
function encodingsWith(found: string): string[] {
  const isFound = (name: string): boolean => name.toLowerCase() === found.toLowerCase();
  return [found, ...ENCODINGS.filter((name) => !isFound(name))];
}

/** Encoding, delimiter, header, sheet and country, beside the first rows as they were read. */
export function Reading() {
  const [trouble, setTrouble] = useState<Refused>();
  const loaded = reading.value;
  const change = async (choices: ReadingChoices): Promise<void> => {
    try {
      await readOtherwise(choices);
      setTrouble(undefined);
    } catch (error) {
      setTrouble(asRefused(error));
    }
  };
  if (loaded.kind === 'loading') return <Waiting text="Reading the file…" />;
  return (
    <>
      {trouble !== undefined && !(loaded.kind === 'failed' && loaded.error.message === trouble.message) && (
        <Trouble error={trouble} />
      )}
      {loaded.kind === 'failed' ? (
        <>
          <Trouble error={saidHere(loaded.error)} />
          <OtherWays code={loaded.error.code} change={(choices) => void change(choices)} />
        </>
      ) : (
        <>
          <Facts view={loaded.value} change={(choices) => void change(choices)} />
          <Rows view={loaded.value} />
        </>
      )}
      {loaded.kind === 'there' && <Onward to="columns" />}
    </>
  );
}

/** What to do, where the person is at the place that it names. */
function saidHere({ message, next }: Refused): Pick<Refused, 'message' | 'next'> {
  const here = next?.replace(/^Under “How it was read”, | under “How it was read”/g, '') ?? null;
  return { message, next: here && here.slice(0, 1).toUpperCase() + here.slice(1) };
}

const NAMES_ABSENT = ['none', 'there are none'] as const;
const AS_FOUND = ['', 'as it was found'] as const;
const HAS_DELIMITER = /\.(?:csv|tsv|tab|txt)(?:\.gz)?$/i;

/** How else a file may be read that could not be read as it was found: its error names these choices. */
function OtherWays({ code, change }: { code: string; change: (choices: ReadingChoices) => void }) {
  if (code === 'bad_encoding')
    return (
      <div class="fields">
        <Choice
          label="Encoding"
          value=""
          options={[AS_FOUND, ...ENCODINGS.map((name) => [name, name] as const)]}
          onChange={(chosen) => change({ encoding: chosen || null })}
        />
      </div>
    );
  if (code !== 'bad_dialect') return null;
  return (
    <div class="fields">
      {HAS_DELIMITER.test(file.value?.name ?? '') && (
        <Choice
          label="Sign between the cells"
          value=""
          options={[AS_FOUND, ...DELIMITERS]}
          onChange={(chosen) => change({ delimiter: chosen || null })}
        />
      )}
      <Choice
        label="Names of the columns"
        value="line"
        options={[['line', 'on a line of the file'], NAMES_ABSENT]}
        onChange={(chosen) => change({ noHeader: chosen === 'none' })}
      />
    </div>
  );
}

function Facts({ view, change }: { view: ReadingView; change: (choices: ReadingChoices) => void }) {
  const { delimiter, encoding, headerLine, sheet, sheets } = view;
  const isText = delimiter !== '';
  return (
    <div class="fields">
      {view.system !== null && (
        <p class="hint wide">
          {view.header.some(isOfRejects) ? (
            'These are rows that an import rejected: what is corrected of them is sent as if it stood in the file that they came from.'
          ) : (
            <>
              This looks like an export of <b>{view.system}</b>.
            </>
          )}
        </p>
      )}
      {isText && (
        <Choice
          label="Encoding"
          value={encoding}
          options={encodingsWith(encoding).map((name) => [name, name])}
          onChange={(chosen) => change({ encoding: chosen })}
        />
      )}
      {isText && (
        <Choice
          label="Sign between the cells"
          value={delimiter}
          options={[
            ...DELIMITERS,
            ...(DELIMITERS.some(([sign]) => sign === delimiter) ? [] : [[delimiter, delimiter] as const]),
          ]}
          onChange={(chosen) => change({ delimiter: chosen })}
        />
      )}
      {sheet !== null && (sheets.length > 1 || !sheets.includes(sheet)) && (
        <Choice
          label="Sheet"
          value={sheet}
          options={[...new Set([sheet, ...sheets])].map((name) => [name, name])}
          onChange={(chosen) => change({ sheet: chosen })}
        />
      )}
      {headerLine !== null && (
        <Choice
          label="Names of the columns"
          value={view.noHeader ? 'none' : 'line'}
          options={[['line', headerLine > 0 ? `on line ${headerLine}` : 'on the first line'], NAMES_ABSENT]}
          onChange={(chosen) => change({ noHeader: chosen === 'none' })}
        />
      )}
      <Choice
        label="Phone numbers without + are from"
        value={view.country ?? ''}
        options={[
          ['', view.rowsHaveCountries ? 'the country of their row' : 'no country: they are rejected'],
          ...countriesInWords(view.countries),
        ]}
        onChange={(chosen) => change({ country: chosen || null })}
      />
      <CountryOffer />
      {view.rowsHaveCountries && view.country !== null && <p class="hint wide">{OWN_COUNTRY_FIRST}</p>}
      {view.isEncodingGuessed && (
        <p class="hint wide warn">The encoding is a guess: look whether names below are spelled right.</p>
      )}
      {view.notes.map((note) => (
        <p class="hint wide" key={note}>
          <Remedy text={printable(note)} />
        </p>
      ))}
    </div>
  );
}

function headingOf(rows: number): string {
  if (rows === 0) return 'Its columns, without a row';
  return rows === 1 ? 'The first row, as it was read' : `The first ${rows} rows, as they were read`;
}

function Rows({ view }: { view: ReadingView }) {
  const { header, rows } = view;
  return (
    <>
      <h2>{headingOf(rows.length)}</h2>
      <Table label="First rows" head={[{ number: 'Line' }, ...header]}>
        {rows.map(({ line, cells, problem, corrected, isLeftOut }) => (
          <tr key={line} class={problem === null ? '' : 'bad'}>
            <Line of={line} />
            {isLeftOut ? (
              <td colSpan={header.length}>You left this row out.</td>
            ) : problem !== null ? (
              <td colSpan={header.length}>{problem}</td>
            ) : (
              header.map((_, at) => (
                <Cell key={at} cell={cells[at] ?? ''} corrected={corrected.find((one) => one.at === at)?.value} />
              ))
            )}
          </tr>
        ))}
      </Table>
    </>
  );
}

/** A cell as the file has it; where somebody corrected it, what is read instead. */
function Cell({ cell, corrected }: { cell: string; corrected: string | undefined }) {
  if (corrected === undefined)
    return (
      <td>
        <Plain text={cell} />
      </td>
    );
  return (
    <td class="corrected">
      <Plain text={cell} />{' '}
      <span class="to">
        <span aria-hidden="true">→ </span>
        <span class="sr-only">you corrected it to </span>
        {corrected === '' ? '(left out)' : <Plain text={corrected} />}
      </span>
    </td>
  );
}
