/** Text whose lines are no rows of cells: pairs of a name and a value, columns that blanks align. Pure. */

/** Lines that are looked at. */
const LOOKED_AT = 60;
const MOSTLY = 0.9;

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '' && line.trim() !== '---');
  return lines.slice(0, LOOKED_AT);
}

/** `Name: Ada Moss`, `- email: ada@example.com`. */
const PAIR = /^\s*(?:-\s+)?["']?(\p{L}[^:,;|\t"'{}]{0,30})["']?\s*:(?:\s|$)/u;
const FEWEST_LINES = 2;

/** Whether the lines are pairs of a name and a value, one below the other, as in YAML and in notes: several names, and an address. */
export function arePairs(text: string): boolean {
  const lines = linesOf(text);
  const names = lines.flatMap((line) => {
    const name = PAIR.exec(line)?.[1];
    return name === undefined ? [] : [name.trim().toLowerCase()];
  });
  const areMost = names.length >= FEWEST_LINES && names.length >= lines.length * MOSTLY;
  return areMost && PAIR.test(lines[0] ?? '') && new Set(names).size >= 2 && lines.some((line) => line.includes('@'));
}

/** Fewer rows prove nothing. */
const FEWEST_ROWS = 3;

/** Whether the columns are aligned with blanks: each begins below its name, behind two blanks or more. */
export function areAligned(text: string): boolean {
  const [header = '', ...rows] = linesOf(text).map((line) => line.trimEnd());
  if (rows.length + 1 < FEWEST_ROWS || /[,;|\t]/.test(header)) return false;
  const starts = [...header.matchAll(/(?<=\S\s{2,})\S/gu)].map(({ index }) => index);
  if (starts.length === 0) return false;
  const isAligned = (row: string): boolean =>
    !row.includes('\t') &&
    starts.every((start) => row.length <= start || (row[start - 1] === ' ' && row[start] !== ' '));
  return rows.filter(isAligned).length >= rows.length * MOSTLY;
}
