/** The options that several commands share, and their way from argv and environment into typed settings. */
import { Option, type Command } from 'commander';
import { readFile, stat } from 'node:fs/promises';
import { ImporterError } from '../errors.js';
import { printable } from '../wording/printable.js';
import { DEFAULT_API_URL } from '../endpoint.js';
import type { ApiOptions, ReadingOptions } from '../run/settings.js';
import { collectSetting, parseCountry, parseDelimiter, parseRate, wholeNumber } from './parse-values.js';

type Env = NodeJS.ProcessEnv;

/** Adds what reading a file takes. */
export function addReadingOptions(command: Command): Command {
  return command
    .option('--mapping <path>', 'mapping file (default: FILE.mapping.json where it exists, else inferred)')
    .option('--checkpoint <path>', 'checkpoint (default: FILE.checkpoint.jsonl)')
    .addOption(
      new Option('--country <CC>', 'region of phone numbers without +, e.g. GB')
        .env('CLARKY_COUNTRY')
        .argParser(parseCountry),
    )
    .option('--set <FIELD=VALUE>', 'fixed value for every contact (repeatable)', collectSetting)
    .addOption(new Option('--unmapped <how>', 'columns without a field').choices(['ignore', 'custom']))
    .addOption(new Option('--duplicates <how>', 'rows of one contact').choices(['merge', 'last', 'first', 'reject']))
    .addOption(new Option('--shared-phone <how>', 'a phone of different people').choices(['reject', 'omit', 'send']))
    .option('--keep-shared-phone <KEY>', 'custom field that keeps a phone left out by --shared-phone omit')
    .addOption(new Option('--on-invalid <how>', "a value that can't be read").choices(['reject', 'omit']))
    .option('--encoding <name>', 'encoding of the file (default: detected)')
    .addOption(new Option('--delimiter <char>', 'field delimiter (default: detected)').argParser(parseDelimiter))
    .option('--sheet <name>', 'sheet of a workbook (default: the first)')
    .option('--no-header', 'the file has no header line: columns are called Column 1, Column 2…');
}

/** Adds what reaching Clarky takes. */
export function addApiOptions(command: Command): Command {
  return command
    .option('--key-file <path>', 'file that holds the API key (default: the environment variable CLARKY_KEY)')
    .addOption(new Option('--bot <id>', 'bot that owns the contacts (default: the only one)').env('CLARKY_BOT_ID'))
    .addOption(new Option('--api-url <url>', `API base (default: ${DEFAULT_API_URL})`).env('CLARKY_API_URL'))
    .addOption(
      new Option('--contact-points <shape>', 'shape of emails and phones on the wire').choices(['strings', 'objects']),
    )
    .addOption(
      new Option('--max-outage <seconds>', 'how long nothing may get through (default: 300)')
        .env('CLARKY_MAX_OUTAGE')
        .argParser(wholeNumber(1)),
    )
    .addOption(new Option('--rate <N/SECONDS>', 'write limit to start with (default: 60/60)').argParser(parseRate))
    .option('--redis <url>', 'share the write budget with other machines through this Redis');
}

/** What commander makes of those options. */
export interface ParsedSettings {
  mapping?: string;
  checkpoint?: string;
  country?: string;
  set?: Record<string, string>;
  unmapped?: ReadingOptions['unmapped'];
  duplicates?: ReadingOptions['duplicates'];
  sharedPhone?: ReadingOptions['sharedPhone'];
  keepSharedPhone?: string;
  onInvalid?: ReadingOptions['onInvalid'];
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  header: boolean;
  keyFile?: string;
  bot?: string;
  apiUrl?: string;
  contactPoints?: ApiOptions['contactPoints'];
  maxOutage?: number;
  rate?: ApiOptions['rate'];
  redis?: string;
}

export function readingOptions(file: string, parsed: ParsedSettings): ReadingOptions {
  return {
    file,
    mapping: parsed.mapping,
    checkpoint: parsed.checkpoint,
    country: parsed.country,
    set: parsed.set,
    unmapped: parsed.unmapped,
    duplicates: parsed.duplicates,
    sharedPhone: parsed.sharedPhone,
    keepSharedPhone: parsed.keepSharedPhone,
    onInvalid: parsed.onInvalid,
    encoding: parsed.encoding,
    delimiter: parsed.delimiter,
    sheet: parsed.sheet,
    noHeader: !parsed.header,
    stdin: process.stdin,
  };
}

/**
 * @throws ImporterError `no_key` where there is none; the key itself is never in a message
 */
export async function apiOptions(
  parsed: ParsedSettings & { readonly quiet?: boolean },
  env: Env = process.env,
): Promise<ApiOptions> {
  return {
    key: await readKey(parsed.keyFile, env, parsed.quiet !== true),
    apiUrl: parsed.apiUrl,
    bot: parsed.bot,
    contactPoints: parsed.contactPoints,
    maxOutageSeconds: parsed.maxOutage,
    rate: parsed.rate,
    redis: parsed.redis,
  };
}

async function readKey(keyFile: string | undefined, env: Env, warns: boolean): Promise<string> {
  if (keyFile === undefined) {
    const key = env.CLARKY_KEY?.trim();
    if (key !== undefined && key !== '') return key;
    throw new ImporterError('no_key', 'There is no API key.', {
      next: 'Put it into the environment variable CLARKY_KEY, or into a file named with --key-file.',
    });
  }
  let text: string;
  try {
    text = await readFile(keyFile, 'utf8');
    const { mode } = await stat(keyFile);
    if (warns && process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const shown = printable(keyFile);
      process.stderr.write(`clarky-contacts: others can read the key file ${shown}: chmod 600 ${shown}\n`);
    }
  } catch (error) {
    throw new ImporterError('no_key', `The key file ${keyFile} can't be read.`, { cause: error });
  }
  if (text.trim() === '') throw new ImporterError('no_key', `The key file ${keyFile} is empty.`);
  return text.trim();
}
