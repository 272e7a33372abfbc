/** The questions on one column; each gives undefined where the person goes back. */
import * as clack from '../prompts.js';
import { given } from '../../given.js';
import { displayHeader } from '../../mapping/header.js';
import { targetOfField } from '../../mapping/infer/infer.js';
import {
  FIELD_NAMES,
  type ColumnMapping,
  type CustomType,
  type DateOrder,
  type Decimal,
  type FieldName,
  type Target,
} from '../../mapping/mapping.js';
import { wordOfTarget, reasonOf } from '../../mapping/propose.js';
import type { OpenColumn } from '../../run/map.js';
import { printable, shortened } from '../../wording/printable.js';
import { dropTypedAhead } from '../type-ahead.js';
import { inItsSigns } from '../views/signs.js';

export const ON_STDERR = { output: inItsSigns(process.stderr) };

/** What leads from any question to the table of all columns. */
export const BACK = 'Back to the columns';

/** What else people call a field: searched along with its name. */
const ALSO: Partial<Record<FieldName, string>> = {
  emails: 'mail, e-mail address',
  phone_numbers: 'telephone, mobile, cell',
  company: 'organisation, account, firm, employer',
  job_title: 'position, role',
  lead_source: 'origin, channel',
  tags: 'labels, groups, categories, lists',
  deal_value: 'amount, revenue, price',
  address_line1: 'street',
  address_line2: 'apartment, suite',
  city: 'town',
  state: 'region, province, county',
  postal_code: 'zip, postcode',
  linkedin_url: 'profile',
  notes: 'comment, description, remark',
  name: 'full name, split into first and last',
  first_name: 'given name, forename',
  last_name: 'surname, family name',
  pipeline_stage: 'stage, status, by its name',
};

export async function askFor(column: ColumnMapping): Promise<Target | undefined> {
  const header = headerOf(column);
  const filled = column.fillRate > 0 && column.fillRate < 0.01 ? 1 : Math.round(column.fillRate * 100);
  const proposed = wordOfTarget(column.target);
  await dropTypedAhead();
  const choice = await clack.select<string>({
    message: `${header}  (${filled} % filled; ${printable(reasonOf(column))})\n${samplesOf(column)}`,
    options: [
      { value: 'keep', label: labelOfKeeping(column) },
      ...column.suggestions
        .filter((field) => field !== proposed)
        .map((field) => ({ value: `field:${field}`, label: `Send as ${field}` })),
      { value: 'field', label: 'Send as another field…' },
      { value: 'custom', label: 'Make it a custom field…' },
      ...(proposed === 'ignore'
        ? []
        : [{ value: 'skip', label: `Leave it out${proposed === 'unmapped' ? ', whatever --unmapped says' : ''}` }]),
      { value: 'back', label: BACK },
    ],
    ...ON_STDERR,
  });
  if (clack.isCancel(choice) || choice === 'back') return undefined;
  switch (choice) {
    case 'keep':
      return column.target;
    case 'skip':
      return { kind: 'ignore', why: 'you left it out' };
    case 'custom':
      return askForKey(header);
    case 'field':
      return askForField(header);
    default:
      return targetOfField(choice.slice('field:'.length) as FieldName);
  }
}

export async function askHowToRead({ column, kind, values, likely }: OpenColumn): Promise<Target | undefined> {
  await dropTypedAhead();
  const choice = await clack.select<Decimal | DateOrder>({
    message: `${headerOf(column)}: ${values} ${values === 1 ? 'value' : 'values'} can be read in two ways\n${samplesOf(column)}`,
    options:
      kind === 'money'
        ? [
            { value: 'point', label: 'Decimal point: 1,234.50' },
            { value: 'comma', label: 'Decimal comma: 1.234,50' },
          ]
        : [
            { value: 'dmy', label: 'Day first: 31.12.2024' },
            { value: 'mdy', label: 'Month first: 12/31/2024' },
          ],
    ...given({ initialValue: likely }),
    ...ON_STDERR,
  });
  if (clack.isCancel(choice)) return undefined;
  const { target } = column;
  if (target.kind === 'field') return { ...target, decimal: choice === 'comma' ? 'comma' : 'point' };
  return target.kind === 'custom' ? { ...target, dateOrder: choice === 'mdy' ? 'mdy' : 'dmy' } : target;
}

function headerOf(column: ColumnMapping): string {
  return shortened(printable(displayHeader(column.header)) || `Column ${column.index + 1}`, 40);
}

function samplesOf({ samples }: ColumnMapping): string {
  return samples.length === 0
    ? 'no values'
    : shortened(samples.map((sample) => shortened(printable(sample), 30)).join('  ·  '), 74);
}

function labelOfKeeping({ target }: ColumnMapping): string {
  switch (target.kind) {
    case 'ignore':
      return 'Leave it out, as it is';
    case 'unmapped':
      return 'Leave it out, unless --unmapped custom is told';
    case 'undecided':
      return 'Leave it undecided';
    default:
      return `Send as ${printable(wordOfTarget(target))}, as it is`;
  }
}

async function askForKey(header: string): Promise<Target | undefined> {
  await dropTypedAhead();
  const key = await clack.text({
    message: `The custom field for ${header} (Esc: ${BACK.toLowerCase()})`,
    initialValue: header,
    validate: (text) => (text === undefined || text.trim() === '' ? 'It needs a name.' : undefined),
    ...ON_STDERR,
  });
  if (clack.isCancel(key)) return undefined;
  await dropTypedAhead();
  const type = await clack.select<CustomType | 'auto'>({
    message: `What ${header} holds`,
    options: [
      { value: 'auto', label: 'Decide from the values', hint: 'all dates, or all yes and no; else text' },
      { value: 'text', label: 'Text, as it stands' },
      { value: 'date', label: 'Dates' },
      { value: 'number', label: 'Numbers' },
      { value: 'boolean', label: 'Yes and no' },
    ],
    ...ON_STDERR,
  });
  if (clack.isCancel(type)) return undefined;
  return { kind: 'custom', key: key.trim(), ...(type === 'auto' ? {} : { type }) };
}

async function askForField(header: string): Promise<Target | undefined> {
  await dropTypedAhead();
  const field = await clack.autocomplete<FieldName>({
    message: `The field for ${header} (type to search; Esc: ${BACK.toLowerCase()})`,
    options: FIELD_NAMES.map((name) => ({ value: name, label: name, hint: ALSO[name] ?? '' })),
    filter: (search, { value }) => matchesField(search, value),
    maxItems: 10,
    // Where nothing is found Enter would answer with no field at all.
    validate: (chosen) =>
      chosen === undefined ? `No field is called that. Type another word, or Esc: ${BACK.toLowerCase()}.` : undefined,
    ...ON_STDERR,
  });
  return clack.isCancel(field) ? undefined : targetOfField(field);
}

/** By a part of its name or of what else it is called, whatever stands between the words. */
export function matchesField(search: string, field: FieldName): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');
  return plain(`${field} ${ALSO[field] ?? ''}`).includes(plain(search));
}
