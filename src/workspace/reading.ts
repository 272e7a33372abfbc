/** Reads the workspace: lists it, or asks for the people of a file one by one. */
import { access } from 'node:fs/promises';
import { MAX_PAGE_SIZE } from '../api/pages.js';
import { DigestIndex } from '../collections/digest-index.js';
import { askFor, type Answers } from './asking/asked.js';
import { askForEach } from './asking/for-each.js';
import { Questions } from './asking/questions.js';
import { workspaceFilesOf } from './files.js';
import { contactOf, createLookupFinder, unlisted } from './finder.js';
import { keysOf, type Asking, type LiveOptions, type ToPerson } from './reading-options.js';
import { refreshSnapshot } from './refresh.js';
import { Snapshot } from './snapshot.js';
import { readStored, type StoredContact } from './stored.js';

/**
 * Reads the workspace, or what changed in it since it was last read.
 * @param anew true to list everything again, whatever is known
 * @throws ImporterError what stops a run; what was read so far is kept, and the next run goes on there
 */
export async function openSnapshot(options: LiveOptions, anew = false): Promise<Snapshot> {
  const { client, api, bot, checkpoint, signal, waitMs, patiencePages, onProgress, onDoubt } = options;
  const { snapshot: path } = workspaceFilesOf(checkpoint);
  const snapshot = await Snapshot.open(path, { api, bot }, { waitMs, signal });
  try {
    const completeness = await refreshSnapshot(snapshot, { client, signal, anew, patiencePages, onProgress });
    if (completeness !== 'whole') onDoubt?.(completeness);
    return snapshot;
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/** The contacts that were read, by number from 0; below it those that were asked for by their ids alone. */
export interface ReadWorkspace {
  readonly size: number;
  /** Where the people of a file are yet to be asked for. */
  readonly toAsk?: ToAsk | undefined;
  contact(number: number): Promise<StoredContact>;
  /** The number of the contact of this id; undefined where it is not there. */
  numberOf(id: string): Promise<number | undefined>;
  /** Whether the contact of this id is not there, and may merely not be shown yet. */
  isUnshown(id: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface ToAsk {
  readonly questions: Questions;
  /** Asks for some rows more each time, whose contacts are among the others then; gives of how many rows all is known. */
  readonly answered: AsyncIterable<number>;
}

/**
 * Reads so much of the workspace as a file has to do with, or begins to ask for it.
 * @throws ImporterError what stops a run; what was read so far is kept, and the next run goes on there
 */
export async function readWorkspace(options: LiveOptions, asking: Asking, personOf: ToPerson): Promise<ReadWorkspace> {
  return (await askForPeople(options, asking, personOf)) ?? listAll(options, asking, personOf);
}

/** A listing of fewer pages is worth having: the next run reads only what changed since. */
const LEAST_PAGES = 20;

/**
 * Asks for the people of a file one by one, where that takes fewer reads than to list the workspace; undefined where it
 * does not, or where it was listed before and only what changed is to be read.
 */
async function askForPeople(
  options: LiveOptions,
  asking: Asking,
  personOf: ToPerson,
): Promise<ReadWorkspace | undefined> {
  const { client, signal } = options;
  if (await isThere(workspaceFilesOf(options.checkpoint).snapshot)) return undefined;
  const { pagination, items } = await client.listContacts(1, {}, { signal });
  const pages = Math.ceil((pagination?.total ?? 0) / MAX_PAGE_SIZE);
  if (pages < LEAST_PAGES || asking.rows >= pages) return undefined;
  const questions = await Questions.of(asking.contacts(signal), pages - 1);
  if (questions === undefined) return undefined;
  const seen = items.flatMap((item) => readStored(item) ?? []);
  const asked = await askForEach(options, asking, { questions, seen, personOf });
  return asked && withAsked(asked.known, elsewhereBy(options), { toAsk: { questions, answers: asked.answers } });
}

/** Lists the workspace; whom a listing does not show that may not be whole is asked for, so far as the file has to do with them. */
async function listAll(options: LiveOptions, asking: Asking, personOf: ToPerson): Promise<ReadWorkspace> {
  let isDoubted = false;
  const onDoubt: LiveOptions['onDoubt'] = (why) => {
    isDoubted = true;
    options.onDoubt?.(why);
  };
  // From there on it takes fewer reads to ask for each.
  const patiencePages = Math.max(LEAST_PAGES, asking.rows);
  const snapshot = await openSnapshot({ ...options, patiencePages, onDoubt });
  try {
    const { client, signal, onProgress } = options;
    if (!isDoubted) {
      const { byId, ...elsewhere } = elsewhereBy(options);
      return withAsked([], { ...elsewhere, byId: unlisted(byId) }, { snapshot });
    }
    const known = new DigestIndex();
    for (let number = 0; number < snapshot.size; number++) {
      const { emails, phones } = keysOf(personOf(await snapshot.contact(number)));
      for (const key of [...emails, ...phones]) known.add(key);
    }
    const asked = await askFor({
      finder: createLookupFinder(client, signal, options.bot),
      rows: asking.contacts(signal),
      known,
      how: 'both',
      onAsked: (count) => onProgress?.(count, Math.max(count, asking.rows)),
    });
    const others = asked.filter(({ id }) => snapshot.numberOf(id) === undefined);
    return withAsked(others, elsewhereBy(options), { snapshot });
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/** Of those who are not among what was read. */
interface Elsewhere {
  readonly byId: (id: string) => Promise<StoredContact | undefined>;
  readonly isUnlisted: (id: string) => boolean;
}

function elsewhereBy({ client, signal, isUnlisted = () => false }: LiveOptions): Elsewhere {
  return { byId: (id) => contactOf(id, client, signal), isUnlisted };
}

interface Sources {
  readonly snapshot?: Snapshot;
  readonly toAsk?: { readonly questions: Questions; readonly answers: AsyncIterable<Answers> };
}

/** The contacts that were listed, and behind them those that are asked for. @param elsewhere looks for who is neither */
function withAsked(known: readonly StoredContact[], elsewhere: Elsewhere, { snapshot, toAsk }: Sources): ReadWorkspace {
  const asked = [...known];
  const byId: StoredContact[] = [];
  const listed = snapshot?.size ?? 0;
  const numberOf = async (id: string): Promise<number | undefined> => {
    const number = snapshot?.numberOf(id);
    if (number !== undefined) return number;
    const at = asked.findIndex((one) => one.id === id);
    if (at >= 0) return listed + at;
    const before = byId.findIndex((one) => one.id === id);
    if (before >= 0) return -1 - before;
    const found = await elsewhere.byId(id);
    return found === undefined ? undefined : -byId.push(found);
  };
  return {
    get size() {
      return listed + asked.length;
    },
    toAsk: toAsk && { ...toAsk, answered: answeredInto(asked, toAsk.answers) },
    contact: async (number) => {
      if (snapshot !== undefined && number >= 0 && number < listed) return snapshot.contact(number);
      const found = number < 0 ? byId[-1 - number] : asked[number - listed];
      if (found === undefined) throw new Error(`no contact ${number} was asked for`);
      return found;
    },
    numberOf,
    isUnshown: async (id) => elsewhere.isUnlisted(id) && (await numberOf(id)) === undefined,
    close: async () => snapshot?.close(),
  };
}

/** Puts each who is found behind those that are known, once. */
async function* answeredInto(asked: StoredContact[], answers: AsyncIterable<Answers>): AsyncGenerator<number> {
  const ids = new Set(asked.map(({ id }) => id));
  for await (const { rows, found } of answers) {
    for (const stored of found) {
      if (ids.has(stored.id)) continue;
      ids.add(stored.id);
      asked.push(stored);
    }
    yield rows;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
