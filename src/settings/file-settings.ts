/** The "settings" of a mapping file: its keys, their checks, and the way back into a file. */
import { settingsAsFlags } from './document.js';
import type { Checked } from './kind.js';
import type { AnySetting } from './setting.js';
import { settingRows, type SettingName, type Settings } from './settings.js';

/** Key in the file, name in code. */
const ROWS: ReadonlyMap<string, readonly [SettingName, AnySetting]> = new Map(
  settingRows().flatMap(([name, row]) => (row.fileKey === undefined ? [] : [[row.fileKey, [name, row] as const]])),
);

/** The keys that "settings" may have. */
export const FILE_KEYS: readonly string[] = [...ROWS.keys()];

/** Checks one key of "settings". */
export function checkFileSetting(key: string, raw: unknown): Checked<Settings> {
  const row = ROWS.get(key);
  if (row === undefined) return { wrong: `unknown key "${key}": expected ${FILE_KEYS.join(', ')}` };
  const [name, { kind }] = row;
  // No time of day is a setting of a file.
  const checked = kind.check(raw, Number.NaN);
  return 'wrong' in checked ? checked : { value: { [name]: checked.value } };
}

/** What a mapping file has to say so that the same settings come out of it: all that are not the fallbacks. */
export function fileSettingsOf(settings: Settings): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [key, [name, { fallback }]] of ROWS) {
    const value: unknown = settings[name];
    const isBlank = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    if (value !== undefined && value !== fallback && !isBlank) said[key] = value;
  }
  return said;
}

/** The same, as they would be typed. */
export function fileSettingsAsFlags(settings: Settings): string[] {
  const keys = Object.keys(fileSettingsOf(settings));
  const names = keys.flatMap((key) => ROWS.get(key)?.[0] ?? []);
  return settingsAsFlags(Object.fromEntries(names.map((name) => [name, settings[name]])));
}
