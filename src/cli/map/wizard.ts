/** Shows a person all columns of a file in one table, any of which can be changed, and a contact before it is written. */
import { lineAtStart } from '../../wording/rows/lines.js';
import * as clack from '@clack/prompts';
import { plainText } from '../../run/outputs/diff-words.js';
import { displayHeader } from '../../mapping/header.js';
import type { ColumnMapping, InferredMapping, Target } from '../../mapping/mapping.js';
import { wordOfTarget } from '../../mapping/propose.js';
import type { OpenColumn, Proposal } from '../../run/map.js';
import type { FirstContact } from '../../run/plan/first-contact.js';
import { counted } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { fitted, widthOf } from '../../wording/width.js';
import { wrapped } from '../../wording/wrapped.js';
import { dropTypedAhead } from '../type-ahead.js';
import { askFor, askHowToRead, BACK, ON_STDERR } from './questions.js';

export interface Helpers {
  /** Finds the columns that leave open how they are read, once it is decided what they are. */
  readonly findOpen: (mapping: InferredMapping) => Promise<readonly OpenColumn[]>;
  /** What becomes of the first rows. */
  readonly preview: (mapping: InferredMapping) => Promise<FirstContact>;
  /** Called after each decision: a terminal that is closed takes nothing along. */
  readonly keep: (mapping: InferredMapping) => Promise<void>;
}

/** How it ended, with what was decided until then. */
export interface Decided {
  readonly mapping: InferredMapping;
  readonly outcome: 'write' | 'given up';
  /** True where anything was changed. */
  readonly isChanged: boolean;
}

const HEADER_WIDTH = 20;
const TARGET_WIDTH = 18;

export async function decideColumns(proposal: Proposal, helpers: Helpers): Promise<Decided> {
  const { mapping } = proposal;
  clack.intro(`${mapping.columns.length} columns${mapping.system ? `, from ${mapping.system.name}` : ''}`, ON_STDERR);
  const decided = new Map<number, Target>();
  const current = (): InferredMapping => ({ ...mapping, columns: withTargets(mapping.columns, decided) });
  const end = (outcome: Decided['outcome']): Decided => ({ mapping: current(), outcome, isChanged: decided.size > 0 });
  let at: number | 'done' = firstUndecided(mapping.columns) ?? 'done';
  for (;;) {
    const { columns } = current();
    await dropTypedAhead();
    const choice = await clack.select<number | 'done'>({
      message: `${summaryOf(columns)}. Enter changes a column; Ctrl-C here leaves.`,
      options: [
        { value: 'done', label: 'Done: show a contact, then write the file' },
        ...columns.map((column) => ({ value: column.index, label: rowOf(column) })),
      ],
      initialValue: at,
      maxItems: 14,
      ...ON_STDERR,
    });
    if (clack.isCancel(choice)) return end('given up');
    if (choice !== 'done') {
      const column = columns.find(({ index }) => index === choice);
      const target = column === undefined ? undefined : await askFor(column);
      if (target !== undefined) {
        decided.set(choice, target);
        await helpers.keep(current());
      }
      at = target === undefined ? choice : (firstUndecided(current().columns) ?? 'done');
      continue;
    }
    const isRead = await decideReadings(current(), decided, helpers);
    if (decided.size > 0) await helpers.keep(current());
    if (!isRead) continue;
    if (await isAgreed(proposal.path, await helpers.preview(current()))) return end('write');
    at = 'done';
  }
}

/** @returns false where the person wants back to the table */
async function decideReadings(
  mapping: InferredMapping,
  decided: Map<number, Target>,
  { findOpen }: Helpers,
): Promise<boolean> {
  for (const open of await findOpen(mapping)) {
    const target = await askHowToRead(open);
    if (target === undefined) return false;
    decided.set(open.column.index, target);
  }
  return true;
}

async function isAgreed(path: string, first: FirstContact): Promise<boolean> {
  const { title, lines } = previewInWords(first);
  clack.note(lines.join('\n'), title, { ...ON_STDERR, format: (line) => line });
  await dropTypedAhead();
  const choice = await clack.select<boolean>({
    message: `Write ${fitted(printable(path), 60)}?`,
    options: [
      { value: true, label: 'Write it' },
      { value: false, label: BACK },
    ],
    // By what sends nobody, nobody wants to be led on.
    initialValue: first.sent !== undefined,
    ...ON_STDERR,
  });
  return choice === true;
}

const PREVIEW_WIDTH = 72;

/** The first contact as it would be sent, and the rows that would not be. */
export function previewInWords({ sent, rows, rejected, areAll, why = '', hasContactPoints }: FirstContact): {
  title: string;
  lines: string[];
} {
  const fields = Object.entries(sent?.contact ?? {}).map(([field, value]: [string, unknown]) => {
    return `${field.padEnd(16)}${fitted(printable(plainText(value)), 56)}`;
  });
  const none = hasContactPoints
    ? 'No row can be sent with the columns mapped so.'
    : 'No row becomes a contact: no column is mapped to e-mails or phones.';
  const of =
    areAll && rows === 1 ? 'the only row' : `${rejected} of the ${areAll ? '' : 'first '}${counted(rows, 'row')}`;
  const notSent = `Not sent as they stand: ${of}. ${printable(why)}`;
  return {
    title: sent === undefined ? 'No contact' : `${lineAtStart([sent.place])}, the first contact, as it would be sent`,
    lines: [
      ...(sent === undefined ? wrapped(none, PREVIEW_WIDTH) : fields),
      ...(rejected === 0 ? [] : ['', ...wrapped(notSent, PREVIEW_WIDTH)]),
    ],
  };
}

function firstUndecided(columns: readonly ColumnMapping[]): number | undefined {
  return columns.find(({ target }) => target.kind === 'undecided')?.index;
}

function withTargets(columns: readonly ColumnMapping[], decided: ReadonlyMap<number, Target>): ColumnMapping[] {
  return columns.map((column) => {
    const target = decided.get(column.index);
    if (target === undefined) return column;
    return { ...column, target, certainty: target.kind === 'undecided' ? 'undecided' : 'sure' };
  });
}

/** `Header   -> field   samples`, in a line of 64 columns. */
function rowOf(column: ColumnMapping): string {
  const header = printable(displayHeader(column.header)) || `Column ${column.index + 1}`;
  const samples = column.samples.length === 0 ? 'no values' : column.samples.map(printable).join(' · ');
  const isLeftOut = column.target.kind === 'ignore' || column.target.kind === 'unmapped';
  const word = isLeftOut ? 'left out' : wordOfTarget(column.target);
  return `${cell(header, HEADER_WIDTH)} → ${cell(printable(word), TARGET_WIDTH)} ${fitted(samples, 22)}`;
}

function cell(text: string, width: number): string {
  const cut = fitted(text, width);
  return cut + ' '.repeat(Math.max(0, width - widthOf(cut)));
}

function summaryOf(columns: readonly ColumnMapping[]): string {
  const count = (wanted: (target: Target) => boolean): number => columns.filter(({ target }) => wanted(target)).length;
  const left = count(({ kind }) => kind === 'ignore' || kind === 'unmapped');
  const undecided = count(({ kind }) => kind === 'undecided');
  const parts = [`${columns.length - left - undecided} sent`, `${left} left out`];
  return [...parts, ...(undecided === 0 ? [] : [`${undecided} undecided`])].join(', ');
}
