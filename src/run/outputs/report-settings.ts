/** The settings that shaped a run, as a report lists them. No values of `--set`: they may be anybody's. */
import { nameOfCountry } from '../../country-name.js';
import { becomes } from '../../mapping/mapping.js';
import type { Setting } from '../../report/model.js';
import type { OpenedFile } from '../reading/reading.js';
import {
  choiceInWords,
  DUPLICATES,
  ON_INVALID,
  PERSONS,
  SHARED_EMAIL,
  SHARED_PHONE,
  UNMAPPED,
} from '../../wording/choices.js';
import { counted, formatDuration } from '../../wording/durations.js';
import { fieldInWords } from '../../wording/fields.js';
import type { Rate } from '../../rate/rate.js';
import type { ImportOptions } from '../settings.js';

const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** As the page has it: a row that names its country goes before the one that was told. */
function countryInWords({ settings, mapping }: OpenedFile): string {
  const { country } = settings;
  const ofRow = mapping.columns.some(becomes('country'));
  if (country === undefined) return ofRow ? 'the country of their row' : 'no country: they are rejected';
  return ofRow ? `the country of their row, else ${nameOfCountry(country)}` : nameOfCountry(country);
}

/** Name and value of each, the most telling first. */
export function reportSettings(
  options: ImportOptions,
  file: OpenedFile,
  reached: { readonly api: string; readonly bot: string; readonly limit: Rate },
): Setting[] {
  const { settings, dialect } = file;
  const { limit: writes, windowMs } = reached.limit;
  const rows: [string, string | undefined][] = [
    ['Sent to', new URL(reached.api).host],
    ['Bot of Clarky', reached.bot],
    [
      'Limit',
      Number.isFinite(writes) ? `${counted(writes, 'write')} in any ${formatDuration(windowMs / 1000)}` : 'none',
    ],
    ["Clarky's contacts were read first", options.live === true ? 'yes' : 'no'],
    ['Encoding of the file', dialect.encoding],
    ['Between the cells', dialect.delimiter === '' ? undefined : (DELIMITERS[dialect.delimiter] ?? dialect.delimiter)],
    ['Names of the columns', dialect.headerLine > 0 ? `on line ${dialect.headerLine}` : 'there are none'],
    ['Sheet', dialect.sheet],
    ['Phone numbers without + are from', countryInWords(file)],
    [
      'The columns were decided',
      file.mappingFile === undefined ? 'by their names and values' : 'as they are kept beside the file',
    ],
    ['Columns without a field', choiceInWords(UNMAPPED, settings.unmapped)],
    ["A value that can't be read", choiceInWords(ON_INVALID, settings.onInvalid)],
    ['The same contact several times', choiceInWords(DUPLICATES, settings.duplicates)],
    ['One phone, different names or e-mails', choiceInWords(SHARED_PHONE, settings.sharedPhone)],
    ['Different people with one e-mail', choiceInWords(SHARED_EMAIL, settings.sharedEmail)],
    ['Several persons in one row', settings.persons === 'each' ? choiceInWords(PERSONS, 'each') : undefined],
    [
      'The same in every contact',
      settings.set.size === 0 ? undefined : [...settings.set.keys()].map(fieldInWords).join(', '),
    ],
    ['Sent again although nothing changed', options.resend === true ? 'yes' : undefined],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
