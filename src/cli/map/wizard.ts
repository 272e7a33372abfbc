/** Shows a person all columns of a file in one table, any of which can be changed, and a contact before it is written. */
import { lineAtStart } from '../../wording/rows/lines.js';
import * as clack from '../prompts.js';
import { plainText } from '../../run/outputs/diff-words.js';
import { displayHeader } from '../../mapping/header.js';
import type { ColumnMapping, InferredMapping, Target } from '../../mapping/mapping.js';
import { wordOfTarget } from '../../mapping/propose.js';
import type { OpenColumn, Proposal } from '../../run/map.js';
import type { FirstContact } from '../../run/plan/first-contact.js';
import { hasPhones, type NationalPhones } from '../../run/plan/national-phones.js';
import { counted } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { fitted, widthOf } from '../../wording/width.js';
import { wrapped } from '../../wording/wrapped.js';
import { dropTypedAhead } from '../type-ahead.js';
import { askForCountry, PHONES_WITHOUT_PLUS } from './country.js';
import { askFor, askHowToRead, BACK, ON_STDERR } from './questions.js';

/** What is decided so far. */
export interface Decision {
  readonly mapping: InferredMapping;
  /** The country of phones without +. */
  readonly country: string | undefined;
}

export interface Helpers {
  /** Finds the columns that leave open how they are read, once it is decided what they are. */
  readonly findOpen: (decision: Decision) => Promise<readonly OpenColumn[]>;
  /** Finds phones whose country nothing tells. */
  readonly findNational: (decision: Decision) => Promise<NationalPhones | undefined>;
  /** What becomes of the first rows. */
  readonly preview: (decision: Decision) => Promise<FirstContact>;
  /** Called after each decision: a terminal that is closed takes nothing along. */
  readonly keep: (decision: Decision) => Promise<void>;
}

/** How it ended, with what was decided until then. */
export interface Decided extends Decision {
  readonly outcome: 'write' | 'given up';
  /** True where anything was changed. */
  readonly isChanged: boolean;
}

const HEADER_WIDTH = 20;
const TARGET_WIDTH = 18;

type Choice = number | 'country' | 'done';

export async function decideColumns(proposal: Proposal, helpers: Helpers): Promise<Decided> {
  const { mapping } = proposal;
  clack.intro(`${mapping.columns.length} columns${mapping.system ? `, from ${mapping.system.name}` : ''}`, ON_STDERR);
  const decided = new Decisions(proposal);
  const end = (outcome: Decided['outcome']): Decided => ({ ...decided.now, outcome, isChanged: decided.areAny });
  let at: Choice = firstUndecided(mapping.columns) ?? 'done';
  for (;;) {
    const choice = await askWhich(decided.now, at);
    if (choice === undefined) return end('given up');
    if (choice !== 'done') {
      const isChanged = await changeOne(choice, decided);
      if (isChanged) await helpers.keep(decided.now);
      at = isChanged ? (firstUndecided(decided.now.mapping.columns) ?? 'done') : choice;
      continue;
    }
    const isRead = await decideReadings(decided, helpers);
    if (decided.areAny) await helpers.keep(decided.now);
    if (!isRead) continue;
    if (await isAgreed(proposal.path, await helpers.preview(decided.now))) return end('write');
    at = 'done';
  }
}

/** @returns undefined where the person leaves */
async function askWhich(now: Decision, at: Choice): Promise<Choice | undefined> {
  const { columns } = now.mapping;
  await dropTypedAhead();
  const choice = await clack.select<Choice>({
    message: `${summaryOf(columns)}. Enter changes a column; Ctrl-C here leaves.`,
    options: [
      { value: 'done', label: 'Done: show a contact, then write the file' },
      ...columns.map((column) => ({ value: column.index, label: rowOf(column) })),
      ...(hasPhones(now.mapping) ? [{ value: 'country' as const, label: rowOfCountry(now) }] : []),
    ],
    initialValue: at,
    maxItems: 14,
    ...ON_STDERR,
  });
  return clack.isCancel(choice) ? undefined : choice;
}

/** @returns false where the person went back */
async function changeOne(choice: Exclude<Choice, 'done'>, decided: Decisions): Promise<boolean> {
  const { mapping, country } = decided.now;
  if (choice === 'country') return decided.takeCountry(await askForCountry(undefined, country));
  const column = mapping.columns.find(({ index }) => index === choice);
  const target = column === undefined ? undefined : await askFor(column);
  if (target !== undefined) decided.take(choice, target);
  return target !== undefined;
}

/** What the person has decided, over what was proposed. */
class Decisions {
  readonly #mapping: InferredMapping;
  readonly #targets = new Map<number, Target>();
  #country: string | undefined;
  #isCountryTaken = false;

  constructor({ mapping, settings }: Proposal) {
    this.#mapping = mapping;
    this.#country = settings.country;
  }

  get now(): Decision {
    const columns = withTargets(this.#mapping.columns, this.#targets);
    return { mapping: { ...this.#mapping, columns }, country: this.#country };
  }

  get areAny(): boolean {
    return this.#targets.size > 0 || this.#isCountryTaken;
  }

  /** Nobody has named a country yet, or said that there is no country to name. */
  get isCountryOpen(): boolean {
    return this.#country === undefined && !this.#isCountryTaken;
  }

  take(column: number, target: Target): void {
    this.#targets.set(column, target);
  }

  /** @returns false where the person went back */
  takeCountry(country: string | undefined): boolean {
    if (country === undefined) return false;
    this.#country = country === '' ? undefined : country;
    this.#isCountryTaken = true;
    return true;
  }
}

/** @returns false where the person wants back to the table */
async function decideReadings(decided: Decisions, { findOpen, findNational }: Helpers): Promise<boolean> {
  const national = decided.isCountryOpen ? await findNational(decided.now) : undefined;
  if (national !== undefined && !decided.takeCountry(await askForCountry(national, undefined))) return false;
  for (const open of await findOpen(decided.now)) {
    const target = await askHowToRead(open);
    if (target === undefined) return false;
    decided.take(open.column.index, target);
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

function rowOfCountry({ country }: Decision): string {
  return `${cell(PHONES_WITHOUT_PLUS, HEADER_WIDTH)} → ${country === undefined ? 'no country is told' : `of ${country}`}`;
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
