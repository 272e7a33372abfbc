/** An answer that names a contact and does not show it is no proof that Clarky has it: it is asked for then. */
import { showsNone } from '../../../api/read-answer.js';
import type { WireContact } from '../../../api/wire.js';
import { ImporterError } from '../../../errors.js';

export interface ConfirmationParts {
  /** Gives the contact of an id; undefined where it is not there, or the key may not read. */
  readonly read: (id: string) => Promise<WireContact | undefined>;
  readonly mayRead: () => boolean;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told once where the key may not read: what is counted then was not seen. */
  readonly onUnseen: () => void;
}

/** A server that reads from a copy shows what was written a little later. */
const LOOK_AGAIN_MS = [250, 500, 1000];

/**
 * Makes what gives the contact as Clarky has it, without any e-mail or phone where Clarky kept none.
 * @returns throws ImporterError `unreachable` where Clarky does not have what it says that it has
 */
export function confirmation({
  read,
  mayRead,
  sleep,
  onUnseen,
}: ConfirmationParts): (answer: WireContact) => Promise<WireContact> {
  let isTold = false;
  return async (answer) => {
    if (isShown(answer)) return answer;
    let kept: WireContact | undefined;
    for (const [looked, pauseMs] of [0, ...LOOK_AGAIN_MS].entries()) {
      if (looked > 0) await sleep(pauseMs);
      const seen = await read(answer.id);
      if (seen !== undefined && isShown(seen)) return seen;
      if (!mayRead()) {
        if (!isTold) onUnseen();
        isTold = true;
        return answer;
      }
      // It is there, and has nothing of what was sent: an answer that says the same leaves no doubt.
      if (seen !== undefined && isOfAPerson(seen)) kept = { emails: [], phone_numbers: [], ...seen };
      if (kept !== undefined && saysNoPoints(answer)) return kept;
    }
    if (kept !== undefined) return kept;
    throw new ImporterError(
      'unreachable',
      `Clarky answered that it has a contact (${answer.id}), and does not have it when it is asked for.`,
      { next: 'Run the same command again in a while: what is not in Clarky then is sent again.' },
    );
  };
}

/** More than an id. */
function isOfAPerson(contact: WireContact): boolean {
  return ['emails', 'phone_numbers', 'first_name', 'last_name', 'company'].some((field) => field in contact);
}

function saysNoPoints(contact: WireContact): boolean {
  return showsNone(contact, ['emails']) || showsNone(contact, ['phone_numbers']);
}

function isShown(contact: WireContact): boolean {
  return [contact['emails'], contact['phone_numbers']].some((values) => Array.isArray(values) && values.length > 0);
}
