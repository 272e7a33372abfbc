/** The dry run, asked as an import is. */
import { guardedAndHeard } from '../listening.js';
import { TRUTH } from '../settings/code-kinds.js';
import { checkValue } from '../settings/resolve.js';
import type { LiveValues, Written } from '../settings/settings.js';
import type { Foreseen } from '../run/plan/forecast-count.js';
import { planContacts as plan, type PlanOptions as Planning, type PlanResult } from '../run/plan/plan.js';
import { withColumns } from '../run/reading/mapping/columns-in-code.js';
import type { GivenApi, GivenReading, Heard } from '../run/settings.js';
import { type OfFiles, withGivenFiles } from './files.js';
import { keepHostFetch } from './host-fetch.js';
import { told, wordsInCode } from './in-code.js';
import { API_NAMES, checkTaken } from './names.js';
import { heardInCode, hintInCode, tell } from './telling.js';

/** What a plan is asked: what an import would be, without what only a run that sends needs. */
export interface PlanOptions extends GivenReading, Omit<GivenApi, 'key'>, Omit<LiveValues, 'live'>, Heard {
  /** The API key. Without `live` it is optional: the time is reckoned with what Clarky last announced to it. */
  readonly key?: string | undefined;
  /**
   * Reads the workspace of `key` as well: what would be created, updated and left alone is exact then. An object of `key`, `apiUrl` and the like in its place is the form of
   * version 1.0.0.
   */
  readonly live?: boolean | GivenApi | undefined;
  /** With `live`: lists what each update would change. */
  readonly diff?: boolean | undefined;
  /** Called with what would become of each row; waited for. */
  readonly onForeseen?: ((foreseen: Foreseen) => Promise<void> | undefined) | undefined;
}

/** What an import would do. */
export interface PlannedImport extends PlanResult {
  /** `exit`, as the results of the other calls have it. */
  readonly exitStatus: number;
}

/**
 * Plans an import. Nothing is sent.
 * @throws ImporterError with an exit status of 2: the file, its mapping or its checkpoint can't be used; with `live` also
 *   what keeps Clarky from being read
 */
export async function planContacts(options: Written<OfFiles<PlanOptions>>): Promise<PlannedImport> {
  checkTaken('planContacts', options);
  keepHostFetch();
  const { live, onForeseen, ...rest } = options as Written<PlanOptions>;
  const listened = typeof onForeseen === 'function' && {
    onForeseen: guardedAndHeard(onForeseen, tell(options.onEvent)),
  };
  const read = reached(live, rest);
  const result = await told(async () => {
    const given = heardInCode(await withColumns(await withGivenFiles(rest)));
    return plan({ ...given, ...(onForeseen && { onForeseen }), ...listened, live: read });
  });
  return {
    ...result,
    notes: result.notes.map((note) => wordsInCode(note)),
    warnings: result.warnings.map((one) => ({ ...one, message: wordsInCode(one.message) })),
    problems: result.problems.map((problem) => hintInCode(problem, wordsInCode)),
    exitStatus: result.exit,
  };
}

/** How Clarky is reached, where it is to be read. */
function reached(live: PlanOptions['live'], options: Written<Omit<PlanOptions, 'live'>>): Planning['live'] {
  if (typeof live === 'object' && (live as unknown) !== null) {
    checkTaken('planContacts, as live,', live);
    return live;
  }
  if (live !== undefined) checkValue(TRUTH, live, 'live', Number.NaN);
  if (live !== true) return undefined;
  const api = Object.entries(options).filter(([name]) => API_NAMES.some((one) => one === name));
  // What it holds is checked by the plan, the key first of all.
  return Object.fromEntries(api) as unknown as GivenApi;
}
