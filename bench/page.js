/** The local page: memory and answers of its server, memory of its browser, from a dropped file to its plan; the report. */
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { reportDocument } from '../dist/report/document.js';
import { importPart } from '../dist/report/import-part.js';
import { RejectsByReason } from '../dist/report/rejects-table.js';
import { Timeline } from '../dist/report/timeline.js';
import { writeContacts } from './contacts-file.js';
import { CLI, measure } from './measure.js';
import { withSandbox } from './sandbox.js';
import { withUiServer } from './ui-server.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const MANY_ROWS = { scaled: 200_000, full: 1_000_000 };
const PAGES = 200;
const MILLI = 1000;

/** @type {import('./main.js').Section} */
export async function* page({ folder, full, rows }) {
  yield reportRow();
  const many = full ? MANY_ROWS.full : MANY_ROWS.scaled;
  const place = join(folder, 'page');
  await mkdir(place);
  await writeContacts(join(place, 'many.csv'), many);
  yield* await withSandbox(['--limit', '0'], ({ env }) => withUiServer(place, env, (ui) => large(ui, many)));
  await rm(place, { recursive: true });
  if (!existsSync(CHROMIUM)) return;
  const dropped = join(folder, 'dropped.csv');
  await writeContacts(dropped, rows);
  await mkdir(place);
  yield await withSandbox(['--limit', '0'], ({ env }) => withUiServer(place, env, (ui) => drop(ui, dropped, rows)));
  await rm(place, { recursive: true });
}

/**
 * @param {import('./ui-server.js').UiServer} ui
 * @returns {Promise<import('./main.js').Row[]>}
 */
async function large(ui, many) {
  const of = `of ${many.toLocaleString('en')} rows`;
  const [{ id }] = await ui.ask('GET', 'files');
  await ui.ask('GET', `files/${id}/plan`);
  const rows = (query) => ui.ask('GET', `files/${id}/plan/rows?limit=100&${query}`);
  const offsets = Array.from({ length: PAGES }, (_, at) => Math.floor(((at * 7919) % PAGES) * (many / PAGES)));
  const paging = await timesOf(offsets, (offset) => rows(`offset=${offset}`));
  const filtering = await timesOf(['created', 'rejected', 'merged', 'unchanged'], (outcome) =>
    rows(`outcome=${outcome}`),
  );
  const table = [
    row(
      `page: 100 rows ${of}`,
      `${median(paging).toFixed(1)} ms`,
      `slowest ${Math.max(...paging).toFixed(1)} ms`,
      '20 ms',
    ),
    row(`page: first rows of one outcome, ${of}`, `${Math.max(...filtering).toFixed(1)} ms`, 'slowest', ''),
  ];
  for (const [what, text] of Object.entries({ 'one row': `person${many - 7}@`, 'every row': 'engineer' })) {
    const { ms, longestMs } = await besides(ui, () => rows(`q=${encodeURIComponent(text)}`));
    const others = `others waited ${longestMs.toFixed(0)} ms at most`;
    table.push(row(`page: search that finds ${what}, ${of}`, `${(ms / MILLI).toFixed(1)} s`, others, ''));
  }
  if (existsSync(CHROMIUM)) {
    const heap = await inBrowser(ui, (tab) => heapOfPlan(tab, 'many.csv'));
    table.push(row(`page: heap of the browser, plan ${of}`, `${heap.toFixed(1)} MiB`, '', '100 MB'));
  }
  const peak = await ui.peakMiB();
  const bytes = `${((peak * 1024 * 1024) / many).toFixed(0)} bytes a row`;
  table.push(row(`page: peak memory of the server, ${of}`, `${Math.round(peak)} MiB`, bytes, '350 MB'));
  return table;
}

/** From the drop of a file to the plan that is shown, against the plan alone. */
async function drop(ui, file, rows) {
  const { size } = await stat(file);
  const plan = await measure([CLI, 'plan', file, '--json']);
  const ms = await inBrowser(ui, async (tab) => {
    const startedMs = performance.now();
    await tab.getByLabel('Spreadsheet').setInputFiles(file);
    await tab.getByRole('heading', { level: 1, name: 'How it was read' }).waitFor({ timeout: 0 });
    await tab.getByRole('link', { name: 'Plan', exact: true }).click();
    await tab.getByRole('button', { name: /^Send [\d,]+ contacts$/ }).waitFor({ timeout: 0 });
    return performance.now() - startedMs;
  });
  return row(
    `page: from drop to plan, ${rows.toLocaleString('en')} rows, ${(size / 1e6).toFixed(0)} MB`,
    `${(ms / MILLI).toFixed(1)} s`,
    `${(ms / plan.wallMs).toFixed(2)} x plan (${(plan.wallMs / MILLI).toFixed(1)} s)`,
    '3 x',
  );
}

/** @template Result @param {(tab: import('playwright-core').Page) => Promise<Result>} use @returns {Promise<Result>} */
async function inBrowser(ui, use) {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  try {
    const tab = await browser.newPage();
    // The login code is good once, and the bench itself has used it.
    await tab.addInitScript(`sessionStorage.setItem('clarky-contacts-token', ${JSON.stringify(ui.token)})`);
    await tab.goto(ui.origin);
    await tab.getByRole('status').waitFor();
    return await use(tab);
  } finally {
    await browser.close();
  }
}

/** MiB of the page's objects once its plan was looked through. */
async function heapOfPlan(tab, name) {
  await tab.getByRole('button', { name }).click();
  await tab.getByRole('link', { name: 'Plan', exact: true }).click();
  for (const turn of ['Further', 'Further', 'Last', 'First']) await tab.getByRole('button', { name: turn }).click();
  const protocol = await tab.context().newCDPSession(tab);
  await protocol.send('Performance.enable');
  const { metrics } = await protocol.send('Performance.getMetrics');
  return (metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? NaN) / 1024 / 1024;
}

/** Does something slow, and asks for something quick again and again meanwhile. */
async function besides(ui, slow) {
  const startedMs = performance.now();
  let isDone = false;
  const done = slow().finally(() => {
    isDone = true;
  });
  let longestMs = 0;
  while (!isDone) {
    longestMs = Math.max(longestMs, ...(await timesOf([0], () => ui.ask('GET', 'state'))));
    await sleep(10);
  }
  await done;
  return { ms: performance.now() - startedMs, longestMs };
}

/** @template Item @param {readonly Item[]} items @param {(item: Item) => Promise<unknown>} use */
async function timesOf(items, use) {
  const times = [];
  for (const item of items) {
    const startedMs = performance.now();
    await use(item);
    times.push(performance.now() - startedMs);
  }
  return times;
}

/** The report of 100,000 writes with many reasons and columns. */
function reportRow() {
  const timeline = new Timeline({ limit: 60, windowMs: 60_000 });
  const rejects = new RejectsByReason();
  for (let n = 0; n < 100_000; n += 1) {
    timeline.write(n * MILLI, n % 50 === 0);
    rejects.add({ line: n }, [{ code: `code_${n % 1000}`, column: `Column ${n % 500}` }]);
  }
  const startedMs = performance.now();
  const report = {
    file: 'contacts.csv',
    startedAt: '2026-11-25T10:00:00.000Z',
    endedAt: '2026-11-26T10:00:00.000Z',
    seconds: 86_400,
    counts: { rows: 200_000, created: 100_000, updated: 0, unchanged: 0, merged: 0, rejected: 100_000, pending: 0 },
    requests: 100_000,
    throttled: 2000,
    retries: 0,
    stopped: undefined,
    timeline: timeline.data(100_000 * MILLI),
    rejects: rejects.table(),
    held: { rows: 0, lines: [] },
    leftOut: [],
    columns: [],
    settings: [],
    next: [],
    data: undefined,
    corrections: 0,
    rowsLeftOut: 0,
  };
  const text = reportDocument({ name: 'import', content: importPart(report), hasData: false }, report.file, undefined);
  const ms = performance.now() - startedMs;
  const size = `${(Buffer.byteLength(text) / 1000).toFixed(0)} KB`;
  return row(
    'report of 100,000 writes and 100,000 rejected rows',
    size,
    `drawn in ${ms.toFixed(0)} ms`,
    '150 KB, 100 ms',
  );
}

const row = (what, figure, ratio, bound) => ({ what, figure, ratio, bound });

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
