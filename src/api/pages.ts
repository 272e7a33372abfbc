import { ImporterError } from '../errors.js';
import type { Page } from './wire.js';

/** The most that Clarky gives on a page. */
export const MAX_PAGE_SIZE = 100;

/** A page of a list, and at the last one what is known of the whole. */
export interface ListedPage<Item> {
  /** 1 is the first. */
  readonly page: number;
  readonly items: readonly Item[];
  /** How many there are in all, where the server says so. */
  readonly total: number | undefined;
  /** `whole`: nothing lacks; `unsure`: the server doesn't say, or gives less than it says. */
  readonly end: 'whole' | 'unsure' | undefined;
}

/** A page that brings nothing new so many times ends a list that claims to go on. */
const MOST_REPEATS = 2;

/**
 * Reads a list page by page until it is at its end by what the server says; where it says nothing, until a page is
 * shorter than the one before, or brings nothing new.
 * @param first the page to begin with
 */
export async function* pagesOf<Item extends { readonly id: string }>(
  read: (page: number) => Promise<Page<Item>>,
  first = 1,
): AsyncGenerator<ListedPage<Item>, void, undefined> {
  let firstIds: ReadonlySet<string> | undefined;
  let before: ReadonlySet<string> | undefined;
  let seen = 0;
  let repeats = 0;
  for (let page = first; ; page += 1) {
    const { items, pagination } = await readOn(read, page, before?.size === MAX_PAGE_SIZE && page === first + 1);
    const fresh = items.filter(({ id }) => firstIds?.has(id) !== true && before?.has(id) !== true);
    repeats = fresh.length === 0 ? repeats + 1 : 0;
    seen += fresh.length;
    const end = endOf({ page, first, count: items.length, countBefore: before?.size, repeats, seen, pagination });
    const total = (pagination?.total ?? 0) < seen && first === 1 ? undefined : pagination?.total;
    yield { page, items: fresh, total, end };
    if (end !== undefined) return;
    before = new Set(items.map(({ id }) => id));
    firstIds ??= before;
  }
}

/** @param isExtra after a page that may have been the only one: a server may refuse to be asked for more */
async function readOn<Item>(read: (page: number) => Promise<Page<Item>>, page: number, isExtra: boolean) {
  try {
    return await read(page);
  } catch (error) {
    if (!isExtra || !(error instanceof ImporterError) || error.code !== 'wrong_url') throw error;
    return { items: [], pagination: undefined };
  }
}

interface Listing {
  readonly page: number;
  readonly first: number;
  /** Items of this page, and of the one before it. */
  readonly count: number;
  readonly countBefore: number | undefined;
  readonly repeats: number;
  readonly seen: number;
  readonly pagination: Page<unknown>['pagination'];
}

function endOf({
  page,
  first,
  count,
  countBefore = 1,
  repeats,
  seen,
  pagination,
}: Listing): ListedPage<unknown>['end'] {
  // What says of all that they are fewer than were given knows nothing of the whole.
  const { total, totalPages } = pagination !== undefined && (pagination.total ?? seen) >= seen ? pagination : {};
  if (total === undefined && totalPages === undefined) {
    // The same page again: a list without pages, or a server that doesn't turn them.
    if (count > 0 && repeats > 0) return 'unsure';
    return count < countBefore ? 'whole' : undefined;
  }
  // What came before the first page read here was counted when it was read.
  const isAll = total === undefined || first > 1 || seen >= total;
  if (count === 0) return isAll ? 'whole' : 'unsure';
  if (repeats >= MOST_REPEATS) return 'unsure';
  const isLast = totalPages === undefined ? seen >= (total ?? 0) : page >= totalPages;
  // It may speak of this page alone.
  const isOnlyPage = page === 1 && count === MAX_PAGE_SIZE && total === count;
  return isLast && isAll && !isOnlyPage ? 'whole' : undefined;
}
