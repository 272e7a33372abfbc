/** The columns of a file as plan and report show them. */
import { given } from '../../given.js';
import { describeColumns, wordOfTarget } from '../../mapping/propose.js';
import type { Reading } from '../reading/first-reading.js';

/** A column as the plan shows it. */
export interface PlannedColumn {
  /** The header on one line. */
  readonly column: string;
  /** Of several files that are one list, the first that has it. */
  readonly file?: string;
  /** A field, `name`, `custom:KEY`, `pipeline_stage`, or `ignore`, `unmapped`, `undecided`. */
  readonly to: string;
  /** False where nothing of it is sent. */
  readonly isSent: boolean;
  /** Why it goes there, as a sentence. */
  readonly reason: string;
  /** Fields that it may be as well. */
  readonly suggestions: readonly string[];
  /** Some of its values: personal data. */
  readonly samples: readonly string[];
  /** The share of records with a value, 0 to 1. */
  readonly fillRate: number;
  /** Words for nothing ("N/A") that count as blank, and in how many rows each stands; the most frequent first. */
  readonly placeholders: readonly { readonly text: string; readonly rows: number }[];
  /** How many amounts or dates in it can be read in two ways; the rows that hold them are rejected. */
  readonly ambiguous: number;
}

/** What becomes of each column, in the order of the file. */
export function plannedColumns(reading: Reading): PlannedColumn[] {
  const { mapping, settings, source } = reading.file;
  const fileOf = (header: string): string | undefined =>
    source.members?.names[source.members.headers.findIndex((headers) => headers.includes(header))];
  return describeColumns(mapping, settings.unmapped, settings.persons).flatMap(
    ({ column, field, reason, suggestions, samples }, at) => {
      const mapped = mapping.columns[at];
      if (!mapped) return [];
      const to = field ?? wordOfTarget(mapped.target);
      // What other persons of a row have is blank in what was read: there the sample tells.
      const fillRate = (reading.fillRates[mapped.index] ?? 0) || mapped.fillRate;
      return [
        {
          column,
          ...given({ file: fileOf(mapped.header) }),
          to,
          isSent: field !== null,
          reason,
          suggestions,
          samples: samples.map((sample) => reading.asRead(mapped.index, sample)),
          fillRate,
          placeholders: reading.placeholders[mapped.index] ?? [],
          ambiguous: reading.ambiguousCount(mapped),
        },
      ];
    },
  );
}

/** Columns of one name are told apart by a number, as `Email (2)`. */
export function mappingByName(columns: readonly PlannedColumn[]): Record<string, string | null> {
  const byName = new Map<string, string | null>();
  for (const { column, to, isSent } of columns) {
    let unique = column;
    for (let n = 2; byName.has(unique); n++) unique = `${column} (${n})`;
    byName.set(unique, isSent ? to : null);
  }
  return Object.fromEntries(byName);
}
