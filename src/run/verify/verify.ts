/** Reads the workspace back and says where it is not what the file says. Writes nothing to it. */
import { EXIT } from '../../errors.js';
import { MAX_PAGE_SIZE } from '../../api/calls.js';
import type { Planned, PlannedContact } from '../../plan/planned.js';
import { checkRunPaths, makeWorkDir } from '../outputs/check.js';
import { openDifferences } from '../outputs/differences.js';
import { verifyReportPart } from '../outputs/later-report.js';
import { checkReportPath, writeReportLast } from '../outputs/report-file.js';
import { differencesOf, fieldsOf } from '../../workspace/compare.js';
import type { StoredContact } from '../../workspace/stored.js';
import { Connection, DEFAULT_CONCURRENCY } from '../connection/connection.js';
import type { ImportListener } from '../events.js';
import { openSnapshot } from '../../workspace/live.js';
import { liveOptions } from '../known/live-options.js';
import type { Decisions } from '../../plan/decisions.js';
import type { Source } from '../../source/opening/source.js';
import { FileBooks } from '../file-books.js';
import { OpenedFile } from '../reading/reading.js';
import type { Reading } from '../reading/first-reading.js';
import type { Finding } from './finding.js';
import type { VerifyResult } from './verify-result.js';
import { chooseSample } from './sample.js';
import { callListener } from '../connection/listeners.js';
import { checkOptions } from '../../settings/resolve.js';
import type { ReportValues, VerifyValues } from '../../settings/settings.js';
import { defaultPaths, type ApiOptions, type ReadingOptions } from '../settings.js';
import { createLookupFinder, createSnapshotFinder, type WorkspaceFinder } from '../../workspace/finder.js';

export interface VerifyOptions extends ReadingOptions, ApiOptions, VerifyValues, ReportValues {
  /** Lists what is the same as well. */
  readonly all?: boolean | undefined;
  readonly onEvent?: ImportListener | undefined;
  /** Called from time to time with contacts checked so far, and in all. */
  readonly onChecked?: ((checked: number, total: number) => void) | undefined;
}

/**
 * Compares a file with the workspace. Decides who is who as an import without `live` does.
 * @throws ImporterError what keeps the file or Clarky from being read; the signal's reason
 */
export async function verifyContacts(given: VerifyOptions): Promise<VerifyResult> {
  const options = checkOptions(given, Date.now());
  const { differences, ...defaults } = defaultPaths(options.file, options);
  const { signal, report = defaults.report, checkpoint = defaults.checkpoint } = options;
  if (options.report !== undefined && report !== false) await checkReportPath(report);
  makeWorkDir(options);
  await checkRunPaths(options.files ?? [options.file], {
    checkpoint,
    report,
    differences: options.differences ?? differences,
  });
  const file = await OpenedFile.open(options);
  try {
    for (const message of file.kept.differing)
      options.onEvent?.({ type: 'warning', code: 'settings_differ', message, isPersonal: true });
    const connection = await Connection.open({
      ...options,
      onCall: callListener(options.onEvent ?? (() => undefined)),
    });
    try {
      const bot = await connection.findBot(options.bot ?? file.settings.bot, signal, file.kept.bot);
      const stages = file.needsStages ? await connection.findStages(bot, signal) : undefined;
      const reading = await file.read(stages, signal);
      const result = await verifyReading(reading, connection, bot, options);
      const part = verifyReportPart(result, new Date().toISOString(), options.reportData === true);
      if (report !== false) await writeReportLast(report, options, part);
      return result;
    } finally {
      await connection.close();
    }
  } finally {
    await file.close();
  }
}

async function verifyReading(
  reading: Reading,
  connection: Connection,
  bot: string,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const { signal, onEvent: emit } = options;
  const decisions = reading.decide();
  const { contacts } = decisions.counts();
  const toCheck = Math.min(options.sample ?? contacts, contacts);
  const { pagination } = await connection.client.listContacts(1, {}, { signal });
  const pages = Math.ceil((pagination?.total ?? 0) / MAX_PAGE_SIZE);
  const readBy = toCheck <= pages ? 'lookup' : 'list';
  const seed = options.sample === undefined ? undefined : (options.seed ?? Math.floor(Math.random() * 2 ** 31));
  const chosen = seed === undefined ? undefined : chooseSample(contacts, toCheck, seed);

  const path = options.differences ?? defaultPaths(options.file, options).differences;
  const differences = path === false ? undefined : await openDifferences(path);
  const tally = new VerifyTally(options.all === true, reading.file.source.members);
  const checkpoint = options.checkpoint ?? defaultPaths(options.file, options).checkpoint;
  const snapshot =
    readBy === 'list'
      ? await openSnapshot(liveOptions({ connection, bot, checkpoint, signal, emit }), true)
      : undefined;
  try {
    const finder = snapshot
      ? await createSnapshotFinder(snapshot, reading.file.settings.country)
      : createLookupFinder(connection.client, signal);
    for await (const some of chunks(reading.planned(decisions, signal), chosen)) {
      for (const finding of await Promise.all(some.map((planned) => check(planned, finder)))) {
        tally.add(finding);
        await differences?.write(finding);
      }
      options.onChecked?.(tally.checked, toCheck);
    }
    const written = await differences?.finish();
    return {
      file: options.file,
      api: connection.apiUrl,
      bot,
      ...tally.files(decisions),
      rows: reading.rows,
      contacts,
      seed,
      readBy,
      differences: written,
      ...tally.result(),
    };
  } finally {
    await differences?.discard();
    await snapshot?.close();
  }
}

/** As many at once as may be asked for at once; of the contacts only those chosen. */
async function* chunks(
  batches: AsyncIterable<readonly Planned[]>,
  chosen: ReadonlySet<number> | undefined,
): AsyncGenerator<Planned[]> {
  let ordinal = 0;
  let chunk: Planned[] = [];
  for await (const batch of batches) {
    for (const planned of batch) {
      if (planned.kind === 'contact' && chosen?.has(ordinal++) === false) continue;
      chunk.push(planned);
      if (chunk.length < DEFAULT_CONCURRENCY) continue;
      yield chunk;
      chunk = [];
    }
  }
  yield chunk;
}

async function check(planned: Planned, finder: WorkspaceFinder): Promise<Finding> {
  if (planned.kind === 'rejection') {
    return { kind: 'rejected', lines: [planned.record.line], problems: planned.problems };
  }
  const { contact } = planned;
  const lines = planned.records.map(({ line }) => line);
  const found = await finder.find(contact);
  if (found === 'missing' || found === 'unknown') return { kind: found, lines, contact };
  const differences = differencesOf(contact, found);
  return differences.length > 0
    ? { kind: 'different', lines, contactId: found.id, contact, differences }
    : { kind: 'same', lines, contactId: found.id, isNormalised: isNormalised(planned, found) };
}

/** True where the workspace holds the same in another form. */
function isNormalised({ contact }: PlannedContact, stored: StoredContact): boolean {
  const found = fieldsOf(stored);
  return [...fieldsOf(contact)].some(([field, value]) => JSON.stringify(found.get(field)) !== JSON.stringify(value));
}

class VerifyTally {
  readonly #members: Source['members'];
  readonly #byFile: Record<Finding['kind'], number>[];
  readonly #keepsSame: boolean;
  readonly #findings: Finding[] = [];
  readonly #counts = { same: 0, different: 0, missing: 0, unknown: 0, rejected: 0 };
  #normalised = 0;

  constructor(keepsSame: boolean, members: Source['members']) {
    this.#members = members;
    this.#byFile = (members?.names ?? []).map(() => ({ same: 0, different: 0, missing: 0, unknown: 0, rejected: 0 }));
    this.#keepsSame = keepsSame;
  }

  get checked(): number {
    const { same, different, missing, unknown } = this.#counts;
    return same + different + missing + unknown;
  }

  add(finding: Finding): void {
    this.#counts[finding.kind]++;
    const ofFile = this.#byFile[this.#members?.memberOf(finding.lines.at(-1) ?? 0) ?? -1];
    if (ofFile !== undefined) ofFile[finding.kind]++;
    if (finding.kind === 'same' && finding.isNormalised) this.#normalised++;
    if (finding.kind !== 'same' || this.#keepsSame) this.#findings.push(finding);
  }

  files(decisions: Decisions): Pick<VerifyResult, 'files'> {
    const rows = FileBooks.open({ members: this.#members }, decisions)?.counts();
    if (rows === undefined) return {};
    const none = { same: 0, different: 0, missing: 0, unknown: 0, rejected: 0 };
    return { files: rows.map(({ file, rows }, at) => ({ file, rows, ...(this.#byFile[at] ?? none) })) };
  }

  result(): Pick<
    VerifyResult,
    | 'checked'
    | 'same'
    | 'normalised'
    | 'different'
    | 'missing'
    | 'unknown'
    | 'rejected'
    | 'allSame'
    | 'findings'
    | 'exitStatus'
  > {
    const allSame = this.#counts.same === this.checked && this.#counts.rejected === 0;
    return {
      checked: this.checked,
      ...this.#counts,
      normalised: this.#normalised,
      allSame,
      findings: this.#findings,
      exitStatus: allSame ? EXIT.ok : EXIT.someRejected,
    };
  }
}
