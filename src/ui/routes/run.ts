/** Routes on what runs: send, stop, verify, undo; and what was left by it. */
import { basename } from 'node:path';
import { Hono, type HonoRequest } from 'hono';
import { BadRequest, objectOf } from '../access/body.js';
import { readingChoices, sendingChoices } from '../files/choices.js';
import { revisionOf } from '../files/revision.js';
import { saveMapping } from '../files/columns.js';
import type { UiContext } from '../context.js';
import type { DownloadKind } from '../access/downloads.js';
import { canonicalApiUrl } from '../../endpoint.js';
import { readPastRuns } from '../jobs/past-runs.js';
import { pathOf } from './files.js';

const KINDS: ReadonlySet<string> = new Set([
  'rejects',
  'report',
  'differences',
  'log',
  'mapping',
] satisfies DownloadKind[]);

export function runRoutes(ui: UiContext): Hono {
  const routes = new Hono();

  routes.post('/files/:id/run', async (c) => {
    const id = c.req.param('id');
    const path = await pathOf(ui, id);
    const body = await objectOf(c.req);
    // What was decided just before is part of it.
    await ui.turns.take(path, async () => {
      ui.jobs.checkFree(id);
      if ((await ui.folder.elsewhere.of(ui.desk.reading(path))) !== undefined) throw sentElsewhere();
      if (body.revision !== undefined && body.revision !== (await revisionOf(ui.desk.reading(path)))) throw changed();
      ui.desk.choose(path, { sending: sendingChoices(body) });
      const options = ui.desk.sending(path);
      // The command line is to go on with the same settings.
      await saveMapping(options, []);
      ui.jobs.import(id, options, readingChoices(body).sheet ?? options.sheet);
    });
    return c.json({ started: true, job: ui.jobs.viewOf(id) });
  });

  routes.get('/files/:id/run', async (c) => {
    const id = c.req.param('id');
    await mustBeKnown(ui, id);
    return c.json({ job: ui.jobs.viewOf(id) });
  });

  routes.post('/files/:id/run/stop', async (c) => {
    const id = c.req.param('id');
    await mustBeKnown(ui, id);
    ui.jobs.stop(id);
    return c.json({ stopping: true, job: ui.jobs.viewOf(id) });
  });

  routes.post('/files/:id/run/stop-elsewhere', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const { process } = await objectOf(c.req);
    await ui.folder.elsewhere.stop(ui.desk.reading(path), typeof process === 'number' ? process : 0);
    ui.readers.wake();
    return c.json({ asked: true });
  });

  routes.post('/files/:id/verify', async (c) => {
    const id = c.req.param('id');
    const options = ui.desk.sending(await pathOf(ui, id));
    const sheet = (await sheetShown(c.req)) ?? options.sheet;
    ui.jobs.verify(id, { ...options, sheet });
    return c.json({ started: true, job: ui.jobs.viewOf(id) });
  });

  routes.post('/files/:id/undo', async (c) => {
    const id = c.req.param('id');
    const options = ui.desk.sending(await pathOf(ui, id));
    // Where the page shows none, the newest import is meant.
    ui.jobs.undo(id, { ...options, sheet: await sheetShown(c.req) });
    return c.json({ started: true, job: ui.jobs.viewOf(id) });
  });

  routes.post('/files/:id/undo/answer', async (c) => {
    const id = c.req.param('id');
    await mustBeKnown(ui, id);
    const { contacts } = await objectOf(c.req);
    ui.jobs.answer(id, typeof contacts === 'number' ? contacts : null);
    return c.json({ answered: true, job: ui.jobs.viewOf(id) });
  });

  routes.get('/history', async (c) => {
    const id = c.req.query('file') ?? '';
    const path = await pathOf(ui, id);
    const goesOn = ui.jobs.isRunning(id) || (await ui.folder.elsewhere.of(ui.desk.reading(path))) !== undefined;
    const { log } = ui.desk.pathsOf(path);
    return c.json({ runs: await readPastRuns(log, { here: canonicalApiUrl(ui.desk.apiUrl), goesOn }) });
  });

  routes.post('/downloads', async (c) => {
    const { file, kind } = await objectOf(c.req);
    const path = await pathOf(ui, typeof file === 'string' ? file : '');
    if (typeof kind !== 'string' || !KINDS.has(kind))
      throw new BadRequest(400, 'bad_request', 'There is no such file.');
    const wanted = kind as DownloadKind;
    const ticket = ui.downloads.ticketFor({ path: ui.desk.pathsOf(path)[wanted], kind: wanted });
    return c.json({ href: `/d/${ticket}`, name: basename(ui.desk.pathsOf(path)[wanted]) });
  });

  return routes;
}

/** The sheet that the page shows, of a workbook. */
async function sheetShown(request: HonoRequest): Promise<string | undefined> {
  return readingChoices(await objectOf(request)).sheet ?? undefined;
}

function sentElsewhere(): BadRequest {
  const next = 'What it sends is shown here. When it has ended, send the rest.';
  return new BadRequest(409, 'locked', 'Another program is at work on this file just now.', next);
}

function changed(): BadRequest {
  const next = 'Look at the plan as it is now, and send that.';
  return new BadRequest(
    409,
    'changed',
    'Nothing was sent: the file, or what was decided of it, had changed since.',
    next,
  );
}

/** What is under way with a file goes by its id, though the file was renamed or removed. @throws BadRequest 404 */
async function mustBeKnown(ui: UiContext, id: string): Promise<void> {
  if (ui.jobs.viewOf(id) === null) await pathOf(ui, id);
}
