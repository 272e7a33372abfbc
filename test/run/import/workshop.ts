/** The parts of an import without a network: a checkpoint in memory, a target that answers as it is told. */
import type { UpsertResult } from '../../../src/api/calls.js';
import { Checkpoint } from '../../../src/checkpoint/checkpoint.js';
import { parseFact, type Fact } from '../../../src/checkpoint/format.js';
import type { Contact } from '../../../src/contact/contact.js';
import { digest, identityOf } from '../../../src/contact/identity.js';
import { payloadDigest } from '../../../src/contact/payload.js';
import type { PlannedContact, PlannedRejection } from '../../../src/plan/planned.js';
import { Landing } from '../../../src/run/import/flight/landing.js';
import { Whereabouts } from '../../../src/run/import/flight/whereabouts.js';
import { OtherBots } from '../../../src/run/import/answers/other-bots.js';
import { Preparer } from '../../../src/run/import/preparer.js';
import type { SenderParts } from '../../../src/run/import/flight/sender-parts.js';
import { PointShape } from '../../../src/run/import/shape.js';
import type { SourceRecord } from '../../../src/source/record.js';

function recordOn(line: number): SourceRecord {
  return { line, cells: [`cell ${line}`] };
}

/** A planned contact of records on these lines. */
export function plannedContact(contact: Contact, ...lines: number[]): PlannedContact {
  const identity = identityOf(contact);
  if (!identity) throw new Error('a contact needs an email or a phone');
  return {
    kind: 'contact',
    contact,
    identity: digest(identity.kind, identity.value),
    payload: payloadDigest(contact),
    records: (lines.length === 0 ? [2] : lines).map(recordOn),
    remarks: [],
    external: undefined,
  };
}

export function plannedRejection(line: number): PlannedRejection {
  const problems = [{ code: 'invalid_email', message: 'not an email' }];
  return { kind: 'rejection', record: recordOn(line), problems, contact: {} };
}

/** A checkpoint without a disk; `facts` are those appended, in order. */
export function memoryCheckpoint(): { readonly checkpoint: Checkpoint; readonly facts: readonly Fact[] } {
  const facts: Fact[] = [];
  const checkpoint = Checkpoint.inMemory({ api: 'http://localhost', bot: 'bot' }, (line) => {
    const fact = parseFact(line);
    if (fact) facts.push(fact);
  });
  return { checkpoint, facts };
}

export function accepted(id: string, created?: boolean): UpsertResult {
  return { outcome: 'accepted', created, contact: { id }, status: created === true ? 201 : 200, attempts: 1 };
}

export function refused(code: string, status = 422, field?: string): UpsertResult {
  return { outcome: 'rejected', status, code, message: 'not so', field, attempts: 1 };
}

/** What a sender needs beside what a test is about: nothing is looked up, nothing waits. */
export function senderDefaults(): Pick<SenderParts, 'bot' | 'shape' | 'preparer' | 'otherBots' | 'landing'> {
  const lookUp = (): Promise<undefined> => Promise.resolve(undefined);
  const preparer = preparerDefaults(lookUp);
  return {
    preparer,
    otherBots: new OtherBots({
      preparer,
      bot: 'bot',
      seenBefore: () => undefined,
      readBack: lookUp,
      onSeen: () => Promise.resolve(),
    }),
    bot: 'bot',
    landing: new Landing({
      lookUp,
      sleep: () => Promise.resolve(),
      wallClock: Date.now,
      longestFlightMs: () => 2000,
      onWait: () => undefined,
    }),
    shape: new PointShape({ asked: 'strings', found: undefined, onFound: () => Promise.resolve() }),
  };
}

function preparerDefaults(lookUp: () => Promise<undefined>): Preparer {
  return new Preparer({
    lists: 'join',
    keepExisting: false,
    known: undefined,
    whereabouts: new Whereabouts({
      lookUp,
      arrived: lookUp,
      readBack: () => Promise.resolve(undefined),
      reads: { mayRead: true, isOlder: () => false, isDoubted: () => false },
      mostLooks: 0,
      bot: 'bot_1',
      rules: { sharedEmail: 'reject', sharedPhone: 'reject' },
    }),
    idOf: () => undefined,
    emptiedBefore: [],
    onEmptied: () => Promise.resolve(),
    readBack: () => Promise.resolve(undefined),
    listed: () => Promise.resolve(undefined),
    clears: false,
    onClearing: () => Promise.resolve(),
  });
}
