import { ImporterError } from '../errors.js';
import type { Page, Pagination } from './wire.js';

/** The most that Clarky gives on a page. */
export const MAX_PAGE_SIZE = 100;

/** A page of a list, and at the last one what is known of the whole. */
export interface ListedPage<Item> {
  /** 1 is the first. */
  readonly page: number;
  /** What is on the page. */
  readonly items: readonly Item[];
  /** How many there are in all, where the server says so. */
  readonly total: number | undefined;
  /** `whole`: nothing lacks; `unsure`: the server doesn't say, or gives less than it says. */
  readonly end: 'whole' | 'unsure' | undefined;
}

/** A page that brings nothing new so many times ends a list that claims to go on. */
const MOST_REPEATS = 2;

/** What servers give on a page where they do not heed what is asked for. */
const USUAL_PAGE_SIZES: ReadonlySet<number> = new Set([10, 20, 25, 30, 50, MAX_PAGE_SIZE]);

/**
 * Reads a list page by page until it is at its end by what the server says; where it doesn't say how many there are, until a
 * page is empty, or brings nothing new.
 * @param first the page to begin with
 * @param readZeroth reads the page before the first, where the server says nothing of its pages
 */
export async function* pagesOf<Item extends { readonly id: string }>(
  read: (page: number) => Promise<Page<Item>>,
  first = 1,
  readZeroth?: () => Promise<Page<Item>>,
): AsyncGenerator<ListedPage<Item>, void, undefined> {
  let firstIds: ReadonlySet<string> | undefined;
  let before: ReadonlySet<string> | undefined;
  let seen = 0;
  let repeats = 0;
  let said: Pagination | undefined;
  for (let page = first; ; page += 1) {
    const listed = page === first ? await read(page) : await readOn(read, page);
    const { items, pagination = said } = listed ?? { items: [] };
    const fresh = items.filter(({ id }) => firstIds?.has(id) !== true && before?.has(id) !== true);
    repeats = fresh.length === 0 ? repeats + 1 : 0;
    seen += fresh.length;
    const isRefused = listed === undefined;
    const sizes = { count: items.length, fullCount: firstIds?.size, countBefore: before?.size };
    const end = endOf({ page, first, ...sizes, isRefused, repeats, seen, pagination });
    const total = (pagination?.total ?? 0) < seen && first === 1 ? undefined : pagination?.total;
    const isLeftOpen = readZeroth !== undefined && end !== undefined && pagination === undefined;
    const zeroth = isLeftOpen ? await newOf(readZeroth, firstIds ?? new Set(items.map(({ id }) => id))) : [];
    yield { page, items: fresh, total, end: zeroth.length > 0 ? undefined : end };
    if (zeroth.length > 0) yield { page: page + 1, items: zeroth, total, end };
    if (end !== undefined) return;
    before = new Set(items.map(({ id }) => id));
    firstIds ??= before;
    said = pagination;
  }
}

/** What is on a page before the first: a server that says nothing of its pages may count them from 0. */
async function newOf<Item extends { readonly id: string }>(
  read: () => Promise<Page<Item>>,
  firstIds: ReadonlySet<string>,
): Promise<Item[]> {
  // Whatever fails at a page that nobody has is no trouble; what else is wrong shows at the next request.
  const { items } = await read().catch(() => ({ items: [] }));
  return items.filter(({ id }) => !firstIds.has(id));
}

/** A page behind the first; undefined where the server knows none of that number: it may refuse what is behind the last. */
async function readOn<Item>(read: (page: number) => Promise<Page<Item>>, page: number) {
  try {
    return await read(page);
  } catch (error) {
    if (!(error instanceof ImporterError) || error.code !== 'wrong_url') throw error;
    return undefined;
  }
}

interface Listing {
  readonly page: number;
  readonly first: number;
  /** Items of this page, of the first and of the one before. */
  readonly count: number;
  readonly fullCount: number | undefined;
  readonly countBefore: number | undefined;
  readonly isRefused: boolean;
  readonly repeats: number;
  readonly seen: number;
  readonly pagination: Pagination | undefined;
}

function endOf(listing: Listing): ListedPage<unknown>['end'] {
  const { page, first, count, fullCount = count, countBefore = 0, isRefused, repeats, seen, pagination } = listing;
  // What says of all that they are fewer than were given knows nothing of the whole.
  const { total, totalPages } = pagination !== undefined && (pagination.total ?? seen) >= seen ? pagination : {};
  // What came before the first page read here was counted when it was read.
  const isAll = first > 1 || (total !== undefined && seen >= total);
  // Behind a full page there may be others, whatever is refused.
  if (isRefused) return isAll || (total === undefined && countBefore < fullCount) ? 'whole' : 'unsure';
  if (total === undefined && totalPages === undefined) {
    // The same page again: a list without pages, or a server that doesn't turn them.
    if (count > 0 && repeats > 0) return 'unsure';
    return count === 0 ? 'whole' : undefined;
  }
  if (count === 0) return isAll || total === undefined ? 'whole' : 'unsure';
  if (repeats >= MOST_REPEATS) return 'unsure';
  const isLast = totalPages === undefined ? seen >= (total ?? 0) : page >= totalPages;
  // It may speak of this page alone; and where only pages are counted, the last one is full at times, and others are uncounted.
  const isOnlyPage = page === 1 && total === count && USUAL_PAGE_SIZES.has(count);
  const isCounted = total === undefined ? count < fullCount : isAll && !isOnlyPage;
  return isLast && isCounted ? 'whole' : undefined;
}
