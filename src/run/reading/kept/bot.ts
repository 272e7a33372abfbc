/** The bot among the settings that earlier imports of a file were told. Pure. */
import type { Kept } from '../kept.js';
import { type Differing, differencesOf, takenWithBot, type Taken } from './words.js';

interface Told {
  readonly kept: Kept;
  readonly taken: Taken | undefined;
}

/** The bot that the contacts belong to, as it was found. */
export interface FoundBot {
  /** By a flag, a variable or the mapping file; undefined where none is. */
  readonly named: string | undefined;
  readonly bot: string;
  /** Those that the key sees, or may see: of a single one nobody has to be told. */
  readonly bots: readonly string[];
}

/** What is kept of a file, and what is told of that, once the bot is known. */
export function withBot({ kept, taken }: Told, { named, bot, bots }: FoundBot): Told {
  const isBotChosen = bots.length !== 1;
  const isTaken = named === undefined && kept.bot === bot && isBotChosen;
  return {
    kept: { ...kept, isBotChosen, differing: [...kept.differing, ...botDiffering(kept.bot, named, bot)] },
    taken: isTaken ? takenWithBot(taken, bot) : taken,
  };
}

/** The same where Clarky is not asked: what the import before saw holds. */
export function withBotOfBefore(told: Told, named: string | undefined): Told {
  const { bot, isBotChosen } = told.kept;
  const found = named ?? bot;
  return found === undefined ? told : withBot(told, { named, bot: found, bots: isBotChosen ? [] : [found] });
}

function botDiffering(before: string | undefined, named: string | undefined, bot: string): Differing[] {
  if (named !== undefined) return differencesOf({ bot: named }, { bot: before });
  if (before === undefined || before === bot) return [];
  const message = `The key does not see the bot ${before}, which the import before was for: ${bot} is used.`;
  return [{ message, withoutData: message }];
}
