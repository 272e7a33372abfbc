/** Where in a JSON text the records are: on its lines, in one of its lists, or in an object that holds them by their ids. */
import { ObjectScanner, objectsOf, type FoundObject, type LooseRecords, type ObjectOfObjects } from './scan.js';

export interface Layout {
  readonly label: 'JSON' | 'JSON Lines';
  readonly loose: LooseRecords;
  /** Of the list, or the object, whose objects are records. */
  readonly path: string;
  readonly isInList: boolean;
  /** False where the text may as well be a table without objects: its objects hold no e-mails and no phones. */
  readonly isCertain: boolean;
  /** Other lists that hold e-mails or phones. */
  readonly others: readonly string[];
}

interface List {
  readonly path: string;
  count: number;
  /** Objects with something like an e-mail or a phone in them. */
  points: number;
  /** Those of them that are pages, and where in a page its records are. */
  pages: number;
  inPage?: string;
}

/** Lists that are told apart; with an id for each record there may be as many as records. */
const MAX_LISTS = 1000;

/** What stands beside the records and explains them. */
const ASIDE = /(?:^|\.)(?:included|includes|meta|metadata|errors|links|fields|columns|cols|schema|fieldMetadata)$/i;
/** What the list of records of one page is called: a text of several values is then pages, and no lines. */
const PAGE =
  /(?:^|\.)(?:data|results?|items?|records?|contacts|value|values|customers|people|persons|members|collection|attendees|users|leads|subscribers|entries|rows|hits|edges|connections)$/i;

/** Lists that belong to one person. */
const OF_ONE = /(?:mails?|phones?|numbers?|addresses|tags|labels)$/i;

/** Keys under which a page, or a table of a database's export, has its records. */
const RECORDS = ['data', 'rows', 'records', 'results', 'items'];
/** What phpMyAdmin calls its export, before its tables. */
const PHP_MY_ADMIN = /^\{[^{}[\]]*"comment"\s*:\s*"[^"]*phpMyAdmin/i;

/** The key under which an object has nothing but records, itself being nobody: no address stands beside them. */
function recordsIn(text: string): string | undefined {
  const key = RECORDS.find((name) => new RegExp(`"${name}"\\s*:\\s*\\[\\s*\\{`).test(text));
  if (key === undefined) return undefined;
  try {
    const { [key]: records, ...others } = JSON.parse(text) as Record<string, unknown>;
    return Array.isArray(records) && !POINT.test(JSON.stringify(others)) ? key : undefined;
  } catch {
    return undefined;
  }
}

const POINT = /[^"\s@]@[^"\s@]+\.[^"\s@]|"\+?\(?\d[\d\s().-]{5,18}\d"/;

const isAside = (path: string): boolean => ASIDE.test(path);

/** The list that holds the records: one beside explanations, with e-mails or phones if one has them, the longest. */
function bestOf(lists: readonly List[]): List | undefined {
  const rank = ({ path, points, count }: List): readonly number[] => [isAside(path) ? 0 : 1, points > 0 ? 1 : 0, count];
  return [...lists].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
  })[0];
}

/** Keys that are ids: no name of a field has digits only, or an @. */
const ID = /^\d+$|@|^-|^(?=.*\d)[\w-]{6,}$/;
/** From here on values with one first key under keys of any kind are a list by names. */
const FEWEST_NAMED = 3;

function areRecords({ keys, innerKeys, count }: ObjectOfObjects): boolean {
  const [inner] = innerKeys;
  // A table by columns: each has its cells by their places.
  if (inner === undefined || innerKeys.every((key) => /^\d+$/.test(key))) return false;
  if (keys.every((key) => ID.test(key))) return true;
  return count >= FEWEST_NAMED && innerKeys.length === keys.length && innerKeys.every((key) => key === inner);
}

/** Looks through the text once. Undefined where it has no objects that could be records. */
export async function layoutOf(blocks: () => AsyncIterable<Buffer>): Promise<Layout | undefined> {
  const scanner = new ObjectScanner('none');
  const lists = new Map<string, List>();
  const count = (found: readonly FoundObject[]): void => {
    for (const { path, isStray, text } of found) {
      if (isStray === true) continue;
      const list = lists.get(path) ?? { path, count: 0, points: 0, pages: 0 };
      list.count += 1;
      if (text === undefined || !POINT.test(text)) {
        if (list.count === 1 && text !== undefined && PHP_MY_ADMIN.test(text)) list.inPage = 'data';
      } else {
        list.points += 1;
        const inPage = list.pages === list.points - 1 ? recordsIn(text) : undefined;
        if (inPage !== undefined && (list.inPage ?? inPage) === inPage) {
          list.pages += 1;
          list.inPage = inPage;
        }
      }
      if (lists.has(path) || lists.size < MAX_LISTS) lists.set(path, list);
    }
  };
  for await (const block of blocks()) count(scanner.add(block));
  count(scanner.end());
  const best = bestOf([...lists.values()]);
  const listed = (list: List, label: Layout['label']): Layout => {
    const others = [...lists.values()].filter(({ path, points }) => path !== list.path && points > 0 && !isAside(path));
    return {
      label,
      loose: 'none',
      path: list.path,
      isInList: true,
      isCertain: list.points > 0,
      others: others.map(({ path }) => path),
    };
  };
  if (scanner.topValues > 1) {
    const arePages =
      best !== undefined &&
      (best.path === '' || PAGE.test(best.path)) &&
      best.count > scanner.topValues &&
      best.points > 0;
    if (arePages) return listed(best, 'JSON Lines');
    return { label: 'JSON Lines', loose: 'top', path: '', isInList: false, isCertain: true, others: [] };
  }
  const byId = scanner.objectsOfObjects.filter(areRecords).sort((a, b) => b.count - a.count)[0];
  if (byId !== undefined && (best === undefined || best.path === byId.path || isInside(best.path, byId))) {
    return {
      label: 'JSON',
      loose: { inside: byId.path },
      path: byId.path,
      isInList: false,
      isCertain: true,
      others: [],
    };
  }
  if (best?.inPage !== undefined && best.pages === best.points) {
    const path = [best.path, best.inPage].filter((key) => key !== '').join('.');
    const place = { path, isInList: true, isCertain: true, others: [] };
    return { label: 'JSON', loose: { pages: best.path }, ...place };
  }
  if (best !== undefined && !OF_ONE.test(best.path)) return listed(best, 'JSON');
  // A single object that holds no list is one record, unless it is empty.
  for await (const { text, isStray } of objectsOf(blocks(), 'top')) {
    if (isStray !== true && text !== undefined && !/^\{\s*\}$/.test(text))
      return { label: 'JSON Lines', loose: 'top', path: '', isInList: false, isCertain: false, others: [] };
  }
  return undefined;
}

/** Whether a list belongs to one of the records: its path leads through the object that holds them. */
function isInside(path: string, { path: outer, keys }: ObjectOfObjects): boolean {
  const within = outer === '' ? path : path.startsWith(`${outer}.`) ? path.slice(outer.length + 1) : undefined;
  return within !== undefined && keys.some((key) => within.startsWith(`${key}.`));
}
