/** The settings that shaped a run, as a report lists them. No values of `--set`: they may be anybody's. */
import type { Setting } from '../../report/model.js';
import type { OpenedFile } from '../reading/reading.js';
import type { ImportOptions } from '../settings.js';
import { nameOfFile } from './report-file.js';

const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** Name and value of each, the most telling first. */
export function reportSettings(
  options: ImportOptions,
  file: OpenedFile,
  reached: { readonly api: string; readonly bot: string; readonly limit: { writes: number; windowMs: number } },
): Setting[] {
  const { settings, dialect } = file;
  const { limit } = reached;
  const rows: [string, string | undefined][] = [
    ['Sent to', new URL(reached.api).host],
    ['Bot', reached.bot],
    ['Limit', Number.isFinite(limit.writes) ? `${limit.writes} writes in ${limit.windowMs / 1000} s` : 'none'],
    ['Workspace read first', options.live === true ? 'yes' : 'no'],
    ['Encoding', dialect.encoding],
    ['Delimiter', dialect.delimiter === '' ? undefined : (DELIMITERS[dialect.delimiter] ?? dialect.delimiter)],
    ['Header', dialect.headerLine > 0 ? `line ${dialect.headerLine}` : 'none'],
    ['Sheet', dialect.sheet],
    ['Country of phones without +', settings.country ?? 'none'],
    ['Mapping', file.mappingFile === undefined ? 'from the columns' : nameOfFile(file.mappingFile)],
    ['Columns without a field', settings.unmapped === 'custom' ? 'as custom fields' : 'left out'],
    ['Values that can’t be read', settings.onInvalid === 'omit' ? 'left out' : 'reject the row'],
    ['The same contact several times', settings.duplicates],
    ['Different people with one phone', settings.sharedPhone],
    ['Fixed values for', settings.set.size === 0 ? undefined : [...settings.set.keys()].join(', ')],
    ['Sent again although unchanged', options.resend === true ? 'yes' : undefined],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
