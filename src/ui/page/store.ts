/** What the page knows: the state of the server, where the person is, and what was loaded for the file. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type {
  ChangesView,
  FileEntry,
  FoundFiles,
  JobView,
  LastRun,
  MappingView,
  PlanView,
  ReadingChoices,
  ReadingView,
  SheetRun,
  UiState,
  WireError,
} from '../wire.js';
import { call, Refused } from './api.js';

export const STEPS = [
  ['files', 'Files'],
  ['reading', 'How it was read'],
  ['columns', 'Columns'],
  ['plan', 'Plan'],
  ['correct', 'Correct'],
  ['run', 'Run'],
  ['result', 'Result'],
] as const;
export type Step = (typeof STEPS)[number][0];

/** Something of the server that is being loaded, is there, or could not be had. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'there'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: Refused };

export interface RowFilter {
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly text?: string | undefined;
}

export const state = signal<UiState | undefined>(undefined);
export const connection = signal<'opening' | 'open' | 'lost' | 'refused' | 'ended'>('opening');
export const step = signal<Step>('files');
export const fileId = signal<string | undefined>(undefined);
export const reading: Signal<Loaded<ReadingView>> = signal({ kind: 'loading' });
export const mapping: Signal<Loaded<MappingView>> = signal({ kind: 'loading' });
export const plan: Signal<Loaded<PlanView>> = signal({ kind: 'loading' });

/** What the last comparison with Clarky showed. */
export const changes: Signal<ChangesView | undefined> = signal(undefined);
/** The same, as long as the plan is the one that was compared: of any other it says nothing. */
export const comparison: ReadonlySignal<ChangesView | undefined> = computed(() => {
  const isOfPlan = plan.value.kind === 'there' && plan.value.value.revision === changes.value?.plan.revision;
  return isOfPlan ? changes.value : undefined;
});
/** The plan as it is known best. */
export const bestPlan: ReadonlySignal<Loaded<PlanView>> = computed(() => {
  const compared = comparison.value?.plan;
  return compared === undefined ? plan.value : { kind: 'there', value: compared };
});

/** Which rows of the plan are shown. */
export const rowFilter: Signal<RowFilter> = signal({});
/** Somebody was led to what can be chosen on the plan. */
export const choicesAreWanted = signal(false);

/** What was looked for by name among the files; undefined where nothing is looked for. */
export const foundFiles: Signal<FoundFiles | undefined> = signal(undefined);

export const file: ReadonlySignal<FileEntry | undefined> = computed(() => {
  const isIt = ({ id }: FileEntry): boolean => id === fileId.value;
  return state.value?.files.find(isIt) ?? foundFiles.value?.files.find(isIt);
});
/** Of a workbook: the sheets with contacts of which nothing was sent, in its order. */
export const sheetsLeft: ReadonlySignal<readonly string[]> = computed(() => {
  const known = reading.value.kind === 'there' ? reading.value.value.sheetsWithContacts : [];
  return known.filter((name) => file.value?.sheets.some((sent) => sent.name === name) !== true);
});
/** The sheet of a workbook that is read; null for what has none, and until it is known. */
export const sheetRead: ReadonlySignal<string | null> = computed(() =>
  reading.value.kind === 'there' ? reading.value.value.sheet : null,
);
/** What runs on the file. */
const underWay: ReadonlySignal<JobView | undefined> = computed(() =>
  state.value?.jobs.find((one) => one.file === fileId.value && isRunning(one)),
);
/** The sheet of a workbook with which something goes on while another one is read; null where there is none. */
export const otherSheetUnderWay: ReadonlySignal<string | null> = computed(() => {
  const { elsewhere = null, lastRun = null } = file.value ?? {};
  const sheet = underWay.value?.sheet ?? (elsewhere === null ? null : (lastRun?.sheet ?? null));
  return sheetRead.value === null || sheet === sheetRead.value ? null : sheet;
});
/** What was sent of what is read, or goes on now, and taken back of it: of a workbook, of its sheet. */
export const sentOfShown: ReadonlySignal<Omit<SheetRun, 'name' | 'of' | 'run'> & { readonly run: LastRun | null }> =
  computed(() => {
    const { lastRun: run = null, undone = null, isUndoable = false, undoEndsFor = 0, sheets = [] } = file.value ?? {};
    const shown = otherSheetUnderWay.value ?? sheetRead.value;
    const own = sheets.find(({ name }) => name === shown);
    if (own !== undefined) return own;
    const isOfOther = shown !== null && (run?.sheet ?? null) !== null;
    if (isOfOther) return { run: null, undone: null, isUndoable: false, undoEndsFor: 0 };
    return { run, undone, isUndoable, undoEndsFor };
  });
/** What runs on the file, or ran last on what is read; not what the command line, or another program, has made old since. */
export const job: ReadonlySignal<JobView | undefined> = computed(() => {
  const newest = state.value?.jobs.find((one) => one.file === fileId.value);
  if (newest === undefined || newest.endedAt === null) return newest;
  const isOfOther = newest.sheet !== null && sheetRead.value !== null && newest.sheet !== sheetRead.value;
  return isOfOther || (sentOfShown.value.run?.toldAt ?? '') > newest.endedAt ? undefined : newest;
});

export function isRunning(one: JobView | undefined): boolean {
  return one !== undefined && one.phase !== 'ended' && one.phase !== 'failed';
}

/** Where a link leads. */
export function hrefOf(to: Step, id = fileId.value): string {
  return id === undefined || to === 'files' ? `#/${to}` : `#/${to}/${id}`;
}

export function go(to: Step, id = fileId.value): void {
  location.hash = hrefOf(to, id);
  // The event comes a moment later: what is decided until then goes by where the person is now.
  followHash();
}

export function followHash(): void {
  const [, to = 'files', id] = location.hash.split('/');
  const known = STEPS.find(([name]) => name === to)?.[0] ?? 'files';
  if (id !== undefined && id !== fileId.value) choose(id);
  step.value = known;
}

/** Makes a file the one that is worked on. */
export function choose(id: string): void {
  // Nothing of one file is ever shown as another's.
  if (id !== fileId.value) for (const one of [reading, mapping, plan]) one.value = { kind: 'loading' };
  changes.value = undefined;
  rowFilter.value = {};
  fileId.value = id;
  loadAll();
}

/** Loads anew what depends on how the file is read and what is decided. @param isPlanLeft false where the plan is of that already */
export function loadAll(isPlanLeft = true): void {
  const id = fileId.value;
  if (id === undefined) return;
  void load(reading, readingPath(id));
  if (isPlanLeft) void loadPlan();
  void load(mapping, `files/${id}/mapping`);
}

async function loadPlan(): Promise<void> {
  const id = fileId.value;
  if (id === undefined) return;
  plansUnderWay.value += 1;
  try {
    await load(plan, planPath(id));
  } finally {
    plansUnderWay.value -= 1;
  }
}

const plansUnderWay = signal(0);
/** What was decided, or sent, last is not in the plan that is shown: nothing is to be sent by it. */
export const isPlanOld: ReadonlySignal<boolean> = computed(() => plansUnderWay.value > 0);

/** Decides something that the plan hangs on; the plan that is shown is old until the next one is there. */
export async function decideForPlan<T>(decide: () => Promise<T>): Promise<T> {
  plansUnderWay.value += 1;
  try {
    const answer = await decide();
    await loadPlan();
    return answer;
  } finally {
    plansUnderWay.value -= 1;
  }
}

/** Reads the file in another way. @throws Refused where it can't be read so */
export async function readOtherwise(choices: ReadingChoices): Promise<void> {
  const take = ask(reading);
  try {
    await decideForPlan(async () => {
      take({ kind: 'there', value: await call<ReadingView>('PATCH', readingPath(fileId.value ?? ''), choices) });
    });
  } finally {
    loadAll();
  }
}

/** The language of the person tells from which country phones without + may be. */
const LANGUAGE = `language=${encodeURIComponent(navigator.language)}`;

function readingPath(id: string): string {
  return `files/${id}/reading?${LANGUAGE}`;
}

function planPath(id: string): string {
  return `files/${id}/plan?${LANGUAGE}`;
}

/** What was asked for last, of each: an answer that comes after a later question is of no use. */
const asked = new Map<unknown, number>();
let questions = 0;

/** Asks for something of the server; what is given to the result is taken unless it was asked for again meanwhile. */
export function ask<T>(into: Signal<Loaded<T>>): (answer: Loaded<T>) => void {
  const question = ++questions;
  asked.set(into, question);
  return (answer) => {
    if (asked.get(into) === question && !isSame(into.value, answer)) into.value = answer;
  };
}

/** What is as it was is let be: what hangs on it stays, too. */
function isSame<T>(before: Loaded<T>, now: Loaded<T>): boolean {
  return before.kind === 'there' && now.kind === 'there' && JSON.stringify(before.value) === JSON.stringify(now.value);
}

async function load<T>(into: Signal<Loaded<T>>, path: string): Promise<void> {
  const take = ask(into);
  if (into.value.kind !== 'there') into.value = { kind: 'loading' };
  take(await answerTo<T>(path));
}

async function answerTo<T>(path: string): Promise<Loaded<T>> {
  try {
    const value = await call<T | { readonly error: WireError }>('GET', path);
    return isError(value) ? { kind: 'failed', error: new Refused(200, value.error) } : { kind: 'there', value };
  } catch (error) {
    return { kind: 'failed', error: asRefused(error) };
  }
}

function isError(value: unknown): value is { readonly error: WireError } {
  return typeof value === 'object' && value !== null && 'error' in value;
}

export function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  return new Refused(0, {
    code: 'lost',
    message: 'The program does not answer.',
    next: 'Start it again in the terminal.',
  });
}
