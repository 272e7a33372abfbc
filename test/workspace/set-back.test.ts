import { describe, expect, it } from 'vitest';
import { otherFieldsOf } from '../../src/workspace/other-fields.js';
import { setBackBody, undoStepOf } from '../../src/workspace/set-back.js';
import type { StoredContact } from '../../src/workspace/stored.js';
import type { UndoEntry } from '../../src/workspace/undo/undo-journal.js';

const NOW: StoredContact = {
  id: 'con_1',
  emails: ['ada@x.com'],
  phone_numbers: [],
  tags: ['new', 'vip'],
  company: 'New',
  notes: 'by hand',
  custom_fields: { dept: 'Sales', shoe: 41 },
};
const CHANGED: UndoEntry = {
  identity: 'x'.repeat(22),
  line: 2,
  id: 'con_1',
  wasThere: true,
  created: false,
  isAccepted: true,
  before: { company: 'Old', tags: ['vip'] },
  wrote: { company: 'New', tags: ['new'], 'custom_fields.dept': 'Sales' },
  after: NOW,
};
const MADE: UndoEntry = { ...CHANGED, wasThere: false, created: true, before: {}, wrote: { company: 'New' } };

describe('taking a contact back', () => {
  it('sets back what still is as it was written, lists that were joined included', () => {
    expect(undoStepOf(CHANGED, NOW)).toEqual({
      kind: 'set_back',
      fields: ['company', 'tags', 'custom_fields.dept'],
      left: [],
    });
    expect(setBackBody(CHANGED, ['company', 'tags', 'custom_fields.dept'], NOW, 'strings')).toEqual({
      company: 'Old',
      tags: ['vip'],
      custom_fields: { dept: null, shoe: 41 },
    });
  });

  it('leaves what is shown as before the answer, for ten minutes: later that is how things are', () => {
    const at = Date.parse('2026-11-25T12:00:00.000Z');
    const after = { ...NOW, updated_at: '2026-11-25T12:00:00.000Z' };
    const seen = { ...NOW, updated_at: '2026-11-25T11:59:58.000Z' };
    const stepAfter = (ms: number) => undoStepOf({ ...CHANGED, after }, seen, undefined, at + ms);
    expect(stepAfter(9 * 60_000)).toMatchObject({ kind: 'leave', reason: 'reads_behind' });
    expect(stepAfter(11 * 60_000)).toMatchObject({ kind: 'set_back' });
  });

  it('leaves what somebody changed since', () => {
    expect(undoStepOf(CHANGED, { ...NOW, company: 'Newer' })).toMatchObject({ left: ['company'] });
    expect(undoStepOf(MADE, { ...NOW, notes: 'another' })).toEqual({
      kind: 'leave',
      reason: 'changed',
      fields: ['notes'],
    });
  });

  it('deletes what the import made and nobody changed, and nothing that may have been there', () => {
    expect(undoStepOf(MADE, NOW)).toEqual({ kind: 'delete' });
    expect(undoStepOf({ ...MADE, created: undefined }, NOW)).toMatchObject({ kind: 'leave', reason: 'unclear' });
    expect(undoStepOf({ ...MADE, created: false }, NOW)).toMatchObject({ kind: 'leave', reason: 'not_known_before' });
    expect(undoStepOf({ ...MADE, isAccepted: false }, NOW)).toMatchObject({ kind: 'leave', reason: 'unanswered' });
    const notTaken = { ...MADE, isAccepted: false, wasNotTaken: true };
    expect(undoStepOf(notTaken, NOW)).toMatchObject({ kind: 'leave', reason: 'not_taken' });
  });

  it('deletes what Clarky kept otherwise than it was sent, and nobody has touched', () => {
    const made = {
      ...MADE,
      wrote: { company: 'New', phone_numbers: ['+442079460101'], 'custom_fields.Fav Colour': 'red' },
    };
    const kept = { ...NOW, custom_fields: { fav_colour: 'red' }, updated_at: '2026-11-26T10:00:00Z' };
    expect(undoStepOf({ ...made, after: kept }, kept)).toEqual({ kind: 'delete' });
    const later = { ...kept, updated_at: '2026-11-26T11:00:00Z' };
    expect(undoStepOf({ ...made, after: kept }, later)).toMatchObject({ kind: 'leave', reason: 'changed' });
    const { updated_at: _, ...timeless } = kept;
    expect(undoStepOf({ ...made, after: timeless }, timeless)).toMatchObject({ kind: 'leave', reason: 'changed' });
  });

  it('has nothing to do where it is gone, or as it was', () => {
    expect(undoStepOf(MADE, undefined)).toEqual({ kind: 'nothing' });
    const { company: _, ...rest } = NOW;
    const asBefore = { ...rest, company: 'Old', tags: ['vip'], custom_fields: { shoe: 41 } };
    expect(undoStepOf(CHANGED, asBefore)).toEqual({ kind: 'nothing' });
  });

  it('leaves one of which a field changed that is never written, as its owner, or a moment that is not known', () => {
    const was = { owner_id: 'u_1', last_contacted_at: null, emails: ['ada@x.com'], company: 'New' };
    const made = { ...MADE, others: otherFieldsOf(was) };
    const stepAt = (change: object, updated_at?: string): unknown => {
      const moment = updated_at === undefined ? {} : { updated_at };
      const entry = { ...made, after: { ...NOW, ...moment } };
      return undoStepOf(entry, { ...NOW, ...moment }, otherFieldsOf({ ...was, ...change }));
    };
    expect(stepAt({})).toEqual({ kind: 'delete' });
    for (const change of [{ owner_id: 'u_2' }, { owner_id: null }, { last_contacted_at: '2026-11-26' }]) {
      expect(stepAt(change)).toEqual({ kind: 'leave', reason: 'changed', fields: Object.keys(change) });
    }
    // A reading may show more than the answer of a write did; where the server says that nobody wrote, that is all.
    expect(stepAt({ deals: [{ id: 1 }] }, '2026-11-26T01:00:00Z')).toEqual({ kind: 'delete' });
    // A server that shows an owner only where there is one may not count it as a write.
    const owned = stepAt({ assigned_to: 'u_1' }, '2026-11-26T01:00:00Z');
    expect(owned).toEqual({ kind: 'leave', reason: 'changed', fields: ['assigned_to'] });
    expect(stepAt({ deals: [{ id: 1 }] })).toMatchObject({ kind: 'leave', fields: ['deals'] });
    expect(stepAt({ deals: [] })).toEqual({ kind: 'delete' });
  });

  it('leaves what Clarky answers with another contact for', () => {
    for (const entry of [MADE, CHANGED]) {
      const other = { ...NOW, id: 'con_2' };
      expect(undoStepOf(entry, other)).toEqual({ kind: 'leave', reason: 'merged', fields: [] });
    }
  });
});
