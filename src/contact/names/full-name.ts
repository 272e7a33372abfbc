/** The names by which people and firms are compared and shown. */

/** In front of a firm's name, which is compared otherwise than a person's. */
const FIRM_MARK = '\u0001';

interface Named {
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly company?: string | undefined;
  readonly courtesy?: string | undefined;
}

/** First and last name, whichever there is, and in front how somebody is addressed, as far as it tells who it is. */
export function nameOf({ first_name: first = '', last_name: last = '', courtesy }: Named): string {
  const name = first === '' || last === '' ? first + last : `${first} ${last}`;
  return courtesy === undefined || name === '' ? name : `${courtesy} ${name}`;
}

/** What a contact is told apart by: its name, or its company, marked, where no person is named. */
export function whoOf(contact: Named): string {
  const name = nameOf(contact);
  return name === '' && contact.company ? `${FIRM_MARK}${contact.company}` : name;
}

/** The firm of a contact without a person's name; undefined for a person. @param who as `whoOf` gives it */
export function firmIn(who: string): string | undefined {
  return who.startsWith(FIRM_MARK) ? who.slice(FIRM_MARK.length) : undefined;
}

/** As it is shown. @param who as `whoOf` gives it */
export function shownName(who: string): string {
  return firmIn(who) ?? who;
}
