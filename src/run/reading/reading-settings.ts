/** How a file is read, every setting decided: flags and environment first, then the mapping file, then the defaults. */
import type { ContactPointShape } from '../../contact/payload.js';
import type { DuplicateRule } from '../../plan/decisions.js';
import type { SharedPhone } from '../../plan/who.js';
import type { ReadingOptions } from '../settings.js';

export interface ReadingSettings {
  readonly country: string | undefined;
  readonly set: ReadonlyMap<string, string>;
  readonly unmapped: 'ignore' | 'custom';
  readonly onInvalid: 'reject' | 'omit';
  readonly duplicates: DuplicateRule;
  readonly sharedPhone: SharedPhone;
  readonly keepSharedPhone: string | undefined;
  /** What the mapping file says of the API; flags and environment win over both. */
  readonly bot: string | undefined;
  readonly contactPoints: ContactPointShape | undefined;
}

/** The settings that a mapping file may hold. */
export type FileSettings = Partial<Omit<ReadingOptions, 'file' | 'stdin' | 'signal'>> & {
  readonly bot?: string | undefined;
  readonly contactPoints?: ContactPointShape | undefined;
};

export function resolveReadingSettings(options: ReadingOptions, fromFile: FileSettings): ReadingSettings {
  return {
    country: options.country ?? fromFile.country,
    set: new Map(Object.entries({ ...fromFile.set, ...options.set })),
    unmapped: options.unmapped ?? fromFile.unmapped ?? 'ignore',
    onInvalid: options.onInvalid ?? fromFile.onInvalid ?? 'reject',
    duplicates: options.duplicates ?? fromFile.duplicates ?? 'merge',
    sharedPhone: options.sharedPhone ?? fromFile.sharedPhone ?? 'reject',
    keepSharedPhone: options.keepSharedPhone ?? fromFile.keepSharedPhone,
    bot: fromFile.bot,
    contactPoints: fromFile.contactPoints,
  };
}
