/** Walks a person through the columns of a file, one question at a time. */
import * as clack from '@clack/prompts';
import { targetOfField } from '../mapping/infer.js';
import {
  FIELD_NAMES,
  type ColumnMapping,
  type FieldName,
  type InferredMapping,
  type Target,
} from '../mapping/mapping.js';
import { wordOfTarget } from '../mapping/propose.js';
import { displayHeader } from '../mapping/header.js';
import { printable, shortened } from '../report/printable.js';
import type { Proposal } from '../run/map.js';

const ON_STDERR = { output: process.stderr };

type Answer = { readonly kind: 'target'; readonly target: Target } | { readonly kind: 'keep the rest' } | undefined;

/** @returns the mapping as it was decided; undefined where the person gave up */
export async function walkThrough(proposal: Proposal): Promise<InferredMapping | undefined> {
  const { mapping } = proposal;
  clack.intro(
    `${mapping.columns.length} columns${mapping.system ? `, an export of ${mapping.system.name}` : ''}`,
    ON_STDERR,
  );
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
  const columns = mapping.columns.map((column): ColumnMapping => {
    const target = decided.get(column.index);
    if (target === undefined) return column;
    return { ...column, target, certainty: target.kind === 'undecided' ? 'undecided' : 'sure' };
  });
  clack.outro(summaryOf(columns), ON_STDERR);
  const goesOn = await clack.confirm({ message: `Write ${proposal.path}?`, ...ON_STDERR });
  return goesOn === true ? { ...mapping, columns } : undefined;
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
      return askForKey(column, header);
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

async function askForKey(column: ColumnMapping, header: string): Promise<Answer> {
  const key = await clack.text({
    message: `The custom field for ${header}`,
    initialValue: header,
    validate: (text) => (text === undefined || text.trim() === '' ? 'It needs a name.' : undefined),
    ...ON_STDERR,
  });
  if (clack.isCancel(key)) return undefined;
  const { target } = column;
  const type = target.kind === 'custom' ? { type: target.type, dateOrder: target.dateOrder } : {};
  return { kind: 'target', target: { kind: 'custom', key: key.trim(), ...type } };
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
