/** vCards of every version as rows: one card is one row, its line that of its BEGIN:VCARD. Never all in memory. */
import type { Problem } from '../../problem.js';
import { readText } from '../encoding/decode.js';
import { detectEncoding } from '../encoding/encoding.js';
import type { Source } from '../opening/source.js';
import { LeftOutValues } from '../left-out-values.js';
import type { FileWarning, RowFile } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { CARD_COLUMNS, isFreeName, preferenceOf, useOf, valuesOf } from './card-columns.js';
import { contentLines, type ContentLine } from './content-lines.js';

/** A card's twentieth phone is kept; more are no card of a person. */
const MAX_REPEATS = 20;
/** Lines of one card that are read. */
const MAX_LINES = 2000;
/** Names of properties that are remembered as left out, of one card and of all; so many of them in one sentence. */
const MAX_LEFT_OUT = 100;
const MAX_NAMED = 5;
const CARDS_A_BATCH = 200;

interface Card {
  readonly line: number;
  /** A list of people, as address books keep them: nobody. */
  readonly isGroup: boolean;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Columns that it would fill a second time. */
  readonly second: ReadonlySet<string>;
  /** Properties that become no value. */
  readonly leftOut: ReadonlySet<string>;
  readonly problem?: Problem;
}

/** The lines of a card, as far as they say something. */
interface Lines {
  readonly begin: number;
  readonly kept: ContentLine[];
  readonly leftOut: Set<string>;
  isTooLong: boolean;
  last: string;
}

/** The kind of a card, in version 4 and as Apple writes it before. */
const GROUP = /^(?:KIND|X-ADDRESSBOOKSERVER-KIND)$/;

/** Columns that a card fills once: a second value is left out, and said. */
const SINGLE = new Set(['Full Name', 'Company', 'Department', 'Job Title', 'Nickname', 'Birthday', 'Anniversary']);
const JOINED: Readonly<Record<string, string>> = { Tags: ';', Notes: '\n' };

/** Says who somebody is: beside it a line with a name of its own is a broken-off note. */
const OF_THE_STANDARD = /^(?:FN|N|EMAIL|TEL|ORG)$/;

function readCard({ begin: line, kept, leftOut, isTooLong }: Lines, isWhole: boolean): Card {
  const isStandard = kept.some(({ name }) => OF_THE_STANDARD.test(name));
  const lines = isStandard ? kept.filter(({ name }) => !isFreeName(name)) : kept;
  for (const { name } of isStandard ? kept : []) if (isFreeName(name) && leftOut.size < MAX_LEFT_OUT) leftOut.add(name);
  const labels = new Map(lines.flatMap(({ group, name, value }) => (name === 'X-ABLABEL' ? [[group, value]] : [])));
  const values = new Map<string, string[]>();
  const second = new Set<string>();
  const preferred = lines
    .map((content, at) => ({ content, at }))
    .sort((a, b) => preferenceOf(a.content) - preferenceOf(b.content) || a.at - b.at);
  for (const { content } of preferred) {
    for (const { column, value } of valuesOf(content, labels.get(content.group) ?? '')) {
      const held = values.get(column) ?? [];
      if (value === '' || held.includes(value)) continue;
      if (SINGLE.has(column) && held.length > 0) {
        second.add(column);
        continue;
      }
      const joint = JOINED[column];
      values.set(column, joint === undefined ? [...held, value] : [[...held, value].join(joint)]);
    }
  }
  // The parts of a name, or the company's own name, say it better.
  const full = values.get('Full Name')?.[0];
  if (values.has('First Name') || values.has('Last Name') || full === values.get('Company')?.[0])
    values.delete('Full Name');
  const problem = problemOf(values, isWhole, isTooLong);
  const isGroup = lines.some(({ name, value }) => GROUP.test(name) && value.trim().toLowerCase() === 'group');
  return { line, isGroup, values, second, leftOut, ...(problem === undefined ? {} : { problem }) };
}

function problemOf(
  values: ReadonlyMap<string, readonly string[]>,
  isWhole: boolean,
  isTooLong: boolean,
): Problem | undefined {
  if (!isWhole) {
    return { code: 'broken_card', message: 'The card has no end.', hint: 'Export it again, or add END:VCARD.' };
  }
  if (isTooLong) return { code: 'record_too_large', message: `The card has more than ${MAX_LINES} lines.` };
  for (const [column, held] of values) {
    if (held.length > MAX_REPEATS) {
      return { code: 'record_too_large', message: `The card has more than ${MAX_REPEATS} values for ${column}.` };
    }
    if (held.some((value) => value.length > MAX_CELL_BYTES)) {
      return { code: 'record_too_large', message: `${column} is longer than ${MAX_CELL_BYTES / 1024} KiB.` };
    }
  }
  return undefined;
}

function keep(lines: Lines, content: ContentLine): void {
  const { kept, leftOut } = lines;
  const use = useOf(content.name);
  lines.last = content.name;
  if (use === 'left out') {
    if (leftOut.size < MAX_LEFT_OUT) leftOut.add(content.name);
  } else if (use === 'read' && kept.length < MAX_LINES) kept.push(content);
  else if (use === 'read') lines.isTooLong = true;
}

async function* cardsOf(blocks: AsyncIterable<Buffer>): AsyncGenerator<Card> {
  let lines: Lines | undefined;
  let depth = 0;
  for await (const content of contentLines(blocks)) {
    const isCard = content.value.trim().toUpperCase() === 'VCARD';
    if (content.name === 'BEGIN' && isCard) {
      // Only an AGENT holds a card inside a card; elsewhere the one before was cut off.
      if (lines !== undefined && lines.last !== 'AGENT') {
        yield readCard(lines, false);
        lines = undefined;
      }
      if (lines !== undefined) depth += 1;
      else {
        lines = { begin: content.line, kept: [], leftOut: new Set(), isTooLong: false, last: '' };
        depth = 0;
      }
    } else if (content.name === 'END' && isCard && lines !== undefined) {
      if (depth > 0) depth -= 1;
      else {
        yield readCard(lines, true);
        lines = undefined;
      }
    } else if (lines !== undefined && depth === 0) keep(lines, content);
  }
  if (lines !== undefined) yield readCard(lines, false);
}

const numbered = (column: string, repeat: number): string => (repeat === 0 ? column : `${column} ${repeat + 1}`);

interface Seen {
  /** How many columns of each name the cards need. */
  readonly repeats: ReadonlyMap<string, number>;
  /** How many cards are lists of people. */
  readonly groups: number;
  readonly warnings: readonly FileWarning[];
}

async function lookThrough(cards: AsyncIterable<Card>): Promise<Seen> {
  const repeats = new Map<string, number>();
  const second = new LeftOutValues();
  const leftOut = new Set<string>();
  let groups = 0;
  for await (const { line, values, isGroup, ...card } of cards) {
    if (isGroup) {
      groups += 1;
      continue;
    }
    for (const [column, held] of values) {
      repeats.set(column, Math.min(MAX_REPEATS, Math.max(repeats.get(column) ?? 0, held.length)));
    }
    for (const column of card.second)
      second.add(`Behind the first "${column}" of a card each other one is`, { line, ordinal: 0 });
    for (const name of card.leftOut) if (leftOut.size < MAX_LEFT_OUT) leftOut.add(name);
  }
  return { repeats, groups, warnings: [...second.warnings('line'), ...leftOutInWords([...leftOut])] };
}

function leftOutInWords(names: readonly string[]): FileWarning[] {
  if (names.length === 0) return [];
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  const message = `Of the cards these properties are left out: ${names.slice(0, MAX_NAMED).join(', ')}${more}.`;
  return [{ code: 'left_out_values', message }];
}

function groupsInWords(groups: number): string[] {
  if (groups === 0) return [];
  return [
    groups === 1
      ? '1 card is a group and no person: left out.'
      : `${groups} cards are groups and no persons: left out.`,
  ];
}

/**
 * Opens a file of vCards. Its columns are those that some card fills.
 * @throws ImporterError `bad_encoding`
 */
export async function openCards(source: Source, encodingName: string | undefined): Promise<RowFile> {
  const encoding = await detectEncoding(source, encodingName);
  const cards = (): AsyncGenerator<Card> => cardsOf(readText(source, encoding));
  const { repeats, groups, warnings } = await lookThrough(cards());
  const free = [...repeats.keys()].filter((column) => !CARD_COLUMNS.includes(column)).slice(0, MAX_LEFT_OUT);
  const places = [...CARD_COLUMNS, ...free].flatMap((column) =>
    Array.from({ length: repeats.get(column) ?? 0 }, (_, repeat) => ({ column, repeat })),
  );
  return {
    label: 'vCard',
    sheets: [{ name: '', isHidden: false }],
    header: places.map(({ column, repeat }) => numbered(column, repeat)),
    notes: ['Each card is one row; pictures, sounds and keys are left out.', ...groupsInWords(groups)],
    warnings,
    async *rows() {
      let batch: RawRecord[] = [];
      for await (const { line, values, isGroup, problem } of cards()) {
        if (isGroup) continue;
        const cells = places.map(({ column, repeat }) => values.get(column)?.[repeat] ?? '');
        batch.push({ line, cells, afterBlank: false, ...(problem === undefined ? {} : { problem }) });
        if (batch.length < CARDS_A_BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
  };
}
