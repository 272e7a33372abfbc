import { TEXT_FIELDS, type Contact } from './contact.js';
import { comparableEmail } from './identity.js';
import { filledCustomFields } from './payload.js';

const LISTS = ['emails', 'phone_numbers', 'tags'] as const;
type List = (typeof LISTS)[number];

const KEY_OF: Readonly<Record<List, (value: string) => string>> = {
  emails: comparableEmail,
  phone_numbers: (phone) => phone,
  tags: (tag) => tag.toLowerCase(),
};

/**
 * The rows of one contact as one: later values win where they are not blank; emails, phones and tags are joined in order
 * without repeats (tags without regard to case), so the earlier primary stays; custom fields are joined key by
 * key. Associative, so that the place where a run was cut makes no difference.
 */
export class FoldedContact {
  #contact: Contact;
  /** By what they are compared by: to join lists anew for every row would take time with the square of the rows. */
  #lists: Map<List, Map<string, string>> | undefined;
  /** E-mails and phones of the rows that were folded into this one. */
  readonly #points = { emails: new Set<string>(), phone_numbers: new Set<string>() };

  constructor(first: Contact) {
    this.#contact = first;
  }

  add(later: Contact): this {
    this.#lists ??= this.#begun();
    for (const field of TEXT_FIELDS) {
      const text = later[field];
      if (text) this.#contact[field] = text;
    }
    if (later.courtesy !== undefined) this.#contact.courtesy ??= later.courtesy;
    if (later.deal_value !== undefined) this.#contact.deal_value = later.deal_value;
    for (const field of LISTS) if (later[field] !== undefined) join(this.#lists, field, later[field]);
    if (later.custom_fields !== undefined) {
      const { custom_fields: earlier } = this.#contact;
      const filled = Object.fromEntries(filledCustomFields(later.custom_fields));
      this.#contact.custom_fields = { ...earlier, ...filled };
    }
    return this;
  }

  /** One of the rows stands for all of them, whatever the others hold. @param later the row that came now */
  stands(one: Contact, later: Contact): void {
    for (const { emails = [], phone_numbers: phones = [] } of [this.#contact, later]) {
      for (const email of emails) this.#points.emails.add(email);
      for (const phone of phones) this.#points.phone_numbers.add(phone);
    }
    this.#contact = one;
  }

  /** What no row has that stands for it; undefined for nothing. @param shared phones that are nobody's own */
  foldedAway(shared: ReadonlySet<string>): Pick<Contact, 'emails' | 'phone_numbers'> | undefined {
    const { emails: own = [], phone_numbers: ownPhones = [] } = this.#contact;
    const emails = [...this.#points.emails].filter((email) => !own.includes(email));
    const phones = [...this.#points.phone_numbers].filter((phone) => !ownPhones.includes(phone) && !shared.has(phone));
    return emails.length + phones.length === 0 ? undefined : { emails, phone_numbers: phones };
  }

  get contact(): Contact {
    const lists = [...(this.#lists ?? [])].map(([field, values]) => [field, [...values.values()]] as const);
    return { ...this.#contact, ...Object.fromEntries(lists) };
  }

  #begun(): Map<List, Map<string, string>> {
    this.#contact = { ...this.#contact };
    const lists = new Map<List, Map<string, string>>();
    for (const field of LISTS) if (this.#contact[field] !== undefined) join(lists, field, this.#contact[field]);
    return lists;
  }
}

function join(lists: Map<List, Map<string, string>>, field: List, values: readonly string[]): void {
  const joined = lists.get(field) ?? new Map<string, string>();
  lists.set(field, joined);
  for (const value of values) {
    const key = KEY_OF[field](value);
    if (!joined.has(key)) joined.set(key, value);
  }
}
