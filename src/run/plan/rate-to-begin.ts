import { beginningRate } from '../../rate/budget-place.js';
import { type Rate, rateOf } from '../../rate/rate.js';
import type { ApiOptions } from '../settings.js';

type Known = Partial<Pick<ApiOptions, 'key' | 'moreKeys' | 'stateDir'>>;

/** The rate that an import would begin with: by what Clarky last announced to its keys, where they are known. */
export function rateToBegin(apiUrl: string, asked: ApiOptions['rate'], known: Known): Rate {
  const rate = rateOf(asked);
  const { key, moreKeys = [], stateDir } = known;
  if (key === undefined) return rate;
  return beginningRate({ apiUrl, keys: [...new Set([key, ...moreKeys])], rate, stateDir });
}
