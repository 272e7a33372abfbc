/** The name by which people are compared and shown: first and last name, whichever there is. */
export function nameOf(contact: { first_name?: string | undefined; last_name?: string | undefined }): string {
  const { first_name: first = '', last_name: last = '' } = contact;
  return first === '' || last === '' ? first + last : `${first} ${last}`;
}
