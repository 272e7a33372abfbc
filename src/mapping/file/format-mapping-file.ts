/** The text of a mapping file, as a person reads and edits it. */
import { fileSettingsOf } from '../../settings/file-settings.js';
import type { FileColumn, MappingFile } from './mapping-file.js';

const HELP = [
  'Which column of the file becomes which field in Clarky. Columns are found by name, wherever they stand.',
  'A column may be: a field (first_name, last_name, emails, phone_numbers, company, job_title, lead_source, contact_type,',
  'tags, deal_value, address_line1, address_line2, city, state, postal_code, country, linkedin_url, notes,',
  'pipeline_stage_id, company_id), name (split into first and last), pipeline_stage (by name), custom:KEY,',
  'calling_code, area_code or phone_country (of the phone beside it),',
  'ignore (left out, always), unmapped (left out, or a custom field with --unmapped custom) or undecided (the same, and',
  'plan asks).',
  'With options: { "to": "deal_value", "decimal": "comma" }, { "to": "custom:Since", "type": "date", "dates": "dmy" },',
  '{ "to": "emails", "position": "first" }, { "to": "name", "split": "last_first" }, { "to": "emails", "person": 2 } for one of',
  'several persons in a row. Columns of one name: a list.',
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
    ...(file.sheet === undefined ? [] : [`  "sheet": ${JSON.stringify(file.sheet)},`]),
    columns.length === 0 ? '  "columns": {},' : `  "columns": {\n${columns.join(',\n')}\n  },`,
    `  "settings": ${JSON.stringify(fileSettingsOf(file.settings), null, 2).replaceAll('\n', '\n  ')}`,
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
