import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Checkpoint, readCheckpoint } from '../../../src/checkpoint/checkpoint.js';
import { digest, digestText } from '../../../src/contact/identity.js';
import { NO_CLAIMS } from '../../../src/storage/claims/claim.js';
import { StopControl } from '../../../src/run/stop.js';
import type { Trust } from '../../../src/run/undo/setting-back.js';
import { Undoer } from '../../../src/run/undo/undoer.js';
import type { UndoerParts } from '../../../src/run/undo/undoer-parts.js';
import { UndoJournal } from '../../../src/workspace/undo/undo-journal.js';
import { privateFolder } from '../../support/folder.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
const ADA = {
  contact: { emails: ['ada@x.com'] },
  identity: digest('email', 'ada@x.com'),
  payload: digest('email', 'p'),
};
const WIRE = { id: 'ct_1', emails: ['ada@x.com'] };

/** Undoes what an import made of Ada; then, what the next import finds in the checkpoint, and the next undo in the journal. */
async function undoing(client: Partial<UndoerParts['client']>, trust: Trust = 'trusting', wasThere = false) {
  const folder = await privateFolder();
  const path = join(folder, 'c.jsonl');
  const checkpoint = await Checkpoint.open(path, SCOPE, { stateDir: false });
  await checkpoint.accepted({ contact: ADA, id: WIRE.id });
  const journal = await UndoJournal.open(join(folder, 'c.undo.jsonl'), 'all');
  await journal.begin(SCOPE, '2026-11-26T00:00:00Z');
  const identity = digestText(ADA.identity);
  await journal.append({
    kind: 'sending',
    identity,
    line: 2,
    id: wasThere ? WIRE.id : undefined,
    before: wasThere ? { notes: 'old' } : {},
    wrote: wasThere ? { notes: 'new' } : { emails: ['ada@x.com'] },
  });
  await journal.append({
    kind: 'accepted',
    identity,
    id: WIRE.id,
    created: !wasThere,
    after: undefined,
    others: undefined,
  });
  const [entry] = journal.entries;
  if (entry === undefined) throw new Error('nothing to undo');
  const undoer = new Undoer({
    client: {
      getContact: () => Promise.resolve(WIRE),
      getByEmail: () => Promise.resolve(undefined),
      listContacts: () => Promise.resolve({ items: [], pagination: undefined }),
      patchContact: () => Promise.resolve(undefined),
      deleteContact: () => Promise.resolve('deleted'),
      ...client,
    },
    journal,
    earlier: { gaveBack: () => Promise.resolve() },
    checkpoint,
    claims: NO_CLAIMS,
    contactPoints: 'strings',
    stop: new StopControl({}),
    afterWrite: new AbortController().signal,
    wallClock: () => 1_000,
    sleep: () => Promise.resolve(),
    emit: () => undefined,
  });
  const ended = await undoer.undo(entry, trust).catch((error: unknown) => String(error));
  await journal.close();
  await checkpoint.close();
  const again = await UndoJournal.open(join(folder, 'c.undo.jsonl'), 'all');
  const left = again.entries.length;
  await again.close();
  const state = await readCheckpoint(path, SCOPE);
  return { ended, isUnchanged: state?.isUnchanged(ADA), left };
}

describe('a contact that is taken back', () => {
  it('is sent again by the next import, and is not undone again', async () => {
    expect(await undoing({})).toEqual({ ended: 'delete', isUnchanged: false, left: 0 });
  });

  it('is not taken to be in Clarky still where the run was cut off before the answer came', async () => {
    const cut: UndoerParts['client']['deleteContact'] = async (_, { departing } = {}) => {
      await departing?.();
      throw new Error('killed');
    };
    expect(await undoing({ deleteContact: cut })).toEqual({ ended: 'Error: killed', isUnchanged: false, left: 1 });
  });

  it('is gone where Clarky marks it as deleted, and left where there was nothing to delete and it is still there', async () => {
    const getContact = (mark: object) => () => Promise.resolve({ ...WIRE, ...mark });
    const missing = () => Promise.resolve('missing' as const);
    const archived = await undoing({ getContact: getContact({ deleted_at: '2026-11-26' }) }, 'reading back');
    expect(archived).toEqual({ ended: 'delete', isUnchanged: false, left: 0 });
    expect((await undoing({ getContact: getContact({ deleted_at: null }) }, 'reading back')).ended).toMatch(
      /still there/,
    );
    expect(await undoing({ deleteContact: missing })).toEqual({ ended: 'leave', isUnchanged: true, left: 1 });
  });

  it('is left where Clarky has it under another id than it answered, and is gone only where nobody is it', async () => {
    const getContact = () => Promise.resolve(undefined);
    const under = (contact: object) => () => Promise.resolve({ ...contact, id: 'ct_2' });
    expect(await undoing({ getContact })).toEqual({ ended: 'nothing', isUnchanged: false, left: 0 });
    expect(await undoing({ getContact, getByEmail: under(WIRE) })).toMatchObject({ ended: 'leave', left: 1 });
    const other = { emails: ['bob@x.com', 'ada@x.com'], first_name: 'Bob' };
    expect(await undoing({ getContact, getByEmail: under(other) })).toMatchObject({ ended: 'nothing', left: 0 });
  });

  it('is as it was where Clarky refuses that', async () => {
    const refused = () => Promise.resolve('refused' as const);
    expect(await undoing({ deleteContact: refused })).toEqual({ ended: 'leave', isUnchanged: true, left: 1 });
  });
});

describe('a contact that is set back', () => {
  const NEW = { ...WIRE, notes: 'new' };
  const OLD = { ...WIRE, notes: 'old' };
  /** What is read before the write, and what after it, one after the other; the last from then on. */
  const changing = (before: typeof WIRE, ...after: readonly (typeof WIRE | undefined)[]) => {
    let [isWritten, reads] = [false, 0];
    const write = <T>(answer: T) => {
      return (): Promise<T> => {
        isWritten = true;
        return Promise.resolve(answer);
      };
    };
    const read = () => Promise.resolve(isWritten ? after[Math.min(reads++, after.length - 1)] : before);
    return {
      unseen: { patchContact: write('unseen' as const), getContact: read },
      missing: { patchContact: write(undefined), getContact: read },
      deleted: { deleteContact: write('deleted' as const), getContact: read },
    };
  };
  const undone = { ended: 'set_back', isUnchanged: false, left: 0 };

  it('is left where Clarky says that nobody is there to be changed, and shows them', async () => {
    expect(await undoing(changing(NEW, NEW).missing, 'trusting', true)).toMatchObject({ ended: 'leave', left: 1 });
    const gone = await undoing(changing(NEW, undefined).missing, 'trusting', true);
    expect(gone).toMatchObject({ ended: 'nothing', left: 0 });
  });

  it('is believed where the answer shows nothing of it only once it is read so', async () => {
    expect(await undoing(changing(NEW, OLD).unseen, 'trusting', true)).toEqual(undone);
    const never = await undoing(changing(NEW, NEW).unseen, 'trusting', true);
    const said = expect.stringContaining('not as it should be in: notes') as unknown;
    expect(never).toMatchObject({ ended: said, left: 1 });
  });

  it('is looked at again where what is read is of a moment ago; so is one that is deleted', async () => {
    expect(await undoing(changing(NEW, NEW, NEW, NEW, OLD).unseen, 'reading back', true)).toEqual(undone);
    const deleted = await undoing(changing(WIRE, WIRE, WIRE, undefined).deleted, 'reading back');
    expect(deleted).toEqual({ ended: 'delete', isUnchanged: false, left: 0 });
  });
});
