/**
 * The mapping file: which column becomes which field, decided once and used for every export of the same program.
 * JSON or YAML. Text in, text out; reading and writing files is the caller's.
 */

import type { CustomType, DateOrder, Decimal } from '../mapping.js';

export interface FileSettings {
  readonly country?: string | undefined;
  readonly set?: Readonly<Record<string, string>> | undefined;
  readonly unmapped?: 'ignore' | 'custom' | undefined;
  readonly duplicates?: 'merge' | 'last' | 'first' | 'reject' | undefined;
  readonly shared_phone?: 'reject' | 'omit' | 'send' | undefined;
  readonly on_invalid?: 'reject' | 'omit' | undefined;
  readonly contact_points?: 'strings' | 'objects' | undefined;
  readonly bot?: string | undefined;
}

/** What a mapping file says of one column. */
export interface FileColumn {
  /** The column's name, on one line. */
  readonly header: string;
  /** 0 for the first column of that name. */
  readonly occurrence: number;
  /** A field, `name`, `pipeline_stage`, `custom:KEY`, `ignore`, `unmapped` or `undecided`. */
  readonly to: string;
  /** Among the columns of a list field: before or after the others. */
  readonly position?: 'first' | 'last' | undefined;
  /** Of `deal_value`. */
  readonly decimal?: Decimal | undefined;
  /** Of a custom field of the type date: which of day and month comes first. */
  readonly dates?: DateOrder | undefined;
  /** Of a custom field. */
  readonly type?: CustomType | undefined;
  /** Of `name`: `last_first` where "Lovelace Ada" is meant. */
  readonly split?: 'first_last' | 'last_first' | undefined;
}

export interface MappingFile {
  readonly version: 1;
  readonly columns: readonly FileColumn[];
  readonly settings: FileSettings;
}

const HELP = [
  'Which column of the file becomes which field in Clarky. Columns are found by name, wherever they stand.',
  'A column may be: a field (first_name, last_name, emails, phone_numbers, company, job_title, lead_source, contact_type,',
  'tags, deal_value, address_line1, address_line2, city, state, postal_code, country, linkedin_url, notes,',
  'pipeline_stage_id, company_id), name (split into first and last), pipeline_stage (by name), custom:KEY,',
  'ignore (never sent), unmapped (sent with --unmapped custom) or undecided (the same, and the plan asks).',
  'With options: { "to": "deal_value", "decimal": "comma" }, { "to": "custom:Since", "type": "date", "dates": "dmy" },',
  '{ "to": "emails", "position": "first" }, { "to": "name", "split": "last_first" }. Columns of one name: a list.',
  'Flags win over the environment, the environment over this file.',
];

/** The text of a mapping file: JSON with a column a line, explained by its first key. */
export function formatMappingFile(file: MappingFile): string {
  const byHeader = new Map<string, FileColumn[]>();
  for (const column of file.columns) byHeader.set(column.header, [...(byHeader.get(column.header) ?? []), column]);
  const columns = [...byHeader].map(([header, same]) => {
    const entries = [...same].sort((a, b) => a.occurrence - b.occurrence).map(entryText);
    return `    ${JSON.stringify(header)}: ${entries.length === 1 ? entries.join('') : `[${entries.join(', ')}]`}`;
  });
  const lines = [
    '{',
    '  "//": [',
    HELP.map((line) => `    ${JSON.stringify(line)}`).join(',\n'),
    '  ],',
    `  "version": ${file.version},`,
    columns.length === 0 ? '  "columns": {},' : `  "columns": {\n${columns.join(',\n')}\n  },`,
    `  "settings": ${JSON.stringify(file.settings, null, 2).replaceAll('\n', '\n  ')}`,
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function entryText(column: FileColumn): string {
  const { header: _header, occurrence: _occurrence, ...entry } = column;
  const options = Object.entries(entry).filter(([, value]) => value !== undefined);
  if (options.length === 1) return JSON.stringify(column.to);
  return `{ ${options.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
}

/**
 * Reads a mapping file, JSON or YAML. Loads its parser when it is called.
 * @param displayName the file's name for messages
 * @throws ImporterError `bad_mapping` naming the line and what was expected there
 */
export async function parseMappingFile(text: string, displayName: string): Promise<MappingFile> {
  const { readMappingFile } = await import('./mapping-file-reader.js');
  return readMappingFile(text, displayName);
}
