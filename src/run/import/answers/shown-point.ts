/** E-mails and phones that an answer writes in a way of its own, and that are those that were sent all the same. Pure. */
import { readEmails } from '../../../contact/email.js';
import { comparableEmail } from '../../../contact/identity.js';
import { isSamePhone, storedEmail } from '../../../workspace/compare.js';

/** True where `shown` is the address that was sent: as a link, with a name, with blanks, as its provider writes it, or covered in part. */
export function isShownEmail(sent: string, shown: string): boolean {
  if (shown.includes('*')) return isCovered(comparableEmail(sent), shown.trim().toLowerCase());
  const { emails } = readEmails(shown);
  return (emails.length === 0 ? [shown] : emails).some((email) => mailboxOf(email) === mailboxOf(sent));
}

/** True where `shown` is the number that was sent: with `tel:`, with the zero that is only dialled at home, or covered in part. */
export function isShownPhone(sent: string, shown: string): boolean {
  const plain = shown.replace(/^\s*tel:/i, '').replace(/\(0\)/g, '');
  if (plain.includes('*')) return isCovered(sent.replace(/\D/g, ''), plain.replace(/[^\d*]/g, ''));
  return isSamePhone(sent, plain);
}

/** One mailbox of Google has many addresses. */
function mailboxOf(email: string): string {
  const address = storedEmail(email);
  const [, local = '', domain = ''] = /^(.*)@(g(?:oogle)?mail\.com)$/.exec(address) ?? [];
  return domain === '' ? address : `${local.replace(/\+.*$/, '').replaceAll('.', '')}@gmail.com`;
}

/** What a star stands for isn't known: what is not covered is all there is to compare. */
function isCovered(sent: string, shown: string): boolean {
  const [first = '', last = ''] = [shown.slice(0, shown.indexOf('*')), shown.slice(shown.lastIndexOf('*') + 1)];
  return first.length + last.length > 0 && sent.startsWith(first) && sent.endsWith(last);
}
