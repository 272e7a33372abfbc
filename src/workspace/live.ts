/** The workspace as a run sees it: read before anything is decided, and asked for each contact that is in it. */
import { MAX_PAGE_SIZE } from '../api/pages.js';
import type { Neighbour } from '../checkpoint/neighbours.js';
import type { UnderWay } from '../checkpoint/unanswered.js';
import type { DecidedRows } from '../plan/decided-rows.js';
import type { Decisions } from '../plan/decisions.js';
import type { PlannedContact } from '../plan/planned.js';
import type { Contact } from '../contact/contact.js';
import { nameOf } from '../contact/names/full-name.js';
import { areOfDifferentPeople } from '../contact/names/one-person.js';
import { latestOf } from './asking/latest.js';
import { nobodysPoint, Turns } from './asking/turns.js';
import { botDifferenceOf, type Difference } from './compare.js';
import { createLookupFinder } from './finder.js';
import { keysOf, type LiveAsking, type LiveOptions, type ToPerson } from './reading-options.js';
import { readWorkspace, type ReadWorkspace } from './reading.js';
import type { StoredContact } from './stored.js';
import { changesOf } from './to-send.js';
import {
  countriesOf,
  givenAwayOf,
  personReader,
  storedPhoneReader,
  type GivenAway,
  type WentOutWith,
} from './stored-phones.js';

export interface LiveSettings {
  /** Of phones in the workspace without +; those of the file's own phones where it is not said. */
  readonly country?: string | undefined;
  /** Only what is blank in Clarky is to change. */
  readonly keepExisting?: boolean | undefined;
  /** Whose contacts they are to be; undefined where that is not known yet. */
  readonly bot?: string | undefined;
  readonly wentOutWith?: WentOutWith | undefined;
  /** What becomes of lists: joined where it is not said. */
  readonly lists?: 'join' | 'replace' | undefined;
}

/** A contact of the workspace, and the fields in which the file says otherwise. */
export interface Comparison extends GivenAway {
  readonly stored: StoredContact;
  readonly differences: readonly Difference[];
  /** Whether the file says otherwise in what is to be kept as Clarky has it. */
  readonly keepsBack: boolean;
  /** Whether another bot has it. */
  readonly isElsewhere: boolean;
  /** Whether others of the workspace have an e-mail or phone of it; undefined where not all of it was read. */
  readonly isShared: boolean | undefined;
}

type Comparable = Pick<PlannedContact, 'contact' | 'external' | 'passedOn'>;

export class LiveWorkspace {
  /** Asks Clarky for whoever has an e-mail or phone of a contact. */
  readonly lookUp: (contact: Contact) => Promise<StoredContact | undefined>;
  readonly #workspace: ReadWorkspace;
  readonly #asking: LiveAsking;
  readonly #keepExisting: boolean;
  readonly #bot: string | undefined;
  readonly #wentOutWith: WentOutWith;
  readonly #replaces: boolean;
  readonly #personOf: ToPerson;
  /** How many contacts the roster has. */
  #added = 0;
  #decisions: Decisions | undefined;

  private constructor(
    workspace: ReadWorkspace,
    asking: LiveAsking,
    { keepExisting, bot, wentOutWith = () => undefined, lists }: LiveSettings,
    personOf: ToPerson,
    { client, signal, bot: of }: Pick<LiveOptions, 'client' | 'signal' | 'bot'>,
  ) {
    this.lookUp = (contact) => createLookupFinder(client, signal, of).findAny(contact);
    this.#workspace = workspace;
    this.#asking = asking;
    this.#keepExisting = keepExisting === true;
    this.#bot = bot;
    this.#wentOutWith = wentOutWith;
    this.#replaces = lists === 'replace';
    this.#personOf = personOf;
  }

  /**
   * Reads the workspace, and adds everybody in it to the roster, so that who is who is decided over both; of a large
   * workspace only those whom a small file asks for. A person there is known by every email and phone that can be read.
   */
  static async open(options: LiveOptions, asking: LiveAsking, settings: LiveSettings): Promise<LiveWorkspace> {
    const live = await LiveWorkspace.begin(options, asking, settings);
    try {
      for await (const _ of live.#workspace.toAsk?.answered ?? []) await live.#addFound();
      return live;
    } catch (error) {
      await live.close();
      throw error;
    }
  }

  /** The same, but those whom a small file asks for are asked as `decided` is read. */
  static async begin(options: LiveOptions, asking: LiveAsking, settings: LiveSettings): Promise<LiveWorkspace> {
    const countries = await countriesOf(settings.country, asking.contacts(options.signal));
    const personOf = personReader(storedPhoneReader(countries));
    const workspace = await readWorkspace(options, asking, personOf);
    try {
      const live = new LiveWorkspace(workspace, asking, settings, personOf, options);
      await live.#addFound();
      return live;
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /** How many reads its contacts took at once, before the first write; those that are asked for meanwhile are none. */
  get readsBefore(): number | undefined {
    return this.#workspace.toAsk === undefined ? Math.ceil(this.#workspace.size / MAX_PAGE_SIZE) : undefined;
  }

  /** Whether the workspace shows that each bot has its own contacts; undefined where it does not. */
  get areBotsApart(): true | undefined {
    return this.#decisions?.areBotsApart;
  }

  /** Decides what happens to each row, once everybody was found. */
  decide(): Decisions {
    return (this.#decisions = this.#asking.decide(false));
  }

  /** The same, some after the others where their people are yet to be asked for. */
  async *decided(): AsyncGenerator<DecidedRows, void, undefined> {
    const { toAsk } = this.#workspace;
    if (toAsk === undefined || this.#asking.rows === 0) {
      yield { decisions: this.decide(), isWanted: undefined };
      return;
    }
    const turns = new Turns(this.#asking.rows, toAsk.questions);
    for (let number = 0; number < this.#added; number++) {
      const { emails, phones } = keysOf(await this.#personAt(number));
      turns.meet([...emails, ...phones]);
    }
    for await (const rows of latestOf(this.#askOn(toAsk.answered, turns))) {
      const isWanted = turns.next(rows);
      if (isWanted !== undefined) yield { decisions: this.#asking.decide(true), isWanted };
    }
    const isWanted = turns.next(Infinity);
    if (isWanted !== undefined) yield { decisions: this.#asking.decide(true), isWanted };
  }

  async *#askOn(answered: AsyncIterable<number>, turns: Turns): AsyncGenerator<number> {
    for await (const rows of answered) {
      await this.#addFound(turns);
      yield rows;
    }
  }

  /** Adds to the roster who was found. @param turns where some rows were given already */
  async #addFound(turns?: Turns): Promise<void> {
    for (; this.#added < this.#workspace.size; this.#added++) {
      const stored = await this.#workspace.contact(this.#added);
      const [person, isElsewhere] = [this.#personOf(stored), botDifferenceOf(stored, this.#bot).length > 0];
      const { emails, phones } = keysOf(person);
      const isGiven = turns?.meet([...emails, ...phones]);
      // A phone is known by its place.
      const open = (keys: readonly Uint8Array[], from: number): Uint8Array[] =>
        keys.map((key, at) => (isGiven?.[from + at] === true ? nobodysPoint(person.id, from + at) : key));
      const points = { emails: open(emails, 0), phones: open(phones, emails.length) };
      const wasWritten = (place: number): boolean => this.#wentOutWith(person, person.phones[place] ?? '') === true;
      this.#asking.roster.addExternal({ ...points, name: person.name, isElsewhere, wasWritten });
    }
  }

  async #personAt(number: number): Promise<Neighbour> {
    return this.#personOf(await this.#workspace.contact(number));
  }

  /**
   * The contacts that keep rows back, and those of the given ids that are still there.
   * @param ids of contacts that kept rows back in an earlier run
   */
  async neighbours(decisions: Decisions, ids: Iterable<string>): Promise<Neighbour[]> {
    const neighbours = new Map<string, Neighbour>();
    for (const number of decisions.inTheWay()) {
      const { phones, ...person } = await this.#personAt(number);
      const kept = phones.filter((_, at) => !decisions.hasPassedOn(number, at));
      neighbours.set(person.id, { ...person, phones: kept });
    }
    for (const id of ids) {
      if (neighbours.has(id)) continue;
      const number = await this.#workspace.numberOf(id);
      if (number !== undefined) neighbours.set(id, await this.#personAt(number));
    }
    return [...neighbours.values()];
  }

  /**
   * The number of the contact that had one of these ids, whatever it has by now, if it is not clearly somebody else.
   * @param whose `of this bot` if contacts of other bots don't count; `anybody's` if one that is somebody else counts
   */
  async numberOf(
    ids: Iterable<string>,
    contact: Contact,
    whose?: 'of this bot' | "anybody's",
  ): Promise<number | undefined> {
    for (const id of ids) {
      const number = await this.#workspace.numberOf(id);
      if (number === undefined) continue;
      const stored = await this.#workspace.contact(number);
      if (whose === 'of this bot' && botDifferenceOf(stored, this.#bot).length > 0) continue;
      if (whose === "anybody's" || !areOfDifferentPeople([nameOf(stored), nameOf(contact)])) return number;
    }
    return undefined;
  }

  /** Whether the contact of one of these ids is not there, and may merely not be shown yet. */
  async isUnshown(ids: readonly string[]): Promise<boolean> {
    for (const id of ids) if (await this.#workspace.isUnshown(id)) return true;
    return false;
  }

  /**
   * The contact of the workspace that this is, compared with it; undefined where there is none.
   * @param now the contact as it is now, where it was read again
   * @param underWay what an earlier import sent for it, and may have arrived since the workspace was read
   */
  async compare(
    { contact, external, passedOn: places = [] }: Comparable,
    now?: StoredContact,
    underWay?: UnderWay,
  ): Promise<Comparison | undefined> {
    const { toAsk } = this.#workspace;
    const known = external === undefined ? undefined : await this.#workspace.contact(external);
    const stored = now ?? known;
    if (stored === undefined) return undefined;
    const isLeft = (person: Neighbour, phone: string): boolean =>
      this.#replaces || this.#wentOutWith(person, phone) === true;
    const given = givenAwayOf({ known, stored, places, underWay }, this.#personOf, isLeft);
    const ofBot = botDifferenceOf(stored, this.#bot);
    const all = [...changesOf(contact, stored, { keepExisting: false, replaces: this.#replaces, ...given }), ...ofBot];
    const differences = this.#keepExisting ? changesOf(contact, stored, { keepExisting: true, ...given }) : all;
    const keepsBack = differences.length < all.length;
    const isShared = external === undefined || toAsk !== undefined ? undefined : this.#decisions?.isShared(external);
    return { stored, ...given, isElsewhere: ofBot.length > 0, isShared, differences, keepsBack };
  }

  async close(): Promise<void> {
    await this.#workspace.close();
  }
}
