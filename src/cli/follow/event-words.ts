/** Events that are worth a sentence to whoever watches. */
import type { ImportEvent } from '../../run/events.js';
import { formatDuration } from '../../wording/durations.js';
import { lineAtStart, linesInWords, placesOf } from '../../wording/rows/lines.js';
import { printable, shortened } from '../../wording/printable.js';
import { limitInWords } from '../../wording/waits.js';

/** Doubts about names are said one by one up to here; `plan` lists them all. */
const DOUBTS_SAID = 5;

/** Says the first doubts about names, and how many more there were. */
export class NameDoubts {
  #count = 0;

  take(event: ImportEvent): string | undefined {
    const isDoubt = event.type === 'name_doubt' || event.type === 'unclear_name';
    if (!isDoubt || ++this.#count > DOUBTS_SAID) return undefined;
    if (event.type === 'unclear_name') {
      const name = shortened(printable(event.name), 30);
      return `${lineAtStart([event])} (${name}) has an e-mail that stands with a name in another script in Clarky, which can't be compared: sent as one contact.`;
    }
    const [one, other] = event.names.map((name) => shortened(printable(name), 30));
    const places = placesOf(event);
    if (other === '')
      return `${lineAtStart(places.slice(1))} names nobody and has the phone of ${linesInWords(places.slice(0, 1))} (${one}): sent as one contact.`;
    return `${lineAtStart(places)} have one e-mail and different names (${one}, ${other}): sent as one contact.`;
  }

  rest(): string | undefined {
    const more = this.#count - DOUBTS_SAID;
    this.#count = 0;
    return more > 0 ? `${more} more e-mails and phones have different names, or none: plan lists them.` : undefined;
  }
}

/**
 * Says once what keeps requests from getting through, and that they do again. A server that never answered is seen at once; what passes at
 * the second try is not worth a word where there was an answer before.
 */
export class Troubles {
  #isTold = false;

  take(event: ImportEvent): string | undefined {
    if (event.type === 'answering') {
      this.#isTold = false;
      return `Clarky answers${event.again ? ' again' : ''}: going on.`;
    }
    if (event.type !== 'retrying' || this.#isTold || !(event.neverAnswered || event.attempt > 1)) return undefined;
    this.#isTold = true;
    // A certificate does not mend itself: it is tried a few times, and not for long.
    if (event.reason === 'tls') return `${event.message} Trying again.`;
    return `${event.message} ${event.reason === 'silent' ? 'Waiting' : 'Trying'} for ${formatDuration(Math.max(0, event.endsMs - Date.now()) / 1000)} more.`;
  }
}

const AGAIN: Readonly<Record<string, string>> = {
  interrupted: '; Ctrl-C again to quit at once',
  terminated: '; a second signal quits at once',
};

export function eventInWords(event: ImportEvent): string | undefined {
  switch (event.type) {
    case 'locked':
      return `${event.message} Waiting for it, ${formatDuration(Math.max(0, event.untilMs - Date.now()) / 1000)} at most.`;
    case 'throttled':
      return `Clarky asks to wait: going on in ${formatDuration(event.waitMs / 1000)}.`;
    case 'pace':
      return event.even
        ? `From here on writes are spaced evenly: ${event.reason}.`
        : `Writes are no longer spaced evenly: ${event.reason}.`;
    case 'warning':
      return event.message;
    case 'limit':
      return limitInWords(event);
    case 'finishing':
      if (event.requests === 0) return undefined;
      return `Finishing ${event.requests} ${event.requests === 1 ? 'request' : 'requests'}${event.isAsked ? (AGAIN[event.code ?? ''] ?? AGAIN.interrupted) : ''}.`;
    default:
      return undefined;
  }
}
