/** Files that are put together to one list: what "Name" is in each of them. Pure. */
import type { SourceRecord } from '../source/record.js';
import { inferMapping } from './infer/infer.js';
import { senseOf } from './infer/words/header-sense.js';

interface Table {
  readonly header: readonly string[];
  readonly sampleRecords: readonly SourceRecord[];
}

type Half = 'first_name' | 'last_name';

const isBare = (name: string): boolean => senseOf(name)?.kind === 'any_name';

/**
 * The names under which the columns of several files are put together. A "Name" that is half of one beside the other half in
 * its own file ("Vorname;Name") is called as the half is in another file, "Nachname"; else the whole list would hide what it is.
 */
export function headersOfOneList(tables: readonly Table[]): readonly (readonly string[])[] {
  const own = tables.map(({ header }) => header);
  if (tables.length < 2 || !own.some((header) => header.some(isBare))) return own;
  const halves = tables.map(halvesOf);
  const called = new Map<Half, string>();
  for (const [name, half] of halves.flatMap((ofFile) => [...ofFile.values()])) {
    if (!isBare(name) && !called.has(half)) called.set(half, name);
  }
  return own.map((header, file) =>
    header.map((name, column) => {
      const half = isBare(name) ? halves[file]?.get(column)?.[1] : undefined;
      const other = half === undefined ? undefined : called.get(half);
      return other === undefined || header.includes(other) ? name : other;
    }),
  );
}

/** The columns of a file that are half of its contacts' names, by their places. */
function halvesOf({ header, sampleRecords }: Table): ReadonlyMap<number, readonly [string, Half]> {
  const { columns } = inferMapping({ header, samples: sampleRecords });
  return new Map(
    columns.flatMap(({ index, header: name, target, person }): [number, readonly [string, Half]][] => {
      if (target.kind !== 'field' || target.position !== undefined || person !== undefined) return [];
      return target.field === 'first_name' || target.field === 'last_name' ? [[index, [name, target.field]]] : [];
    }),
  );
}
