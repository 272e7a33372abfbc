/** Whom a contact is known as by imports of other files, as far as this checkpoint does not know it: held, or led as Clarky has it. */
import { dirname } from 'node:path';
import type { CheckpointState } from '../../checkpoint/state.js';
import { nameOfCheckpoint, foldersOf, noteBeside } from '../../checkpoint/others/places.js';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import { OtherPeople } from '../../checkpoint/others/other-people.js';
import { pointsOf } from '../../checkpoint/points.js';
import type { Contact } from '../../contact/contact.js';
import type { Claim } from '../../plan/decide.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Reads } from '../import/flight/reads.js';
import {
  claimedOf,
  idOf,
  recognised,
  strangerOf,
  taking,
  withoutClaimed,
  type Acquaintance,
  type AcquaintanceRules,
} from './acquaintance.js';
import type { StoredContact } from '../../workspace/stored.js';
import { InFile } from './in-file.js';
import { claimsOfOthers } from './others/claim.js';
import type { OthersParts, OthersPlace } from './others/place.js';
import {
  hasPassedOn,
  isAnother,
  isAsItWas,
  isKnown,
  isUnclear,
  newTo,
  sentAs,
  withoutPointsOf,
} from './others/whom.js';
import { hiddenClaim, isNamelessFirm, mayShare, unseenClaim } from './unseen.js';
import { askStillHas, claimUnshown, isLedPast, isStillThere, LED_PAST, type StillHas } from './still-there.js';

export class Others {
  readonly #people: OtherPeople;
  readonly #own: CheckpointState | undefined;
  readonly #rules: AcquaintanceRules;
  readonly #inFile: InFile;
  readonly #stillHas: StillHas | undefined;
  readonly #claimOn: ReturnType<typeof claimsOfOthers>;
  #isRead = false;

  private constructor(people: OtherPeople, ownFolder: string | undefined, parts: OthersParts) {
    const { reading, decisions, own, signal, stillHas } = parts;
    this.#people = people;
    this.#claimOn = claimsOfOthers(people, ownFolder);
    this.#stillHas = stillHas;
    this.#own = own;
    this.#rules = reading.file.settings;
    this.#inFile = new InFile(() => reading.planned(decisions, signal), people.state);
  }

  /** For a run that sends nothing, or nothing yet. */
  static async ofReading({ checkpoint, onUnread, ...place }: OthersPlace, parts: OthersParts): Promise<Others> {
    const own = checkpoint === undefined ? [] : [await nameOfCheckpoint(checkpoint)];
    return new Others(new OtherPeople(foldersOf(place, own), onUnread), checkpoint && dirname(checkpoint), parts);
  }

  /** For an import: whom they have sent is known to what is sent now by no name that says less. */
  static async toImport(
    place: OthersPlace,
    { reads, signal, ...what }: Pick<OthersParts, 'reading' | 'decisions'> & { reads: Reads; signal: AbortSignal },
    checkpoint: Pick<Checkpoint, 'state' | 'alsoGoBy'>,
  ): Promise<Others> {
    await noteBeside(place);
    const stillHas = askStillHas(reads, signal);
    const others = await Others.ofReading(place, { ...what, stillHas, own: checkpoint.state });
    checkpoint.alsoGoBy(others.#people.state);
    others.tellLately(reads);
    return others;
  }

  /** Reads go by what Clarky has answered to those imports as well. */
  tellLately(to: Pick<Reads, 'goBy'>): void {
    to.goBy(this.#people.state.lately);
  }

  /** False where no other file was imported to that bot. */
  get areThere(): boolean {
    return this.#people.areThere;
  }

  /**
   * Looks a contact up in what is known of other files' imports.
   * @param found whom this checkpoint knows it as
   * @param upToNow false where what was known when somebody was first looked up is enough: nothing is sent yet
   */
  async meet(found: Acquaintance, upToNow = false): Promise<Acquaintance> {
    const met = await this.#met(found, upToNow);
    if (!upToNow || met.claims !== undefined || isKnown(this.#own, met.planned)) return met;
    const [contactId] = await this.idsOf(met.planned);
    return contactId === undefined ? met : { ...met, contactId, isOfAnotherFile: true };
  }

  /**
   * Under which ids they have whom a contact may be, for whom this checkpoint does not know.
   * @param by `identity` where it must have gone out as the very contact, and not only with a phone of it
   */
  async idsOf(planned: Pick<PlannedContact, 'contact' | 'identity'>, by?: 'identity'): Promise<string[]> {
    await this.#read();
    const others = this.#people.state;
    const same = sentAs(planned, others, by === 'identity' ? [others.numberOf(planned)] : undefined);
    return same.flatMap((number) => idOf(number, planned.contact, others) ?? []);
  }

  /** Whether they have sent whom a contact may be. */
  async haveSent(planned: Pick<PlannedContact, 'contact'>): Promise<boolean> {
    await this.#read();
    return sentAs(planned, this.#people.state).some((number) => !this.#people.state.isMissing(number));
  }

  /** Those ids, by all that was noted up to now. */
  async idsByNow(planned: Pick<PlannedContact, 'contact' | 'identity'>): Promise<string[]> {
    await this.#people.refresh();
    return this.idsOf(planned);
  }

  /**
   * What a contact has in common with clearly somebody else whom they have sent up to now, and Clarky has: the workspace may have been
   * read before that was there.
   * @param stored what Clarky has of it: that is its own
   */
  async claimByNow(
    { contact, takenPhones = [] }: Pick<PlannedContact, 'contact' | 'takenPhones'>,
    stored: Pick<StoredContact, 'emails' | 'phone_numbers'> | undefined,
  ): Promise<Claim | undefined> {
    await this.#people.refresh();
    const others = this.#people.state;
    const asked = stored === undefined ? contact : withoutPointsOf(contact, stored);
    for (const { kind, value } of pointsOf(asked)) {
      if (mayShare(kind, this.#rules) || (kind === 'phone' && takenPhones.includes(value))) continue;
      const number = others.ownerOf(kind, value);
      if (number < 0 || !isAnother(others, number, asked)) continue;
      if ((await isStillThere(number, asked, others, this.#stillHas)) === true) return this.#claimOn({ kind, value });
    }
    return undefined;
  }

  async #met(found: Acquaintance, upToNow: boolean): Promise<Acquaintance> {
    if (found.claims !== undefined || this.#own?.isUnchanged(found.planned) === true) return found;
    await this.#read();
    if (upToNow) await this.#people.refresh();
    const met = await this.#metAnew(found);
    return met.claims === undefined ? this.#withPhonesPassedOn(met) : met;
  }

  /** By those e-mails and phones that this checkpoint does not know. */
  async #metAnew(found: Acquaintance): Promise<Acquaintance> {
    const { planned } = found;
    const [own, rules] = [this.#own, this.#rules];
    // Also for whom this checkpoint knows: by the name under which they go there.
    const asked = newTo(own, planned.contact, this.#people.state);
    if (asked === undefined) return found;
    const others = this.#people.state;
    const owners = others.ownersOf({ contact: asked });
    if (isAsItWas(planned, asked, owners, others) && unseenClaim(planned, others, rules) === undefined) return found;
    const somebodyElse = new Set<number>();
    const same: number[] = [];
    let ledPast: typeof LED_PAST | undefined;
    for (const number of owners) {
      if (!isAnother(others, number, asked)) same.push(number);
      else {
        const there = await isStillThere(number, asked, others, this.#stillHas);
        const isPassedBy = there === 'unshown' && isLedPast(number, planned.contact, others);
        if (isPassedBy) ledPast = LED_PAST;
        else if (there === true) somebodyElse.add(number);
      }
    }
    if (same.length + somebodyElse.size === 0) return { ...found, ...ledPast };
    const isInFile = (number: number): Promise<boolean> => this.#inFile.has(number);
    const claimed = await claimedOf(planned.contact, asked, others, { rules, somebodyElse, isInFile });
    const left = withoutClaimed(planned, claimed, rules);
    if ('value' in left) return { ...found, claims: await this.#claimOn(left) };
    const there = recognised(left, others, same);
    // Whom this checkpoint knows it leads as that does; whose phone may be somebody else's still, others may know alone.
    const known = isKnown(own, planned)
      ? { ...found, planned: left, foundBy: found.foundBy ?? there.foundBy }
      : { ...found, ...there, foundBy: there.foundBy ?? found.foundBy };
    return taking({ ...known, ...ledPast }, claimed, 'another file');
  }

  /**
   * A phone that this checkpoint has with the contact may have passed on in another list since: where Clarky goes by phones, an
   * upsert that holds it would find whoever has it by now.
   */
  #withPhonesPassedOn(met: Acquaintance): Acquaintance {
    const { contact } = met.planned;
    if (mayShare('phone', this.#rules) || contact.emails === undefined || !isKnown(this.#own, met.planned)) return met;
    const isPassedOn = contact.phone_numbers?.some((phone) => hasPassedOn('phone', phone, contact, this.#people.state));
    return isPassedOn === true ? taking(met, { emails: [], phones: [], takesPhone: true }, 'another file') : met;
  }

  /**
   * By what it is somebody else whom Clarky has, by what this import and others have sent, though its list, which may lag behind,
   * shows neither; or by what it is to be found. Where nobody is asked, the list is believed.
   */
  async meetUnshown(planned: PlannedContact): Promise<Pick<Acquaintance, 'claims' | 'isLedPast'> | undefined> {
    if (this.#stillHas === undefined) return undefined;
    const claims = this.#own && (await claimUnshown(planned, this.#own, this.#stillHas, this.#rules));
    return claims === undefined ? this.meet(strangerOf(planned)) : { claims };
  }

  /** By what it is somebody else than a contact of the workspace is known as there, though that shows nothing of it. */
  async unseenClaim(planned: PlannedContact): Promise<Claim | undefined> {
    if (planned.contact.courtesy === undefined && !isNamelessFirm(planned.contact)) return undefined;
    await this.#read();
    const shared = unseenClaim(planned, this.#people.state, this.#rules);
    return shared && this.#claimOn(shared);
  }

  /** Whether they have sent whom it is, under a name in a script that can't be compared with that of its own. */
  async isUnclear({ contact }: Pick<PlannedContact, 'contact'>): Promise<boolean> {
    await this.#read();
    return isUnclear(contact, this.#people.state);
  }

  /** By what it is somebody else than whom they have sent, where the name that Clarky has fits both. */
  async hiddenClaim(planned: PlannedContact, nameInClarky: string): Promise<Claim | undefined> {
    await this.#read();
    const shared = hiddenClaim(planned, this.#people.state, this.#rules, nameInClarky);
    return shared && this.#claimOn(shared);
  }

  /**
   * Whether an id that was answered is whom an import of another file got it for, and that is not `sent`: neither has it an
   * e-mail or phone of theirs, nor does the answer show one with which they may be one person.
   */
  isSomebodyElses(id: string, sent: Contact, shown: Pick<Contact, 'emails' | 'phone_numbers'>): boolean {
    const others = this.#people.state;
    const owner = others.ownerOfId(id);
    if (owner < 0 || others.ownersOf({ contact: sent }).includes(owner)) return false;
    if (pointsOf(sent).some(({ kind, value }) => others.idUnder(kind, value) === id)) return false;
    return !others.ownersOf({ contact: shown }).includes(owner) || others.isSomebodyElse(owner, { ...sent, ...shown });
  }

  async #read(): Promise<void> {
    if (!this.#isRead) await this.#people.refresh();
    this.#isRead = true;
  }
}
