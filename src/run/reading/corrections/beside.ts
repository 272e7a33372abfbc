import type { Dialect } from '../../../source/dialect.js';
import type { Source } from '../../../source/opening/source.js';
import { readRecords } from '../../../source/records.js';
import { defaultPaths, type ReadingOptions } from '../../settings.js';
import { isOfSheet, readCorrections } from './corrections.js';
import { placeCorrections, type Placement } from './placement.js';

/** The corrections that lie beside a file, where they belong in it now; none with `noEdits`. @throws ImporterError as `readRecords` */
export async function correctionsBeside(
  options: ReadingOptions,
  source: Source,
  dialect: Dialect,
): Promise<{ readonly path: string; readonly placement: Placement }> {
  const path = defaultPaths(options.file, options).corrections;
  const made = options.noEdits === true ? [] : await readCorrections(path);
  const own = made.filter((one) => isOfSheet(one, dialect.sheet));
  const asItIs = () => readRecords(source, dialect, { signal: options.signal });
  return { path, placement: await placeCorrections(own, dialect.header, asItIs) };
}
