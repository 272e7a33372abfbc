/** An object as cells: what is inside an object gets a name of two parts, a list of texts becomes one cell. */

/** Levels inside a record that become columns. */
const MAX_DEPTH = 6;
/** Objects of a list inside a record that become columns: "emails 1 address", "emails 2 address". */
const MAX_LISTED = 10;

type Visit = (column: string, text: string) => void;

function scalarText(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' ? numberText(value) : undefined;
}

/** Never `4.4e+21`: a long number is a phone or an id. */
const numberText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);

const PRIMARY = ['is_primary', 'isPrimary', 'primary', 'is_default', 'isDefault', 'preferred', 'pref'];

/** A list of objects with the one first that says it is the primary one. */
function primaryFirst(list: readonly unknown[]): readonly unknown[] {
  const isPrimary = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && PRIMARY.some((key) => (item as Record<string, unknown>)[key] === true);
  return [...list].sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)));
}

function visit(value: unknown, name: string, depth: number, emit: Visit): void {
  const text = scalarText(value);
  if (text !== undefined) {
    emit(name, text);
    return;
  }
  if (depth >= MAX_DEPTH) {
    emit(name, JSON.stringify(value));
    return;
  }
  if (Array.isArray(value)) {
    const texts = value.map(scalarText);
    if (texts.every((item) => item !== undefined)) {
      emit(name, texts.filter((item) => item !== '').join('; '));
      return;
    }
    primaryFirst(value)
      .slice(0, MAX_LISTED)
      .forEach((item: unknown, at) => {
        visit(item, value.length === 1 ? name : `${name} ${at + 1}`, depth + 1, emit);
      });
    return;
  }
  for (const [key, inner] of Object.entries(value as object)) {
    visit(inner, name === '' ? key : `${name}.${key}`, depth + 1, emit);
  }
}

/** The cells of an object by their columns, in its own order. */
export function flatten(object: object): Map<string, string> {
  const cells = new Map<string, string>();
  visit(object, '', 0, (column, text) => {
    cells.set(column, text);
  });
  return cells;
}
