/** Bytes to records and back; knows nothing of contacts. */
export { detectDialect, type Dialect, type DialectOptions } from './dialect.js';
export type { EncodingCertainty } from './encoding/encoding.js';
export { MAX_RECORD_BYTES } from './text/follow.js';
export { guardCell, unguardCell } from './text/formula.js';
export type { KnownHeader } from './header.js';
export type { SourceRecord } from './record.js';
export { BATCH_RECORDS, readRecords, type ReadOptions, type Table } from './records.js';
export { MAX_CELL_BYTES } from './text/rows.js';
export { openSource, type Fingerprint, type OpenOptions, type Source, type SourceKind } from './source.js';
export { createCsvWriter, type CsvWriter, type CsvWriterOptions } from './text/writer.js';
