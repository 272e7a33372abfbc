/** What a mapping is compiled with besides its columns. */

import type { StageIds } from '../stages.js';

export interface MappingSettings {
  /** Region of phones without + in rows that name no country, ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** Fixed values by field name or `custom:KEY`; they win over the columns. */
  readonly set: ReadonlyMap<string, string>;
  /** What becomes of columns without a field. */
  readonly unmapped: 'ignore' | 'custom';
  /** What becomes of a row with a value that can't be read. */
  readonly onInvalid: 'reject' | 'omit';
  /** The workspace's pipeline stages; without them (no network) stages by name are left out. */
  readonly stageIds?: StageIds | undefined;
  /** Cells such as "none" or "N/A" are sent as they are, in the fields that hold texts. */
  readonly keepPlaceholders?: boolean | undefined;
}
