/** vCards of every version as rows: one card is one row, its line that of its BEGIN:VCARD. Never all in memory. */
import type { Problem } from '../../problem.js';
import { readText } from '../encoding/decode.js';
import { detectEncoding } from '../encoding/encoding.js';
import type { Source } from '../opening/source.js';
import type { RowFile } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { CARD_COLUMNS, preferenceOf, valuesOf } from './card-columns.js';
import { contentLines, type ContentLine } from './content-lines.js';

/** A card's twentieth phone is kept; more are no card of a person. */
const MAX_REPEATS = 20;
/** Lines of one card that are kept. */
const MAX_LINES = 2000;
const CARDS_A_BATCH = 200;

interface Card {
  readonly line: number;
  /** A list of people, as address books keep them: nobody. */
  readonly isGroup: boolean;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly problem?: Problem;
}

/** The kind of a card, in version 4 and as Apple writes it before. */
const GROUP = /^(?:KIND|X-ADDRESSBOOKSERVER-KIND)$/;

/** Columns that a card fills once: a second value joins the first. */
const SINGLE = new Set(['Full Name', 'Company', 'Department', 'Job Title', 'Nickname', 'Birthday', 'Anniversary']);
const JOINED: Readonly<Record<string, string>> = { Tags: ';', Notes: '\n' };

function readCard(line: number, lines: readonly ContentLine[], isWhole: boolean): Card {
  const labels = new Map(lines.flatMap(({ group, name, value }) => (name === 'X-ABLABEL' ? [[group, value]] : [])));
  const values = new Map<string, string[]>();
  const preferred = lines
    .map((content, at) => ({ content, at }))
    .sort((a, b) => preferenceOf(a.content) - preferenceOf(b.content) || a.at - b.at);
  for (const { content } of preferred) {
    for (const { column, value } of valuesOf(content, labels.get(content.group) ?? '')) {
      const held = values.get(column) ?? [];
      if (value === '' || held.includes(value) || (SINGLE.has(column) && held.length > 0)) continue;
      const joint = JOINED[column];
      values.set(column, joint === undefined ? [...held, value] : [[...held, value].join(joint)]);
    }
  }
  // The parts of a name, or the company's own name, say it better.
  const full = values.get('Full Name')?.[0];
  if (values.has('First Name') || values.has('Last Name') || full === values.get('Company')?.[0])
    values.delete('Full Name');
  const problem = problemOf(values, isWhole);
  const isGroup = lines.some(({ name, value }) => GROUP.test(name) && value.trim().toLowerCase() === 'group');
  return { line, isGroup, values, ...(problem === undefined ? {} : { problem }) };
}

function problemOf(values: ReadonlyMap<string, readonly string[]>, isWhole: boolean): Problem | undefined {
  if (!isWhole) {
    return { code: 'broken_card', message: 'The card has no end.', hint: 'Export it again, or add END:VCARD.' };
  }
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

async function* cardsOf(blocks: AsyncIterable<Buffer>): AsyncGenerator<Card> {
  let begin: number | undefined;
  let depth = 0;
  let lines: ContentLine[] = [];
  for await (const content of contentLines(blocks)) {
    const isCard = content.value.trim().toUpperCase() === 'VCARD';
    if (content.name === 'BEGIN' && isCard) {
      // Only an AGENT holds a card inside a card; elsewhere the one before was cut off.
      if (begin !== undefined && lines.at(-1)?.name !== 'AGENT') {
        yield readCard(begin, lines, false);
        begin = undefined;
      }
      if (begin !== undefined) depth += 1;
      else {
        begin = content.line;
        depth = 0;
        lines = [];
      }
    } else if (content.name === 'END' && isCard && begin !== undefined) {
      if (depth > 0) depth -= 1;
      else {
        yield readCard(begin, lines, true);
        begin = undefined;
        lines = [];
      }
    } else if (begin !== undefined && depth === 0 && lines.length < MAX_LINES) lines.push(content);
  }
  if (begin !== undefined) yield readCard(begin, lines, false);
}

const numbered = (column: string, repeat: number): string => (repeat === 0 ? column : `${column} ${repeat + 1}`);

/** How many columns of each name the cards need, and how many cards are lists of people. */
async function repeatsOf(cards: AsyncIterable<Card>): Promise<{ repeats: Map<string, number>; groups: number }> {
  const repeats = new Map<string, number>();
  let groups = 0;
  for await (const { values, isGroup } of cards) {
    if (isGroup) {
      groups += 1;
      continue;
    }
    for (const [column, held] of values) {
      repeats.set(column, Math.min(MAX_REPEATS, Math.max(repeats.get(column) ?? 0, held.length)));
    }
  }
  return { repeats, groups };
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
  const { repeats, groups } = await repeatsOf(cards());
  const places = CARD_COLUMNS.flatMap((column) =>
    Array.from({ length: repeats.get(column) ?? 0 }, (_, repeat) => ({ column, repeat })),
  );
  return {
    label: 'vCard',
    sheets: [{ name: '', isHidden: false }],
    header: places.map(({ column, repeat }) => numbered(column, repeat)),
    notes: ['Each card is one row; pictures, sounds and keys are left out.', ...groupsInWords(groups)],
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
