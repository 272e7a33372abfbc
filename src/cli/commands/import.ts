import { Option, type Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { collectSignals } from '../signals.js';
import { parseDeadline, parseDuration, parsePercent, wholeNumber } from '../parse-values.js';
import {
  addApiOptions,
  addReadingOptions,
  apiOptions,
  readingOptions,
  type ParsedSettings,
} from '../settings-options.js';

interface ImportFlags extends ParsedSettings {
  rejects?: string;
  log?: string;
  concurrency?: number;
  resend?: true;
  retryRejected?: true;
  live?: true;
  failOver?: number;
  deadline?: Date;
  maxDuration?: number;
  wait?: number;
  latest?: string;
  json?: true;
  quiet?: true;
}

export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description('Imports. Run it again and it goes on where it stopped; once all is in, it sends nothing.')
    .argument('<file>', 'CSV, TSV or .xlsx file, also gzipped or zipped; - reads standard input');
  addReadingOptions(command);
  addApiOptions(command);
  command
    .option('--rejects <path>', 'refused rows (default: FILE.rejected.csv)')
    .option('--log <path>', 'log (default: FILE.log.jsonl); - for standard error')
    .addOption(new Option('--concurrency <n>', 'most requests in flight (default: chosen)').argParser(wholeNumber(1)))
    .option('--live', 'read the workspace first: what is there costs no write, nobody in it is overwritten')
    .option('--resend', 'send contacts again that the checkpoint knows as unchanged')
    .option('--retry-rejected', 'send again what Clarky refused before, although nothing changed')
    .addOption(
      new Option(
        '--fail-over <N%>',
        'stop before the first write where more would be rejected, gone or changed',
      ).argParser(parsePercent),
    )
    .addOption(
      new Option('--deadline <time>', 'stop cleanly at this time, e.g. 06:00').argParser((text) => parseDeadline(text)),
    )
    .addOption(new Option('--max-duration <time>', 'stop cleanly after this long, e.g. 4h').argParser(parseDuration))
    .addOption(
      new Option('--wait <time>', 'wait for another import on this checkpoint, e.g. 10m').argParser(parseDuration),
    )
    .option('--latest <path>', 'write the summary as JSON to this file too, for monitoring')
    .option('--json', 'the summary as one JSON object on standard output, nothing else there')
    .option('--quiet', 'nothing on standard error but errors')
    .action(async (file: string, flags: ImportFlags) => {
      process.exitCode = await runImport(file, flags);
    });
}

async function runImport(file: string, flags: ImportFlags): Promise<number> {
  const signals = collectSignals();
  const [{ importContacts }, { followOnTerminal }] = await Promise.all([
    import('../../run/import/import.js'),
    import('../views/follow.js'),
  ]);
  const follow = flags.quiet === true ? undefined : await followOnTerminal(process.stderr, flags.log === '-');
  try {
    const { summary, stoppedBy, exitStatus } = await importContacts({
      ...readingOptions(file, flags),
      ...(await apiOptions(flags)),
      rejects: flags.rejects,
      log: flags.log,
      concurrency: flags.concurrency,
      resend: flags.resend,
      retryRejected: flags.retryRejected,
      live: flags.live,
      failOverPercent: flags.failOver,
      deadline: flags.deadline,
      maxDurationMs: flags.maxDuration,
      waitMs: flags.wait,
      signal: signals.signal,
      onEvent: follow?.listener,
    });
    follow?.close();
    if (flags.json === true) process.stdout.write(`${JSON.stringify(summary)}\n`);
    else if (flags.quiet !== true) {
      const { summaryInWords } = await import('../views/words.js');
      process.stdout.write(summaryInWords(summary));
    }
    if (stoppedBy) {
      const { reportError } = await import('../report-error.js');
      reportError(stoppedBy);
    }
    await writeLatest(flags.latest, { ...summary, exit: exitStatus, ...errorOf(stoppedBy) });
    return exitStatus;
  } catch (error) {
    follow?.close();
    if (error instanceof ImporterError && error.code !== 'storage_failed') {
      await writeLatest(flags.latest, { file, exit: error.exitStatus, ...errorOf(error) });
    }
    // A signal before anything began is not a failure to begin.
    if (signals.signal.aborted && error === signals.signal.reason && error instanceof ImporterError)
      return error.exitStatus;
    throw error;
  } finally {
    signals.dispose();
  }
}

function errorOf(error: ImporterError | undefined): { error?: string; message?: string } {
  return error === undefined ? {} : { error: error.code, message: error.message };
}

/**
 * Puts how the run ended where a monitor looks for it, whichever way it ended.
 * @throws ImporterError `storage_failed`
 */
async function writeLatest(path: string | undefined, latest: object): Promise<void> {
  if (path === undefined) return;
  const { replaceFile, storageFailed } = await import('../../storage/private-file.js');
  const text = `${JSON.stringify({ ...latest, endedAt: new Date().toISOString() })}\n`;
  await replaceFile(path, async (target) => void (await target.write(text))).catch((error: unknown) => {
    throw storageFailed(path, error);
  });
}
