/** The whole command line: one command a file, each loading what it needs when it runs. */
import { Command, CommanderError } from 'commander';
import { EXIT, ImporterError } from '../errors.js';
import { tooManyFiles } from '../storage/failures.js';
import { printableLines } from '../wording/printable.js';
import { refuseSlips } from './help/argument-slips.js';
import { registerBots } from './commands/bots.js';
import { registerCompletion } from './commands/completion.js';
import { registerDoctor } from './commands/doctor.js';
import { registerForget } from './commands/forget.js';
import { registerHelp } from './commands/help.js';
import { registerImport } from './commands/import.js';
import { registerLogin } from './commands/login.js';
import { registerMap } from './commands/map.js';
import { registerPlan } from './commands/plan.js';
import { registerSandbox } from './commands/sandbox/sandbox.js';
import { registerStatus } from './commands/status.js';
import { registerUi } from './commands/ui.js';
import { registerUndo } from './commands/undo.js';
import { registerVerify } from './commands/verify.js';
import { helpAfter, PROGRAM_EXITS } from './help/help-after.js';
import { outliveReaders, say } from './output.js';
import { leaveNothingBehind } from './leftovers.js';
import { reportError } from './report-error.js';
import { readVersion } from '../version.js';

const SEE_HELP = '(--help shows what there is)';

/** Every command with its options; nothing is run. */
function buildProgram(): Command {
  const program = new Command('clarky-contacts')
    .description('Imports contacts from a spreadsheet into Clarky: nothing lost, nobody twice, safe to run again.')
    .version(readVersion(), '-V, --version', 'print the version')
    .addHelpText('after', () => PROGRAM_EXITS);
  styled(program);
  for (const register of [
    registerImport,
    registerPlan,
    registerMap,
    registerVerify,
    registerUndo,
    registerStatus,
    registerForget,
    registerBots,
    registerUi,
    registerLogin,
    registerDoctor,
    registerSandbox,
    registerCompletion,
    registerHelp,
  ]) {
    register(program);
  }
  for (const command of program.commands) {
    styled(command);
    command.addHelpText('after', () => helpAfter(command.name()));
  }
  return program;
}

function styled(command: Command): void {
  command
    .helpOption('-h, --help', 'show help')
    // What was typed is repeated in messages, and may hold anything. What follows = may be a key.
    .configureOutput({
      writeErr: (text) => say(printableLines(text.replace(/(unknown option '[^'=\n]*)=[^\n]*'/, "$1'"))),
    })
    .configureHelp({ styleTitle: bold, styleCommandText: bold, styleOptionText: cyan, styleSubcommandText: cyan })
    .showSuggestionAfterError()
    .showHelpAfterError(SEE_HELP)
    .exitOverride();
}

// commander takes these off where there is no terminal or NO_COLOR is set, and leaves them where FORCE_COLOR is.
function bold(text: string): string {
  return `\u001b[1m${text}\u001b[22m`;
}

function cyan(text: string): string {
  return `\u001b[36m${text}\u001b[39m`;
}

/** Runs what was typed, and sets the exit status. */
export async function main(args: readonly string[]): Promise<void> {
  outliveReaders();
  leaveNothingBehind();
  try {
    const program = buildProgram();
    refuseSlips(
      args,
      program.commands.map((command) => command.name()),
    );
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    const error = tooManyFiles(thrown) ?? thrown;
    if (error instanceof CommanderError) {
      // commander has printed it; help and version asked for are no errors.
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
      return;
    }
    reportError(error, args.includes('--progress=json') || args[args.indexOf('--progress') + 1] === 'json');
    process.exitCode = error instanceof ImporterError ? error.exitStatus : EXIT.internal;
  }
}
