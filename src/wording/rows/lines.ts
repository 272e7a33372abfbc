/** Where rows stand, in words: the line of the file itself, which a person opens, and of several files its name before it. Pure. */
import { formatCount } from '../durations.js';

/** A row of a file. */
export interface Place {
  /** Its line in that file. */
  readonly line: number;
  /** Of several files: which one. */
  readonly file?: string;
}

/** `line 2`, `lines 2 and 3`, `a.csv lines 2 and 3 and b.csv line 7`. @param more how many there are besides */
export function linesInWords(places: readonly Place[], more = 0): string {
  const groups = byFile(places);
  const [only] = groups;
  if (only === undefined) return 'line ?';
  const rest = more > 0 ? [`${formatCount(more)} more`] : [];
  if (groups.length === 1) return `${nameOf(only)}${listed([...only.lines.map(String), ...rest])}`;
  return listed([...groups.map((group) => `${nameOf(group)}${listed(group.lines.map(String))}`), ...rest]);
}

/** Of many only the first three. */
export function firstLinesInWords(places: readonly Place[]): string {
  return places.length > MOST_LINES ? linesInWords(places.slice(0, 3), places.length - 3) : linesInWords(places);
}

const MOST_LINES = 4;

/** `Line 2`, as a sentence begins; the name of a file stays as it is. */
export function lineAtStart(places: readonly Place[], more = 0): string {
  const words = linesInWords(places, more);
  return places[0]?.file === undefined ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** Where several rows stand, as lists have it: their lines, and their files beside them where there are several. */
export function linesAndFiles(places: readonly Place[]): {
  readonly lines: readonly number[];
  readonly files?: readonly string[];
} {
  const lines = places.map(({ line }) => line);
  const files = places.flatMap(({ file }) => file ?? []);
  return files.length === lines.length && files.length > 0 ? { lines, files } : { lines };
}

/** The same the other way round. */
export function placesOf({ lines, files }: ReturnType<typeof linesAndFiles>): Place[] {
  return lines.map((line, at) => placeOf({ line, file: files?.[at] }));
}

/** The place alone of what may say more; `file` is absent where it says none. */
export function placeOf({ line, file }: { readonly line: number; readonly file?: string | undefined }): Place {
  return file === undefined ? { line } : { line, file };
}

interface Group {
  readonly file: string | undefined;
  readonly lines: number[];
}

function byFile(places: readonly Place[]): Group[] {
  const groups: Group[] = [];
  for (const { line, file } of places) {
    const last = groups.find((group) => group.file === file);
    if (last === undefined) groups.push({ file, lines: [line] });
    else last.lines.push(line);
  }
  return groups;
}

function nameOf({ file, lines }: Group): string {
  return `${file === undefined ? '' : `${file} `}${lines.length === 1 ? 'line' : 'lines'} `;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
