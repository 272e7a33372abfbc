/** `doctor --probe` at the command line: asks, shows how far it is, and says what is left where it is cut off. */
import { EXIT, ImporterError } from '../../errors.js';
import { probe, type ProbeResult } from '../../run/probe/probe.js';
import type { Settings } from '../../settings/settings.js';
import { printable } from '../../wording/printable.js';
import { wrapped } from '../../wording/wrapped.js';
import { isConfirmed } from '../ask.js';
import type { Follower } from '../follow/follow.js';
import { withKey } from '../keys.js';
import { say } from '../output.js';
import { beforeAnything, collectSignals } from '../process/signals.js';

/** @throws ImporterError `usage` where nobody can be asked */
export function requireAsking(settings: Settings): void {
  if (settings.yes === true || (process.stdin.isTTY && process.stderr.isTTY)) return;
  throw new ImporterError('usage', 'doctor --probe asks before it makes a contact, and this is no terminal.', {
    next: 'Use --yes to probe without being asked.',
  });
}

/** @throws ImporterError where it could not begin: nothing was made */
export async function runProbe(settings: Settings, watched: Follower): Promise<ProbeResult> {
  const signals = collectSignals('The next clarky-contacts doctor --probe does it from the start.');
  let open: string | undefined;
  // A second Ctrl-C ends the process at once.
  const tellLeft = (): void => {
    if (open === undefined) return;
    const said = `clarky-contacts: the throw-away contact ${open} may still be in Clarky. The next clarky-contacts doctor --probe deletes it.`;
    say(`\n${wrapped(said, 78).join('\n')}\n`);
  };
  process.on('exit', tellLeft);
  try {
    return await probe({
      ...(await withKey(settings, signals.signal)),
      confirm: async (email, bot) => {
        if (settings.yes === true) return true;
        watched.pause();
        say(inWords(email, bot));
        return isConfirmed('Probe with it?', 'Nothing was made.');
      },
      signal: signals.signal,
      onEvent: watched.listener,
      onStep: (step, done, total) => {
        if (step === 'probing') watched.enter('Probing with the throw-away contact', done, total);
        else watched.enter('Deleting the throw-away contact');
      },
      onOpen: (email) => (open = email),
    });
  } catch (error) {
    throw beforeAnything(error, signals, 'Nothing was made.');
  } finally {
    process.off('exit', tellLeft);
    signals.dispose();
  }
}

/** How `doctor` ends for it. */
export function probeExitStatus({ left, stoppedBy }: ProbeResult): number {
  return stoppedBy?.exitStatus ?? (left === undefined ? EXIT.ok : EXIT.refused);
}

function inWords(email: string, bot: string): string {
  const text = [
    `This makes the contact ${email} (bot ${bot}), changes it, and deletes it again: about 12 writes of the limit.`,
    'Where Clarky does not find it again, more are made and deleted beside it. Agents and automations of the workspace may see them for some seconds; a company for example.com and the tags clarky-contacts-probe may stay.',
  ];
  return `${text.flatMap((part) => wrapped(printable(part), 78)).join('\n')}\n`;
}
