/** What can be used of the settings that a checkpoint keeps. */
import { checkSetting } from '../../../settings/resolve.js';
import { settingRows, type Settings } from '../../../settings/settings.js';

/** What can be used of it: the file may be of another version, and anybody can edit it. */
export function usableSettings(values: Readonly<Record<string, unknown>>): Settings {
  const checked = settingRows().flatMap(([name, row]) => {
    if (row.isKept !== true || values[name] === undefined) return [];
    try {
      return [[name, checkSetting(row, values[name], name, 0)]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(checked) as Settings;
}
