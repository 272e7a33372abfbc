/**
 * The second reading of a file: one decided contact after the other, in the file's order, its records folded. The same
 * generator serves plan, import and verify, so a dry run can't differ from the run.
 */
import { placeOf, type Place } from '../wording/rows/lines.js';
import type { Contact } from '../contact/contact.js';
import { digest, identityOf } from '../contact/identity.js';
import { FoldedContact } from '../contact/folded.js';
import { payloadDigest } from '../contact/payload.js';
import type { Problem } from '../problem.js';
import type { SourceRecord } from '../source/record.js';
import type { MappedRow } from '../mapping/compile/mapped-row.js';
import { OpenHeld, type Together } from './held/together.js';
import { sharedPointsInWords } from './shared-points.js';
import type { ColumnMapping } from '../mapping/mapping.js';
import { conflictOf } from './conflict-problem.js';
import type { Decisions } from './decisions.js';
import { SHARED_EMAIL_OMITTED, SHARED_PHONE_OMITTED, withoutEmails, withoutPhones, type Remark } from './left-out.js';
import { whoOf } from '../contact/names/full-name.js';
import { comparedName } from '../contact/names/kept-name.js';

/** A contact that an earlier import has sent, with its phones read as those of another country. */
export interface Formerly {
  /** Its phones, as that country has them: those that went out. */
  readonly phones: readonly string[];
  /** Under which id Clarky has it, where that was answered. */
  readonly contactId: string | undefined;
}

/** A contact to be in the workspace. */
export interface PlannedContact {
  readonly kind: 'contact';
  readonly contact: Contact;
  /** The digest under which the checkpoint knows the contact, 16 bytes. */
  readonly identity: Uint8Array;
  /** The digest of what would be sent, 16 bytes. */
  readonly payload: Uint8Array;
  /** The records that are this contact; the last one stands for it, the others are merged into it. */
  readonly records: readonly SourceRecord[];
  /** Harmless remarks, and values left out with `--on-invalid omit` or `--shared-phone omit`, by line. */
  readonly remarks: readonly Remark[];
  /** Number of the workspace's contact that it is, where the workspace was read. */
  readonly external: number | undefined;
  /** Which of that one's phones have passed on to somebody else of the file, by their places; none where it is left out. */
  readonly passedOn?: readonly number[];
  /** Those of its phones that pass on to it from somebody else of the workspace, and so far as is known are there still. */
  readonly takenPhones?: readonly string[];
  /** E-mails and phones of records that were folded away whole, and that it does not have; none where it is left out. */
  readonly foldedAway?: Pick<Contact, 'emails' | 'phone_numbers'>;
  /** Texts of its phones that were left out since they can't be read; none where it is left out. */
  readonly unreadPhones?: readonly string[] | undefined;
  /** What it went out as with its phones read as those of another country, where it is known by nothing else. */
  readonly formerly?: Formerly | undefined;
  /** True for a row that was held, and is a contact all the same: it is in no count of contacts yet. */
  readonly wasHeld?: boolean;
}

/** Where the row is that stands for all of a contact's: the last of them. */
export function placeOfContact({ records }: Pick<PlannedContact, 'records'>): Place {
  return placeOf(records.at(-1) ?? { line: 0 });
}

/** A record that is not sent, and why. */
export interface PlannedRejection {
  readonly kind: 'rejection';
  readonly record: SourceRecord;
  readonly problems: readonly Problem[];
  /** What of it can be read. */
  readonly contact: Contact;
  /** Where contacts of the workspace alone keep it back: their numbers. */
  readonly heldBy?: readonly number[] | undefined;
  /** What all rows are that those keep back alike; none where it is the only one. The last of them stands for all. */
  readonly together?: Together | undefined;
}

export type Planned = PlannedContact | PlannedRejection;

export interface PlanRules {
  readonly decisions: Decisions;
  readonly mapRecord: (record: SourceRecord) => MappedRow;
  /** Those of the file. */
  readonly columns: readonly ColumnMapping[];
  /** By the ordinals of its records, of each contact all or none; every one is wanted where it is left out. */
  readonly isWanted?: ((ordinal: number) => boolean) | undefined;
  /** Custom field that keeps a phone which `--shared-phone omit` leaves out. */
  readonly keepSharedPhone?: string | undefined;
  /** True with `--shared-phone omit`. */
  readonly omitSharedPhones: boolean;
  /** True with `--shared-email omit`. */
  readonly omitSharedEmails: boolean;
}

interface OpenContact {
  folded: FoldedContact | undefined;
  readonly records: SourceRecord[];
  readonly remarks: Remark[];
  /** The phones that different people share, with `--shared-phone send`. */
  readonly sharedPhones: Set<string>;
  takenPhones?: string[];
  unreadPhones?: readonly string[];
}

/**
 * So many are planned at once. What is done with one takes longer and more memory than to plan it: of a larger batch most
 * would outlive two collections of what is young, and stay with the process for as long as it runs.
 */
const PLANNED_AT_ONCE = 50;

/** Reads batches of records, and gives batches of what is to be done; a contact comes with its last record. */
export async function* planRecords(
  batches: AsyncIterable<readonly SourceRecord[]>,
  rules: PlanRules,
): AsyncGenerator<readonly Planned[]> {
  const open = { contacts: new Map<number, OpenContact>(), held: new OpenHeld<PlannedRejection>() };
  let ordinal = 0;
  for await (const batch of batches) {
    let planned: Planned[] = [];
    for (const record of batch) {
      const done = rules.isWanted?.(ordinal) === false ? undefined : planRecord(record, ordinal, rules, open);
      if (done !== undefined) planned.push(...done);
      ordinal++;
      if (planned.length < PLANNED_AT_ONCE) continue;
      yield planned;
      planned = [];
    }
    if (planned.length > 0) yield planned;
  }
}

function planRecord(
  record: SourceRecord,
  ordinal: number,
  rules: PlanRules,
  open: { readonly contacts: Map<number, OpenContact>; readonly held: OpenHeld<PlannedRejection> },
): readonly Planned[] | undefined {
  const { decisions } = rules;
  const role = decisions.roleOf(ordinal);
  const row = rules.mapRecord(record);
  const read = { ordinal, record, contact: row.contact, columns: rules.columns };
  const conflict = conflictOf(role, (by) => sharedPointsInWords(by, read, decisions));
  if (conflict || role.kind !== 'part') {
    const found = role.kind === 'held' && role.withWorkspace ? decisions.heldByWorkspace(ordinal) : undefined;
    const held = found !== undefined && found.rows > 1 && decisions.duplicates === 'reject' ? undefined : found;
    const problems = conflict ? [conflict] : row.problems;
    const rejection = { kind: 'rejection', record, problems, contact: row.contact, heldBy: held?.by } as const;
    if (held === undefined || held.rows === 1) return [rejection];
    return open.held.add(rejection, held, (soFar) => fold(soFar, row.contact, decisions.duplicates));
  }

  const size = decisions.sizeOf(role.group);
  const remarks = remarksOf(row);
  const at = { ordinal, place: placeOf(record) };
  const withOwnEmails = rules.omitSharedEmails ? withoutSharedEmails(row.contact, at, decisions, remarks) : row.contact;
  const contact = rules.omitSharedPhones ? withoutSharedPhones(withOwnEmails, at, rules, remarks) : withOwnEmails;
  const soFar: OpenContact = open.contacts.get(role.group) ?? {
    folded: undefined,
    records: [],
    remarks: [],
    sharedPhones: new Set(),
  };
  contact.phone_numbers?.forEach((phone, at) => {
    if (decisions.isSharedPhone(ordinal, at)) soFar.sharedPhones.add(phone);
  });
  for (const phone of decisions.takenPhones(ordinal, row.contact)) (soFar.takenPhones ??= []).push(phone);
  if (row.unreadPhones) soFar.unreadPhones = [...(soFar.unreadPhones ?? []), ...row.unreadPhones];
  fold(soFar, contact, decisions.duplicates);
  soFar.records.push(sparing(record, soFar.records.at(-1)));
  soFar.remarks.push(...remarks);
  if (soFar.records.length < size) {
    open.contacts.set(role.group, soFar);
    return undefined;
  }
  open.contacts.delete(role.group);
  const whole = soFar.folded?.contact ?? {};
  const foldedAway = soFar.folded?.foldedAway(soFar.sharedPhones);
  const external = decisions.externalOf(role.group);
  const passedOn = external === undefined ? [] : decisions.passedOnOf(external);
  const planned = {
    kind: 'contact',
    contact: whole,
    identity: identityDigest(whole, soFar.sharedPhones),
    payload: payloadDigest(whole),
    records: soFar.records,
    remarks: soFar.remarks,
    unreadPhones: soFar.unreadPhones,
    external,
    ...(passedOn.length === 0 ? {} : { passedOn }),
    ...(soFar.takenPhones && { takenPhones: soFar.takenPhones }),
    ...(foldedAway === undefined ? {} : { foldedAway }),
  } as const;
  return [planned];
}

/** What stands in a row as it stood in the one before it is held once: all rows of a contact are, until its last. */
function sparing(record: SourceRecord, before: SourceRecord | undefined): SourceRecord {
  if (before === undefined) return record;
  const isSame =
    record.cells.length === before.cells.length && record.cells.every((cell, at) => cell === before.cells[at]);
  const cells = isSame
    ? before.cells
    : record.cells.map((cell, at) => (cell === before.cells[at] ? before.cells[at] : cell));
  return { ...record, cells };
}

function fold(soFar: Pick<OpenContact, 'folded'>, contact: Contact, rule: Decisions['duplicates']): void {
  if (soFar.folded === undefined) soFar.folded = new FoldedContact(contact);
  else if (rule === 'merge') soFar.folded.add(contact);
  else soFar.folded.stands(rule === 'last' ? contact : soFar.folded.contact, contact);
}

/** People who are sent although they share a phone (`--shared-phone send`) are told apart by their names as well. */
function identityDigest(contact: Contact, sharedPhones: ReadonlySet<string>): Uint8Array {
  const identity = identityOf(contact);
  if (!identity) throw new Error('a contact without email and phone was planned');
  return identity.kind === 'phone' && sharedPhones.has(identity.value)
    ? digest('phone', `${identity.value}\n${comparedName(whoOf(contact))}`)
    : digest(identity.kind, identity.value);
}

function remarksOf(row: MappedRow): Remark[] {
  return [
    ...row.omitted.map((problem) => ({ ...placeOf(row), problem, isOmission: true })),
    ...row.notes.map((problem) => ({ ...placeOf(row), problem, isOmission: false })),
  ];
}

function withoutSharedEmails(
  contact: Contact,
  { ordinal, place }: { ordinal: number; place: Place },
  decisions: Decisions,
  remarks: Remark[],
): Contact {
  const shared = contact.emails?.filter((_, at) => decisions.isSharedEmail(ordinal, at)) ?? [];
  if (shared.length === 0) return contact;
  remarks.push({ ...place, problem: SHARED_EMAIL_OMITTED, isOmission: true });
  return withoutEmails(contact, shared);
}

function withoutSharedPhones(
  contact: Contact,
  { ordinal, place }: { ordinal: number; place: Place },
  rules: PlanRules,
  remarks: Remark[],
): Contact {
  const shared = contact.phone_numbers?.filter((_, at) => rules.decisions.isSharedPhone(ordinal, at)) ?? [];
  if (shared.length === 0) return contact;
  remarks.push({ ...place, problem: SHARED_PHONE_OMITTED, isOmission: true });
  return withoutPhones(contact, shared, rules.keepSharedPhone);
}
