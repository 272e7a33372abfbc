import { given } from '../../src/given.js';
import { describe, expect, test } from 'vitest';
import { ImporterError } from '../../src/errors.js';
import { pagesOf } from '../../src/api/pages.js';
import type { Page, Pagination } from '../../src/api/wire.js';

type Item = { readonly id: string };
type Server = (page: number) => { readonly items: readonly Item[]; readonly pagination?: Pagination };

const ids = (from: number, to: number): Item[] =>
  Array.from({ length: to - from }, (_, at) => ({ id: String(from + at) }));
/** Lists so many items, ten a page. */
const list =
  (count: number, pagination?: Pagination): Server =>
  (page) => ({
    items: ids(Math.min(count, 10 * (page - 1)), Math.min(count, 10 * page)),
    ...given({ pagination }),
  });

/** As many as Clarky gives on a page. */
const hundreds =
  (pagination?: Pagination, count = 250): Server =>
  (page) => ({
    items: ids(Math.min(count, 100 * (page - 1)), Math.min(count, 100 * page)),
    ...given({ pagination }),
  });

/** A server that leaves one of a page out after it has turned the pages. */
const withoutOne =
  (count: number, short: number): Server =>
  (page) => ({ items: hundreds(undefined, count)(page).items.filter((_, at) => page !== short || at !== 5) });

/** A server that knows no page of this number or a higher one. */
const refusing =
  (server: Server, from: number): Server =>
  (page) => {
    if (page >= from) throw new ImporterError('wrong_url', 'answers 404');
    return server(page);
  };

const listOf = (server: Server, page: number): Page<Item> => ({ pagination: undefined, ...server(page) });

async function readAll(server: Server, first = 1) {
  const asked: number[] = [];
  const seen: string[] = [];
  let end: 'whole' | 'unsure' | undefined;
  const read = async (page: number): Promise<Page<Item>> => {
    asked.push(page);
    if (asked.length > 20) throw new Error('read without end');
    return { pagination: undefined, ...server(page) };
  };
  for await (const page of pagesOf(read, first)) {
    seen.push(...page.items.map(({ id }) => id));
    ({ end } = page);
  }
  return { items: seen.length, distinct: new Set(seen).size, end, reads: asked.length };
}

describe('the pages of a list', () => {
  test.each<[string, Server, number, 'whole' | 'unsure', number]>([
    ['as many as it says', list(25, { total: 25, totalPages: 3 }), 25, 'whole', 3],
    ['none', list(0, { total: 0, totalPages: 0 }), 0, 'whole', 1],
    ['of which only the pages are counted', list(25, { total: undefined, totalPages: 3 }), 25, 'whole', 3],
    ['of which only the items are counted', list(25, { total: 25, totalPages: undefined }), 25, 'whole', 3],
    ['that says nothing, until one is empty, though one was shorter', list(25), 25, 'whole', 4],
    ['that says nothing, with fewer on a page in the middle', withoutOne(250, 2), 249, 'whole', 4],
    ['that says nothing, with fewer on the first page', withoutOne(250, 1), 249, 'whole', 4],
    ['that says nothing and refuses what is behind the last', refusing(hundreds(undefined), 4), 250, 'whole', 4],
    ['that says nothing and refuses all but the first', refusing(hundreds(undefined), 2), 100, 'unsure', 2],
    ['that says nothing, until one is empty, after full ones', list(20), 20, 'whole', 3],
    ['that says nothing and has one', list(4), 4, 'whole', 2],
    ['that are one and the same', () => ({ items: ids(0, 4) }), 4, 'unsure', 2],
    ['more than it says', list(25, { total: 25, totalPages: 1 }), 25, 'whole', 3],
    ['fewer than that page has, it says', list(25, { total: 0, totalPages: 0 }), 25, 'whole', 4],
    ['of which each is counted as the whole', hundreds({ total: 100, totalPages: 1 }), 250, 'whole', 4],
    ['of ten, of which each is counted as the whole', list(25, { total: 10, totalPages: undefined }), 25, 'whole', 4],
    [
      'of which only the pages are counted, one too few',
      hundreds({ total: undefined, totalPages: 2 }),
      250,
      'whole',
      3,
    ],
    ['of which only one is counted, and each is full', list(30, { total: undefined, totalPages: 1 }), 30, 'whole', 4],
    [
      'that is a single full one, with nothing behind it',
      refusing(hundreds({ total: 100, totalPages: 1 }, 100), 2),
      100,
      'whole',
      2,
    ],
    ['that are a single full one', hundreds({ total: 100, totalPages: 1 }, 100), 100, 'whole', 2],
    [
      'fewer than it says, before it refuses to give more',
      refusing(list(25, { total: 60, totalPages: 6 }), 4),
      25,
      'unsure',
      4,
    ],
    ['fewer than it says', list(25, { total: 60, totalPages: 6 }), 25, 'unsure', 4],
    [
      'that never end',
      () => ({ items: ids(0, 10), pagination: { total: 99_999_999, totalPages: 999_999_999 } }),
      10,
      'unsure',
      3,
    ],
    [
      'of which the last comes again and again',
      (page) => ({ ...list(20)(Math.min(page, 2)), pagination: { total: 90, totalPages: 9 } }),
      20,
      'unsure',
      4,
    ],
  ])('%s', async (_, server, items, end, reads) => {
    expect(await readAll(server)).toEqual({ items, distinct: items, end, reads });
  });

  test('that says nothing and counts from 0 are read from there', async () => {
    const fromZero = (count: number) => (page: number) => Promise.resolve(listOf(list(count), page + 1));
    for (const [count, reads] of [
      [4, 1],
      [25, 3],
    ] as const) {
      const seen: string[] = [];
      const ends: unknown[] = [];
      for await (const { items, end } of pagesOf(fromZero(count), 1, () => fromZero(count)(0))) {
        seen.push(...items.map(({ id }) => id));
        ends.push(end);
      }
      expect([new Set(seen).size, seen.length, ends.at(-1), ends.length]).toEqual([count, count, 'whole', reads + 1]);
    }
  });

  test('before the first need not be there', async () => {
    const zeroth = [() => Promise.reject(new Error('HTTP 500')), () => Promise.resolve(listOf(list(25), 1))];
    for (const readZeroth of zeroth) {
      const counts: number[] = [];
      const read = (page: number): Promise<Page<Item>> => Promise.resolve(listOf(list(25), page));
      for await (const { items, end } of pagesOf(read, 1, readZeroth))
        counts.push(end === undefined ? items.length : -1);
      expect(counts).toEqual([10, 10, 5, -1]);
    }
  });

  test('go on in the middle', async () => {
    expect(await readAll(list(25, { total: 25, totalPages: 3 }), 3)).toMatchObject({
      items: 5,
      end: 'whole',
      reads: 1,
    });
  });
});
