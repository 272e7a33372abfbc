/** Finds out about one contact of the file, or one row that is none, whether Clarky has it as the file says. */
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import { given } from '../../given.js';
import { FoldedContact } from '../../contact/folded.js';
import { digestText } from '../../contact/identity.js';
import { decide, type Decision } from '../../plan/decide.js';
import { nameOf } from '../../contact/names/full-name.js';
import { areOfDifferentPeople, mayBeOnePerson } from '../../contact/names/one-person.js';
import type { Planned, PlannedContact } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import { botDifferenceOf, differencesOf, fieldsOf, holdsAll, type Difference } from '../../workspace/compare.js';
import type { Found, WorkspaceFinder } from '../../workspace/finder.js';
import type { StoredContact } from '../../workspace/stored.js';
import { linesAndFiles, placesOf } from '../../wording/rows/lines.js';
import { notSent } from '../import/not-sent.js';
import { idOf } from '../known/acquaintance.js';
import { knownOf, type KnownOptions } from '../known/before.js';
import type { EarlierReasons } from '../known/of-rejects/reasons.js';
import type { CorrectedRows } from './corrected.js';
import type { Finding } from './finding.js';
import type { SentAway } from './sent-away.js';

export interface CheckerParts {
  readonly finder: WorkspaceFinder;
  readonly corrected: Pick<CorrectedRows, 'of' | 'addedTo' | 'stoodSo'>;
  /** What of that is known where the rejects file is there no more. */
  readonly away: Pick<SentAway, 'of' | 'whyNot' | 'corrected'>;
  /** Whether the file as it stands has a contact of this identity. */
  readonly hasContact: (identity: Uint8Array) => Promise<boolean>;
  /** What an import without the workspace goes by. */
  readonly known: KnownOptions & { readonly checkpoint: CheckpointState | undefined };
  /** What imports have sent; undefined where there is no word of any. */
  readonly sent: CheckpointState | undefined;
  /** Why Clarky rejected rows. */
  readonly earlier: Pick<EarlierReasons, 'told'>;
  /** The bot that was named; undefined where none was. */
  readonly bot: string | undefined;
}

export class Checker {
  readonly #parts: CheckerParts;
  /** Contacts that the file has only as rows of it were corrected. */
  readonly #added = new Set<string>();
  readonly #stored = new WeakMap<Finding, StoredContact>();

  constructor(parts: CheckerParts) {
    this.#parts = parts;
  }

  get isImportKnown(): boolean {
    return this.#parts.sent !== undefined;
  }

  get wasLive(): boolean {
    return this.#parts.sent?.runs.last?.live === true;
  }

  /** What Clarky has for a contact that was found different. */
  storedOf(finding: Finding): StoredContact | undefined {
    return this.#stored.get(finding);
  }

  async check(planned: Planned): Promise<Finding> {
    const [finding, records] = await this.#found(planned);
    const isThere = finding.kind === 'same' || finding.kind === 'corrected' || finding.kind === 'different';
    // What differs of a row that Clarky, or the last import, rejected as it stands may be what was corrected of it.
    const wasRefused = planned.kind === 'contact' && this.#parts.sent?.refusalOf(planned) !== undefined;
    const mayBeCorrected = finding.kind === 'different' && (wasRefused || records.some(this.#parts.corrected.stoodSo));
    if (isThere && !mayBeCorrected) return finding;
    const why = finding.kind === 'rejected' && !wasRefused ? finding.problems : [];
    const corrected = await this.#asCorrected(records, why, wasRefused);
    return corrected ?? (await this.#asSentAway(planned, finding, records)) ?? finding;
  }

  async #found(planned: Planned): Promise<[Finding, readonly SourceRecord[]]> {
    if (planned.kind === 'rejection') {
      const { record, problems, contact } = planned;
      return [{ kind: 'rejected', ...linesAndFiles([record]), problems, contact }, [record]];
    }
    const { records } = planned;
    const first = await this.#withCorrected(planned, await this.#compared(planned));
    if (first.kind === 'same') return [first, records];
    // What went out with clearly somebody else before was held back, or left out.
    const { before, planned: sent } = await knownOf(planned, this.#parts.known);
    const decision = (await this.#keptBack(planned, first)) ?? decide(before, {});
    const isKeptBack = decision.kind === 'held' || (decision.kind === 'rejected earlier' && first.kind === 'missing');
    if (isKeptBack && first.kind !== 'different') {
      const where = linesAndFiles(placesOf(first));
      const { contact } = planned;
      const [record] = records;
      const why = [notSent(decision)];
      const problems = record === undefined ? why : await this.#parts.earlier.told(record, why);
      return [{ kind: 'rejected', ...where, problems, contact }, records];
    }
    return [sent === planned ? first : await this.#compared(sent), records];
  }

  /** That Clarky rejected a row, or that somebody in the workspace kept it back, as the last import that read it saw. */
  async #keptBack(planned: PlannedContact, finding: Finding): Promise<Decision | undefined> {
    if (finding.kind !== 'missing' || finding.isNotSent !== true) return undefined;
    const { before } = await knownOf(planned, { ...this.#parts.known, checkpoint: this.#parts.sent });
    const decision = decide(before, {});
    if (decision.kind === 'rejected earlier') return decision;
    return decision.kind === 'held' && decision.of === 'the workspace' ? decision : undefined;
  }

  /** Other rows of a contact may have come in as they were corrected, after it. */
  async #withCorrected(planned: PlannedContact, finding: Finding): Promise<Finding> {
    const added = finding.kind === 'different' ? await this.#parts.corrected.addedTo(planned) : [];
    if (added.length === 0) return finding;
    const whole = new FoldedContact(structuredClone(planned.contact));
    for (const contact of added) whole.add(contact);
    const again = await this.#compared({ ...planned, contact: whole.contact });
    return again.kind === 'same' ? again : finding;
  }

  async #compared(planned: PlannedContact): Promise<Finding> {
    const { contact } = planned;
    const where = linesAndFiles(planned.records);
    const stored = await this.#find(planned);
    if (stored === 'unknown') return { kind: stored, ...where, contact };
    if (stored === 'missing') {
      const isNotSent = this.#parts.sent?.isKnown(planned) === false;
      const isTakenBack = this.#parts.sent?.takenBack(planned) !== undefined;
      return { kind: stored, ...where, contact, ...(isNotSent && { isNotSent }), ...(isTakenBack && { isTakenBack }) };
    }
    const differences = botDifferenceOf(stored, this.#parts.bot);
    for (const difference of differencesOf(contact, stored)) {
      if (!(await this.#isLeftOut(contact, stored, difference))) differences.push(difference);
    }
    const isSetBack = this.#parts.sent?.takenBack(planned) === 'there';
    const contactId = stored.id;
    if (differences.length === 0)
      return { kind: 'same', ...where, contactId, isNormalised: isNormalised(planned, stored) };
    const finding: Finding = {
      kind: 'different',
      ...where,
      contactId,
      contact,
      differences,
      ...(isSetBack && { isSetBack }),
    };
    this.#stored.set(finding, stored);
    return finding;
  }

  /** By the row; then by the id under which it went in: somebody may have changed its e-mail or phone there. */
  async #find(planned: PlannedContact): Promise<Found> {
    const { finder, sent } = this.#parts;
    const { contact } = planned;
    const found = await finder.find(contact);
    if (typeof found !== 'string' || sent?.isKnown(planned) !== true) return found;
    const id = idOf(sent.numberOf(planned), contact, sent);
    const stored = id === undefined ? undefined : await finder.byId(id);
    return stored === undefined || areOfDifferentPeople([nameOf(stored), nameOf(contact)]) ? found : stored;
  }

  /** True for e-mails or phones that clearly somebody else has in Clarky, where the settings leave such out. */
  async #isLeftOut(contact: Contact, stored: StoredContact, { field }: Difference): Promise<boolean> {
    const { sharedEmail, sharedPhone } = this.#parts.known;
    const isOmitted =
      (field === 'emails' && sharedEmail === 'omit') || (field === 'phone_numbers' && sharedPhone === 'omit');
    if (!isOmitted) return false;
    for (const value of contact[field] ?? []) {
      if (holdsAll(field, stored[field], [value])) continue;
      const owner = await this.#parts.finder.find({ [field]: [value] });
      if (owner === 'missing' || owner === 'unknown' || owner.id === stored.id) return false;
      if (mayBeOnePerson(nameOf(contact), nameOf(owner))) return false;
    }
    return true;
  }

  /**
   * The finding on what a row was corrected to, where Clarky has that.
   * @param wasRefused the very same content was rejected before: whatever became of it is what it was corrected to
   */
  async #asCorrected(
    records: readonly SourceRecord[],
    problems: readonly Problem[],
    wasRefused: boolean,
  ): Promise<Finding | undefined> {
    const where = linesAndFiles(records);
    for (const record of records) {
      for (const { planned, path, isChanged, isMended } of await this.#parts.corrected.of(record, problems)) {
        // By the same rule an import counts it as corrected.
        if (!isMended && !wasRefused) continue;
        const found = await this.#compared(planned);
        // A correction to what clearly somebody else has was itself rejected: Clarky has nothing of this row.
        if (found.kind === 'different' && (await this.#isOfOther(planned))) continue;
        if (found.kind === 'same') {
          const isMerged = problems.length > 0 && !(await this.#isAdded(planned));
          return { kind: 'corrected', ...where, contactId: found.contactId, contact: planned.contact, path, isMerged };
        }
        if (found.kind === 'different' && isChanged) return { ...found, ...where };
      }
    }
    return undefined;
  }

  /** The same by what is noted of it, and what keeps an import from sending it once more: as that decides it. */
  async #asSentAway(
    planned: Planned,
    finding: Finding,
    records: readonly SourceRecord[],
  ): Promise<Finding | undefined> {
    const { away, sent } = this.#parts;
    const problems = finding.kind === 'rejected' ? finding.problems : [];
    // Who is known is sent as whom they are known as.
    if (problems.length === 0 && planned.kind === 'contact' && sent?.isKnown(planned) === true) return undefined;
    const found = await away.of(records, problems);
    if (found !== undefined) {
      const { stored, identity } = found;
      const contact = namedAs(stored);
      const isMerged = planned.kind !== 'contact' && !(await this.#isAdded({ identity }));
      return { kind: 'corrected', ...linesAndFiles(records), contactId: stored.id, contact, isMerged };
    }
    const contact = finding.kind === 'rejected' ? await away.corrected(records, problems) : undefined;
    if (contact !== undefined) return { kind: 'missing', ...linesAndFiles(records), contact };
    if (planned.kind !== 'contact' || finding.kind !== 'missing') return undefined;
    const why = await away.whyNot(planned);
    return why && { kind: 'rejected', ...linesAndFiles(records), problems: [why], contact: planned.contact };
  }

  async #isOfOther(planned: PlannedContact): Promise<boolean> {
    const stored = await this.#find(planned);
    return typeof stored !== 'string' && areOfDifferentPeople([nameOf(stored), nameOf(planned.contact)]);
  }

  /** Whether a corrected row is a contact that the file does not have otherwise. */
  async #isAdded({ identity }: Pick<PlannedContact, 'identity'>): Promise<boolean> {
    const key = digestText(identity);
    if (this.#added.has(key) || (await this.#parts.hasContact(identity))) return false;
    this.#added.add(key);
    return true;
  }
}

/** Whom Clarky has, as far as a row could say it. */
function namedAs({ emails, phone_numbers: phones, ...stored }: StoredContact): Contact {
  const { first_name, last_name, company } = stored;
  return { ...given({ first_name, last_name, company }), emails: [...emails], phone_numbers: [...phones] };
}

/** True where the workspace holds the same in another form. */
function isNormalised({ contact }: PlannedContact, stored: StoredContact): boolean {
  const found = fieldsOf(stored);
  return [...fieldsOf(contact)].some(([field, value]) => JSON.stringify(found.get(field)) !== JSON.stringify(value));
}
