import { describe, expect, it } from 'vitest';
import { pagesOf, type ListedPage } from '../../src/api/pages.js';
import type { WireContact } from '../../src/api/wire.js';
import { refreshSnapshot } from '../../src/workspace/refresh.js';
import { Snapshot } from '../../src/workspace/snapshot.js';
import { privateFolder } from '../support/folder.js';

describe('a workspace of which it is not known whether it was read whole', () => {
  it('is listed again from its first page by the next run, and said again', async () => {
    const path = `${await privateFolder()}/w.jsonl`;
    const asked: number[] = [];
    // Says nothing of pages, and gives the same one for each.
    const listContacts = (page: number) => {
      asked.push(page);
      return Promise.resolve({ items: [{ id: 'con_1' }], pagination: undefined });
    };
    const contactPages = (_: unknown, first = 1): AsyncGenerator<ListedPage<WireContact>, void, undefined> =>
      pagesOf(listContacts, first);
    for (let run = 0; run < 2; run++) {
      const snapshot = await Snapshot.open(path, { api: 'http://localhost', bot: 'bot' });
      asked.length = 0;
      expect(await refreshSnapshot(snapshot, { client: { listContacts, contactPages } })).toBe('unsure');
      expect(asked[0]).toBe(1);
      expect(snapshot.size).toBe(1);
      await snapshot.close();
    }
  });
});

describe('a workspace that was read whole', () => {
  const DAY = '2026-01-01T00:00:00Z';
  const OTHER_DAY = '2026-01-02T00:00:00Z';

  /** Reads it as it was, then as it is now; gives who is known then, and the reads that took. */
  async function readAgain(was: readonly WireContact[], now: readonly WireContact[], saysTotal: boolean) {
    let there = was;
    let reads = 0;
    const pageOf = (all: readonly WireContact[], page: number) => ({
      items: page === 1 ? [...all] : [],
      pagination: saysTotal ? { total: all.length, totalPages: 1 } : undefined,
    });
    const listed = (filter: { updated_after?: string | undefined }): WireContact[] => {
      const after = Date.parse(filter.updated_after ?? '');
      return there.filter(({ updated_at: at }) => Number.isNaN(after) || Date.parse(String(at)) > after);
    };
    const listContacts = (page: number, filter: { updated_after?: string | undefined } = {}) => {
      reads++;
      return Promise.resolve(pageOf(listed(filter), page));
    };
    const contactPages = (
      filter: { updated_after?: string | undefined },
      first = 1,
    ): AsyncGenerator<ListedPage<WireContact>, void, undefined> => pagesOf((page) => listContacts(page, filter), first);
    const snapshot = await Snapshot.open(`${await privateFolder()}/w.jsonl`, { api: 'http://localhost', bot: 'bot' });
    const client = { listContacts, contactPages };
    expect(await refreshSnapshot(snapshot, { client })).toBe('whole');
    there = now;
    reads = 0;
    expect(await refreshSnapshot(snapshot, { client })).toBe('whole');
    const known: string[] = [];
    for (let number = 0; number < snapshot.size; number++) {
      const { id, first_name: name } = await snapshot.contact(number);
      known.push(name === undefined ? id : `${id} ${name}`);
    }
    await snapshot.close();
    return { known: known.sort(), reads };
  }

  describe.each([
    ['and says how many there are', true],
    ['and does not say how many there are', false],
  ])('%s', (_, saysTotal) => {
    it.each([
      ['who came to an empty one', [], [{ id: 'a', updated_at: DAY }], ['a']],
      [
        'who was deleted',
        [
          { id: 'a', updated_at: DAY },
          { id: 'b', updated_at: DAY },
        ],
        [{ id: 'b', updated_at: DAY }],
        ['b'],
      ],
      ['who came when another went', [{ id: 'a', updated_at: DAY }], [{ id: 'b', updated_at: OTHER_DAY }], ['b']],
      ['who is changed without a date', [{ id: 'a' }], [{ id: 'a', first_name: 'Ann' }], ['a Ann']],
    ])('shows %s', async (_case, was, now, known) => {
      expect((await readAgain(was, now, saysTotal)).known).toEqual(known);
    });
  });

  it('takes two reads where nothing has changed, and one where it was empty', async () => {
    const same = [{ id: 'a', updated_at: DAY }];
    expect((await readAgain(same, same, true)).reads).toBe(2);
    expect((await readAgain([], [], true)).reads).toBe(1);
  });
});

describe('a list of the workspace that has no end', () => {
  const ids = (page: number): { id: string }[] => Array.from({ length: 100 }, (_, at) => ({ id: `con_${page}_${at}` }));
  it.each([
    ['says nothing of its length', undefined, 7],
    ['says that it is shorter', 250, 10],
  ])('and %s is read so far as patience goes, and said', async (_, total, reads) => {
    let asked = 0;
    const listContacts = (page: number) => {
      asked += 1;
      if (asked > 100) throw new Error('read without end');
      const pagination = total === undefined ? undefined : { total, totalPages: Math.ceil(total / 100) };
      return Promise.resolve({ items: ids(page), pagination });
    };
    const contactPages = (_filters: unknown, first = 1): AsyncGenerator<ListedPage<WireContact>, void, undefined> =>
      pagesOf(listContacts, first);
    const snapshot = await Snapshot.open(`${await privateFolder()}/w.jsonl`, { api: 'http://localhost', bot: 'bot' });
    const client = { listContacts, contactPages };
    expect(await refreshSnapshot(snapshot, { client, patiencePages: 6 })).toBe('endless');
    expect(asked).toBe(reads);
    expect(snapshot.size).toBe(reads * 100);
    await snapshot.close();
  });
});

describe('a contact that somebody deletes while the list is read', () => {
  const KILLED = new Error('killed');

  /** A workspace of 350; before a page is given, this happens. */
  function workspace(before: (page: number, ids: string[]) => void) {
    const ids = Array.from({ length: 350 }, (_, at) => `con_${at}`);
    const listContacts = async (page: number) => {
      before(page, ids);
      const items = ids.slice(100 * (page - 1), 100 * page).map((id) => ({ id }));
      return { items, pagination: { total: ids.length, totalPages: Math.ceil(ids.length / 100) } };
    };
    const contactPages = (_filters: unknown, first = 1): AsyncGenerator<ListedPage<WireContact>, void, undefined> =>
      pagesOf(listContacts, first);
    return { ids, client: { listContacts, contactPages } };
  }

  async function openSnapshotOf(path: string): Promise<Snapshot> {
    return Snapshot.open(path, { api: 'http://localhost', bot: 'bot' });
  }

  it('hides none of those who move up to a page that was read already', async () => {
    let isDeleted = false;
    const { ids, client } = workspace((page, all) => {
      if (page === 2 && !isDeleted) all.shift();
      isDeleted ||= page === 2;
    });
    const snapshot = await openSnapshotOf(`${await privateFolder()}/w.jsonl`);
    expect(await refreshSnapshot(snapshot, { client })).toBe('whole');
    expect(ids.filter((id) => snapshot.numberOf(id) === undefined)).toEqual([]);
    expect(snapshot.size).toBe(349);
    await snapshot.close();
  });

  it('nor after a run that was cut off between two pages', async () => {
    const path = `${await privateFolder()}/w.jsonl`;
    let isCut = false;
    const { ids, client } = workspace((page) => {
      if (page === 3 && !isCut) {
        isCut = true;
        throw KILLED;
      }
    });
    const cut = await openSnapshotOf(path);
    await expect(refreshSnapshot(cut, { client })).rejects.toBe(KILLED);
    await cut.close();
    ids.shift();
    const snapshot = await openSnapshotOf(path);
    expect(await refreshSnapshot(snapshot, { client })).toBe('whole');
    expect(ids.filter((id) => snapshot.numberOf(id) === undefined)).toEqual([]);
    expect(snapshot.size).toBe(349);
    await snapshot.close();
  });
});
