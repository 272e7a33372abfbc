/** What a run waits for: it would look like one that works, or like one that hangs. */
import { rateOf, READS_PER_MINUTE } from '../../rate/rate.js';
import type { RunState } from '../../run/run-state.js';
import { endInWords } from '../../wording/times.js';
import { limitInWords, readsSpentInWords, WHY_IT_WAITS } from '../../wording/waits.js';
import type { JobView } from '../wire.js';

/** The limit that a run waits for, as the page takes it: null is none. */
export function limitOf(said: Parameters<typeof rateOf>[0]): JobView['limit'] {
  const { limit, windowMs } = rateOf(said);
  return { writes: Number.isFinite(limit) ? limit : null, windowMs };
}

/** The same once it is another one than at the start, which is told. */
export function limitChanged(event: Parameters<typeof limitInWords>[0]): Pick<JobView, 'limit' | 'limitSaid'> {
  return { limit: limitOf(event), limitSaid: limitInWords(event) };
}

const THEN: Readonly<Record<keyof typeof WHY_IT_WAITS, string>> = {
  under_way: 'that is waited for first',
  reads_behind: 'it is asked again',
};

/** Behind the sentence of the moment; empty where nothing is waited for but the limit of writes. */
export function waitInWords({ trouble, waits }: Pick<RunState, 'trouble' | 'waits'>, wallMs: number): string {
  if (trouble !== undefined) {
    const until = trouble.endsMs > wallMs ? ` until ${endInWords(trouble.endsMs, wallMs)}` : '';
    return ` ${trouble.message} Trying again${until}.`;
  }
  const code = waits.aside(wallMs)?.code;
  if (code === 'under_way' || code === 'reads_behind') return ` ${WHY_IT_WAITS[code]}: ${THEN[code]}.`;
  return waits.next(wallMs)?.of === 'reads' ? ` ${readsSpentInWords(READS_PER_MINUTE.limit)}` : '';
}

/** What goes out next, and when; null where nothing waits. */
export function nextOutOf(waits: RunState['waits'], wallMs: number): JobView['nextOut'] {
  const { of = 'writes', ms = 0 } = waits.next(wallMs) ?? {};
  const aside = waits.aside(wallMs);
  const landsByMs = aside?.code === 'under_way' ? aside.untilMs : 0;
  if (landsByMs > wallMs + ms) return { of: 'writes', atMs: landsByMs };
  return ms > 0 ? { of, atMs: wallMs + ms } : null;
}
