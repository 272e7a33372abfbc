/** The server of the page: on loopback alone, on a port of its own, for as long as somebody needs it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Settings } from '../settings/settings.js';
import { createApp } from './app.js';
import { readAssets } from './access/assets.js';
import type { UiContext } from './context.js';
import { Desk, type KeySource } from './files/desk.js';
import { Downloads } from './access/downloads.js';
import { watchFolder } from './files/watch.js';
import { Dropped } from './files/dropped.js';
import { Folder } from './files/folder.js';
import { SAFE_HEADERS } from './access/guard.js';
import { Jobs, type OnImported } from './jobs/jobs.js';
import { filesAndJobs } from './jobs/together.js';
import { RejectedRows } from './jobs/rejected-rows.js';
import { Plans } from './jobs/plans.js';
import { Turns } from './files/turns.js';
import { Readers } from './readers.js';
import { OtherPages } from './access/other-pages.js';
import { Session } from './access/session.js';
import { makePrivateFolder } from '../storage/private-folder.js';
import { canonicalApiUrl } from '../endpoint.js';
import type { FileEntry, OtherPage, UiState } from './wire.js';

/** Nobody needs a server that nobody looks at. */
const IDLE_MS = 15 * 60_000;

export interface UiOptions {
  readonly folder: string;
  /** The file to begin with, by its path in the folder. */
  readonly first?: string | undefined;
  readonly settings: Settings;
  readonly key: KeySource | undefined;
  readonly isDemo: boolean;
  readonly version: string;
  /** Whoever started it prints another address when somebody presses Enter in its terminal. */
  readonly hearsEnter?: boolean | undefined;
  readonly onImported?: OnImported | undefined;
  /** How long it lives without a page and without a run, in milliseconds. */
  readonly idleMs?: number | undefined;
  /** A clock that nobody sets, in milliseconds. */
  readonly now?: (() => number) | undefined;
  /** The folder of the built page. */
  readonly assets?: string | undefined;
  /** Where the private folder for rows is made. */
  readonly spoolParent?: string | undefined;
}

export interface RunningUi {
  /** The address with a code in its fragment, good once and for a minute. */
  newUrl(): string;
  readonly origin: string;
  /** Programs that served a page of the folder when this one began. */
  readonly others: readonly OtherPage[];
  /** How many pages are open. */
  readonly pages: number;
  /** Resolves when somebody quits, or nobody has looked for a while. */
  readonly quit: Promise<void>;
  /** Lets what runs come to its end, and leaves nothing behind. */
  close(): Promise<void>;
}

/** Starts the server. @throws ImporterError where the package has no page */
export async function startUi(options: UiOptions): Promise<RunningUi> {
  const assets = await readAssets(options.assets);
  const spool = await makePrivateFolder('ui', options.spoolParent);
  let quit: () => void = () => undefined;
  const quitting = new Promise<void>((resolve) => (quit = resolve));
  const idle = new Idle(options.idleMs ?? IDLE_MS, () => !jobs.isRunning() && readers.count === 0, quit);
  const isQuick = (): boolean => folder.isUsedElsewhere;
  const readers = new Readers(() => idle.touch(), isQuick);
  const onChange = (): void => {
    readers.wake();
    idle.touch();
  };
  const session = new Session(options.now);
  const desk = new Desk(options.settings, options.key);
  const jobs = new Jobs(options.folder, onChange, desk, options.onImported);
  const folder = new Folder(
    options.folder,
    (path) => desk.reading(path),
    () => desk.apiUrl,
  );
  const dropped = new Dropped((path) => {
    const { checkpoint, rejects, log, report, corrections } = desk.pathsOf(path);
    return [checkpoint, rejects, log, report, corrections];
  });
  const plans = new Plans(spool.path, () => readers.wake());
  let otherPages = (): Promise<OtherPage[]> => Promise.resolve([]);
  const ui: UiContext = {
    session,
    folder,
    dropped,
    desk,
    jobs,
    readers,
    assets,
    plans,
    rejected: new RejectedRows(),
    turns: new Turns(),
    downloads: new Downloads(options.now),
    quit,
    state: async () => stateOf(options, { folder, dropped, desk, jobs, plans }, await otherPages()),
  };
  const server = createServer({ requestTimeout: 0, maxHeaderSize: 16 * 1024 });
  const origin = await listen(server);
  const pages = await OtherPages.join(options.folder, origin, options.key?.stateDir);
  const others = await pages.list();
  otherPages = () => pages.list();
  const host = origin.replace('http://', '');
  const answer = getRequestListener(createApp(ui, origin).fetch, { overrideGlobalObjects: false });
  server.on('request', (request, response) => {
    idle.touch();
    // A name that leads here by DNS rebinding is another name; and a malformed one must not be parsed.
    if (request.headers.host !== host) return refuseHost(request, response);
    answer(request, response).catch(() => response.destroy());
  });
  const { workDir } = options.settings;
  const folders = workDir === undefined ? [options.folder] : [options.folder, workDir];
  const watches = folders.map((path) => watchFolder(path, () => readers.wake()));
  idle.touch();
  return {
    newUrl: () => `${origin}/#${session.newCode()}`,
    origin,
    others,
    get pages() {
      return readers.count;
    },
    quit: quitting,
    close: async () => {
      idle.stop();
      for (const watch of watches) watch.close();
      await jobs.close();
      readers.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pages.leave();
      await ui.plans.close();
      await spool.remove();
    },
  };
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(421, { ...SAFE_HEADERS, 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ code: 'refused', message: 'This server answers to its own address alone.', next: null }),
  );
}

async function stateOf(
  options: UiOptions,
  { folder, dropped, desk, jobs, plans }: Pick<UiContext, 'folder' | 'dropped' | 'desk' | 'jobs' | 'plans'>,
  otherPages: UiState['otherPages'],
): Promise<UiState> {
  const first = options.first === undefined ? null : folder.idOf(basename(options.first));
  if (first !== null) folder.keep(first);
  const list = (runs: string): ReturnType<Folder['list']> =>
    jobs.isRunning() ? folder.recentList(runs) : folder.list();
  const { files: there, total, jobs: views, toldMs } = await filesAndJobs(() => jobs.views(), list);
  const listed = new Set(there.map(({ id }) => id));
  // What goes on is told of to its end, and can be stopped, though its file was renamed or removed.
  const known = await Promise.all(there.map((file) => withToSend(file, { folder, desk, plans })));
  const missing = views.filter(({ file }) => !listed.has(file));
  const gone = await Promise.all(missing.map(({ file, endedAt }) => folder.gone(file, endedAt !== null)));
  const files = [...known, ...gone.flatMap((file) => file ?? [])];
  const ids = new Set(files.map(({ id }) => id));
  return {
    version: options.version,
    folder: basename(options.folder) || options.folder,
    demo: options.isDemo,
    hearsEnter: options.hearsEnter === true,
    key: {
      isThere: desk.keyFrom !== null,
      from: desk.keyFrom,
      nth: desk.keys,
      isGood: desk.isKeyGood,
      trouble: desk.trouble,
    },
    host: new URL(desk.apiUrl).host,
    address: desk.apiUrl,
    ...{ addresses: addressesOf(desk, files), otherPages },
    files,
    fileCount: total,
    removable: (await dropped.removable()).filter((id) => jobs.viewOf(id) === null),
    jobs: views.filter(({ file }) => ids.has(file)),
    toldMs,
    first,
  };
}

/** A file that changed since it was sent, with how many contacts are to be sent, where a plan of it is there. */
async function withToSend(
  file: FileEntry,
  { folder, desk, plans }: Pick<UiContext, 'folder' | 'desk' | 'plans'>,
): Promise<FileEntry> {
  const path = file.isChanged ? await folder.pathOf(file.id) : undefined;
  if (path === undefined || desk.choicesOf(path).sending.resend === true) return file;
  const plan = await plans.known(desk.reading(path));
  return plan === undefined ? file : { ...file, toSend: plan.requests };
}

/** What was used before, and is not used now. */
function addressesOf(desk: Desk, files: readonly FileEntry[]): string[] {
  const all = [...desk.addresses, ...files.flatMap(({ sentTo }) => sentTo.map(({ address }) => address))];
  const now = canonicalApiUrl(desk.apiUrl);
  return [...new Set(all.map(canonicalApiUrl))].filter((address) => address !== now);
}

/** Notices that nobody needs the server any more. */
class Idle {
  readonly #ms: number;
  readonly #isIdle: () => boolean;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(ms: number, isIdle: () => boolean, onIdle: () => void) {
    this.#ms = ms;
    this.#isIdle = isIdle;
    this.#onIdle = onIdle;
  }

  /** Somebody was there just now. */
  touch(): void {
    clearTimeout(this.#timer);
    // A page that is let go at the end is no reason to stay.
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => (this.#isIdle() ? this.#onIdle() : this.touch()), this.#ms);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }
}
