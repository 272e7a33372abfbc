/** When the writes of a run went out, from its events. */
import { isWriteThatLeft } from '../../../api/client-event.js';
import { monotonicMs, rateOf } from '../../../rate/rate.js';
import { Timeline } from '../../../report/timeline.js';
import type { ImportEvent } from '../../events.js';

/** The timeline with this event in it; a new one where the writes begin. */
export function timelineAfter<Before extends Timeline | undefined>(
  timeline: Before,
  event: ImportEvent,
  atMs: number,
): Before | Timeline {
  switch (event.type) {
    case 'started':
      return new Timeline(rateOf(event.limit));
    case 'request':
      // On a busy machine some time may pass until this is heard.
      if (isWriteThatLeft(event)) {
        const agoMs = event.countsAtMs === undefined ? event.sinceAnswerMs : monotonicMs() - event.countsAtMs;
        timeline?.write(atMs - agoMs, event.status === 429);
      }
      break;
    case 'throttled':
      timeline?.pause(atMs, event.waitMs);
      break;
    case 'limit':
      timeline?.mark({ atMs, kind: 'limit', limit: event.writes });
      break;
    case 'pace':
      if (event.even) timeline?.mark({ atMs, kind: 'even' });
      break;
    case 'stopping':
      timeline?.mark({ atMs, kind: 'stopped' });
      break;
    default:
  }
  return timeline;
}
