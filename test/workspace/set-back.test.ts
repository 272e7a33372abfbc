import { describe, expect, it } from 'vitest';
import { setBackBody, undoStepOf } from '../../src/workspace/set-back.js';
import type { StoredContact } from '../../src/workspace/stored.js';
import type { UndoEntry } from '../../src/workspace/undo-journal.js';

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
  });

  it('has nothing to do where it is gone, or as it was', () => {
    expect(undoStepOf(MADE, undefined)).toEqual({ kind: 'nothing' });
    const { company: _, ...rest } = NOW;
    const asBefore = { ...rest, company: 'Old', tags: ['vip'], custom_fields: { shoe: 41 } };
    expect(undoStepOf(CHANGED, asBefore)).toEqual({ kind: 'nothing' });
  });
});
