import type { Command } from 'commander';
import { Option } from 'commander';
import { ImporterError } from '../../errors.js';
import { parseDuration } from '../parse-values.js';
import { addApiOptions, apiOptions, type ParsedSettings } from '../settings-options.js';
import { collectSignals } from '../signals.js';
import type { UndoPlan } from '../../run/undo/undo.js';

interface UndoFlags extends ParsedSettings {
  log?: string;
  wait?: number;
  yes?: true;
  json?: true;
}

const MEANING = `
What the import made is deleted; what it changed is set back, where it still
holds what the import wrote. What somebody changed since is left, and listed.
Exit status 0: all is undone; 3: something was left; 4 also: the first contact
did not become what was meant.`;

export function registerUndo(program: Command): void {
  const command = program
    .command('undo')
    .description('Takes back the newest import of FILE that was run with --live. Shows its plan and asks first.')
    .argument('<file>', 'the file that was imported; it need not exist any more')
    .option('--checkpoint <path>', 'checkpoint (default: FILE.checkpoint.jsonl)');
  addApiOptions(command);
  command
    .option('--log <path>', 'log (default: FILE.log.jsonl); - for standard error')
    .addOption(new Option('--wait <time>', 'wait for an import on this checkpoint, e.g. 10m').argParser(parseDuration))
    .option('--yes', 'do not ask')
    .option('--json', 'the result as one JSON object on standard output, nothing else there')
    .addHelpText('after', MEANING)
    .action(async (file: string, flags: UndoFlags) => {
      process.exitCode = await runUndo(file, flags);
    });
}

async function runUndo(file: string, flags: UndoFlags): Promise<number> {
  if (flags.yes !== true && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw new ImporterError('usage', 'undo asks before it writes, and this is no terminal.', {
      next: 'Use --yes to undo without being asked.',
    });
  }
  const signals = collectSignals();
  const [{ undoImport }, { undoResultInWords }, { followReading }] = await Promise.all([
    import('../../run/undo/undo.js'),
    import('../views/undo-words.js'),
    import('../views/follow-reading.js'),
  ]);
  const follow = followReading(process.stderr);
  try {
    const result = await undoImport({
      file,
      ...(await apiOptions(flags)),
      checkpoint: flags.checkpoint,
      log: flags.log,
      waitMs: flags.wait,
      confirm: async (plan) => {
        follow.close();
        return showAndAsk(plan, flags.yes === true);
      },
      signal: signals.signal,
      onEvent: follow.listener,
    });
    follow.close();
    process.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : undoResultInWords(result));
    if (result.stoppedBy) {
      const { reportError } = await import('../report-error.js');
      reportError(result.stoppedBy);
    }
    return result.exitStatus;
  } catch (error) {
    follow.close();
    if (signals.signal.aborted && error === signals.signal.reason && error instanceof ImporterError)
      return error.exitStatus;
    throw error;
  } finally {
    signals.dispose();
  }
}

/** On standard error, so that standard output has the result alone. */
async function showAndAsk(plan: UndoPlan, isAgreed: boolean): Promise<boolean> {
  const { undoPlanInWords } = await import('../views/undo-words.js');
  process.stderr.write(undoPlanInWords(plan));
  if (isAgreed) return true;
  const clack = await import('@clack/prompts');
  const answer = await clack.confirm({ message: 'Undo it?', initialValue: false, output: process.stderr });
  return answer === true;
}
