import { describe, expect, it } from 'vitest';
import type { WireContact } from '../../src/api/wire.js';
import { Meanwhile } from '../../src/workspace/meanwhile.js';

const START_MS = Date.parse('2026-03-01T10:00:00Z');
const at = (seconds: number): string => new Date(START_MS + seconds * 1000).toISOString();
const ZED: WireContact = {
  id: 'con_9',
  first_name: 'Zed',
  emails: ['zed@x.com'],
  phone_numbers: ['+442079460009'],
  updated_at: at(10),
};

/** What a workspace shows that holds these; the clock stands at the seconds given. */
function meanwhileOf(pages: () => WireContact[][], own: readonly string[] = []) {
  const asked: string[] = [];
  let nowMs = START_MS;
  const meanwhile = new Meanwhile({
    client: {
      contactPages: async function* ({ updated_after: after }: { updated_after?: string } = {}) {
        asked.push(after ?? '');
        await Promise.resolve();
        const all = pages();
        for (const [index, items] of all.entries()) {
          yield { page: index + 1, items, total: undefined, end: index + 1 === all.length ? 'whole' : undefined };
        }
      },
    },
    signal: new AbortController().signal,
    isOwn: (id) => own.includes(id),
    wallClock: () => nowMs,
    sinceMs: START_MS,
  });
  /** Lets time pass, and the look end that is due then. */
  const passes = async (seconds: number): Promise<void> => {
    nowMs += seconds * 1000;
    meanwhile.find({});
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { meanwhile, asked, passes };
}

describe('who changed since the workspace was read', () => {
  it('is looked for each half minute, and found by an e-mail or a phone', async () => {
    const there: WireContact[] = [];
    const { meanwhile, asked, passes } = meanwhileOf(() => [there]);
    there.push(ZED);
    expect(meanwhile.find({ emails: ['zed@x.com'] })).toBeUndefined();
    expect(asked).toEqual([]);
    await passes(31);
    expect(meanwhile.find({ emails: ['ZED@x.com'.toLowerCase()] })).toMatchObject({ id: 'con_9' });
    expect(meanwhile.find({ phone_numbers: ['+442079460009'] })).toMatchObject({ id: 'con_9' });
    expect(meanwhile.find({ emails: ['other@x.com'] })).toBeUndefined();
    expect(asked).toEqual([at(-60)]);
    there[0] = { ...ZED, company: 'Theirs', updated_at: at(40) };
    await passes(31);
    const before = { id: 'con_9', emails: [], phone_numbers: [], tags: [], custom_fields: {} };
    expect(meanwhile.newestOf(before)).toMatchObject({ company: 'Theirs' });
    // A moment before the newest of what was seen then.
    expect(asked).toEqual([at(-60), at(8)]);
  });

  it('is none whom this import has written, or who was put away', async () => {
    const own = meanwhileOf(() => [[ZED]], ['con_9']);
    await own.passes(31);
    expect(own.meanwhile.find({ emails: ['zed@x.com'] })).toBeUndefined();
    const put = meanwhileOf(() => [[{ ...ZED, deleted_at: at(9) }]]);
    await put.passes(31);
    expect(put.meanwhile.find({ emails: ['zed@x.com'] })).toBeUndefined();
  });

  it.each([
    ['everybody', () => [[ZED], [{ ...ZED, id: 'con_1', updated_at: at(-3600) }]]],
    ['more and more', () => Array.from({ length: 12 }, (_, n) => [{ ...ZED, id: `con_${n}` }])],
  ])('is not looked for any more where the server shows %s', async (_, pages) => {
    const { meanwhile, asked, passes } = meanwhileOf(pages);
    await passes(31);
    expect(meanwhile.find({ emails: ['zed@x.com'] })).toBeUndefined();
    await passes(31);
    expect(meanwhile.find({ emails: ['zed@x.com'] })).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('fails with what a look failed with', async () => {
    const { meanwhile, passes } = meanwhileOf(() => {
      throw new Error('out of reach');
    });
    await passes(31);
    expect(() => meanwhile.find({ emails: ['zed@x.com'] })).toThrow('out of reach');
  });
});
