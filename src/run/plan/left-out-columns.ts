/** Whoever only imports is told as well which columns stay behind. */
import { isOwnColumn } from '../../mapping/infer/words/header-sense.js';
import type { InferredMapping } from '../../mapping/mapping.js';
import { describeColumns } from '../../mapping/propose.js';
import { shortened } from '../../wording/printable.js';
import type { ImportEvent } from '../events.js';
import type { ReadingSettings } from '../reading/reading-settings.js';

const MOST_NAMED = 5;
const NAME_WIDTH = 24;

export interface MappedFile {
  readonly mapping: InferredMapping;
  readonly mappingFile: string | undefined;
  readonly settings: Pick<ReadingSettings, 'unmapped' | 'persons'>;
}

/** What is said of them. */
type LeftOutColumns = Required<Pick<Extract<ImportEvent, { type: 'warning' }>, 'message' | 'withoutData' | 'columns'>>;

/** A sentence on the columns with values that are not sent, unless a person decided so; undefined where there are none. */
export function leftOutColumns(
  { mapping, settings, mappingFile }: MappedFile,
  fillRates: readonly number[],
): LeftOutColumns | undefined {
  const described = describeColumns(mapping, settings.unmapped, settings.persons);
  const left = mapping.columns.flatMap(({ index, header, target }, at) => {
    const { column = '', field, reason = '' } = described[at] ?? {};
    const isFilled = (fillRates[index] ?? 0) > 0;
    const isDecided = mappingFile !== undefined && target.kind === 'ignore';
    return isFilled && field === null && !isDecided && !isOwnColumn(header)
      ? [{ column, reason, kind: target.kind }]
      : [];
  });
  const undecided = left.filter(({ kind }) => kind === 'undecided');
  const others = left.filter(({ kind }) => kind !== 'undecided');
  const sentences = [
    ...(others.length === 0 ? [] : [`Not sent: ${named(others)} (plan shows why).`]),
    ...(undecided.length === 0 ? [] : [`Not sent until you decide, with the map command: ${named(undecided)}.`]),
  ];
  if (left.length === 0) return undefined;
  const what = left.length === 1 ? '1 column that has values is' : `${left.length} columns that have values are`;
  return {
    message: sentences.join(' '),
    withoutData: `${what} not sent: plan shows which, and why.`,
    columns: left.map(({ column, reason }) => ({ column, reason })),
  };
}

function named(columns: readonly { readonly column: string }[]): string {
  const what = columns.length === 1 ? 'the column' : 'the columns';
  const names = columns.slice(0, MOST_NAMED).map(({ column }) => shortened(column, NAME_WIDTH));
  const more = columns.length - names.length;
  return `${what} ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
