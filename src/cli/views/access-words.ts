/** What a key may do, for a person. */
import type { Access } from '../../run/access.js';
import { formatCount } from '../../wording/durations.js';
import { printable } from '../../wording/printable.js';
import { wrapped } from '../../wording/wrapped.js';

export function accessInWords(access: Access): string {
  const { apiUrl, mayRead, mayWrite, bots } = access;
  const lines = [
    `The key is good for ${printable(apiUrl)}.`,
    `  scopes  ${mayRead ? 'read' : 'no read'}, ${mayWrite ? 'write' : 'no write'}`,
    ...wrapped(botsInWords(bots, mayRead), 68).map((line, at) => `  ${at === 0 ? 'bots' : '    '}    ${line}`),
    `  limit   ${limitInWords(access)}`,
  ];
  if (!mayWrite) lines.push('It may not write: an import needs a key with the scope write.');
  if (!mayRead) lines.push('It may not read: --live, verify and undo need the scope read.', 'Name the bot with --bot.');
  return `${lines.join('\n')}\n`;
}

export function botsInWords(bots: readonly string[], mayRead: boolean): string {
  if (!mayRead) return 'not known: the key may not read';
  return bots.length === 0 ? 'none: the workspace has no pipeline' : printable(bots.join(', '));
}

export function limitInWords({ reads, writes }: Pick<Access, 'reads' | 'writes'>): string {
  const of = (window: Access['reads'], what: string): string[] =>
    window === undefined
      ? []
      : [`${formatCount(window.limit)} ${what} a minute (${formatCount(window.remaining)} left now)`];
  const said = [...of(writes, 'writes'), ...of(reads, 'reads')];
  return said.length === 0 ? 'not said; 60 writes and 120 reads a minute by the documentation' : said.join(', ');
}
