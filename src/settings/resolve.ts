/** Who wins: what was given (flags before the environment), then the mapping file, what was kept, and the fallbacks. */
import { ImporterError } from '../errors.js';
import type { Kind } from './kind.js';
import type { AnySetting } from './setting.js';
import { SETTINGS, settingRows, type ResolvedSettings, type SettingName, type Settings } from './settings.js';

/** @param sources the strongest first; fixed values are joined, a stronger source's before a weaker one's */
export function resolve(...sources: readonly Settings[]): ResolvedSettings {
  const rows: Readonly<Record<string, AnySetting>> = SETTINGS;
  const resolved: Record<string, unknown> = {};
  for (const [name, { fallback }] of Object.entries(rows)) {
    const found = sources.map((source) => source[name as SettingName]).find((value) => value !== undefined);
    resolved[name] = found ?? fallback;
  }
  const set = Object.assign({}, ...sources.map((source) => source.set ?? {}).reverse()) as Record<string, string>;
  return { ...resolved, set } as ResolvedSettings;
}

/** What the next command on the same file takes as its default. */
export function keptOf(settings: Settings): Settings {
  return Object.fromEntries(
    settingRows()
      .filter(([name, { isKept }]) => isKept === true && settings[name] !== undefined)
      .map(([name]) => [name, settings[name]]),
  );
}

/**
 * Checks one value.
 * @param where what the person wrote it into: a flag, a variable, an option's name
 * @throws ImporterError `usage`
 */
export function checkSetting(setting: AnySetting, raw: unknown, where: string, nowMs: number): unknown {
  return checkValue(setting.kind, raw, where, nowMs);
}

/** The same of a value that is no setting. @throws ImporterError `usage` */
export function checkValue<Value>(kind: Kind<Value>, raw: unknown, where: string, nowMs: number): Value {
  const checked = kind.check(raw, nowMs);
  if ('value' in checked) return checked.value;
  const { wrong, next, within = '' } = checked;
  throw new ImporterError('usage', `${where}${within}: ${wrong}.`, next === undefined ? {} : { next });
}
