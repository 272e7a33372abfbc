/** The people of a file and of the workspace, as far as telling them apart needs: some fifty bytes each. */
import { DigestIndex, TextPool } from '../collections/digest-index.js';
import { GrowingUint32, GrowingUint8 } from '../collections/growing.js';

const SEVERAL = 0xffff_ffff;
/** Among who is external. */
const ELSEWHERE = 2;

/** What identity needs of a record. Digests are 16 bytes (src/contact/identity.ts). */
export interface Person {
  /** Digests of all emails, the primary one first. */
  readonly emails: readonly Uint8Array[];
  /** Digests of all phones, the primary one first. */
  readonly phones: readonly Uint8Array[];
  /** Which of the emails are mailboxes of many people, where any is (src/contact/names/role-mailbox.ts). */
  readonly areRoles?: readonly boolean[] | undefined;
  /** What it is told apart by (`whoOf`), '' if nothing. */
  readonly name: string;
  /** True for a contact of the workspace: it takes part in who is who, and is never sent. */
  readonly external: boolean;
  /** True for one of them that is another bot's: each may have its own. */
  readonly isElsewhere?: boolean | undefined;
  /** Of a contact of the workspace: whether an import of this list wrote the phone at a place to it. Asked for few. */
  readonly wasWritten?: ((place: number) => boolean) | undefined;
}

/** What contacts of the workspace have in common. */
export interface Sharing {
  /** By the number of a contact: 1 where it has an e-mail or phone that another has as well. */
  readonly externals: Uint8Array;
  /** True where the same e-mail leads contacts of two bots: each has its own. */
  readonly areBotsApart: boolean;
}

export class People {
  readonly #emails = new PointTable();
  readonly #phones = new PointTable();
  readonly #names = new TextPool();
  #namesKept: ReadonlyMap<number, string> | undefined;
  readonly #external = new GrowingUint8();
  /** By number of an email: 1 for a mailbox of many people. */
  readonly #roles = new GrowingUint8();
  /** By the number of a phone: the record that has it, plus one, or `SEVERAL`. Made for the first contact of the workspace. */
  #holders: Uint32Array | undefined;
  /** By contact of the workspace: the numbers of phones that were written to it, and that records of others have. */
  readonly #written = new Map<number, number[]>();

  /** Adds one and returns its number. */
  add(person: Person): number {
    this.#emails.add(person.emails);
    this.#phones.add(person.phones);
    this.#names.add(person.name);
    person.areRoles?.forEach((isRole, place) => {
      if (!isRole) return;
      const email = this.emailAt(this.#external.length, place);
      this.#roles.growTo(email + 1);
      this.#roles.set(email, 1);
    });
    if (person.external) this.#holders ??= this.#holdersOfPhones();
    this.#external.push(!person.external ? 0 : person.isElsewhere === true ? ELSEWHERE : 1);
    const member = this.#external.length - 1;
    if (person.wasWritten !== undefined) this.#noteWritten(member, person.wasWritten);
    return member;
  }

  /** Gives up what only adding needs, over a third of the memory. To be called once everybody is there. */
  complete(): void {
    this.#emails.complete();
    this.#phones.complete();
  }

  /** Gives up all but who is external. To be called once nobody's name, e-mail or phone is asked for any more. */
  letGo(): void {
    this.#emails.letGo();
    this.#phones.letGo();
    this.#names.clear();
  }

  /** Gives up all names but those of some members. To be called once no other name is asked for any more. */
  keepNamesOf(members: Iterable<number>): void {
    this.#namesKept = new Map(Array.from(members, (member) => [member, this.nameOf(member)]));
    this.#names.clear();
  }

  get size(): number {
    return this.#external.length;
  }

  /** Whether an import of this list wrote a phone, by its number, to a contact of the workspace, where a record of somebody else has it. */
  wasWritten(member: number, phone: number): boolean {
    return this.#written.get(member)?.includes(phone) === true;
  }

  nameOf(member: number): string {
    return this.#namesKept?.get(member) ?? this.#names.get(member);
  }

  isExternal(member: number): boolean {
    return this.#external.get(member) > 0;
  }

  /** True for a contact of the workspace that is another bot's. */
  isElsewhere(member: number): boolean {
    return this.#external.get(member) === ELSEWHERE;
  }

  /** Of two contacts of the workspace that are one person the one that a record is: the first, but of the own bot where any is. */
  nearer(one: number | undefined, other: number): number {
    return one === undefined || (this.isElsewhere(one) && !this.isElsewhere(other)) ? other : one;
  }

  /** How many different emails there are. */
  get emails(): number {
    return this.#emails.size;
  }

  /** Whether an email, by its number, is a mailbox of many people. */
  isRole(email: number): boolean {
    return email < this.#roles.length && this.#roles.get(email) === 1;
  }

  /** How many different phones there are. */
  get phones(): number {
    return this.#phones.size;
  }

  /** The number of a member's email at a place, 0 for the primary one. */
  emailAt(member: number, place: number): number {
    return this.#emails.at(member, place);
  }

  /** The number of a member's phone at a place, 0 for the primary one. */
  phoneAt(member: number, place: number): number {
    return this.#phones.at(member, place);
  }

  /** The numbers of a member's emails, the same for the same email. */
  emailsOf(member: number): number[] {
    return this.#emails.of(member);
  }

  /** The numbers of a member's phones, the same for the same phone. */
  phonesOf(member: number): number[] {
    return this.#phones.of(member);
  }

  /** To be called before the first contact of the workspace counts. */
  #holdersOfPhones(): Uint32Array {
    const holders = new Uint32Array(this.phones);
    for (let record = 0; record < this.size; record++) {
      for (const phone of this.phonesOf(record)) {
        const first = holders[phone] ?? 0;
        if (first === 0) holders[phone] = record + 1;
        else if (first !== SEVERAL && !this.#haveCommonEmail(first - 1, record)) holders[phone] = SEVERAL;
      }
    }
    return holders;
  }

  #noteWritten(member: number, wasWritten: (place: number) => boolean): void {
    for (const [place, phone] of this.phonesOf(member).entries()) {
      const holder = this.#holders?.[phone] ?? 0;
      if (holder === 0 || (holder !== SEVERAL && this.#haveCommonEmail(holder - 1, member)) || !wasWritten(place))
        continue;
      const known = this.#written.get(member);
      if (known === undefined) this.#written.set(member, [phone]);
      else known.push(phone);
    }
  }

  #haveCommonEmail(one: number, other: number): boolean {
    const emails = this.emailsOf(other);
    return this.emailsOf(one).some((email) => emails.includes(email));
  }
}

/** The emails, or the phones, of all members: each by its number, the same for the same one. */
class PointTable {
  readonly #numbers = new DigestIndex();
  /** Member m has #list[#from[m] .. #from[m + 1]). */
  readonly #from = new GrowingUint32();
  readonly #list = new GrowingUint32();

  add(digests: readonly Uint8Array[]): void {
    this.#from.push(this.#list.length);
    for (const digest of digests) this.#list.push(this.#numbers.add(digest));
  }

  complete(): void {
    this.#numbers.release();
  }

  letGo(): void {
    this.#from.clear();
    this.#list.clear();
  }

  get size(): number {
    return this.#numbers.size;
  }

  at(member: number, place: number): number {
    return this.#list.get(this.#from.get(member) + place);
  }

  of(member: number): number[] {
    const from = this.#from.get(member);
    const to = member + 1 < this.#from.length ? this.#from.get(member + 1) : this.#list.length;
    const values: number[] = [];
    for (let at = from; at < to; at++) values.push(this.#list.get(at));
    return values;
  }
}
