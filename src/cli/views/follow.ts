/** What a person sees while an import runs: how far it is, and what it found worth saying. */
import type { ImportEvent, ImportListener } from '../../run/events.js';
import { formatDuration } from '../../wording/durations.js';
import { printable, shortened } from '../../wording/printable.js';
import type { Progress } from './progress.js';

export interface Follower {
  readonly listener: ImportListener;
  close(): void;
}

/** Doubts about names are said one by one up to here; `plan` lists them all. */
const DOUBTS_SAID = 5;

/**
 * @param logIsHere true where the log goes to the same stream: then only a bar would be in its way, and nothing is shown
 */
export async function followOnTerminal(target: NodeJS.WriteStream, logIsHere: boolean): Promise<Follower | undefined> {
  if (logIsHere) return undefined;
  const { showProgress } = await import('./progress.js');
  const progress = showProgress(target);
  let doubts = 0;
  return {
    listener: (event) => {
      if (event.type === 'name_doubt' && ++doubts > DOUBTS_SAID) return;
      const text = inWords(event);
      if (text !== undefined) progress.say(text);
      progress.listener(event);
    },
    close: () => closeAfter(progress, doubts),
  };
}

function closeAfter(progress: Progress, doubts: number): void {
  progress.close();
  if (doubts > DOUBTS_SAID)
    progress.say(`${doubts - DOUBTS_SAID} more e-mails have clearly different names: plan lists them.`);
}

function inWords(event: ImportEvent): string | undefined {
  switch (event.type) {
    case 'name_doubt': {
      const [one, other] = event.names.map((name) => shortened(printable(name), 30));
      return `Lines ${event.lines[0]} and ${event.lines[1]} have one e-mail and different names (${one}, ${other}): sent as one contact.`;
    }
    case 'throttled':
      return `Clarky asks to wait: going on in ${formatDuration(event.waitMs / 1000)}.`;
    case 'pace':
      return event.even
        ? `From here on writes are spaced evenly: ${event.reason}.`
        : `Writes are no longer spaced evenly: ${event.reason}.`;
    case 'warning':
      return printable(event.message);
    case 'limit':
      return `As Clarky announces, the limit is now ${event.writes} writes in any ${formatDuration(event.windowMs / 1000)}.`;
    case 'retrying':
      return event.attempt === 3 ? `Clarky does not answer as it should (${event.reason}): trying again.` : undefined;
    default:
      return undefined;
  }
}
