#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, ImporterError } from '../errors.js';
import { registerBots } from './commands/bots.js';
import { registerForget } from './commands/forget.js';
import { registerImport } from './commands/import.js';
import { registerMap } from './commands/map.js';
import { registerPlan } from './commands/plan.js';
import { registerSandbox } from './commands/sandbox/sandbox.js';
import { registerStatus } from './commands/status.js';
import { registerUndo } from './commands/undo.js';
import { registerVerify } from './commands/verify.js';
import { EXIT_HELP } from './exit-help.js';
import { printable } from '../wording/printable.js';
import { reportError } from './report-error.js';
import { readVersion } from './version.js';

/** The whole command line: one command a file, each loading what it needs when it runs. */
export function buildProgram(): Command {
  const program = new Command('clarky-contacts')
    .description('Imports contacts from a spreadsheet into Clarky: nothing lost, nobody twice, safe to run again.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    // What was typed is repeated in messages, and may hold anything.
    .configureOutput({ writeErr: (text) => void process.stderr.write(text.split('\n').map(printable).join('\n')) })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', EXIT_HELP)
    .exitOverride();
  registerImport(program);
  registerPlan(program);
  registerMap(program);
  registerVerify(program);
  registerUndo(program);
  registerStatus(program);
  registerForget(program);
  registerBots(program);
  registerSandbox(program);
  for (const command of program.commands) {
    command.exitOverride().showSuggestionAfterError().showHelpAfterError('(--help shows what there is)');
    // The sandbox ends when it is told to; the table is that of the importer.
    if (command.name() !== 'sandbox') command.addHelpText('after', EXIT_HELP);
  }
  return program;
}

async function main(): Promise<void> {
  // A reader that closes early (`| head`) is not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has printed it; help and version asked for are no errors.
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
      return;
    }
    reportError(error);
    process.exitCode = error instanceof ImporterError ? error.exitStatus : EXIT.internal;
  }
}

await main();
