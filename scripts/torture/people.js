/**
 * The people of a round, and the rows in which a spreadsheet speaks of them. Every value tells whose it is, so that a
 * contact that holds somebody else's value can be seen.
 */

/**
 * @typedef {object} Row
 * @property {Person} person
 * @property {string} first
 * @property {string} last
 * @property {string} email lower-case, '' for none
 * @property {string} phone ten national digits of a London number, '' for none
 * @property {string} company
 * @property {string} title
 * @property {string[]} tags
 * @property {string} notes
 * @property {number} emailStyle how the e-mail is spelled
 * @property {number} phoneStyle how the phone is spelled
 */

/**
 * @typedef {object} Person
 * @property {number} number
 * @property {'mail' | 'phone' | 'office' | 'bad'} kind
 * @property {number} office the group whose phone it shares, or 0
 */

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Chloé',
  'Dmitri',
  'Esperanza',
  'Friedrich',
  'Günther',
  'Hiroko',
  'Ingeborg',
  'José',
];
const SYLLABLES = ['bar', 'kel', 'mo', 'tri', 'zan', 'wex', 'ful', 'dor', 'gis', 'nap'];
const EMAIL_STYLES = [
  (email) => email,
  (email) => email.toUpperCase(),
  (email) => email.charAt(0).toUpperCase() + email.slice(1),
  (email) => ` ${email} `,
];
const PHONE_STYLES = [
  (d) => `+44${d}`,
  (d) => `+44 ${d.slice(0, 2)} ${d.slice(2, 6)} ${d.slice(6)}`,
  (d) => `0${d.slice(0, 2)} ${d.slice(2, 6)} ${d.slice(6)}`,
  (d) => `(0${d.slice(0, 2)}) ${d.slice(2, 6)}-${d.slice(6)}`,
  (d) => `0044 ${d}`,
  (d) => `+44 (0)${d}`,
];
/** @type {readonly ('company' | 'title' | 'tags' | 'notes')[]} */
const EDITABLE = ['company', 'title', 'notes', 'tags'];

export class Town {
  #random;
  #people = 0;
  #phones = 0;
  #offices = 0;
  #versions = 0;

  /** @param {import('./random.js').Random} random */
  constructor(random) {
    this.#random = random;
  }

  /** The rows of one newcomer, or of a whole office that shares a phone. @returns {Row[]} */
  newcomers() {
    const random = this.#random;
    const lot = random.next();
    if (lot < 0.08) return this.#office();
    if (lot < 0.14) return [this.#badRow()];
    const person = this.#person(lot < 0.3 ? 'phone' : 'mail');
    const first = this.#row(person, {
      email: person.kind === 'mail',
      phone: person.kind === 'phone' || random.chance(0.7),
    });
    const rows = [first];
    while (random.chance(0.2) && rows.length < 4) {
      const again = this.#row(person, { email: false, phone: false });
      rows.push({
        ...again,
        email: first.email,
        phone: person.kind === 'phone' || random.chance(0.5) ? first.phone : '',
      });
    }
    return rows;
  }

  /** Changes one value of a row into one that was never there, blanks it, or gives a person with an e-mail another phone. */
  change(row) {
    const random = this.#random;
    if (row.person.kind === 'mail' && random.chance(0.2))
      return { ...row, phone: random.chance(0.2) ? '' : this.#phone() };
    const field = random.pick(EDITABLE);
    if (random.chance(0.15)) return { ...row, [field]: field === 'tags' ? [] : '' };
    return { ...row, [field]: this.#value(field, row.person) };
  }

  /** Spells the same values in another way. */
  respell(row) {
    return { ...row, ...this.#styles() };
  }

  #office() {
    const random = this.#random;
    const phone = this.#phone();
    const office = ++this.#offices;
    const withoutEmail = random.chance(0.3) ? 0 : -1;
    return Array.from({ length: random.whole(2, 3) }, (_, at) => {
      const person = { ...this.#person('office'), office };
      return { ...this.#row(person, { email: at !== withoutEmail, phone: false }), phone };
    });
  }

  #badRow() {
    const random = this.#random;
    const row = this.#row(this.#person('bad'), { email: false, phone: false });
    const lot = random.whole(0, 2);
    if (lot === 0) return { ...row, email: 'not-an-address' };
    if (lot === 1) return { ...row, email: `bad${row.person.number}@example.com`, phone: '12' };
    return row;
  }

  /** @returns {Person} */
  #person(kind) {
    return { number: ++this.#people, kind, office: 0 };
  }

  /** @returns {Row} */
  #row(person, { email, phone }) {
    const { number } = person;
    const first = FIRST_NAMES[number % FIRST_NAMES.length];
    const last = surname(number);
    return {
      person,
      first,
      last,
      email: email
        ? `${last.toLowerCase()}.${number}@${this.#random.pick(['example.com', 'example.org', 'mail.example.net'])}`
        : '',
      phone: phone ? this.#phone() : '',
      company: this.#random.chance(0.8) ? this.#value('company', person) : '',
      title: this.#random.chance(0.5) ? this.#value('title', person) : '',
      tags: this.#random.chance(0.4) ? this.#value('tags', person) : [],
      notes: this.#random.chance(0.3) ? this.#value('notes', person) : '',
      ...this.#styles(),
    };
  }

  #styles() {
    return {
      emailStyle: this.#random.whole(0, EMAIL_STYLES.length - 1),
      phoneStyle: this.#random.whole(0, PHONE_STYLES.length - 1),
    };
  }

  #phone() {
    return `20794${String(++this.#phones).padStart(5, '0')}`;
  }

  /**
   * @param {'company' | 'title' | 'tags' | 'notes'} field
   * @returns {any} tags as a list, all else as text
   */
  #value(field, { number }) {
    const version = `${number}.${++this.#versions}`;
    switch (field) {
      case 'company':
        return `Größe & Söhne ${version}`;
      case 'title':
        return `Head, of "things" ${version}`;
      case 'tags':
        return [`p${number}`, `v${this.#versions}`].slice(0, this.#random.whole(1, 2));
      default:
        return `Line one; ${version}\nline two | ${version}\tend`;
    }
  }
}

/** Three syllables or more: two different numbers give clearly different names. */
function surname(number) {
  // Multiplied so that neighbours differ in more than their last syllable.
  const digits = String((number * 7919) % 100_000).padStart(5, '0');
  const name = [...digits].map((digit) => SYLLABLES[Number(digit)]).join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A row as the cells of a spreadsheet. @param {Row} row */
export function cellsOf(row) {
  const email = row.email.includes('@') ? EMAIL_STYLES[row.emailStyle](row.email) : row.email;
  const phone = row.phone.length === 10 ? PHONE_STYLES[row.phoneStyle](row.phone) : row.phone;
  return [row.first, row.last, email, phone, row.company, row.title, row.tags.join(', '), row.notes];
}

export const HEADER = ['First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Job Title', 'Tags', 'Notes'];
