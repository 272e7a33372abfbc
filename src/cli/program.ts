/** The whole command line: one command a file, each loading what it needs when it runs. */
import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { ImporterError } from '../errors.js';
import { EXIT } from '../errors.js';
import { withoutKeys } from '../wording/secrets.js';
import { refuseEmptyNames, refuseKeys, refuseSlips } from './help/argument-slips.js';
import { mistyped } from './help/mistyped.js';
import { optionInWords } from './help/option-words.js';
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
import { AFTER_PROGRAM, helpAfter } from './help/help-after.js';
import { namingFile } from './again.js';
import { asImporterError, unfinishedInJson } from './ended.js';
import { endingOf, tellUnbegun } from './how-it-ended.js';
import { outliveReaders, printHelp, printJson, say } from './output.js';
import { leaveNothingBehind } from './process/leftovers.js';
import { asksForJson, reportError } from './report-error.js';
import { soundSettingsOf } from './settings-options.js';
import { bold, cyan } from './views/colours.js';
import { readVersion } from '../version.js';

export { keepHeapSmall } from './process/v8-flags.js';

type Register = (program: Command) => void;

/** By their names, in the order of the help, and by what they are for. */
const COMMANDS: Readonly<Record<string, Readonly<Record<string, Register>>>> = {
  'A file:': {
    import: registerImport,
    plan: registerPlan,
    map: registerMap,
    verify: registerVerify,
    undo: registerUndo,
    status: registerStatus,
    forget: registerForget,
  },
  'Clarky:': { login: registerLogin, doctor: registerDoctor, bots: registerBots },
  'Beside the terminal, and to try things out:': { ui: registerUi, sandbox: registerSandbox },
  'This program:': { completion: registerCompletion, help: registerHelp },
};

/** They tell of all commands. */
const OF_ALL: ReadonlySet<string> = new Set(['completion', 'help']);

/**
 * Every command with its options; nothing is run. One that is named and tells of no other stands alone: to make hundreds of
 * options that nobody asks for takes node ten milliseconds of every start.
 */
function buildProgram(named = ''): Command {
  const program = new Command('clarky-contacts')
    .description('Imports contacts from a spreadsheet into Clarky: nothing lost, nobody twice, safe to run again.')
    .version(readVersion(), '-V, --version', 'print the version')
    .addHelpText('after', () => AFTER_PROGRAM);
  styled(program);
  const isAlone = !OF_ALL.has(named) && Object.values(COMMANDS).some((commands) => Object.hasOwn(commands, named));
  for (const [group, commands] of Object.entries(COMMANDS)) {
    program.commandsGroup(group);
    for (const [name, register] of Object.entries(commands)) if (!isAlone || name === named) register(program);
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
    .configureOutput({
      // The help that stands for an error is of our own words, and is wrapped already; colour would be shown as what it is.
      getErrHasColors: () => false,
      writeOut: printHelp,
      writeErr: say,
      // It is said as every other error is.
      outputError: () => undefined,
    })
    // commander takes these off where there is no terminal or NO_COLOR is set, and leaves them where FORCE_COLOR is.
    .configureHelp({
      optionDescription: optionInWords,
      styleTitle: bold,
      styleCommandText: bold,
      styleOptionText: cyan,
      styleSubcommandText: cyan,
    })
    .showSuggestionAfterError()
    .exitOverride();
}

/** Runs what was typed, and sets the exit status. */
export async function main(args: readonly string[]): Promise<void> {
  outliveReaders();
  await leaveNothingBehind();
  const start = new Date().toISOString();
  const program = buildProgram(args[0]);
  let isUnderstood = false;
  // Of one that is mistyped it is known by its name alone.
  let running = program.commands.find((command) => command.name() === args[0]);
  try {
    program.hook('preAction', (_, command) => {
      running = command;
      if (command.name() !== 'sandbox') refuseKeys(args);
      if (command.registeredArguments.some((argument) => argument.name().startsWith('file')))
        refuseEmptyNames(command.args);
      isUnderstood = true;
    });
    refuseSlips(
      args,
      program.commands.map((command) => command.name()),
    );
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) {
      // Help and version asked for are no errors.
      process.exitCode = EXIT.ok;
      return;
    }
    const isTyped = thrown instanceof CommanderError;
    const error = isTyped ? mistyped(thrown, args, running?.name()) : thrown;
    const told = namingFile(
      asImporterError(error),
      running?.args ?? [],
      running === undefined ? {} : soundSettingsOf(running),
    );
    process.exitCode = told.exitStatus;
    // Where nothing was typed, the help stands for it.
    if (!isTyped || thrown.code !== 'commander.help')
      reportError(told.code === 'internal' ? error : told, asksForJson(args));
    await tellElsewhere({ running, args, error: told, start, isUnderstood, ending: endingOf(thrown) });
  }
}

/** Says what stopped a command, and so left it without a result, to those who read no sentences. */
async function tellElsewhere(stopped: {
  readonly running: Command | undefined;
  readonly args: readonly string[];
  readonly error: ImporterError;
  readonly start: string;
  readonly isUnderstood: boolean;
  /** What was told of it already. */
  readonly ending: object | undefined;
}): Promise<void> {
  const { running, args, error, start, isUnderstood, ending } = stopped;
  const isImport = running?.name() === 'import';
  const isInJson = args.includes('--json');
  if (!isImport && !isInJson) return;
  const files = (running?.args ?? []).filter((arg) => arg === '-' || !arg.startsWith('-'));
  const known = { ...(await fileOf(running === undefined ? [] : namedIn(running.args))), start };
  if (isImport && ending === undefined) {
    await tellUnbegun(error, { files, settings: soundSettingsOf(running), known, isUnderstood });
  }
  if (isInJson) printJson(unfinishedInJson(error, { ...known, ...(ending ?? endingOf(error)) }));
}

/** Without the value of an option that is not known: what stands behind one is a file only where there is such a file. */
function namedIn(args: readonly string[]): string[] {
  const isOption = (arg: string): boolean => arg !== '-' && arg.startsWith('-');
  const firstOption = args.findIndex(isOption);
  return args.filter(
    (arg, at) => !isOption(arg) && (firstOption < 0 || at < firstOption || arg === '-' || existsSync(arg)),
  );
}

/** The name of what was to be read, as a summary has it. */
async function fileOf(files: readonly string[]): Promise<{ readonly file?: string }> {
  if (files.length === 0) return {};
  const { nameOfInput } = await import('../run/reading/named-input.js');
  return { file: withoutKeys(await nameOfInput(files)) };
}
