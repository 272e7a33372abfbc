/** The files that an import writes beside its checkpoint: the log, the rejected rows, the report. */
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ImporterError } from '../../errors.js';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Opened } from '../opened.js';
import type { OpenedFile } from '../reading/reading.js';
import { defaultPaths, type ImportOptions } from '../settings.js';
import type { Summary } from '../tally.js';
import type { Listeners } from './listeners.js';
import { hasErrno, notWritable } from '../../storage/failures.js';
import { removeFile } from '../../storage/replacement.js';
import { sweepPrivateFolders } from '../../storage/private-folder.js';
import { asideInWords, whyAside } from '../known/of-rejects/aside.js';
import { notedAfter } from '../known/of-rejects/as-written.js';
import { areAllRejectedStill } from '../known/of-rejects/uncorrected.js';
import { importOf, isAnyImportKnown, keptAsWritten, unsentAside } from '../known/of-rejects/rejects-left.js';
import { unsentOfList } from '../known/of-rejects/sent/unsent-told.js';
import { membersOf } from '../known/of-rejects/members.js';
import { MOST_ROWS, noteWritten, type RejectedPrint } from '../known/of-rejects/noted.js';
import { RejectedAs } from '../known/of-rejects/sent/rejected-as.js';
import { RowPrints } from '../known/of-rejects/sent/row-print.js';
import { EarlierReasons } from '../known/of-rejects/reasons.js';
import { columnPrints, printOfRow } from '../known/of-rejects/prints.js';
import { checkRunPaths, makeWorkDir } from './check.js';
import { digestOfFile, setAside } from './edited-rejects.js';
import { openLog } from './log.js';
import { DELETED_IN_CLARKY } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import { toldOfRun } from './named-again.js';
import { RejectedRows } from '../verify/rejected-rows.js';
import { openRejects, rejectColumnsOf, type OpenRejects } from './rejects.js';
import { OpenReport } from './report.js';
import { failureOf } from './storing.js';

/** What an import writes; '' where one is not wanted. */
interface WrittenPaths {
  readonly checkpoint: string;
  readonly rejects: string;
  readonly log: string;
  readonly report: string;
}

export interface ImportPaths extends WrittenPaths {
  /** Where the mapping file and the corrections that belong to the file are looked for. */
  readonly mappingRead: string;
  readonly correctionsRead: string;
}

export function importPathsOf(
  options: Pick<ImportOptions, 'file' | 'checkpoint' | 'rejects' | 'log' | 'report' | 'workDir' | 'name'>,
): ImportPaths {
  const paths = defaultPaths(options.file, options);
  return {
    checkpoint: options.checkpoint ?? paths.checkpoint,
    rejects: options.rejects === false ? '' : (options.rejects ?? paths.rejects),
    log: options.log === false ? '' : (options.log ?? paths.log),
    report: options.report === false ? '' : (options.report ?? paths.report),
    mappingRead: paths.mapping,
    correctionsRead: paths.corrections,
  };
}

/** Makes the folder that was named, and looks at where everything is to be written. @throws ImporterError */
export async function prepareImportPaths(options: ImportOptions): Promise<void> {
  makeWorkDir(options);
  await sweepPrivateFolders();
  await checkRunPaths(options.files ?? [options.file], { ...importPathsOf(options), latest: options.latest });
  // It is written when all is done: that it can't be is better known before.
  if (options.latest !== undefined) await requireFolder(options.latest);
}

/** @throws ImporterError `not_writable` */
async function requireFolder(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    const trouble = notWritable(path, error);
    // It was named by a path of its own, which --work-dir does not move.
    if (!hasErrno(error, 'EACCES', 'EPERM', 'EROFS')) throw trouble;
    const next = 'Change permissions, or name another path with --latest.';
    throw new ImporterError(trouble.code, trouble.message, { next, cause: error });
  });
}

export interface RejectsOfRun extends Omit<OpenRejects, 'discard' | 'end' | 'finish'> {
  /** A row that would be rejected as it stands, and that was corrected in a rejects file and imported. */
  corrected(record: SourceRecord): void;
  /** Puts the file in its place. @param isWhole false for a run that did not come to all rows. @throws ImporterError `not_writable` */
  finish(isWhole: boolean): Promise<void>;
}

export interface ImportOutputs {
  readonly rejects: RejectsOfRun;
  readonly report: OpenReport | undefined;
  readonly paths: WrittenPaths;
  /** What the summary says of the rejects, once they are finished, and of what else there is to be sent. */
  readonly told: () => Pick<Summary, 'isRejectsFile' | 'unsentRejects' | 'unsentSheets'> &
    Partial<Pick<Summary, 'rejects'>>;
}

/**
 * Opens them, before anything is sent.
 * @param onFailure called where the log can't be written on
 * @throws ImporterError `not_writable`
 */
export async function openImportOutputs(
  file: OpenedFile,
  options: ImportOptions,
  run: {
    readonly opened: Opened;
    readonly listeners: Listeners;
    readonly checkpoint: Checkpoint;
    readonly onFailure: (failure: ImporterError) => void;
  },
): Promise<ImportOutputs> {
  const { opened, listeners, onFailure } = run;
  const paths = importPathsOf(options);
  if (paths.log !== '') listeners.add((await opened.add(openLog(paths.log, { onFailure }))).listener);
  const rejects =
    paths.rejects === ''
      ? NO_REJECTS
      : await openRejects(paths.rejects, file.dialect, file.isRejectsFile, file.settings.country);
  opened.onClose(() => rejects.discard());
  const report = paths.report === '' ? undefined : await openReport(paths.report, options, file);
  if (report) listeners.add(report.listener);
  const begunMs = Date.now();
  const { keyOf } = rejectColumnsOf(file.dialect.header);
  const rows = new RejectedRows(file.mapping.columns, run.checkpoint.state.rejects?.rows);
  const earlier = EarlierReasons.of(file, options);
  const [keys, prints]: [string[], RejectedPrint[]] = [[], []];
  const asStood = new RowPrints(file.dialect.header, file.mapping.columns);
  const before = await RejectedAs.of(file, options.stateDir);
  let unsent: readonly string[] = [];
  let isPlaced = false;
  const corrected: RejectsOfRun['corrected'] = (record) => rows.meet(keyOf(record), record);
  // What can't be written stops a run once contacts were sent.
  const write: OpenRejects['write'] = async (record, problems) => {
    // What is wrong with a row that was corrected is as it was noted.
    const isDeleted = problems.some(({ code }) => code === DELETED_IN_CLARKY);
    rows.meet(keyOf(record), record, isDeleted ? undefined : problems);
    const told = await earlier.told(record, problems);
    if (prints.length < MOST_ROWS) {
      keys.push(keyOf(record));
      // Of rejects of rejects how the row stood at first.
      const print = before.of(record) ?? asStood.of(record);
      prints.push({ row: printOfRow(keyOf(record), told), print });
    }
    const failure = await failureOf(() => rejects.write(record, told));
    if (failure) throw failure;
  };
  const noteDigest = async (digest: string, isWhole: boolean): Promise<void> => {
    const { sheet } = file.dialect;
    // A rejects file under the checkpoint of its source has a few of that one's rows: the others stand as they did.
    const noted = {
      ...notedAfter(run.checkpoint.state.rejects, { digest, sheet }),
      rows: rows.noted(begunMs, isWhole && !file.isRejectsFile),
    };
    await run.checkpoint.note({ kind: 'rejects', ...noted });
  };
  const finish: RejectsOfRun['finish'] = async (isWhole) => {
    const date = new Date().toISOString().slice(0, 10);
    const why = await whyAside(paths.rejects, {
      checkpoint: paths.checkpoint,
      state: run.checkpoint.state,
      file,
      keys: prints.length < MOST_ROWS ? keys : undefined,
    });
    const digest = await rejects.end();
    await noteWritten(
      {
        ...(file.foundList?.list ?? { file: options.file, checkpoint: paths.checkpoint }),
        members: file.foundList === undefined ? await membersOf(options, file.source.members) : [],
        columns: columnPrints(file.dialect.header),
        rows: prints,
      },
      options.stateDir,
    );
    // What stands there is ours, though nothing was noted of it.
    const standing = why === undefined ? await digestOfFile(paths.rejects) : '';
    if (run.checkpoint.state.rejects === undefined && standing !== '')
      await failureOf(() => noteDigest(standing, isWhole));
    // Before it is in its place: were the run killed in between, the next would take it for somebody's work.
    const unnoted = await failureOf(() => noteDigest(digest, isWhole));
    const aside = why && { ...why, path: await setAside(paths.rejects, why.because, date) };
    await rejects.finish();
    isPlaced = true;
    if (unnoted) throw unnoted;
    // A device holds nothing of it.
    const placed = await digestOfFile(paths.rejects);
    if (placed !== digest) await noteDigest(placed, isWhole);
    const { state } = run.checkpoint;
    const { sheet } = file.dialect;
    // What an earlier import of this sheet rejected is of no use beside what this one did, as if it had stood in the file's own place.
    if (isWhole && sheet !== undefined)
      for (const path of await keptAsWritten(paths.rejects, [state], options, sheet)) await removeFile(path);
    if (prints.length > 0)
      unsent = [
        ...(await unsentAside(paths.rejects, { checkpoint: paths.checkpoint, state }, options, file)),
        ...(await unsentOfList(file, options, state.scope)),
      ];
    if (aside === undefined) return;
    const left = {
      imported: await importOf(aside.path, paths.rejects, options, state.scope),
      isImportKnown: await isAnyImportKnown([aside.path, paths.rejects], options),
      isAnyRejected: prints.length > 0,
      isUnsent: unsent.includes(aside.path),
      isCorrected: aside.because !== 'lacking' && !(await areAllRejectedStill(aside.path, file, keys)),
    };
    listeners.emit({ type: 'warning', ...asideInWords(paths.rejects, aside, left) });
  };
  const { mappingRead: _mapping, correctionsRead: _corrections, ...written } = paths;
  const { runs } = run.checkpoint.state;
  const unsentSheets = file.dialect.otherSheets.filter(
    (name) => !runs.ofSheets.some(({ sheet }) => sheet?.name === name),
  );
  const told: ImportOutputs['told'] = () => ({
    ...(unsentSheets.length > 0 && { unsentSheets }),
    // What an earlier run left there is not of this one.
    ...(!isPlaced && { rejects: '' }),
    ...(file.isRejectsFile && { isRejectsFile: true }),
    ...(unsent.length > 0 && { unsentRejects: unsent }),
  });
  return { rejects: { write, corrected, finish }, report, paths: report ? written : { ...written, report: '' }, told };
}

const nothing = (): Promise<void> => Promise.resolve();
const NO_REJECTS: OpenRejects = { write: nothing, finish: nothing, end: () => Promise.resolve(''), discard: nothing };

function openReport(path: string, options: ImportOptions, { dialect }: OpenedFile): Promise<OpenReport | undefined> {
  const sheet = dialect.otherSheets.length > 0 ? dialect.sheet : undefined;
  return OpenReport.open(path, {
    file: options.file,
    told: toldOfRun({ ...options, sheet }),
    isNamed: options.report !== undefined,
    withData: options.reportData === true,
  });
}
