import { expect, it } from 'vitest';
import { settled, type Found } from '../../../src/run/undo/settled.js';
import type { StoredContact } from '../../../src/workspace/stored.js';
import type { UndoEntry } from '../../../src/workspace/undo/undo-journal.js';

const START = Date.parse('2026-11-25T12:00:00Z');

const contact = (id: string, writtenMs: number): StoredContact => ({
  ...{ id, emails: [`${id}@x.com`], phone_numbers: [], tags: [], custom_fields: {} },
  updated_at: new Date(START + writtenMs).toISOString(),
});

const entry = (id: string, answeredMs: number): UndoEntry => ({
  ...{ identity: id, line: 2, id, wasThere: false, created: true, isAccepted: true, before: {}, wrote: {} },
  after: contact(id, answeredMs),
});

/** Looks `afterMs` after the start at a reader that shows what was written `behindMs` ago; ids in `gone` were deleted. */
async function look(entries: readonly UndoEntry[], afterMs: number, behindMs: number, gone: readonly string[] = []) {
  let nowMs = START + afterMs;
  const read = ({ id = '', after }: UndoEntry): Found => {
    const isShown = Date.parse(after?.updated_at ?? '') <= nowMs - behindMs && !gone.includes(id);
    return { stored: isShown ? after : undefined };
  };
  const waits: number[] = [];
  const found = await settled(entries, entries.map(read), (one) => Promise.resolve(read(one)), {
    wallClock: () => nowMs,
    sleep: (ms) => Promise.resolve(void (nowMs += ms)),
    onWait: (ms) => waits.push(ms),
  });
  return { shown: found.map(({ stored }) => stored?.id), waits, tookMs: nowMs - START - afterMs };
}

it('asks again until a reader that is behind shows what was answered', async () => {
  const entries = [entry('a', 0), entry('b', 500)];
  const { shown, waits, tookMs } = await look(entries, 1000, 3000);
  expect(shown).toEqual(['a', 'b']);
  expect(waits).toHaveLength(1);
  expect(tookMs).toBeGreaterThanOrEqual(2500);
  expect(tookMs).toBeLessThan(4000);
});

it('takes what is older than the answer for such a reader’s, too', async () => {
  const [ann] = [entry('a', 500)];
  let reads = 0;
  const older = { stored: contact('a', -60_000) };
  const found = await settled([ann], [older], () => Promise.resolve(++reads < 3 ? older : { stored: ann.after }), {
    ...{ wallClock: () => START + 1000, sleep: () => Promise.resolve(), onWait: () => undefined },
  });
  expect(found).toEqual([{ stored: ann.after }]);
});

it('waits for nobody who was deleted where another shows that the reader knew of it', async () => {
  expect(await look([entry('a', 0), entry('b', 500)], 1000, 0, ['a'])).toEqual({
    shown: [undefined, 'b'],
    waits: [],
    tookMs: 0,
  });
});

it('gives up where it is as it is, and does not begin long after the answer', async () => {
  expect((await look([entry('a', 0)], 1000, 0, ['a'])).tookMs).toBe(9000);
  expect((await look([entry('a', 0)], 60_000, 0, ['a'])).tookMs).toBe(0);
  // By a server's clock that is an hour ahead.
  expect((await look([entry('a', 3_600_000)], 0, 0, ['a'])).tookMs).toBe(10_000);
});
