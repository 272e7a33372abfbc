import { describe, expect, it } from 'vitest';
import { decide, type Before, type DecideOptions } from '../../src/plan/decide.js';

const NEW: Before = { isKnown: false, isAccepted: false, refusal: undefined, claims: undefined, stored: 'not read' };
const CHANGED: Before = { ...NEW, isKnown: true };
const ACCEPTED: Before = { ...CHANGED, isAccepted: true };
const CLAIM = { by: 'phone', of: 'an earlier import' } as const;
const REJECTED: Before = { ...NEW, refusal: 'conflict' };

describe('what becomes of a contact', () => {
  const cases: readonly [string, Before, DecideOptions, ReturnType<typeof decide>][] = [
    ['a new one is sent', NEW, {}, { kind: 'send', isNew: true }],
    ['a changed one is sent', CHANGED, {}, { kind: 'send', isNew: false }],
    [
      'one that was set back is sent, and is no new one',
      { ...NEW, isSetBack: true },
      {},
      { kind: 'send', isNew: false },
    ],
    ['one accepted as it is stays', ACCEPTED, {}, { kind: 'unchanged', isRecorded: true }],
    ['unless all are to be sent', ACCEPTED, { resend: true }, { kind: 'send', isNew: false }],
    ['one with the phone of somebody else is held', { ...NEW, claims: CLAIM }, {}, { kind: 'held', ...CLAIM }],
    ['one that Clarky rejected is not asked again', REJECTED, {}, { kind: 'rejected earlier', code: 'conflict' }],
    ['unless asked for: then last', REJECTED, { retryRejected: true }, { kind: 'put off', isNew: true }],
    [
      'one that Clarky rejected and then got otherwise is there',
      { ...REJECTED, stored: 'same' },
      {},
      { kind: 'unchanged', isRecorded: false },
    ],
    ['one that the workspace lacks is new', { ...NEW, stored: 'missing' }, {}, { kind: 'send', isNew: true }],
    ['one that the workspace has is not', { ...NEW, stored: 'there' }, {}, { kind: 'send', isNew: false }],
    [
      'what was sent stays as it is in Clarky',
      { ...ACCEPTED, stored: 'there' },
      {},
      { kind: 'unchanged', isRecorded: true },
    ],
    ['what was deleted there is told', { ...ACCEPTED, stored: 'missing' }, {}, { kind: 'deleted' }],
    ['so is what has changed here since', { ...CHANGED, stored: 'missing' }, {}, { kind: 'deleted' }],
    [
      'and is sent where that is wanted',
      { ...ACCEPTED, stored: 'missing' },
      { restoreDeleted: true },
      { kind: 'send', isNew: true },
    ],
    ['what changed and is not shown yet waits', { ...CHANGED, stored: 'not shown' }, {}, { kind: 'not shown' }],
    [
      'so does what is to be sent in any case',
      { ...ACCEPTED, stored: 'not shown' },
      { resend: true },
      { kind: 'not shown' },
    ],
    [
      'what stands as it was sent is told, and not noted',
      { ...ACCEPTED, stored: 'not shown' },
      {},
      { kind: 'deleted', isDoubted: true },
    ],
    [
      'what was seen to be deleted stays so',
      { ...CHANGED, stored: 'not shown', refusal: 'deleted_in_clarky' },
      {},
      { kind: 'deleted' },
    ],
    ['as it is with resend', { ...ACCEPTED, stored: 'missing' }, { resend: true }, { kind: 'send', isNew: true }],
    [
      'resend sends nothing that is there',
      { ...ACCEPTED, stored: 'same' },
      { resend: true },
      { kind: 'unchanged', isRecorded: true },
    ],
  ];
  it.each(cases)('%s', (_name, before, options, decision) => {
    expect(decide(before, options)).toEqual(decision);
  });
});
