import { Option, type Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { wholeNumber } from '../parse-values.js';
import {
  addApiOptions,
  addReadingOptions,
  apiOptions,
  readingOptions,
  type ParsedSettings,
} from '../settings-options.js';
import { collectSignals } from '../signals.js';

interface VerifyFlags extends ParsedSettings {
  sample?: number;
  seed?: number;
  all?: true;
  differences?: string;
  json?: true;
}

const MEANING = `
Each line: = same, * differs (field, expected, found), + missing,
! would be rejected, ? could not be looked up.
Exit status 0 only when all are the same, else 3.`;

export function registerVerify(program: Command): void {
  const command = program
    .command('verify')
    .description('Reads the workspace back and says where it is not what the file says. Writes nothing to Clarky.')
    .argument('<file>', 'CSV, TSV or .xlsx file, also gzipped or zipped; - reads standard input');
  addReadingOptions(command);
  addApiOptions(command);
  command
    .addOption(new Option('--sample <n>', 'check only so many contacts, chosen at random').argParser(wholeNumber(1)))
    .addOption(new Option('--seed <n>', 'with --sample: choose the same ones again').argParser(wholeNumber(0)))
    .option('--all', 'list what is the same as well')
    .option('--differences <path>', 'file of the differences (default: FILE.differences.csv)')
    .option('--json', 'one JSON object on standard output')
    .addHelpText('after', MEANING)
    .action(async (file: string, flags: VerifyFlags) => {
      process.exitCode = await runVerify(file, flags);
    });
}

async function runVerify(file: string, flags: VerifyFlags): Promise<number> {
  const signals = collectSignals();
  const { verifyContacts } = await import('../../run/verify/verify.js');
  const { followReading } = await import('../views/follow-reading.js');
  const follow = followReading(process.stderr);
  try {
    const result = await verifyContacts({
      ...readingOptions(file, flags),
      ...(await apiOptions(flags)),
      sample: flags.sample,
      seed: flags.seed,
      all: flags.all,
      differences: flags.differences,
      signal: signals.signal,
      onEvent: follow.listener,
      onChecked: follow.checked,
    });
    follow.close();
    if (flags.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
    else {
      const { verifyInWords } = await import('../views/verify-words.js');
      process.stdout.write(verifyInWords(result, Math.min(process.stdout.columns || 80, 120)));
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
