/** Routes on the corrections of a file: those that are there, other ones in their place, and what one would make of a row. */
import { Hono } from 'hono';
import { zerosPutBack } from '../../run/plan/short-postal-codes.js';
import { columnNames, type Correction } from '../../run/reading/corrections/corrections.js';
import { BadRequest, objectOf } from '../access/body.js';
import type { UiContext } from '../context.js';
import { changeCorrections, correctionsView, dropCorrections } from '../files/corrections.js';
import { sentAsOf } from '../jobs/rejected-rows.js';
import { MOST_ROWS } from '../jobs/row-store.js';
import type { TakenBack } from '../wire.js';
import { pathOf } from './files.js';

const EXAMPLES = 5;

export function editRoutes(ui: UiContext): Hono {
  const routes = new Hono();

  routes.get('/files/:id/edits', async (c) =>
    c.json(await correctionsView(ui.desk, await pathOf(ui, c.req.param('id')))),
  );

  /** Adds corrections; one of a cell that was corrected before takes its place, and one that changes nothing takes it back. */
  routes.put('/files/:id/edits', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    ui.jobs.checkFree(c.req.param('id'));
    const body = await objectOf(c.req);
    const change = { made: correctionsOf(body.corrections), takenBack: takenBackOf(body.takenBack) };
    const view = await ui.turns.take(path, () => changeCorrections(ui.desk, path, change));
    ui.readers.wake();
    return c.json(view);
  });

  /** What replacing a text in a column of the rejected rows would change; with `applies` it is done. */
  routes.post('/files/:id/edits/replace', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const { column, find, replacement, applies } = await objectOf(c.req);
    if (typeof column !== 'string' || typeof find !== 'string' || typeof replacement !== 'string' || find === '') {
      throw new BadRequest(400, 'bad_request', 'There is nothing to find.');
    }
    const isToApply = applies === true;
    if (isToApply) ui.jobs.checkFree(c.req.param('id'));
    // What is replaced is what is there in its turn: another tab may have corrected some of it.
    const found = await ui.turns.take(path, async () => {
      const all = await replacements(ui, path, { column, find, replacement });
      if (isToApply) await changeCorrections(ui.desk, path, { made: all, takenBack: [] });
      return all;
    });
    if (isToApply) ui.readers.wake();
    const examples = found.slice(0, EXAMPLES).map(({ line, was, value }) => ({ line, from: was, to: value }));
    return c.json({ cells: found.length, examples });
  });

  /** Puts the zeros back that a spreadsheet took off postal codes. */
  routes.post('/files/:id/edits/zeros', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    ui.jobs.checkFree(c.req.param('id'));
    const view = await ui.turns.take(path, async () => {
      const made = await zerosPutBack(ui.desk.reading(path));
      return changeCorrections(ui.desk, path, { made, takenBack: [] });
    });
    ui.readers.wake();
    return c.json(view);
  });

  routes.delete('/files/:id/edits', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    ui.jobs.checkFree(c.req.param('id'));
    const view = await ui.turns.take(path, () => dropCorrections(ui.desk, path));
    ui.readers.wake();
    return c.json(view);
  });

  return routes;
}

/** The cells of rejected rows that hold a text, and what they would hold then. */
async function replacements(
  ui: UiContext,
  path: string,
  { column, find, replacement }: { readonly column: string; readonly find: string; readonly replacement: string },
): Promise<(Correction & { readonly value: string })[]> {
  const sentAs = await sentAsOf(ui.desk, path);
  return ui.plans.use(ui.desk.reading(path), async (planned) => {
    const at = columnNames(planned.result.columns.map((one) => one.column)).indexOf(column);
    const found: (Correction & { readonly value: string })[] = [];
    for (let offset = 0; at >= 0; offset += MOST_ROWS) {
      const page = await ui.rejected.page(planned, sentAs, { offset, limit: MOST_ROWS });
      for (const { line, cells } of page.rows) {
        const was = cells[at] ?? '';
        if (was.includes(find)) found.push({ line, column, was, value: was.replaceAll(find, () => replacement) });
      }
      if (offset + page.rows.length >= page.total) break;
    }
    return found;
  });
}

/** Corrections that somebody wants gone. */
function takenBackOf(value: unknown): TakenBack[] {
  return objectsOf(value).flatMap(({ line, column, isStale }) =>
    typeof line === 'number' && (column === null || typeof column === 'string')
      ? [{ line, column, isStale: isStale === true }]
      : [],
  );
}

/** @throws BadRequest for a list of something else */
function objectsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  if (list.every((one) => typeof one === 'object' && one !== null)) return list as Record<string, unknown>[];
  throw new BadRequest(400, 'bad_request', 'There are no corrections.');
}

/** @throws BadRequest */
function correctionsOf(value: unknown): Correction[] {
  const isText = (text: unknown): boolean => typeof text === 'string' && text.length <= 100_000;
  const list = objectsOf(value);
  const isGood = list.every(({ line, column, was, value: to }) => {
    const isOfCell = isText(column) && isText(to);
    return Number.isSafeInteger(line) && isText(was) && (isOfCell || (column === null && to === null));
  });
  if (!isGood) throw new BadRequest(400, 'bad_request', 'There are no corrections.');
  return list.map(({ line, column, was, value: to }) => ({ line, column, was, value: to }) as Correction);
}
