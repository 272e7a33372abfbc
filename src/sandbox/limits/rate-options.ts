import type { Counting, RateRule } from './rate-counter.js';

/** How calls are limited. */
export interface RateOptions {
  /** Writes of one key; default 60 in 60,000 ms; 0 means no limit. */
  writes: RateRule;
  /** Reads of one key; default 120 in 60,000 ms. */
  reads: RateRule;
  /** Default `rolling`, as Clarky says of itself. */
  counting: Counting;
  /** Whether refused calls use the budget up as well; default false. */
  countRejected: boolean;
  /** Whether answers carry the X-RateLimit headers; default true. */
  headers: boolean;
  /** The limit of writes that those headers claim; 0, the default, is the true one. */
  saysLimit: number;
  /** The form of Retry-After; default `seconds`. */
  retryAfter: 'seconds' | 'date';
}
