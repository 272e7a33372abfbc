/** A mapping that code says itself, in the place of the path of a mapping file. */
import { parseColumnsInCode } from '../../../mapping/file/parse-mapping-file.js';
import type { ColumnFields } from '../../../settings/settings.js';
import type { ReadingOptions } from '../../settings.js';

/** The options with what their mapping says, where it is no path. @throws ImporterError `usage` naming the column */
export async function withColumns<Options extends object>(
  options: Options,
): Promise<Options & Pick<ReadingOptions, 'columns'>> {
  const { mapping } = options as { readonly mapping?: string | ColumnFields };
  if (typeof mapping !== 'object' || (mapping as unknown) === null || Array.isArray(mapping)) return options;
  return { ...options, mapping: undefined, columns: await parseColumnsInCode(mapping) };
}
