/**
 * Rows of a file that have nothing in common, and are one contact in Clarky: what that holds is all of them together, as an import
 * with `--live` sends them, or else what one of them says. That the others say otherwise is no difference that a resend would mend.
 */
import { pointDigestsOf } from '../../checkpoint/points.js';
import type { Contact } from '../../contact/contact.js';
import { FoldedContact } from '../../contact/folded.js';
import { digestText } from '../../contact/identity.js';
import { nameOf } from '../../contact/names/full-name.js';
import { mayBeOnePerson } from '../../contact/names/one-person.js';
import type { DuplicateRule } from '../../plan/decisions.js';
import { placeOfContact, type Planned, type PlannedContact } from '../../plan/planned.js';
import { differencesOf, storedPoints } from '../../workspace/compare.js';
import type { StoredContact } from '../../workspace/stored.js';
import { linesAndFiles } from '../../wording/rows/lines.js';
import { contactOfRow } from '../import/not-sent.js';
import type { Finding } from './finding.js';

interface Different {
  readonly finding: Finding;
  readonly planned: PlannedContact;
  readonly stored: StoredContact;
}

/** What a finding is once all rows of the contact are known. */
export type Judged = ReadonlyMap<Finding, { readonly now: Finding; readonly planned: PlannedContact }>;

export class RowsOfOneContact {
  readonly #different: Different[] = [];
  readonly #duplicates: DuplicateRule;

  constructor(duplicates: DuplicateRule = 'merge') {
    this.#duplicates = duplicates;
  }

  add(different: Different): void {
    this.#different.push(different);
  }

  /** @param planned the file from its start */
  async judged(planned: () => AsyncIterable<readonly Planned[]>): Promise<Judged> {
    const judged = new Map<Finding, { now: Finding; planned: PlannedContact }>();
    if (this.#different.length === 0) return judged;
    const rows = await this.#rowsById(planned());
    for (const { finding, planned: own, stored } of this.#different) {
      const now = this.#judge(own, stored, rows.get(stored.id) ?? []);
      if (now !== undefined) judged.set(finding, { now, planned: own });
    }
    return judged;
  }

  /** The rows that have an e-mail or phone of a contact that was found different, and those that it was found for, in order. */
  async #rowsById(planned: AsyncIterable<readonly Planned[]>): Promise<ReadonlyMap<string, PlannedContact[]>> {
    const rows = new Map<string, PlannedContact[]>();
    const byKey = new Map<string, StoredContact[]>();
    const known = (key: string, stored: StoredContact): void =>
      void byKey.set(key, [...(byKey.get(key) ?? []), stored]);
    for (const { planned: own, stored } of this.#different) {
      known(placeKey(own), stored);
      if (rows.has(stored.id)) continue;
      rows.set(stored.id, []);
      for (const point of pointDigestsOf(storedPoints(stored))) known(digestText(point), stored);
    }
    for await (const batch of planned) {
      for (const row of batch) {
        if (row.kind !== 'contact') continue;
        const keys = [placeKey(row), ...pointDigestsOf(row.contact).map(digestText)];
        const ofRow = new Map(keys.flatMap((key) => byKey.get(key) ?? []).map((stored) => [stored.id, stored]));
        for (const [id, stored] of ofRow)
          if (mayBeOnePerson(nameOf(stored), nameOf(row.contact))) rows.get(id)?.push(row);
      }
    }
    return rows;
  }

  /** Undefined where the row alone is the contact, or the one that it is to be as. */
  #judge(own: PlannedContact, stored: StoredContact, rows: readonly PlannedContact[]): Finding | undefined {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined || rows.length === 1) return undefined;
    const where = linesAndFiles(own.records);
    const isAs = (contact: Contact): boolean => differencesOf(contact, stored).length === 0;
    if (isAs(this.#together(rows))) return { kind: 'same', ...where, contactId: stored.id, isNormalised: true };
    const one = rows.find(({ contact }) => isAs(contact)) ?? last;
    const place = placeOfContact(one);
    if (placeKey(one) === placeKey(own)) return undefined;
    return { kind: 'rejected', ...where, contact: own.contact, problems: [contactOfRow(stored.id, place)] };
  }

  /** As an import that reads the workspace makes one of them. */
  #together(rows: readonly PlannedContact[]): Contact {
    const [one] = this.#duplicates === 'last' ? rows.slice(-1) : rows;
    const whole = new FoldedContact(structuredClone(one?.contact ?? {}));
    if (this.#duplicates === 'merge') for (const { contact } of rows.slice(1)) whole.add(contact);
    return whole.contact;
  }
}

function placeKey(planned: PlannedContact): string {
  const { file = '', line } = placeOfContact(planned);
  return `${file}\n${line}`;
}
