/** Routes on the files: their list, a new one, how one is read, its columns. */
import { join } from 'node:path';
import { Hono } from 'hono';
import { shortened } from '../../wording/printable.js';
import { OpenedFile } from '../../run/reading/reading.js';
import { importerOf } from '../../run/status.js';
import { BadRequest, chunksOf, objectOf } from '../access/body.js';
import { columnChoice, columnChoices, readingChoices } from '../files/choices.js';
import { mappingView, previewChoice, saveMapping } from '../files/columns.js';
import { keepChoices } from '../files/kept-choices.js';
import { readingView } from '../files/reading-view.js';
import type { UiContext } from '../context.js';
import { MOST_UPLOAD_BYTES } from '../files/folder.js';
import type { ReadingChoices, ReadingView } from '../wire.js';

const KINDS_TAKEN =
  'Excel, OpenDocument, CSV, vCard and JSON can be read. Of anything else, copy the table into a spreadsheet, and drop that.';

/** The path of a file by its id. @throws BadRequest 404 */
export async function pathOf({ folder, readers }: UiContext, id: string): Promise<string> {
  const path = await folder.pathOf(id);
  if (path === undefined) throw new BadRequest(404, 'no_such_file', 'There is no such file any more.');
  if (folder.keep(id)) readers.wake();
  return path;
}

export function fileRoutes(ui: UiContext): Hono {
  const routes = new Hono();

  routes.get('/files', async (c) => c.json((await ui.folder.list()).files));

  routes.get('/found', async (c) => c.json(await ui.folder.list(c.req.query('q')?.slice(0, 200))));

  routes.put('/files/:name', async (c) => {
    const name = c.req.param('name');
    // In its turn: of two files of one name that come at once, the second is asked about.
    const id = await ui.turns.take(join(ui.folder.path, name), () =>
      take(ui, name, { replaces: c.req.query('replace') === 'yes', chunks: chunksOf(c.req, MOST_UPLOAD_BYTES) }),
    );
    ui.readers.wake();
    return c.json({ id });
  });

  /** Takes what was dropped by mistake off the list: the copy that was made of it, and nothing else. */
  routes.delete('/files/:id', async (c) => {
    const id = c.req.param('id');
    const path = await pathOf(ui, id);
    await ui.turns.take(path, async () => {
      const isIdle = ui.jobs.viewOf(id) === null && (await importerOf(path, ui.desk.reading(path))) === undefined;
      if (isIdle && (await ui.dropped.remove(id))) return;
      const why = 'It stays: it did not come by this page, was changed or sent since, or corrections hang on it.';
      throw new BadRequest(409, 'not_removable', why);
    });
    ui.readers.wake();
    return c.json({ removed: true });
  });

  routes.get('/files/:id/reading', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    return c.json(await readingView(ui, path, c.req.query('language')));
  });

  routes.patch('/files/:id/reading', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const choices = readingChoices(await objectOf(c.req));
    const view = await ui.turns.take(path, async () => {
      const reread = await readAgain(ui, path, choices, c.req.query('language'));
      await keepChoices(ui.desk.reading(path), choices);
      return reread;
    });
    ui.readers.wake();
    return c.json(view);
  });

  routes.get('/files/:id/mapping', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    return c.json(await mappingOf(ui, path));
  });

  routes.put('/files/:id/mapping', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const { columns } = await objectOf(c.req);
    await ui.turns.take(path, () => saveMapping(ui.desk.reading(path), columnChoices(columns)));
    ui.readers.wake();
    return c.json(await mappingOf(ui, path));
  });

  routes.post('/files/:id/mapping/preview', async (c) => {
    const choice = columnChoice(await objectOf(c.req));
    const file = await OpenedFile.open(ui.desk.reading(await pathOf(ui, c.req.param('id'))));
    try {
      return c.json({ samples: previewChoice(file, choice) });
    } finally {
      await file.close();
    }
  });

  return routes;
}

/** Takes a file into the folder. @throws BadRequest */
async function take(
  { folder, dropped, jobs }: UiContext,
  name: string,
  { replaces, chunks }: { readonly replaces: boolean; readonly chunks: AsyncIterable<Uint8Array> },
): Promise<string> {
  const found = await folder.look(name);
  if (found === 'unusable') {
    throw new BadRequest(400, 'bad_name', `${shortened(name, 60)} is no spreadsheet by its name.`, KINDS_TAKEN);
  }
  if (found === 'too_long') {
    const next = 'Give it a shorter one, and drop it again: what belongs to its imports is called after it.';
    throw new BadRequest(400, 'bad_name', `The name of ${shortened(name, 60)} is too long.`, next);
  }
  if (found === 'taken' && !replaces) {
    // Of the very same there is nothing to ask.
    if (await folder.holds(name, chunks)) return folder.idOf(name);
    throw new BadRequest(409, 'exists', `There is a ${name} already.`);
  }
  const mustBeIdle = (): void => {
    if (!jobs.isRunning(folder.idOf(name))) return;
    throw new BadRequest(409, 'busy', `${name} is being worked on: wait, or stop it.`);
  };
  mustBeIdle();
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    yield* chunks;
    // It may have been begun while the file was on its way.
    mustBeIdle();
  };
  const id = await folder.receive(name, whole());
  if (found === 'free') await dropped.add(id, join(folder.path, name));
  else dropped.forget(id);
  return id;
}

/** Reads a file in another way; where that can't be, it is read as before. */
async function readAgain(
  ui: UiContext,
  path: string,
  choices: ReadingChoices,
  language: string | undefined,
): Promise<ReadingView> {
  const before = ui.desk.choicesOf(path);
  ui.desk.choose(path, { reading: choices });
  try {
    return await readingView(ui, path, language);
  } catch (error) {
    ui.desk.choose(path, { reading: { ...nothing(), ...before.reading } });
    throw error;
  }
}

function nothing(): ReadingChoices {
  return { encoding: null, delimiter: null, sheet: null, noHeader: false, country: null };
}

async function mappingOf(ui: UiContext, path: string): Promise<object> {
  const options = ui.desk.reading(path);
  // Without an e-mail and a phone there is no plan, and all the more need to decide the columns.
  const columns = await ui.plans.use(options, ({ result }) => result.columns).catch(() => undefined);
  const file = await OpenedFile.open(options);
  try {
    return mappingView(file, columns);
  } finally {
    await file.close();
  }
}
