/** The people of a file and of the workspace, as far as telling them apart needs: some forty bytes each. */
import { DigestIndex, TextPool } from '../collections/digest-index.js';
import { GrowingUint32, GrowingUint8 } from '../collections/growing.js';

/** What identity needs of a record. Digests are 16 bytes (src/contact/identity.ts). */
export interface Person {
  /** Digest of the primary email, if it has one. */
  readonly email: Uint8Array | undefined;
  /** Digests of all phones, the primary one first. */
  readonly phones: readonly Uint8Array[];
  /** First and last name as one text, '' if it has none. */
  readonly name: string;
  /** True for a contact of the workspace: it takes part in who is who, and is never sent. */
  readonly external: boolean;
}

const NO_EMAIL = 0xffffffff;

export class People {
  readonly #emails = new DigestIndex();
  readonly #phones = new DigestIndex();
  readonly #names = new TextPool();
  readonly #emailOf = new GrowingUint32();
  /** Member m has the phones #phoneList[#phonesFrom[m] .. #phonesFrom[m + 1]). */
  readonly #phonesFrom = new GrowingUint32();
  readonly #phoneList = new GrowingUint32();
  readonly #external = new GrowingUint8();

  /** Adds one and returns its number. */
  add(person: Person): number {
    this.#emailOf.push(person.email ? this.#emails.add(person.email) : NO_EMAIL);
    this.#phonesFrom.push(this.#phoneList.length);
    for (const phone of person.phones) this.#phoneList.push(this.#phones.add(phone));
    this.#names.add(person.name);
    this.#external.push(person.external ? 1 : 0);
    return this.#emailOf.length - 1;
  }

  /** Gives up what only adding needs, over a third of the memory. To be called once everybody is there. */
  complete(): void {
    this.#emails.release();
    this.#phones.release();
  }

  get size(): number {
    return this.#emailOf.length;
  }

  nameOf(member: number): string {
    return this.#names.get(member);
  }

  isExternal(member: number): boolean {
    return this.#external.get(member) === 1;
  }

  hasEmail(member: number): boolean {
    return this.#emailOf.get(member) !== NO_EMAIL;
  }

  /** The number of a member's primary email, the same for the same email; -1 without one. */
  emailOf(member: number): number {
    return this.hasEmail(member) ? this.#emailOf.get(member) : -1;
  }

  /** How many different primary emails there are. */
  get emails(): number {
    return this.#emails.size;
  }

  /** How many different phones there are. */
  get phones(): number {
    return this.#phones.size;
  }

  /** The number of a member's phone at a place, 0 for the primary one. */
  phoneAt(member: number, place: number): number {
    return this.#phoneList.get(this.#phonesFrom.get(member) + place);
  }

  /** The numbers of a member's phones, the same for the same phone. */
  phonesOf(member: number): number[] {
    const from = this.#phonesFrom.get(member);
    const to = member + 1 < this.size ? this.#phonesFrom.get(member + 1) : this.#phoneList.length;
    const phones: number[] = [];
    for (let at = from; at < to; at++) phones.push(this.#phoneList.get(at));
    return phones;
  }
}
