/** A bot that was named, and that nothing here knows of: Clarky is not asked. */
import { listScopes } from '../../checkpoint/checkpoint.js';
import { printable } from '../../wording/printable.js';

/**
 * What is said of it; nothing where an import of the list went to it before.
 * @param named undefined where none was
 * @param api in one form
 */
export async function unseenBotNotes(named: string | undefined, api: string, checkpoint: string): Promise<string[]> {
  if (named === undefined) return [];
  const sentTo = (await listScopes(checkpoint)).filter((scope) => scope.api === api).map(({ bot }) => bot);
  if (sentTo.includes(named)) return [];
  const before = sentTo.length === 0 ? '' : `The list went to ${printable(sentTo.join(', '))} before. `;
  const unseen = `That the key sees the bot ${printable(named)} is not checked without --live; an import checks it before its first write.`;
  return [before + unseen];
}
