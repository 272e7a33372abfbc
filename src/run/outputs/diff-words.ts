/** What would change, or is not as it should be, in contacts: one line a field, old and new. */
import { isBlank } from '../../workspace/compare.js';
import type { PlannedChange } from '../plan/plan.js';
import { firstLinesInWords, placesOf } from '../../wording/rows/lines.js';
import { counted } from '../../wording/durations.js';
import { printable, shortened } from '../../wording/printable.js';

const FIELD_WIDTH = 16;
/** Two blanks at the left, one behind the field, and an arrow or words between the two values. */
const GAPS = 12;
const LEAST_VALUE_WIDTH = 12;

/** The changes of a plan, at most `columns` wide; '' where there are none. */
export function changesInWords(changes: readonly PlannedChange[], columns = 80): string {
  if (changes.length === 0) return '';
  const width = Math.max(LEAST_VALUE_WIDTH, Math.floor((columns - FIELD_WIDTH - GAPS) / 2));
  const lines = changes.flatMap(({ contactId, differences, ...where }) => [
    `  ${firstLinesInWords(placesOf(where))}, ${shortened(printable(contactId), 40)}`,
    ...differences.map(({ field, expected, found }) => {
      const [before, after] = changedInWords(found, expected, width);
      return `    ${fieldInWords(field, FIELD_WIDTH)} ${before} → ${after}`;
    }),
  ]);
  return `What ${counted(changes.length, 'update')} would change\n${lines.join('\n')}\n`;
}

/** Of a list that only grows what is new: cut off at its end it would look as before. */
function changedInWords(found: unknown, expected: unknown, width: number): readonly [string, string] {
  if (!Array.isArray(found) || !Array.isArray(expected) || found.length === 0)
    return apartInWords(found, expected, width);
  const isKept = found.every((value) => expected.includes(value));
  const added = expected.filter((value) => !found.includes(value));
  return isKept && added.length > 0
    ? [valueInWords(found, width), `these and ${valueInWords(added, width)}`]
    : apartInWords(found, expected, width);
}

/** Two values that differ, so that it is seen: those that would look alike, cut off at their ends, from where they part. */
export function apartInWords(one: unknown, other: unknown, width: number): readonly [string, string] {
  const cut = [valueInWords(one, width), valueInWords(other, width)] as const;
  const [first, second] = [[...printable(plainText(one))], [...printable(plainText(other))]] as const;
  const at = first.findIndex((character, place) => character !== second[place]);
  const parts = at < 0 ? first.length : at;
  if (cut[0] !== cut[1] || (at < 0 && second.length === first.length)) return cut;
  const from = Math.max(0, parts - Math.floor(width / 3));
  const rest = (text: readonly string[]): string => shortened(`…${text.slice(from).join('')}`, width);
  return [rest(first), rest(second)];
}

/** A field in a column; custom fields by their key. */
export function fieldInWords(field: string, width: number): string {
  return shortened(printable(field.replace(/^custom_fields\./, '')), width).padEnd(width);
}

/** A value on one line, whatever it is; a blank one as `(nothing)`. */
function valueInWords(value: unknown, width: number): string {
  return isBlank(value) ? '(nothing)' : shortened(printable(plainText(value)), width);
}

/** A value as one text, for a cell or a line; lists are joined by commas. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
