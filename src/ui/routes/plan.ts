/** Routes on the plan of a file: its counts, its rows, what an update would change. */
import { Hono } from 'hono';
import { ImporterError } from '../../errors.js';
import { planContacts } from '../../run/plan/plan.js';
import { formatCount, formatDuration } from '../../wording/durations.js';
import { remedyOf } from '../../wording/remedies.js';
import { columnNames } from '../../run/reading/corrections.js';
import { objectOf } from '../access/body.js';
import { sendingChoices } from '../files/choices.js';
import { revisionOf } from '../files/revision.js';
import type { UiContext } from '../context.js';
import type { PlannedFile } from '../jobs/plans.js';
import { MOST_ROWS } from '../jobs/row-store.js';
import { wireError } from '../jobs/progress.js';
import type { ChangesView, PlanView, WireError } from '../wire.js';
import { pathOf } from './files.js';

export function planRoutes(ui: UiContext): Hono {
  const routes = new Hono();

  /** Makes the plan with what is chosen, and answers once it is there. */
  routes.post('/files/:id/plan', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    ui.desk.choose(path, { sending: sendingChoices(await objectOf(c.req)) });
    ui.readers.wake();
    return c.json(await viewOrError(ui, path));
  });

  routes.get('/files/:id/plan', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    return c.json(await viewOrError(ui, path));
  });

  routes.get('/files/:id/plan/rows', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const query = (name: string): string | undefined => c.req.query(name) || undefined;
    const wanted = {
      outcome: query('outcome'),
      reason: query('reason'),
      column: c.req.query('column'),
      text: query('q'),
      offset: whole(query('offset'), 0),
      limit: whole(query('limit'), 100, MOST_ROWS),
    };
    return c.json(await ui.plans.use(ui.desk.reading(path), ({ rows }) => rows.page(wanted)));
  });

  /** Reads the workspace: what each update would change. */
  routes.get('/files/:id/plan/changes', async (c) => {
    const options = ui.desk.sending(await pathOf(ui, c.req.param('id')));
    const { changes = [], created, updated, unchanged } = await planContacts({ ...options, live: options, diff: true });
    const view: ChangesView = {
      created,
      updated,
      unchanged,
      total: changes.length,
      changes: changes.slice(0, MOST_ROWS).map(({ lines, differences }) => ({
        lines,
        differences: differences.map(({ field, expected, found }) => ({
          field,
          from: shown(found),
          to: shown(expected),
        })),
      })),
    };
    return c.json(view);
  });

  return routes;
}

/** That a file has no plan yet is an answer like another: its columns wait for a decision. */
async function viewOrError(ui: UiContext, path: string): Promise<PlanView | { readonly error: WireError }> {
  try {
    const options = ui.desk.reading(path);
    // Before the plan: one that changes meanwhile is told as changed, never the other way round.
    const revision = await revisionOf(options);
    return await ui.plans.use(options, (planned) => ({ ...viewOf(ui, path, planned), revision }));
  } catch (error) {
    if (error instanceof ImporterError) return { error: wireError(error) };
    throw error;
  }
}

function viewOf(ui: UiContext, path: string, { result, rows }: PlannedFile): Omit<PlanView, 'revision'> {
  const { sending } = ui.desk.choicesOf(path);
  return {
    plan: result,
    sentence: planSentence(result),
    header: columnNames(result.columns.map(({ column }) => column)),
    reasons: rows.reasons(),
    remarks: result.remarks.map(({ code, count }) => ({ code, title: remedyOf(code).title, count })),
    chosen: { live: true, ...sending },
    nameDoubts: result.nameDoubts.length,
    corrected: result.corrected,
    isUndoable: sending.live ?? true,
    notSent: result.columns
      .filter(({ isSent, fillRate }) => !isSent && fillRate > 0)
      .map(({ column, to }) => ({ column, isUndecided: to === 'undecided' })),
  };
}

/** The plan in a sentence: "4,100 new, 300 changed, 40 rejected: about 73 minutes." */
function planSentence({
  created,
  updated,
  unchanged,
  merged,
  rejected,
  requests,
  seconds,
}: PlannedFile['result']): string {
  const parts = [
    [created, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [merged, 'merged'],
    [rejected, 'rejected'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  if (said.length === 0) return 'The file has no rows.';
  const nothing =
    rejected > 0 && created + updated + unchanged === 0 ? 'nothing can be sent' : 'nothing has to be sent';
  const time = requests === 0 ? nothing : seconds < 5 ? 'a few seconds' : `about ${formatDuration(seconds)}`;
  return `${said.join(', ')}: ${time}.`;
}

function whole(text: string | undefined, fallback: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text ?? fallback);
  return Number.isSafeInteger(value) && value >= 0 ? Math.min(value, most) : fallback;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(shown).join(', ') : JSON.stringify(value);
}
