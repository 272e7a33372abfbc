/** What was chosen on the page is kept where the command line finds it: among the settings of the mapping file. */
import { writeMappingFile } from '../../run/map.js';
import { readMapping } from '../../run/reading/mapping/mapping-source.js';
import { defaultPaths, type ReadingOptions } from '../../run/settings.js';
import { fileSettingsOf } from '../../settings/file-settings.js';
import { settingRows, type Settings } from '../../settings/settings.js';
import { removeFile } from '../../storage/replacement.js';
import type { ReadingChoices, SendingChoices } from '../wire.js';

const NAMES: ReadonlySet<string> = new Set(
  settingRows().flatMap(([name, { fileKey }]) => (fileKey === undefined ? [] : [name])),
);

/**
 * Writes what of the choices a mapping file can say; of the columns it then says what it said before. What can't be said
 * there (encoding, sheet…) is kept with the first import.
 * @param options those of the file, without the choices
 * @throws ImporterError `bad_mapping`, `not_writable`
 */
export async function keepChoices(options: ReadingOptions, choices: ReadingChoices & SendingChoices): Promise<void> {
  const said = Object.entries(choices).filter(([name]) => NAMES.has(name));
  if (said.length === 0) return;
  const { file, path } = (await readMapping(options)) ?? { file: { version: 1, columns: [], settings: {} } as const };
  const settings: Settings = {
    ...file.settings,
    ...Object.fromEntries(said.map(([name, value]) => [name, value ?? undefined])),
  };
  const own = options.mapping ?? defaultPaths(options.file, options).mapping;
  const isEmpty = file.columns.length === 0 && Object.keys(fileSettingsOf(settings)).length === 0;
  if (!isEmpty) await writeMappingFile(own, { ...file, settings });
  else if (path === own) await removeFile(own);
}
