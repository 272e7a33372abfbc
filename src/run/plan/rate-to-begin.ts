import { beginningRate, writesInUse } from '../../rate/budget-place.js';
import { leastSeconds, type Rate, rateOf, sayRate } from '../../rate/rate.js';
import type { WriteRate } from '../../settings/times.js';
import type { ApiOptions } from '../settings.js';

/** The import's keys, of which the limit that Clarky last announced to them is looked up, and where this machine keeps it. */
export type KeysOfImport = { readonly key?: string | undefined } & Pick<ApiOptions, 'moreKeys' | 'stateDir'>;

/** The rate that an import would begin with: by what Clarky last announced to its keys, where they are known. */
export function rateToBegin(apiUrl: string, asked: ApiOptions['rate'], known: KeysOfImport): Rate {
  const rate = rateOf(asked);
  const { key, moreKeys = [], stateDir } = known;
  if (key === undefined) return rate;
  return beginningRate({ apiUrl, keys: [...new Set([key, ...moreKeys])], rate, stateDir });
}

/** How long so many writes take from now on: what was sent a moment ago counts as well. */
export function paceFromNow(
  requests: number,
  { apiUrl, rate: asked, ...known }: KeysOfImport & { readonly apiUrl: string; readonly rate: ApiOptions['rate'] },
): ReturnType<typeof paceOf> {
  const { key, moreKeys = [], stateDir } = known;
  const rate = rateToBegin(apiUrl, asked, known);
  const keys = key === undefined ? [] : [...new Set([key, ...moreKeys])];
  const inUseMs = writesInUse({ apiUrl, keys, rate, stateDir });
  return { ...paceOf(requests, rate), seconds: Math.ceil(leastSeconds(requests, rate, inUseMs)) };
}

/** How long so many writes take at least, and at which rate. */
export function paceOf(requests: number, rate: Rate): { readonly seconds: number; readonly rate: WriteRate | 'off' } {
  return { seconds: leastSeconds(requests, rate), rate: sayRate(rate) };
}
