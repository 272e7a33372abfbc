import { counted, formatCount } from './durations.js';
import { printable } from './printable.js';
import { remedyOf } from './remedies.js';

/** Of contacts that go without a value of their row: how many, without which, and why. */
export interface LeftOut {
  readonly column: string;
  readonly code: string;
  readonly contacts: number;
}

/** Why an omission was made, where its own title says only that it was. */
const WHY: Readonly<Record<string, string>> = {
  shared_phone_omitted: 'others have it, under another name or e-mail',
  shared_email_omitted: 'different people have it',
};

/** `3 contacts without E-mail: the e-mail can't be read`. */
export function leftOutInWords({ column, code, contacts }: LeftOut): string {
  const title = remedyOf(code).title;
  const why = WHY[code] ?? titleInSentence(title);
  return `${counted(contacts, 'contact')} without ${column === '' ? 'a value' : column}: ${why}`;
}

/** A title of a remedy as a sentence goes on with it. */
export function titleInSentence(title: string): string {
  return title.startsWith('Clarky') ? title : title.slice(0, 1).toLowerCase() + title.slice(1);
}

/** Said where so many contacts of Clarky lose a phone that the file gives to somebody else. */
export function phonesGivenAway(contacts: number): string {
  return `${counted(contacts, 'contact')} in Clarky ${contacts === 1 ? 'does' : 'do'} not keep a phone that the file gives to somebody else (--diff shows them).`;
}

/** Said where so many contacts that an import would change are other bots': what becomes of them is seen at the first of them. */
export function whoseTheyBecome(contacts: number, others: readonly string[], bot: string): string {
  const named = printable(others.join(', '));
  return `${formatCount(contacts)} of the contacts to be updated ${contacts === 1 ? 'is' : 'are'} with another bot in Clarky (${named}). The first one that an import sends shows whether your bots share their contacts: if they do, such a contact goes to ${printable(bot)}; if each has its own, it stays as it is, and one is made for ${printable(bot)}.`;
}
