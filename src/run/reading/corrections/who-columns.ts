import { senseOf } from '../../../mapping/infer/words/header-sense.js';

/** The columns, by their places, that say whom a row is about, so far as their headers tell. */
export interface WhoColumns {
  /** First and whole names. */
  readonly first: readonly number[];
  readonly last: readonly number[];
}

export function whoColumnsOf(header: readonly string[]): WhoColumns {
  const senses = header.map(senseOf);
  const placesOf = (...fields: string[]): number[] =>
    senses.flatMap((sense, at) => {
      const field = sense?.kind === 'field' ? sense.field : sense?.kind === 'any_name' ? 'name' : '';
      return fields.includes(field) ? [at] : [];
    });
  return { first: placesOf('first_name', 'name'), last: placesOf('last_name') };
}
