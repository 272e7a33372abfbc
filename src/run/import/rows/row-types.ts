/** The types of rows that are no file. */

/** A row by column name. Values become text as a cell would hold it; undefined and null are blank. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Changes a row before it is mapped, and may give it more columns; undefined or null drops it, and the other rows keep their
 * lines. Called once for each row, `index` counting from 0; a row that is malformed in its file is rejected, and not shown.
 */
export type MapRow<Given = Row> = (
  row: Given,
  index: number,
) => RowObject | null | undefined | Promise<RowObject | null | undefined>;

/** A record of whatever type or class: bytes are none, so that pieces of a file are not taken for records. */
export type RowObject =
  | Row
  | (object & {
      /** What bytes have. */
      readonly BYTES_PER_ELEMENT?: never;
      /** What a Map, a Set and a Promise have: they hold no values by column name. */
      readonly [Symbol.toStringTag]?: never;
      /** What a Date has. */
      readonly getTime?: never;
    });

/** Records by column name, of whatever type or class, or bytes of a file of any kind that is read: those that come in pieces by a stream of Node, not of the web. */
export type Rows = Iterable<RowObject> | AsyncIterable<RowObject> | Uint8Array | NodeJS.ReadableStream;

/** What one of these rows is, as far as their type tells. */
export type RowOf<Given extends Rows> = Given extends Uint8Array | NodeJS.ReadableStream
  ? Row
  : Given extends Iterable<infer One> | AsyncIterable<infer One>
    ? object extends One
      ? // Not `Row` by itself: of a type that is a parameter it has to be one of that as well.
        One & Row
      : One
    : never;
