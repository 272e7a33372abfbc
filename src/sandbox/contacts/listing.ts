import type { Checked } from './contact-input.js';
import type { StoredContact } from './stored-contact.js';
import type { Readings } from '../readings.js';
import type { WireList } from '../wire.js';

const DEFAULT_PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 100;

export interface PageRequest {
  page: number;
  pageSize: number;
}

/** Reads `page` (from 1) and `page_size` (1-100, default 25). */
export function readPage(query: URLSearchParams): Checked<PageRequest> {
  const page = readCount(query, 'page', 1);
  if (page === undefined) return { ok: false, field: 'page', message: 'page must be a whole number from 1' };
  const pageSize = readCount(query, 'page_size', DEFAULT_PAGE_SIZE);
  if (pageSize === undefined || pageSize > MAX_PAGE_SIZE) {
    return { ok: false, field: 'page_size', message: `page_size must be between 1 and ${String(MAX_PAGE_SIZE)}` };
  }
  return { ok: true, value: { page, pageSize } };
}

function readCount(query: URLSearchParams, name: string, fallback: number): number | undefined {
  const text = query.get(name);
  if (text === null) return fallback;
  const count = Number(text);
  return /^\d+$/u.test(text) && count >= 1 ? count : undefined;
}

/** More pages than anyone reads. */
const ENDLESS_PAGES = 999_999_999;

/** Cuts one page out of a list and shows its items; what is said about the pages is as `pagination` has it. */
export function listPage<Item, Shown>(
  items: readonly Item[],
  { page, pageSize }: PageRequest,
  show: (item: Item) => Shown,
  pagination: Readings['pagination'],
): WireList<Shown> {
  const cut = pagination === 'endless' || pagination === 'repeated' ? 1 : page;
  const data = items.slice((cut - 1) * pageSize, cut * pageSize).map(show);
  const counts = { page, page_size: pageSize, total: items.length, total_pages: Math.ceil(items.length / pageSize) };
  switch (pagination) {
    case 'numbers':
      return { data, pagination: counts };
    case 'strings':
      return { data, pagination: Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, String(n)])) };
    case 'none':
    case 'repeated':
      return { data };
    case 'endless':
      return { data, pagination: { ...counts, total: ENDLESS_PAGES * pageSize, total_pages: ENDLESS_PAGES } };
  }
}

type Filter = (contact: StoredContact) => boolean;

/** Applies the list's filters: search, tags, lead_source, pipeline_stage_id, bot_id and the three dates. */
export function filterContacts(
  contacts: readonly StoredContact[],
  query: URLSearchParams,
): Checked<readonly StoredContact[]> {
  const filters: Filter[] = [];
  const search = query.get('search')?.toLowerCase();
  if (search) filters.push((contact) => searchedTexts(contact).some((text) => text.toLowerCase().includes(search)));
  const tags = query.getAll('tags').flatMap((list) => list.split(','));
  if (tags.length > 0) filters.push((contact) => tags.some((tag) => contact.tags.includes(tag.trim())));
  for (const field of ['lead_source', 'pipeline_stage_id', 'bot_id'] as const) {
    const wanted = query.get(field);
    if (wanted !== null) filters.push((contact) => contact[field] === wanted);
  }
  for (const name of ['created_after', 'created_before', 'updated_after'] as const) {
    const text = query.get(name);
    if (text === null) continue;
    const limitMs = Date.parse(text);
    if (Number.isNaN(limitMs)) return { ok: false, field: name, message: `${name} must be a date` };
    const field = name.startsWith('created') ? 'created_at' : 'updated_at';
    filters.push((contact) => {
      const timeMs = Date.parse(contact[field]);
      return name.endsWith('after') ? timeMs > limitMs : timeMs < limitMs;
    });
  }
  if (filters.length === 0) return { ok: true, value: contacts };
  return { ok: true, value: contacts.filter((contact) => filters.every((accepts) => accepts(contact))) };
}

function searchedTexts(contact: StoredContact): string[] {
  const { first_name: first, last_name: last, company, emails, phone_numbers: phones } = contact;
  return [`${first ?? ''} ${last ?? ''}`, company ?? '', ...[...emails, ...phones].map(({ value }) => value)];
}
