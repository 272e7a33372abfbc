/** Rows that were sent as somebody corrected them in a rejects file that is there no more: whom Clarky has of them. */
import { OtherPeople } from '../../checkpoint/others/other-people.js';
import { foldersOf, type Somewhere } from '../../checkpoint/others/places.js';
import type { Contact } from '../../contact/contact.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { WorkspaceFinder } from '../../workspace/finder.js';
import type { StoredContact } from '../../workspace/stored.js';
import type { MendedRows } from '../known/mended.js';

/** A contact of Clarky, and under which identity it was sent. */
export interface FoundAway extends Pick<PlannedContact, 'identity'> {
  readonly stored: StoredContact;
}

export class SentAway {
  readonly #mended: MendedRows | undefined;
  readonly #finder: Pick<WorkspaceFinder, 'byId'>;
  /** What is known of it where the checkpoint of its import was thrown away as well. */
  readonly #people: OtherPeople;

  /** @param mended which rows an import takes for corrected */
  constructor(mended: MendedRows | undefined, finder: Pick<WorkspaceFinder, 'byId'>, place: Somewhere) {
    this.#mended = mended;
    this.#finder = finder;
    this.#people = new OtherPeople(foldersOf(place, []));
  }

  /** Whom Clarky has of rows that all were sent so; undefined where it has not. @param problems why they are rejected, if they are */
  async of(records: readonly SourceRecord[], problems: readonly Problem[]): Promise<FoundAway | undefined> {
    let found: FoundAway | undefined;
    for (const record of records) {
      found = await this.#one(record, problems);
      if (found === undefined) return undefined;
    }
    return found;
  }

  /** Why an import does not send somebody as new; undefined where it does. */
  async whyNot(planned: PlannedContact): Promise<Problem | undefined> {
    const why = await this.#mended?.isThere(planned, { isNew: true });
    return why === 'corrected' ? undefined : why;
  }

  /** As what rows that are rejected as they stand were sent; undefined where they were not, or that is not known any more. */
  async corrected(records: readonly SourceRecord[], problems: readonly Problem[]): Promise<Contact | undefined> {
    return (await this.#mended?.sent(records, problems, false))?.[0]?.planned?.contact;
  }

  async #one(record: SourceRecord, problems: readonly Problem[]): Promise<FoundAway | undefined> {
    const sent = await this.#mended?.sentAs(record, problems);
    if (sent === undefined) return undefined;
    const { identity, state } = sent;
    if (state === undefined) await this.#people.refresh();
    const id = (state ?? this.#people.state).names.idOf(identity);
    const stored = id === undefined ? undefined : await this.#finder.byId(id);
    return stored && { stored, identity };
  }
}
