/** Reads the workspace back and says where it is not what the file says. Writes nothing to it. */
import { given } from '../../given.js';
import { readCheckpoint } from '../../checkpoint/checkpoint.js';
import type { StageIds } from '../../mapping/stages.js';
import { InFile } from '../known/in-file.js';
import { Others } from '../known/others.js';
import { othersPlace } from '../known/others/place.js';
import { MAX_PAGE_SIZE } from '../../api/pages.js';
import { checkRunPaths, makeWorkDir } from '../outputs/check.js';
import { Listeners } from '../outputs/listeners.js';
import { openDifferences } from '../outputs/differences.js';
import { toldOfRun } from '../outputs/named-again.js';
import { verifyReportPart } from '../outputs/later-report.js';
import { checkReportPath, writeReportLast } from '../outputs/report-file.js';
import { Connection } from '../connection/connection.js';
import { openSnapshot } from '../../workspace/reading.js';
import { liveOptions } from '../known/live-options.js';
import { keptBeside } from '../known/nowhere.js';
import type { Decisions } from '../../plan/decisions.js';
import { OpenedFile } from '../reading/reading.js';
import { withBot } from '../reading/kept/bot.js';
import { Opened } from '../opened.js';
import { stoppable } from '../stop.js';
import type { FileAsRead, Reading } from '../reading/first-reading.js';
import { contactsOf, storedPhones } from './contacts-of.js';
import { botNamed, findBot } from './bot.js';
import { Checker } from './checker.js';
import { rejectsTold } from '../known/of-rejects/sent/unsent-told.js';
import { EarlierReasons } from '../known/of-rejects/reasons.js';
import { MendedRows } from '../known/mended.js';
import { CorrectedRows } from './corrected.js';
import { SentAway } from './sent-away.js';
import type { VerifyResult } from './verify-result.js';
import { VerifyTally } from './verify-tally.js';
import { chooseSample, chunks } from './sample.js';
import { RowsOfOneContact } from './one-contact.js';
import { callListener } from '../connection/listeners.js';
import { checkOptions } from '../../settings/call-options.js';
import type { Written } from '../../settings/settings.js';
import { checkpointOf, defaultPaths } from '../settings.js';
import type { VerifyOptions } from './verify-options.js';
import {
  createLookupFinder,
  createSnapshotFinder,
  inOneOf,
  unlisted,
  type Found,
  type WorkspaceFinder,
} from '../../workspace/finder.js';

/**
 * Compares a file with the workspace. Decides who is who as an import without `live` does.
 * @throws ImporterError what keeps the file or Clarky from being read; the signal's reason
 */
export function verifyContacts(given: Written<VerifyOptions>): Promise<VerifyResult> {
  return stoppable('The check', verified)(given);
}

async function verified(given: Written<VerifyOptions>): Promise<VerifyResult> {
  const start = new Date().toISOString();
  const options = {
    ...checkOptions<VerifyOptions>(given, Date.now(), ['file', 'key']),
    onEvent: new Listeners(given.onEvent).emit,
  };
  const { differences, ...defaults } = defaultPaths(options.file, options);
  const { signal, report = defaults.report, checkpoint = defaults.checkpoint } = options;
  if (options.report !== undefined && report !== false) await checkReportPath(report);
  makeWorkDir(options);
  await checkRunPaths(options.files ?? [options.file], {
    checkpoint,
    report,
    differences: options.differences ?? differences,
    mappingRead: defaults.mapping,
    correctionsRead: defaults.corrections,
  });
  const file = await OpenedFile.open(options);
  try {
    const tell = (code: string, message: string): void =>
      options.onEvent?.({ type: 'warning', code, message, isPersonal: true });
    if (file.linesNote !== undefined) tell('lines', file.linesNote);
    const connection = await Connection.open({
      ...options,
      onCall: callListener(options.onEvent ?? (() => undefined)),
    });
    try {
      // The key is checked while the file is read.
      const access = findBot(connection, file, options);
      access.catch(() => undefined);
      const stages = file.needsStages ? await connection.findStages(await access, signal) : undefined;
      const reading = await file.read(stages, signal);
      options.onEvent?.({ type: 'asking', what: 'access' });
      const bot = await access;
      const bots = { named: botNamed(file, options), bot, ...(await connection.access(signal)) };
      const { taken, kept } = withBot(file, bots);
      if (taken !== undefined) tell('settings_kept', taken.message);
      for (const { message } of kept.differing) tell('settings_differ', message);
      const found = await verifyReading(reading, { connection, bot, stages, start }, options);
      const sheet = reading.sheet?.name;
      const rejects = await rejectsTold(file, found, options, { api: connection.apiUrl, bot, checkpoint });
      const result = { ...found, ...rejects, ...(sheet !== undefined && { sheet }) };
      const part = verifyReportPart(result, toldOfRun({ ...options, sheet }), result.end, options.reportData === true);
      const isTold = report !== false && (await writeReportLast(report, options, part));
      return isTold ? { ...result, report } : result;
    } finally {
      await connection.close();
    }
  } finally {
    await file.close();
  }
}

interface Parts {
  readonly connection: Connection;
  readonly bot: string;
  readonly stages: StageIds | undefined;
  /** When the run began. */
  readonly start: string;
}

async function verifyReading(reading: Reading, parts: Parts, options: VerifyOptions): Promise<VerifyResult> {
  const { connection, bot } = parts;
  const { signal, onEvent: emit } = options;
  const decisions = reading.decide();
  const { contacts } = decisions.counts();
  const toCheck = Math.min(options.sample ?? contacts, contacts);
  emit?.({ type: 'asking', what: 'contacts' });
  const { pagination } = await connection.client.listContacts(1, {}, { signal });
  const pages = Math.ceil((pagination?.total ?? 0) / MAX_PAGE_SIZE);
  const readBy = toCheck <= pages ? 'lookup' : 'list';
  const seed = options.sample === undefined ? undefined : (options.seed ?? Math.floor(Math.random() * 2 ** 31));
  const chosen = seed === undefined ? undefined : chooseSample(contacts, toCheck, seed);

  const path = options.differences ?? defaultPaths(options.file, options).differences;
  const opened = new Opened();
  const tally = new VerifyTally(options.all === true, reading.file.source.members);
  const checkpoint = checkpointOf(options.file, options);
  let isDoubted = false;
  const beside = await keptBeside(checkpoint, opened);
  const live = liveOptions({ connection, bot, checkpoint: beside, signal, emit });
  const onDoubt: typeof live.onDoubt = (why) => {
    isDoubted = true;
    live.onDoubt?.(why);
  };
  try {
    const differences = path === false ? undefined : await openDifferences(path);
    opened.onClose(() => differences?.discard());
    const listing = { ...live, patiencePages: pages + toCheck, onDoubt };
    const snapshot = readBy === 'list' ? await opened.add(openSnapshot(listing, true)) : undefined;
    const lookups = createLookupFinder(connection.client, signal, bot);
    const listed =
      snapshot && (await createSnapshotFinder(snapshot, await storedPhones(reading, decisions, signal), bot));
    const elsewhere = isDoubted ? lookups : { find: missing, byId: unlisted((id) => lookups.byId(id)) };
    const finder = listed === undefined ? lookups : inOneOf(listed, elsewhere);
    const checker = await checkerOf(reading, { ...parts, finder, decisions, checkpoint }, options);
    const rows = new RowsOfOneContact(reading.file.settings.duplicates);
    for await (const some of chunks(reading.planned(decisions, signal), chosen)) {
      const findings = await Promise.all(some.map((planned) => checker.check(planned)));
      for (const [at, finding] of findings.entries()) {
        const [planned, stored] = [some[at], checker.storedOf(finding)];
        tally.add(finding, planned);
        if (planned?.kind === 'contact' && stored) rows.add({ finding, planned, stored });
      }
      // Rows that were corrected count as well, and are not among those that the file has.
      options.onChecked?.(Math.min(tally.checked, toCheck), toCheck);
    }
    const judged = tally.judge(await rows.judged(() => reading.planned(decisions, signal)));
    for (const finding of judged) await differences?.write(finding);
    const written = await differences?.finish();
    const found = tally.result(contacts);
    return {
      file: options.file,
      api: connection.apiUrl,
      bot,
      ...tally.files(decisions),
      rows: reading.rows,
      corrections: reading.corrected,
      seed,
      readBy,
      differences: written,
      isImportKnown: checker.isImportKnown,
      wasLive: checker.wasLive,
      start: parts.start,
      end: new Date().toISOString(),
      ...found,
    };
  } finally {
    await opened.close();
  }
}

const missing = (): Promise<Found> => Promise.resolve('missing');

async function checkerOf(
  reading: Reading,
  by: Parts & { readonly finder: WorkspaceFinder; readonly decisions: Decisions; readonly checkpoint: string },
  options: VerifyOptions,
): Promise<Checker> {
  const { connection, bot, stages, finder, decisions } = by;
  const { signal } = options;
  const scope = { api: connection.apiUrl, bot, ...(await connection.access(signal)) };
  const state = await readCheckpoint(by.checkpoint, scope);
  // An import that read the workspace decided by that who is who, and not by what was sent before.
  const wasLive = state?.runs.last?.live === true;
  const checkpoint = wasLive ? undefined : state;
  const inFile = checkpoint && new InFile(() => reading.planned(decisions, signal), checkpoint);
  const isInFile = async (number: number): Promise<boolean> => (await inFile?.has(number)) === true;
  const place = othersPlace({ ...options, checkpoint: by.checkpoint }, scope, () => undefined);
  const mended = MendedRows.of(reading, toldOf(reading.file, options), state, scope);
  const others = wasLive ? undefined : await Others.ofReading(place, { reading, decisions, own: checkpoint, signal });
  return new Checker({
    finder,
    corrected: new CorrectedRows({
      options: toldOf(reading.file, options),
      file: reading.file,
      stages,
      state,
    }),
    away: new SentAway(mended, finder, place),
    earlier: EarlierReasons.of(reading.file, options),
    hasContact: contactsOf(reading, decisions, signal),
    known: { ...reading.file.settings, checkpoint, live: undefined, isInFile, others },
    sent: state,
    bot: options.bot ?? reading.file.settings.bot ?? reading.file.kept.bot,
  });
}

/** What the file was told, now or earlier: its rejects, wherever they are, are read as it is. */
function toldOf({ kept, mappingFile }: FileAsRead, options: VerifyOptions): VerifyOptions {
  return { ...kept.settings, ...given(options), mapping: mappingFile };
}
