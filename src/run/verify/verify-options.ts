import type { ReportValues, VerifyValues } from '../../settings/settings.js';
import type { GivenApi, GivenReading, Heard, ReadingOptions } from '../settings.js';

/** The same with what parts of ours hand over beside it. */
export interface VerifyOptions extends GivenVerify, ReadingOptions {}

/** What a check is asked. */
export interface GivenVerify extends GivenReading, GivenApi, VerifyValues, ReportValues, Heard {
  /** Lists what is the same as well. */
  readonly all?: boolean | undefined;
  /** Called from time to time with contacts checked so far, and in all. */
  readonly onChecked?: ((checked: number, total: number) => void) | undefined;
}
