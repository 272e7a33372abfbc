/** What became of the rows, as one bar. Pure. */
import { counted, formatCount } from '../../wording/durations.js';
import { element, type Element } from '../markup.js';

/** The counts that add up to the rows, in the order in which they are drawn. */
export const OUTCOMES = ['created', 'updated', 'unchanged', 'merged', 'rejected', 'pending'] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

export type OutcomeCounts = Readonly<Record<OutcomeName | 'rows', number>>;

const MEANINGS: Readonly<Record<OutcomeName, string>> = {
  created: 'new in Clarky',
  updated: 'in Clarky already, and sent',
  unchanged: 'nothing to do',
  merged: 'folded into another row',
  rejected: 'not sent',
  pending: 'still to be sent',
};

const WIDTH = 1000;
const HEIGHT = 24;
/** A single row of many must still be seen. */
const LEAST_WIDTH = 6;

/**
 * The bar with its legend; the numbers are in both, for eyes and for ears.
 * @param meanings what an outcome means here, where that is something else than after an import
 */
export function outcomeBar(counts: OutcomeCounts, meanings: Partial<typeof MEANINGS> = {}): Element {
  return element('div', { class: 'outcomes' }, bar(counts), legend(counts, { ...MEANINGS, ...meanings }));
}

/** The counts in a sentence. */
function outcomesInWords(counts: OutcomeCounts): string {
  const parts = OUTCOMES.filter((name) => counts[name] > 0).map((name) => `${formatCount(counts[name])} ${name}`);
  const rows = counted(counts.rows, 'row');
  return parts.length === 0 ? `${rows}.` : `${rows}: ${parts.join(', ')}.`;
}

function bar(counts: OutcomeCounts): Element {
  const there = OUTCOMES.filter((name) => counts[name] > 0);
  const widths = there.map((name) => Math.max(LEAST_WIDTH, (counts[name] / Math.max(1, counts.rows)) * WIDTH));
  const scale =
    WIDTH /
    Math.max(
      1,
      widths.reduce((sum, width) => sum + width, 0),
    );
  let x = 0;
  const parts = there.map((name, at) => {
    const width = (widths[at] ?? 0) * scale;
    const part = element('rect', { class: `part ${name}`, x: round(x), y: 0, width: round(width), height: HEIGHT });
    x += width;
    return part;
  });
  return element(
    'svg',
    {
      class: 'bar',
      role: 'img',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-label': outcomesInWords(counts),
    },
    element('title', {}, outcomesInWords(counts)),
    element('rect', { class: 'ground', x: 0, y: 0, width: WIDTH, height: HEIGHT }),
    ...parts,
  );
}

function legend(counts: OutcomeCounts, meanings: typeof MEANINGS): Element {
  const shown = OUTCOMES.filter((name) => counts[name] > 0);
  return element(
    'ul',
    { class: 'legend' },
    ...shown.map((name) =>
      element(
        'li',
        { class: name },
        element('b', {}, formatCount(counts[name])),
        element('span', { class: 'name' }, name),
        element('span', { class: 'meaning' }, meanings[name]),
      ),
    ),
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
