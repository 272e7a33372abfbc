/**
 * Contacts of the workspace that kept rows back, as the last import that read it (`--live`) saw them: by their e-mails and
 * phones, and by their name as digests (name-digest.ts). An import that does not read the workspace holds those rows too. Where
 * nobody was kept back this holds nothing; else some hundred bytes each.
 */
import { DigestIndex } from '../collections/digest-index.js';
import { GrowingUint32 } from '../collections/growing.js';
import type { Contact } from '../contact/contact.js';
import { digestText } from '../contact/identity.js';
import { whoOf } from '../contact/names/full-name.js';
import { DIGEST_CHARACTERS } from './facts/digests.js';
import { parseFact, type NeighbourFact } from './format.js';
import { idDigest } from './facts/digests.js';
import { isNamedOtherwise, nameDigest, nameKeyOfPoint } from './name-digest.js';
import { bytesOf, eachDigest, indexOfDigest, pointDigest, pointsOf, type Point } from './points.js';

/** A contact of the workspace, its e-mails and phones normalised as those of a row. */
export interface Neighbour {
  readonly id: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** What it is told apart by (`whoOf`). */
  readonly name: string;
}

/** What of a row's e-mails and phones clearly somebody else has in the workspace. */
export interface Taken {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** What a line tells of a neighbour. */
type Line = Extract<NeighbourFact, { kind: 'neighbour' }>;

const NOTHING: Taken = { emails: [], phones: [] };
const GONE = 0;

export class Neighbours {
  readonly #lineAt: (position: number) => string | undefined;
  /** By contact id; a neighbour's number is its place here. */
  readonly #ids = new DigestIndex(2);
  /** By number: where the line begins that tells of it, plus one; 0 where it is none any more. */
  readonly #positions = new GrowingUint32();
  #size = 0;
  readonly #points = new DigestIndex(2);
  /** By point: its last entry plus one; an entry is a neighbour's number, and the point's entry before it plus one. */
  readonly #lastEntry = new GrowingUint32();
  readonly #entries = new GrowingUint32();

  /** @param lineAt a line of the checkpoint by the byte at which it begins */
  constructor(lineAt: (position: number) => string | undefined) {
    this.#lineAt = lineAt;
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** Their contact ids. */
  *ids(): Generator<string> {
    for (let number = 0; number < this.#positions.length; number++) {
      const line = this.#lineOf(number);
      if (line !== undefined) yield line.id;
    }
  }

  /** What is to be noted so that these are all there are, and as they are here. */
  changesTo(neighbours: readonly Neighbour[]): NeighbourFact[] {
    const there = new Set(neighbours.map(({ id }) => id));
    const gone = [...this.ids()].filter((id) => !there.has(id));
    const facts = [
      ...neighbours.map(neighbourFact),
      ...gone.map((id): NeighbourFact => ({ kind: 'no neighbour', id })),
    ];
    return facts.filter((fact) => !this.#isKnownAs(fact));
  }

  /** Whether this is what is known of it. */
  #isKnownAs(fact: NeighbourFact): boolean {
    const known = this.#lineOf(this.#ids.get(idDigest(fact.id)));
    if (fact.kind !== 'neighbour') return known === undefined;
    return known?.emails === fact.emails && known.phones === fact.phones && known.names === fact.names;
  }

  /** Returns how many lines say nothing any more. */
  apply(fact: NeighbourFact, position: number): number {
    const number = this.#ids.add(idDigest(fact.id));
    this.#positions.growTo(number + 1);
    const wasThere = this.#positions.get(number) !== GONE;
    if (wasThere) this.#size--;
    this.#positions.set(number, fact.kind === 'neighbour' ? position + 1 : GONE);
    if (fact.kind !== 'neighbour') return wasThere ? 2 : 1;
    this.#size++;
    for (const point of eachDigest(bytesOf(fact.emails + fact.phones))) this.#addEntry(point, number);
    return wasThere ? 1 : 0;
  }

  /**
   * What a row has in common with clearly somebody else, by the rules that hold where the workspace is read (plan/who.ts): an
   * e-mail with clearly another name; a phone where both have e-mails, and none in common, or clearly another name; whatever
   * would join two of them.
   * @param isOwn whether the row went out as the contact of this id, which is nobody else
   */
  takenFrom(contact: Contact, isOwn: (id: string) => boolean): Taken {
    if (this.#size === 0) return NOTHING;
    const emails = new Set<string>();
    const phones = new Set<string>();
    const same: Shared[] = [];
    for (const shared of this.#sharedWith(contact)) {
      if (isOwn(shared.line.id)) continue;
      if (!shared.isSomebodyElse) same.push(shared);
      else take(shared, emails, phones);
    }
    // A row without an e-mail of either would join the two; with one, a phone of the other would.
    if (areSeveral(same)) for (const shared of same) if (shared.emails.length === 0) take(shared, emails, phones);
    const byEmail = same.filter((shared) => shared.emails.length > 0);
    if (areSeveral(byEmail)) for (const shared of byEmail) take(shared, emails, phones);
    return emails.size + phones.size === 0 ? NOTHING : { emails: [...emails], phones: [...phones] };
  }

  *#sharedWith(contact: Contact): Generator<Shared> {
    const keyed = pointsOf(contact).map((point) => ({ point, key: pointDigest(point.kind, point.value) }));
    const row = { name: whoOf(contact), hasEmail: (contact.emails?.length ?? 0) > 0 };
    for (const number of new Set(keyed.flatMap(({ key }) => this.#numbersOf(key)))) {
      const line = this.#lineOf(number);
      if (line === undefined) continue;
      // It may have had one of them no more when it was seen last.
      const common = keyed.filter(({ key }) => indexOfDigest(line.emails + line.phones, digestText(key)) >= 0);
      if (common.length > 0)
        yield sharedOf(
          line,
          common.map(({ point }) => point),
          row,
        );
    }
  }

  #numbersOf(point: Uint8Array): number[] {
    const numbers: number[] = [];
    const at = this.#points.get(point);
    let entry = at < 0 ? 0 : this.#lastEntry.get(at);
    while (entry !== 0) {
      numbers.push(this.#entries.get((entry - 1) * 2));
      entry = this.#entries.get((entry - 1) * 2 + 1);
    }
    return numbers;
  }

  #addEntry(point: Uint8Array, number: number): void {
    if (this.#numbersOf(point).includes(number)) return;
    const at = this.#points.add(point);
    this.#lastEntry.growTo(at + 1);
    this.#entries.push(number);
    this.#entries.push(this.#lastEntry.get(at));
    this.#lastEntry.set(at, this.#entries.length / 2);
  }

  #lineOf(number: number): Line | undefined {
    const position = number < 0 ? GONE : this.#positions.get(number);
    const text = position === GONE ? undefined : this.#lineAt(position - 1);
    const fact = text === undefined ? undefined : parseFact(text);
    return fact?.kind === 'neighbour' ? fact : undefined;
  }
}

/** What the checkpoint keeps of a neighbour. */
function neighbourFact({ id, emails, phones, name }: Neighbour): NeighbourFact {
  const points = [
    ...emails.map((value): Point => ({ kind: 'email', value })),
    ...phones.map((value): Point => ({ kind: 'phone', value })),
  ];
  const names = Buffer.concat(points.map((point) => nameDigest(name, nameKeyOfPoint(point))));
  const digests = points.map(({ kind, value }) => digestText(pointDigest(kind, value)));
  return {
    kind: 'neighbour',
    id,
    emails: digests.slice(0, emails.length).join(''),
    phones: digests.slice(emails.length).join(''),
    names: names.toString('base64url'),
  };
}

/** What a row has in common with a neighbour. */
interface Shared {
  readonly line: Line;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly isSomebodyElse: boolean;
}

function sharedOf(line: Line, common: readonly Point[], row: { name: string; hasEmail: boolean }): Shared {
  const of = (kind: Point['kind']): string[] => common.filter((one) => one.kind === kind).map(({ value }) => value);
  const [emails, phones] = [of('email'), of('phone')];
  // Where they have an e-mail in common, the phones do not count.
  const [point] = [...common].sort((one) => (one.kind === 'email' ? -1 : 1));
  const isOtherByEmail = emails.length === 0 && row.hasEmail && line.emails !== '';
  return { line, emails, phones, isSomebodyElse: isOtherByEmail || isOfOtherName(line, point, row.name) };
}

function isOfOtherName({ emails, phones, names }: Line, point: Point | undefined, name: string): boolean {
  const bytes = Buffer.from(names, 'base64url');
  const points = emails + phones;
  const length = bytes.length / (points.length / DIGEST_CHARACTERS);
  if (point === undefined || name === '' || bytes.length === 0) return false;
  const at = indexOfDigest(points, digestText(pointDigest(point.kind, point.value)));
  return isNamedOtherwise(bytes.subarray(at * length, (at + 1) * length), point, name, 'file');
}

function take(shared: Shared, emails: Set<string>, phones: Set<string>): void {
  for (const email of shared.emails) emails.add(email);
  for (const phone of shared.phones) phones.add(phone);
}

/** Whether they are more than one: two with an e-mail or phone in common are one person, stored twice. */
function areSeveral(all: readonly Shared[]): boolean {
  return all.some(({ line }, at) =>
    all.slice(at + 1).some((other) => !digestsOf(line).some((point) => digestsOf(other.line).includes(point))),
  );
}

function digestsOf({ emails, phones }: Line): string[] {
  return [...eachDigest(bytesOf(emails + phones))].map(digestText);
}
