/** How a file is read, every setting decided: flags and environment first, then the mapping file, then the defaults. */
import { resolve } from '../../settings/resolve.js';
import type { ResolvedSettings, Settings } from '../../settings/settings.js';

export interface ReadingSettings extends Omit<ResolvedSettings, 'set'> {
  readonly set: ReadonlyMap<string, string>;
}

/** @param weaker what the mapping file says, then what is kept of earlier runs */
export function resolveReadingSettings(given: Settings, ...weaker: readonly Settings[]): ReadingSettings {
  const resolved = resolve(given, ...weaker);
  return { ...resolved, set: new Map(Object.entries(resolved.set ?? {})) };
}
