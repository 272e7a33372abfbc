/**
 * The mapping file: which column becomes which field, decided once and used for every export of the same program.
 * JSON or YAML.
 */

import type { ColumnEntry, Settings } from '../../settings/settings.js';

/** What a mapping file says of one column. */
export interface FileColumn extends ColumnEntry {
  /** The column's name, on one line. */
  readonly header: string;
  /** 0 for the first column of that name. */
  readonly occurrence: number;
}

export interface MappingFile {
  readonly version: 1;
  /** The sheet that it was decided for, of a workbook that has several. */
  readonly sheet?: string | undefined;
  readonly columns: readonly FileColumn[];
  readonly settings: Settings;
}

/** True of one that an e-mail or a phone was expected in: without any, nobody can be told from another. */
export function isPoint({ to }: { readonly to: string }): boolean {
  return to === 'emails' || to === 'phone_numbers';
}
