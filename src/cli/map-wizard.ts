/** Walks a person through the columns of a file, one question at a time. */
import * as clack from '@clack/prompts';
import { targetOfField } from '../mapping/infer/infer.js';
import {
  FIELD_NAMES,
  type ColumnMapping,
  type CustomType,
  type DateOrder,
  type Decimal,
  type FieldName,
  type InferredMapping,
  type Target,
} from '../mapping/mapping.js';
import { wordOfTarget } from '../mapping/propose.js';
import { displayHeader } from '../mapping/header.js';
import { printable, shortened } from '../wording/printable.js';
import type { OpenColumn, Proposal } from '../run/map.js';

const ON_STDERR = { output: process.stderr };

type Answer = { readonly kind: 'target'; readonly target: Target } | { readonly kind: 'keep the rest' } | undefined;

/**
 * @param findOpen finds the columns that leave open how they are read, once it is decided what they are
 * @returns the mapping as it was decided; undefined where the person gave up
 */
export async function walkThrough(
  proposal: Proposal,
  findOpen: (mapping: InferredMapping) => Promise<readonly OpenColumn[]>,
): Promise<InferredMapping | undefined> {
  const { mapping } = proposal;
  clack.intro(`${mapping.columns.length} columns${mapping.system ? `, from ${mapping.system.name}` : ''}`, ON_STDERR);
  // What is not decided comes first: a person may stop after it and keep the rest.
  const asked = mapping.columns
    .filter(({ fillRate, target }) => fillRate > 0 || target.kind === 'undecided')
    .sort((a, b) => Number(b.target.kind === 'undecided') - Number(a.target.kind === 'undecided'));
  const decided = new Map<number, Target>();
  for (const [at, column] of asked.entries()) {
    const answer = await askFor(column, `${at + 1} of ${asked.length}`);
    if (answer === undefined) return undefined;
    if (answer.kind === 'keep the rest') break;
    decided.set(column.index, answer.target);
  }
  const columns = withTargets(mapping.columns, decided);
  for (const open of await findOpen({ ...mapping, columns })) {
    const target = await askHowToRead(open);
    if (target === undefined) return undefined;
    decided.set(open.column.index, target);
  }
  const final = withTargets(mapping.columns, decided);
  const goesOn = await clack.confirm({ message: `${summaryOf(final)}. Write ${proposal.path}?`, ...ON_STDERR });
  return goesOn === true ? { ...mapping, columns: final } : undefined;
}

function withTargets(columns: readonly ColumnMapping[], decided: ReadonlyMap<number, Target>): ColumnMapping[] {
  return columns.map((column) => {
    const target = decided.get(column.index);
    if (target === undefined) return column;
    return { ...column, target, certainty: target.kind === 'undecided' ? 'undecided' : 'sure' };
  });
}

async function askHowToRead({ column, kind, values }: OpenColumn): Promise<Target | undefined> {
  const header = printable(displayHeader(column.header));
  const samples = column.samples.map((sample) => shortened(printable(sample), 30)).join('  ·  ');
  const choice = await clack.select<Decimal | DateOrder>({
    message: `${header}: ${values} ${values === 1 ? 'value' : 'values'} can be read in two ways\n${samples}`,
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
    ...ON_STDERR,
  });
  if (clack.isCancel(choice)) return undefined;
  const { target } = column;
  if (target.kind === 'field') return { ...target, decimal: choice === 'comma' ? 'comma' : 'point' };
  return target.kind === 'custom' ? { ...target, dateOrder: choice === 'mdy' ? 'mdy' : 'dmy' } : target;
}

async function askFor(column: ColumnMapping, place: string): Promise<Answer> {
  const header = printable(displayHeader(column.header)) || `Column ${column.index + 1}`;
  const samples = column.samples.map((sample) => shortened(printable(sample), 30)).join('  ·  ');
  const filled = column.fillRate > 0 && column.fillRate < 0.01 ? 1 : Math.round(column.fillRate * 100);
  const proposed = wordOfTarget(column.target);
  const choice = await clack.select<string>({
    message: `${header}  (${place}, ${filled} % filled)\n${samples === '' ? 'no values' : samples}`,
    options: [
      { value: 'keep', label: labelOfProposal(column), hint: column.reason },
      ...column.suggestions
        .filter((field) => field !== proposed)
        .map((field) => ({ value: `field:${field}`, label: `Send as ${field}` })),
      { value: 'field', label: 'Send as another field…' },
      { value: 'custom', label: 'Make it a custom field…' },
      ...(proposed === 'ignore' ? [] : [{ value: 'skip', label: 'Leave it out' }]),
      { value: 'rest', label: 'Keep this and all further proposals' },
    ],
    ...ON_STDERR,
  });
  if (clack.isCancel(choice)) return undefined;
  switch (choice) {
    case 'keep':
      return { kind: 'target', target: column.target };
    case 'rest':
      return { kind: 'keep the rest' };
    case 'skip':
      return { kind: 'target', target: { kind: 'ignore', why: 'you left it out' } };
    case 'custom':
      return askForKey(header);
    case 'field':
      return askForField(header);
    default:
      return { kind: 'target', target: targetOfField(choice.slice('field:'.length) as FieldName) };
  }
}

function labelOfProposal({ target }: ColumnMapping): string {
  switch (target.kind) {
    case 'ignore':
    case 'unmapped':
      return 'Leave it out, as proposed';
    case 'undecided':
      return 'Leave it undecided';
    default:
      return `Send as ${wordOfTarget(target)}, as proposed`;
  }
}

async function askForKey(header: string): Promise<Answer> {
  const key = await clack.text({
    message: `The custom field for ${header}`,
    initialValue: header,
    validate: (text) => (text === undefined || text.trim() === '' ? 'It needs a name.' : undefined),
    ...ON_STDERR,
  });
  if (clack.isCancel(key)) return undefined;
  const type = await clack.select<CustomType | 'auto'>({
    message: `What ${header} holds`,
    options: [
      { value: 'auto', label: 'Decide from the values', hint: 'dates or yes and no where all of them are, else text' },
      { value: 'text', label: 'Text, as it stands' },
      { value: 'date', label: 'Dates' },
      { value: 'number', label: 'Numbers' },
      { value: 'boolean', label: 'Yes and no' },
    ],
    ...ON_STDERR,
  });
  if (clack.isCancel(type)) return undefined;
  return { kind: 'target', target: { kind: 'custom', key: key.trim(), ...(type === 'auto' ? {} : { type }) } };
}

async function askForField(header: string): Promise<Answer> {
  const field = await clack.autocomplete<FieldName>({
    message: `The field for ${header} (type to search)`,
    options: FIELD_NAMES.map((name) => ({ value: name, label: name })),
    maxItems: 10,
    ...ON_STDERR,
  });
  return clack.isCancel(field) ? undefined : { kind: 'target', target: targetOfField(field) };
}

function summaryOf(columns: readonly ColumnMapping[]): string {
  const count = (wanted: (target: Target) => boolean): number => columns.filter(({ target }) => wanted(target)).length;
  const left = count(({ kind }) => kind === 'ignore' || kind === 'unmapped');
  const undecided = count(({ kind }) => kind === 'undecided');
  return `${columns.length - left - undecided} columns are sent, ${left} left out, ${undecided} undecided`;
}
