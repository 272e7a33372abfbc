/**
 * The mapping file: which column becomes which field, decided once and used for every export of the same program.
 * JSON or YAML.
 */

import type { Settings } from '../../settings/settings.js';
import type { CustomType, DateOrder, Decimal } from '../mapping.js';

/** What a mapping file says of one column. */
export interface FileColumn {
  /** The column's name, on one line. */
  readonly header: string;
  /** 0 for the first column of that name. */
  readonly occurrence: number;
  /** A field, `name`, `pipeline_stage`, `custom:KEY`, `ignore`, `unmapped` or `undecided`. */
  readonly to: string;
  /** Among the columns of a list field: before or after the others. */
  readonly position?: 'first' | 'last' | undefined;
  /** Of `deal_value`. */
  readonly decimal?: Decimal | undefined;
  /** Of a custom field of the type date, or of none: which of day and month comes first. */
  readonly dates?: DateOrder | undefined;
  /** Of a custom field. */
  readonly type?: CustomType | undefined;
  /** Of `name`: `last_first` where "Lovelace Ada" is meant. */
  readonly split?: 'first_last' | 'last_first' | undefined;
  /** Which of a row's numbered persons it is about. */
  readonly person?: number | undefined;
}

export interface MappingFile {
  readonly version: 1;
  /** The sheet that it was decided for, of a workbook that has several. */
  readonly sheet?: string | undefined;
  readonly columns: readonly FileColumn[];
  readonly settings: Settings;
}
