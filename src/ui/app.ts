/** All routes in one: guarded, bounded, every answer with the same safe headers. */
import { open } from 'node:fs/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { stream } from 'hono/streaming';
import type { StreamingApi } from 'hono/utils/stream';
import { ImporterError } from '../errors.js';
import { listBots } from '../run/bots.js';
import { BadRequest, objectOf } from './access/body.js';
import type { UiContext } from './context.js';
import { refusalOf, SAFE_HEADERS } from './access/guard.js';
import { wireError } from './wire-error.js';
import type { BotsView } from './wire.js';
import { MOST_READERS } from './readers.js';
import { editRoutes } from './routes/edits.js';
import { fileRoutes } from './routes/files.js';
import { planRoutes } from './routes/plan.js';
import { runRoutes } from './routes/run.js';

/** What is shown of a report: as it is, in a corner of its own. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox";
const LONGEST_KEY = 1000;

export function createApp(ui: UiContext, origin: string): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) c.header(name, value);
    const request = { method: c.req.method, path: c.req.path, header: (name: string) => c.req.header(name) };
    const refusal = refusalOf(request, origin, (token) => ui.session.knows(token));
    if (refusal !== undefined) return c.json({ code: 'refused', message: refusal.message, next: null }, refusal.status);
    return next();
  });

  app.post('/api/session', async (c) => {
    const { code } = await objectOf(c.req);
    const token = typeof code === 'string' ? ui.session.exchange(code) : undefined;
    if (token === undefined) {
      return c.json({ code: 'refused', message: 'This address was used before, or is too old.', next: null }, 401);
    }
    return c.json({ token });
  });
  app.get('/api/state', async (c) => c.json(await ui.state()));
  app.get('/api/events', (c) => events(c, ui));
  app.put('/api/key', async (c) => {
    const { key } = await objectOf(c.req);
    const typed = typeof key === 'string' ? key.trim() : '';
    if (typed === '' || typed.length > LONGEST_KEY || !/^[\x21-\x7e]+$/.test(typed)) {
      throw new BadRequest(400, 'no_key', "That can't be an API key.");
    }
    ui.desk.useKey(typed);
    ui.readers.wake();
    return c.json({ taken: true });
  });
  app.put('/api/address', async (c) => {
    const { address } = await objectOf(c.req);
    if (typeof address !== 'string') throw new BadRequest(400, 'bad_request', 'There is no address.');
    if (ui.jobs.isRunning()) throw new BadRequest(409, 'busy', 'Something is under way: wait, or stop it.');
    const before = ui.desk.apiUrl;
    ui.desk.useAddress(address);
    // What was done in another Clarky is nothing that came of this one.
    if (ui.desk.apiUrl !== before) ui.jobs.forget();
    ui.readers.wake();
    return c.json({ taken: true });
  });
  app.post('/api/quit', (c) => {
    // It ends once this answer is out.
    (c.env as HttpBindings).outgoing.once('close', ui.quit);
    return c.json({ quitting: true });
  });
  app.get('/api/bots', async (c) => c.json(await botsOf(ui)));
  app.put('/api/bot', async (c) => {
    const { bot } = await objectOf(c.req);
    const view = await botsOf(ui);
    const known = view.bots.find(({ id }) => id === bot);
    if (known === undefined) throw new BadRequest(400, 'wrong_bot', 'The key does not see this bot.');
    ui.desk.useBot(known.id);
    ui.readers.wake();
    return c.json({ ...view, chosen: known.id });
  });
  app.route('/api', fileRoutes(ui));
  app.route('/api', planRoutes(ui));
  app.route('/api', editRoutes(ui));
  app.route('/api', runRoutes(ui));
  app.get('/d/:ticket', (c) => download(c, ui));
  app.get('*', (c) => {
    const asset = ui.assets.get(c.req.path);
    if (asset === undefined) throw new BadRequest(404, 'not_found', 'There is nothing here.');
    return c.body(asset.body, 200, { 'content-type': asset.type });
  });
  app.notFound((c) => c.json({ code: 'not_found', message: 'There is nothing here.', next: null }, 404));
  app.onError((error, c) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) c.header(name, value);
    if (error instanceof BadRequest)
      return c.json({ code: error.code, message: error.message, next: error.next }, error.status);
    return c.json(wireError(error, ui.folder.path), error instanceof ImporterError ? 422 : 500);
  });
  return app;
}

/** What the key sees; whether Clarky takes it is known by it. */
async function botsOf({ desk, readers, folder }: UiContext): Promise<BotsView> {
  const nth = desk.keys;
  try {
    const bots = await listBots(desk.access());
    desk.keyWasTried(nth, true);
    return { bots, chosen: desk.bot };
  } catch (error) {
    const isKeyBad = error instanceof ImporterError && error.code === 'unauthorized';
    desk.keyWasTried(nth, isKeyBad ? false : null, isKeyBad ? null : wireError(error, folder.path));
    throw error;
  } finally {
    readers.wake();
  }
}

/** The whole state, again and again: a page that comes late has missed nothing. */
function events(c: Context, ui: UiContext): Response {
  if (ui.readers.count >= MOST_READERS) throw new BadRequest(503, 'too_many', 'Too many pages are open.');
  c.header('content-type', 'text/event-stream');
  const serve = async (out: StreamingApi): Promise<void> => {
    const gone = new AbortController();
    out.onAbort(() => gone.abort());
    c.req.raw.signal.addEventListener('abort', () => gone.abort(), { once: true });
    await ui.readers.serve(
      gone.signal,
      async () => void (await out.write(`data: ${JSON.stringify(await ui.state())}\n\n`)),
    );
  };
  // A state that can't be told ends the stream, and the page asks again: the terminal is no place for it.
  return stream(c, serve, () => Promise.resolve());
}

async function download(c: Context, ui: UiContext): Promise<Response> {
  const wanted = ui.downloads.take(c.req.param('ticket') ?? '');
  const file = wanted && (await open(wanted.path).catch(() => undefined));
  if (wanted === undefined || file === undefined)
    throw new BadRequest(404, 'not_found', 'This link was used, or there is no such file.');
  const name = wanted.path.split(/[\\/]/).at(-1) ?? 'file';
  const isReport = wanted.kind === 'report';
  const disposition = `${isReport ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`;
  c.header('content-disposition', disposition);
  if (isReport) c.header('content-security-policy', REPORT_POLICY);
  c.header('content-type', isReport ? 'text/html; charset=utf-8' : 'application/octet-stream');
  return stream(c, async (out) => {
    // Closes the file at its end, or where the browser goes away.
    for await (const chunk of file.createReadStream()) {
      if (out.aborted) break;
      await out.write(chunk as Uint8Array);
    }
  });
}
