/** Each thing that Clarky's documentation leaves open, with the readings that the sandbox can take of it. */
export interface Readings {
  /** What a write may hold in `emails` and `phone_numbers`; the other shape gets 422. */
  accepts: 'strings' | 'objects' | 'both';
  /** How an answer shows them. */
  answers: 'strings' | 'objects';
  /** Whether one contact is answered bare or under `data`. */
  envelope: 'data' | 'bare';
  /** What an upsert answers for a contact that it created (one that it updated is always 200). */
  createdStatus: 201 | 200;
  /** What an upsert does with the fields that it was not sent. */
  missingFields: 'keep' | 'clear';
  /** What a PATCH does with the fields that it was not sent. */
  patchedFields: 'keep' | 'clear';
  /** What a write does with the tags that were there. */
  tags: 'replace' | 'join';
  /** What a write does with the custom fields that were there and that it does not name. */
  customFields: 'merge' | 'replace';
  /** How two emails are compared. */
  emailLookup: 'insensitive' | 'exact';
  /** How two phone numbers are compared. */
  phoneLookup: 'digits' | 'exact';
  /** Which addresses of a stored contact an upsert's primary email is looked for in. */
  emailMatch: 'primary' | 'any';
  /** Which numbers of a stored contact an upsert's primary phone is looked for in. */
  phoneMatch: 'primary' | 'any';
  /** Which contact an upsert takes when the email matches one and the phone another; `email-only` asks for no phone beside an email. */
  winner: 'email' | 'phone' | 'newest' | 'email-only';
  /** Where an upsert looks for the contact. */
  dedupeScope: 'workspace' | 'bot';
  /** Whether the server lower-cases emails and puts spaces into phone numbers before it stores them. */
  normalises: boolean;
  /** What `POST /contacts` does when a contact with that primary email or phone is there. */
  createDuplicate: 'create' | 'conflict';
  /** What a write does with a field that no contact has. */
  unknownFields: 'ignore' | 'reject';
  /** What a DELETE answers: 204 without a body, or 200 with the contact. */
  deletedStatus: 204 | 200;
  /** The order of a list by creation. */
  listOrder: 'oldest' | 'newest';
  /** What a list says of its pages: numbers, the same as strings, nothing, nothing and page 1 for each, or a page 1 that never ends. */
  pagination: 'numbers' | 'strings' | 'none' | 'repeated' | 'endless';
}

/** What each can be, the likely one first: where the documentation shows an example, that; else what most such APIs do. */
export const READINGS: { readonly [Name in keyof Readings]: readonly [Readings[Name], ...Readings[Name][]] } = {
  accepts: ['both', 'strings', 'objects'],
  answers: ['strings', 'objects'],
  envelope: ['data', 'bare'],
  createdStatus: [201, 200],
  missingFields: ['keep', 'clear'],
  patchedFields: ['keep', 'clear'],
  tags: ['replace', 'join'],
  customFields: ['merge', 'replace'],
  emailLookup: ['insensitive', 'exact'],
  phoneLookup: ['digits', 'exact'],
  emailMatch: ['primary', 'any'],
  phoneMatch: ['primary', 'any'],
  winner: ['email', 'phone', 'newest', 'email-only'],
  dedupeScope: ['workspace', 'bot'],
  normalises: [false, true],
  createDuplicate: ['create', 'conflict'],
  unknownFields: ['ignore', 'reject'],
  deletedStatus: [204, 200],
  listOrder: ['oldest', 'newest'],
  pagination: ['numbers', 'strings', 'none', 'repeated', 'endless'],
};

export const LIKELY_READINGS = Object.fromEntries(
  Object.entries(READINGS).map(([name, [likely]]) => [name, likely]),
) as unknown as Readonly<Readings>;
