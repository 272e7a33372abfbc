/** The bot whose contacts are compared. */
import { ImporterError } from '../../errors.js';
import type { Connection } from '../connection/connection.js';
import type { OpenedFile } from '../reading/reading.js';
import type { VerifyOptions } from './verify-options.js';

/** By a flag, a variable or the mapping file. */
export function botNamed({ settings }: OpenedFile, options: VerifyOptions): string | undefined {
  return options.bot ?? settings.bot;
}

/** @throws ImporterError `wrong_bot` where the key is of another workspace than the import: nothing is missing in that */
export async function findBot(connection: Connection, file: OpenedFile, options: VerifyOptions): Promise<string> {
  const { kept } = file;
  const named = botNamed(file, options);
  const bot = await connection.findBot(named, options.signal, kept.bot);
  if (named !== undefined || kept.bot === undefined || kept.bot === bot) return bot;
  throw new ImporterError('wrong_bot', `The key does not see the bot ${kept.bot}, which the last import was for.`, {
    next: `Use the key of that import, or name the bot whose contacts are to be compared: --bot ${bot}.`,
  });
}
