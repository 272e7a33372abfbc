/**
 * Phones, or e-mails, that are asked for together, by what they begin with: a search that shows everybody who has one that
 * begins so answers for all of them. Firms' extensions, numbers of one block, a workspace with few phones, or addresses that are
 * numbered take a read instead of one each.
 */
import { MAX_PAGE_SIZE } from '../../api/pages.js';
import type { StoredContact } from '../stored.js';

/** Servers may leave a shorter text unsearched. */
export const LEAST_PART = 6;
/** Searches in vain that are worth it in any case, and how many of those that were saved may be spent on more. */
const ALLOWED_IN_VAIN = 3;
const SPENT_OF_SAVED = 1 / 4;

/** Whom a search shows first, and how many it finds; undefined where the server doesn't say. */
export type SearchPart = (
  part: string,
) => Promise<{ readonly contacts: readonly StoredContact[]; readonly total: number | undefined }>;

/** A part that was searched for, and how many there are with it. */
interface Searched {
  readonly part: string;
  readonly total: number;
}

export interface AnsweredByParts {
  /** E-mails and phones whose owner is known. */
  readonly answered: readonly string[];
  readonly contacts: readonly StoredContact[];
}

/** Asks for distinct e-mails or phones (in E.164) by searches that each answer for several of them. */
export async function askByParts(points: readonly string[], search: SearchPart): Promise<AnsweredByParts> {
  const answered: string[] = [];
  const contacts: StoredContact[] = [];
  let [saved, inVain] = [0, 0];
  const ask = async (group: readonly string[], above: Searched): Promise<void> => {
    const part = commonPart(group);
    if (group.length < 2 || inVain > ALLOWED_IN_VAIN + saved * SPENT_OF_SAVED) return;
    // Of so many as have what is before, one in ten is likely to have each digit that follows.
    const likely = above.total / 10 ** (part.length - above.part.length);
    let searched = above;
    if (part.length >= LEAST_PART && likely <= MAX_PAGE_SIZE) {
      const { contacts: shown, total } = await search(part);
      if (total === shown.length) {
        answered.push(...group);
        contacts.push(...shown);
        saved += group.length - 1;
        return;
      }
      inVain = total === undefined ? Infinity : inVain + 1;
      searched = { part, total: total ?? Infinity };
    }
    for (const next of splitAt(group, part.length)) await ask(next, searched);
  };
  await ask([...points].sort(), { part: '', total: 0 });
  return { answered, contacts };
}

/** What all of them begin with; they are sorted. */
function commonPart(sorted: readonly string[]): string {
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, length);
}

/** By the character at a place. */
function splitAt(sorted: readonly string[], place: number): string[][] {
  const groups = new Map<string | undefined, string[]>();
  for (const phone of sorted) {
    const group = groups.get(phone[place]);
    if (group === undefined) groups.set(phone[place], [phone]);
    else group.push(phone);
  }
  return [...groups.values()];
}
