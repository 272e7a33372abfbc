/** Several headers put together to one, by the names of their columns. Pure. */

export interface OneHeader {
  readonly header: readonly string[];
  /** For each header, the place of each of its columns in the one. */
  readonly places: readonly (readonly number[])[];
}

/** Names of columns compared: case and blanks at the ends say nothing; a name that comes twice is two columns. */
export function columnKeys(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((name) => {
    const key = name.normalize('NFC').trim().toLowerCase();
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return `${key}\u0000${times}`;
  });
}

/** The cells of a record by the columns of the one header: blank where it has none. @param places of its own columns */
export function atTheirPlaces(cells: readonly string[], places: readonly number[], width: number): string[] {
  const all = Array<string>(width).fill('');
  for (const [column, cell] of cells.entries()) all[places[column] ?? all.length] = cell;
  return all;
}

/** Columns of one name are one column, wherever they stand; the first header spells it. */
export function asOneHeader(headers: readonly (readonly string[])[]): OneHeader {
  const header: string[] = [];
  const placeOf = new Map<string, number>();
  const places = headers.map((own) =>
    columnKeys(own).map((key, column) => {
      const place = placeOf.get(key) ?? header.push(own[column] ?? '') - 1;
      placeOf.set(key, place);
      return place;
    }),
  );
  return { header, places };
}
