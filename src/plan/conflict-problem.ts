/** Why a record that can be read is not sent all the same, in words that tell what is wrong and what helps. Pure. */
import type { Problem } from '../problem.js';
import { linesInWords } from '../wording/rows/lines.js';
import type { Role } from './decisions.js';

/**
 * Undefined where the record is sent.
 * @param shared gives what it has in common with others, where that is known
 */
export function conflictOf(role: Role, shared?: (by: 'email' | 'phone') => string): Problem | undefined {
  if (role.kind === 'held') return heldProblem(role, shared?.(role.by) ?? '');
  return role.kind === 'repeated' ? REPEATED : undefined;
}

function heldProblem(role: Extract<Role, { kind: 'held' }>, point: string): Problem {
  const { by, places, rows, names, isOneName, withWorkspace, hasOther } = role;
  const here = rows > 1 || !withWorkspace ? linesInWords(places, rows - places.length) : 'this row';
  const where = withWorkspace ? `${here} and a contact in the workspace` : here;
  const who = names.length === 0 ? '' : `, ${names.map((name) => `"${name}"`).join(' and ')}`;
  // What tells them apart comes first: a line of a terminal may have room for no more.
  const shared = `One ${by === 'phone' ? 'phone number' : 'e-mail'}, ${apartBy(role)}`;
  const what = point === '' ? '' : `${who === '' ? '' : ','} have ${point}`;
  const message = `${shared}: ${where}${who}${what}. Clarky would make them one contact.`;
  if (by === 'email') {
    const hint = hasOther
      ? 'Give each their own e-mail, or use --shared-email omit to send them without it, or --shared-email merge to send them as one contact.'
      : 'Give each their own e-mail, or use --shared-email merge to send them as one contact.';
    return { code: 'shared_email', message, hint };
  }
  if (isOneName) {
    const hint =
      'If it is one person, write both e-mails into one row (ann@x.com; ann@y.com) and leave the other out; if not, give each their own number, or use --shared-phone omit to send without it whoever has an e-mail or another phone.';
    return { code: 'shared_phone', message, hint };
  }
  const hint = hasOther
    ? 'Give each their own number, or use --shared-phone omit to send without it whoever has an e-mail or another phone.'
    : 'Give each their own number, or write them into one row if it is one person.';
  return { code: 'shared_phone', message, hint };
}

/** Why those who have an e-mail or a phone in common are taken for several people. */
function apartBy({ by, names, haveEmails, isOneName }: Extract<Role, { kind: 'held' }>): string {
  if (by === 'phone' && isOneName) return 'one name, different e-mails';
  if (by === 'phone' && haveEmails) return names.length > 1 ? 'different names and e-mails' : 'different e-mails';
  return names.length > 1 ? 'different names' : 'different people';
}

const REPEATED: Problem = {
  code: 'duplicate',
  message: 'Other records in the file are the same contact, and --duplicates reject is set.',
  hint: 'Leave one of them, or use --duplicates merge.',
};
