import { expect, it } from 'vitest';
import { createClient } from '../../../src/api/client.js';
import type { WireContact } from '../../../src/api/wire.js';
import { Lately } from '../../../src/checkpoint/facts/lately.js';
import { Behind } from '../../../src/run/connection/behind.js';

const START = Date.parse('2026-11-25T12:00:00Z');

const contact = (id: string, atMs: number): WireContact => ({ id, updated_at: new Date(START + atMs).toISOString() });

/** A reader that shows what was written `behindMs` ago, by a clock that is `aheadMs` behind ours; each write as an import noted it. */
function readerOf(writes: readonly (readonly [id: string, atMs: number])[], behindMs: number, aheadMs = 0) {
  let nowMs = START;
  const gone = new Set<string>();
  const waits: number[] = [];
  const messages: string[] = [];
  const lately = new Lately();
  for (const [nth, [id, atMs]] of writes.entries()) lately.note({ id, written: { atMs: START + atMs, aheadMs } }, nth);
  const behind = new Behind({
    emit: (event) => {
      if (event.type === 'warning') messages.push(event.message);
    },
    wallClock: () => nowMs + aheadMs,
    sleep: (_, ms) => Promise.resolve(void (waits.push(ms), (nowMs += ms))),
  });
  behind.goBy(lately);
  let reads = 0;
  const client = behind.over({
    ...createClient({ key: 'ck_live_none', apiUrl: 'http://127.0.0.1:1/api/v1' }),
    getContact: (id) => {
      reads++;
      const shown = writes.findLast(([of, atMs]) => of === id && START + atMs <= nowMs - behindMs);
      return Promise.resolve(shown === undefined || gone.has(id) ? undefined : contact(id, shown[1]));
    },
  });
  return {
    behind,
    client,
    gone,
    messages,
    read: (id: string) => client.getContact(id),
    pass: (ms: number) => (nowMs += ms),
    reads: () => reads,
    waitedMs: () => waits.reduce((sum, ms) => sum + ms, 0),
  };
}

it('asks again for whom it does not show yet, and for who is shown as it was before', async () => {
  const { read, waitedMs, messages } = readerOf(
    [
      ['ann', -60_000],
      ['ann', -1000],
      ['bob', -500],
    ],
    3000,
  );
  expect(await read('ann')).toEqual(contact('ann', -1000));
  expect(await read('bob')).toEqual(contact('bob', -500));
  expect(waitedMs()).toBeGreaterThanOrEqual(2500);
  expect(waitedMs()).toBeLessThan(5000);
  expect(messages).toEqual(['Clarky does not show yet all that it answered: it is asked again, for 9 s at most.']);
});

it('asks once for whom no import has written lately', async () => {
  const { read, reads, pass } = readerOf([['ann', -1000]], 3000);
  expect(await read('eve')).toBeUndefined();
  pass(10_000);
  expect(await read('ann')).toEqual(contact('ann', -1000));
  expect(reads()).toBe(2);
});

it('does not wait for who was deleted where another shows that the reader knew of it', async () => {
  const { read, gone, waitedMs } = readerOf(
    [
      ['ann', -1000],
      ['bob', -500],
    ],
    0,
  );
  gone.add('ann');
  expect(await read('bob')).toEqual(contact('bob', -500));
  expect(await read('ann')).toBeUndefined();
  expect(waitedMs()).toBe(0);
});

it('gives up where it is as it is, once for all who were written until then, and says so', async () => {
  const { read, gone, waitedMs, messages, behind, pass } = readerOf(
    [
      ['ann', -1000],
      ['bob', -500],
    ],
    0,
  );
  gone.add('ann').add('bob');
  expect(await read('ann')).toBeUndefined();
  expect(waitedMs()).toBe(9000);
  expect(await read('bob')).toBeUndefined();
  expect(waitedMs()).toBe(9000);
  expect(messages.at(-1)).toContain('Clarky still does not show what it answered moments ago');
  expect([behind.isDoubted('ann'), behind.isDoubted('bob'), behind.isDoubted('eve')]).toEqual([true, true, false]);
  const unshown = (): boolean[] => ['ann', 'bob', 'eve'].map((id) => behind.isUnshown(id));
  expect(unshown()).toEqual([true, true, false]);
  pass(60_000);
  expect(behind.isDoubted('ann')).toBe(false);
  expect(unshown()).toEqual([true, true, false]);
  pass(10 * 60_000);
  expect(unshown()).toEqual([false, false, false]);
});

it.each([3_600_000, -3_600_000])('goes by our own clock where that is %d ms ahead of Clarky’s', async (aheadMs) => {
  const { read, waitedMs } = readerOf([['ann', -1000]], 3000, aheadMs);
  expect(await read('ann')).toEqual(contact('ann', -1000));
  expect(waitedMs()).toBeGreaterThanOrEqual(2000);
});

it('takes what was read of somebody before an import wrote to them for older', () => {
  const { behind } = readerOf([['ann', -1000]], 0);
  expect(behind.isOlder({ ...contact('ann', -2000) })).toBe(true);
  expect(behind.isOlder({ ...contact('ann', -1000) })).toBe(false);
  expect(behind.isOlder({ id: 'ann' })).toBe(false);
});

it.each([
  ['says when it was written', contact('ann', -1000), false],
  ['does not say when it was written', { id: 'ann' }, true],
])(
  'knows how new a reading of the workspace is only by a contact that says it: one that %s',
  async (_, seen, isUnlisted) => {
    const { behind, client } = readerOf(
      [
        ['ann', -1000],
        ['bob', -1000],
      ],
      0,
    );
    await behind.overWorkspace({ ...client, getByEmail: () => Promise.resolve(seen) }).getByEmail('ann@x.com');
    expect(behind.isUnlisted('bob')).toBe(isUnlisted);
  },
);

it('takes one that it has waited for in vain for older still, so long as it is proved to be', async () => {
  const { read, behind, pass } = readerOf(
    [
      ['ann', -60_000],
      ['ann', -1000],
    ],
    3_600_000,
  );
  await read('ann');
  expect(behind.isOlder(contact('ann', -60_000))).toBe(true);
  pass(10 * 60_000);
  expect(behind.isOlder(contact('ann', -60_000))).toBe(false);
});
