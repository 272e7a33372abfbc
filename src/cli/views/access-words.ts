/** What a key may do, for a person. */
import type { Access } from '../../run/access.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { wrapped } from '../../wording/wrapped.js';

/** @param bot the one that was named, which is kept with the key */
export function accessInWords(access: Access, bot?: string): string {
  const { apiUrl, mayRead, mayWrite, bots } = access;
  const lines = [
    `The key is good for ${printable(apiUrl)}.`,
    `  scopes  ${mayRead ? 'read' : 'no read'}, ${mayWrite ? 'write' : 'no write'}`,
    ...wrapped(botsInWords(bots, mayRead), 68).map((line, at) => `  ${at === 0 ? 'bots' : '    '}    ${line}`),
    `  limit   ${limitInWords(access)}`,
  ];
  if (!mayWrite) lines.push('It may not write: an import needs a key with the scope write.');
  if (!mayRead) lines.push('It may not read: --live, verify and undo need a key with the scope read.');
  if (!mayRead && bot === undefined)
    lines.push('Which bots it sees is not known: an import needs one named with --bot.');
  const unseen = unseenBot(access, bot);
  if (unseen !== undefined)
    lines.push(`It does not see the bot ${printable(unseen)}, which was named: name another with --bot.`);
  return `${lines.join('\n')}\n`;
}

/** The bot that was named, where it is known that the key does not see it. */
export function unseenBot({ bots }: Pick<Access, 'bots'>, named: string | undefined): string | undefined {
  return named === undefined || bots.length === 0 || bots.includes(named) ? undefined : named;
}

export function botsInWords(bots: readonly string[], mayRead: boolean): string {
  if (!mayRead) return 'not known, since the key may not read';
  return bots.length === 0 ? 'none, since the workspace has no pipeline' : printable(bots.join(', '));
}

export function limitInWords({ reads, writes }: Pick<Access, 'reads' | 'writes'>): string {
  const of = (window: Access['reads'], what: string): string[] =>
    window === undefined
      ? []
      : [`${formatCount(window.limit)} ${what} a minute (${formatCount(window.remaining)} left now)`];
  const said = [...of(writes, 'writes'), ...of(reads, 'reads')];
  return said.length === 0 ? 'not said; 60 writes and 120 reads a minute by the documentation' : said.join(', ');
}
