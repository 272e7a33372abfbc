/** Routes on the plan of a file: its counts, its rows, what an update would change. */
import { titleInSentence } from '../../wording/left-out.js';
import { plainText } from '../../run/outputs/diff-words.js';
import { Hono } from 'hono';
import { ImporterError } from '../../errors.js';
import type { PlanOptions, PlanResult } from '../../run/plan/plan.js';
import { paceFromNow } from '../../run/plan/rate-to-begin.js';
import { readKept } from '../../run/reading/kept.js';
import { readMapping } from '../../run/reading/mapping/mapping-source.js';
import { resolveReadingSettings } from '../../run/reading/reading-settings.js';
import { entryAt } from '../../storage/private-file.js';
import { FROM_ANOTHER_FILE } from '../../wording/choices.js';
import { formatCount, formatDuration } from '../../wording/durations.js';
import { leftOutInWords } from '../../wording/left-out.js';
import { remedyOf } from '../../wording/remedies.js';
import { columnNames } from '../../run/reading/corrections/corrections.js';
import { objectOf } from '../access/body.js';
import { sendingChoices } from '../files/choices.js';
import type { Desk } from '../files/desk.js';
import { hintOf, likelyCountryOf } from '../files/country-of-phones.js';
import { keepChoices } from '../files/kept-choices.js';
import { revisionOf } from '../files/revision.js';
import type { UiContext } from '../context.js';
import { doubtsOf } from '../jobs/doubts.js';
import type { PlannedFile } from '../jobs/plans.js';
import { sentAsOf } from '../jobs/rejected-rows.js';
import { MOST_ROWS } from '../jobs/row-store.js';
import { wireError } from '../wire-error.js';
import type { ChangesView, PlanView, ReasonView, WireError } from '../wire.js';
import { pathOf } from './files.js';

export function planRoutes(ui: UiContext): Hono {
  const routes = new Hono();

  /** Makes the plan with what is chosen, and answers once it is there. */
  routes.post('/files/:id/plan', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const sending = sendingChoices(await objectOf(c.req));
    await ui.turns.take(path, () => keepChoices(ui.desk.reading(path), sending));
    ui.desk.choose(path, { sending });
    ui.readers.wake();
    return c.json(await viewOrError(ui, path, c.req.query('language')));
  });

  routes.get('/files/:id/plan', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    return c.json(await viewOrError(ui, path, c.req.query('language')));
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
    const options = c.req.query('compared') === 'yes' ? comparing(ui, path) : ui.desk.reading(path);
    return c.json(await ui.plans.use(options, ({ rows }) => rows.page(wanted)));
  });

  /** The rows to correct: also those that only Clarky kept back, or that a comparison with it would. */
  routes.get('/files/:id/rejected', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const wanted = { offset: whole(c.req.query('offset'), 0), limit: whole(c.req.query('limit'), 100, MOST_ROWS) };
    const sentAs = await sentAsOf(ui.desk, path);
    return c.json(await ui.plans.use(ui.desk.reading(path), (planned) => ui.rejected.page(planned, sentAs, wanted)));
  });

  /** Reads the workspace: the plan as it then is, and what each update would change. */
  routes.get('/files/:id/plan/changes', async (c) => {
    const path = await pathOf(ui, c.req.param('id'));
    const options = comparing(ui, path);
    await ui.plans.forget(options);
    const how = await howItIsPlanned(ui, path);
    const hint = hintOf(ui.desk, c.req.query('language'));
    const sentAs = await sentAsOf(ui.desk, path);
    const view = await ui.plans.use(options, async (planned): Promise<ChangesView> => {
      await ui.rejected.keepCompared(planned.rows, sentAs);
      return {
        plan: {
          ...viewOf(planned, ui.desk, how),
          ...how,
          likelyCountry: await likelyCountryOf(planned, options, hint),
        },
        total: planned.result.allChanges,
        changes: (planned.result.changes ?? []).map(({ lines, differences }) => ({
          lines,
          differences: differences.map(({ field, expected, found }) => ({
            field,
            from: plainText(found),
            to: plainText(expected),
          })),
        })),
      };
    });
    return c.json(view);
  });

  return routes;
}

/** A plan for which the workspace is read. @throws ImporterError `no_key` */
function comparing({ desk }: UiContext, path: string): PlanOptions {
  const options = desk.sending(path);
  return { ...options, live: options, diff: true };
}

/** That a file has no plan yet is an answer like another: its columns wait for a decision. */
async function viewOrError(
  ui: UiContext,
  path: string,
  language: string | undefined,
): Promise<PlanView | { readonly error: WireError }> {
  const options = ui.desk.reading(path);
  const hint = hintOf(ui.desk, language);
  try {
    // Before the plan: one that changes meanwhile is told as changed, never the other way round.
    const how = await howItIsPlanned(ui, path);
    return await ui.plans.use(options, async (planned) => ({
      ...viewOf(planned, ui.desk, how),
      ...how,
      likelyCountry: await likelyCountryOf(planned, options, hint),
    }));
  } catch (error) {
    if (error instanceof ImporterError) return { error: wireError(error, ui.folder.path) };
    throw error;
  }
}

/** What is decided of a file, by whom ever, and what tells it from what is decided next. */
async function howItIsPlanned(
  { desk }: UiContext,
  path: string,
): Promise<Pick<PlanView, 'revision' | 'chosen' | 'isUndoable' | 'isFirst'>> {
  const options = desk.reading(path);
  const revision = await revisionOf(options);
  const { settings: kept } = await readKept(options);
  const said = await readMapping(options);
  const { duplicates, sharedPhone, sharedEmail, onInvalid, unmapped, persons } = resolveReadingSettings(
    options,
    said?.file.settings ?? {},
    kept,
  );
  const { live = true, resend = false, retryRejected = false } = desk.choicesOf(path).sending;
  const chosen = { duplicates, sharedPhone, sharedEmail, onInvalid, unmapped, persons, live, resend, retryRejected };
  const isFirst = (await entryAt(desk.pathsOf(path).checkpoint)) === undefined;
  return { revision, chosen, isUndoable: live, isFirst };
}

function viewOf(
  { result, rows }: PlannedFile,
  desk: Desk,
  { isFirst }: Pick<PlanView, 'isFirst'>,
): Omit<PlanView, 'revision' | 'chosen' | 'isUndoable' | 'isFirst' | 'likelyCountry'> {
  const { allChanges: _all, changes: _changes, ...planned } = result;
  // What Clarky announced, and was sent, since the plan was made counts as well.
  const plan = {
    ...planned,
    ...paceFromNow(planned.requests, { ...desk.keysOfImport(), apiUrl: desk.apiUrl, rate: desk.rate }),
  };
  return {
    plan,
    sentence: planSentence(plan, rows.reasons(), isFirst),
    header: columnNames(plan.columns.map(({ column }) => column)),
    reasons: rows.reasons(),
    remarks: plan.remarks.map(({ code, count, examples }) => ({
      code,
      title: remedyOf(code).title,
      count,
      examples: examples.map(({ line, message }) => ({ line, message })),
    })),
    leftOut: (plan.leftOut ?? []).map(leftOutInWords),
    doubts: doubtsOf(plan),
    corrected: plan.corrected,
    columns: plan.columns.map(({ isSent, fillRate, to, placeholders }) => ({
      isSent,
      isFilled: fillRate > 0,
      isUndecided: to === 'undecided',
      blanks: isSent ? placeholders : [],
    })),
  };
}

/** The plan in a sentence: "4,100 new, 300 changed, 40 rejected: about 73 minutes." Who is new, only Clarky knows. */
function planSentence(plan: PlanResult, reasons: readonly ReasonView[], isFirst: boolean): string {
  const { created, updated, unchanged, merged, rejected, rowsLeftOut, requests, seconds, live } = plan;
  const parts = [
    [created, 'new'],
    [updated, isFirst && !live ? FROM_ANOTHER_FILE : 'changed'],
    [unchanged, 'unchanged'],
    [merged, 'merged'],
    [rejected, 'rejected'],
    [rowsLeftOut, 'left out by hand'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  if (created > 0 && !live) said[0] = `up to ${said[0] ?? ''}`;
  if (said.length === 0) return 'The file has no rows.';
  const isAnyoneIn = created + updated + unchanged > 0;
  const left = `${formatCount(rejected)} still to be corrected`;
  const nothing =
    rejected === 0
      ? 'nothing has to be sent'
      : isAnyoneIn
        ? `${left}, nothing else has to be sent`
        : nothingInWords(rejected, reasons);
  const time = requests === 0 ? nothing : seconds < 5 ? 'a few seconds' : `about ${formatDuration(seconds)}`;
  const sentence = `${said.join(', ')}: ${time}.`;
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}

/** With the cause that matters most: it may be a choice that waits. */
function nothingInWords(rejected: number, [first]: readonly ReasonView[]): string {
  // Of several causes none may be the one to begin with: they stand below.
  if (first === undefined || first.count * 2 <= rejected) return 'nothing can be sent';
  return `nothing can be sent, ${first.count >= rejected ? '' : `${formatCount(first.count)} of them `}for this: ${titleInSentence(first.title)}`;
}

function whole(text: string | undefined, fallback: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text ?? fallback);
  return Number.isSafeInteger(value) && value >= 0 ? Math.min(value, most) : fallback;
}
