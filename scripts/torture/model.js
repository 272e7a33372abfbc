/**
 * What a file should become, by rules of its own: the README's, written down once more in the plainest way, over people
 * who are known to begin with. Nothing of src/ is used.
 */

/** @typedef {import('./people.js').Row} Row */

/**
 * @typedef {object} Expected
 * @property {string} identity the e-mail, or `+44…`
 * @property {Record<string, string>} fields by name; '' for a blank one. Phones and tags are joined by a space.
 */

/**
 * @param {readonly Row[]} rows
 * @param {{ sharedPhone: 'reject' | 'omit', duplicates: 'merge' | 'last' | 'first' | 'reject' }} settings
 * @returns {{ contacts: Expected[], rejected: number, merged: number }}
 */
export function whatShouldBe(rows, { sharedPhone, duplicates }) {
  /** @type {Map<number, Row[]>} */
  const byPerson = new Map();
  for (const row of rows) byPerson.set(row.person.number, [...(byPerson.get(row.person.number) ?? []), row]);
  const contacts = [];
  let rejected = 0;
  let merged = 0;
  for (const own of byPerson.values()) {
    const { kind } = own[0].person;
    const isHeld = kind === 'office' && (sharedPhone === 'reject' || own[0].email === '');
    if (kind === 'bad' || isHeld || (duplicates === 'reject' && own.length > 1)) {
      rejected += own.length;
      continue;
    }
    merged += own.length - 1;
    contacts.push(contactOf(own, duplicates, kind === 'office'));
  }
  return { contacts, rejected, merged };
}

/** @param {Row[]} own @returns {Expected} */
function contactOf(own, duplicates, withoutPhone) {
  const rows = duplicates === 'last' ? own.slice(-1) : duplicates === 'first' ? own.slice(0, 1) : own;
  const latest = (field) => rows.findLast((row) => row[field] !== '')?.[field] ?? '';
  const phones = withoutPhone ? [] : rows.flatMap(({ phone }) => (phone === '' ? [] : [`+44${phone}`]));
  return {
    identity: own[0].email || `+44${own[0].phone}`,
    fields: {
      first_name: latest('first'),
      last_name: latest('last'),
      company: latest('company'),
      job_title: latest('title'),
      notes: latest('notes').replace(/\s+/g, ' '),
      phones: [...new Set(phones)].join(' '),
      tags: [...new Set(rows.flatMap(({ tags }) => tags))].join(' '),
    },
  };
}

/** Every value that each contact may have been given so far: what a later row leaves blank stays as it was. */
export class History {
  /** @type {Map<string, Map<string, Set<string>>>} */
  #values = new Map();
  /** Those that a finished run has put into Clarky. @type {Set<string>} */
  arrived = new Set();

  /** @param {readonly Expected[]} contacts */
  add(contacts) {
    for (const { identity, fields } of contacts) {
      const known = this.#values.get(identity) ?? new Map();
      this.#values.set(identity, known);
      for (const [field, value] of Object.entries(fields))
        known.set(field, (known.get(field) ?? new Set([''])).add(value));
    }
  }

  get identities() {
    return this.#values.keys();
  }

  has(identity) {
    return this.#values.has(identity);
  }

  allows(identity, field, value) {
    return this.#values.get(identity)?.get(field)?.has(value) === true;
  }
}
