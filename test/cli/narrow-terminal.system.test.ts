/** A terminal breaks a line that is too long for it wherever that is: none of our words may stand there, nor be cut. */
import { expect, it } from 'vitest';
import { workplace } from '../support/cli.js';
import { hasTerminal, inTurnAtTerminal } from '../support/terminal.js';

/** What is not ours has no other letter than this one: so it is told from our words wherever it is broken or cut. */
const LONG = 'z'.repeat(45);
const FILE = `${LONG}-zzzz.csv`;
const COLUMN = `${LONG} ${LONG}`;
const CSV = `Name,Email,Phone,Deal value,Birthday,Newsletter,${COLUMN}
Zz Zzz,${LONG}@zzzz.example,+442079460958,1,2020-02-02,yes,${LONG}
Zzz Zz,zz(at)${LONG}.example,+442079460111,2,2020-02-02,yes,${LONG}
${LONG} Zz,z1@zzzz.example,+442079460222,3,2020-02-02,no,
${LONG} Zzzzz,z2@zzzz.example,+442079460222,4,2020-02-02,no,
Zzzz Zzz,z3@zzzz.example,020 7946 0333,zzz,,,
Zzzzz Zzz,,,5,,,z
`;

/** Colours, and what moves the cursor; a line that is drawn anew is one of its own. */
const CONTROL = /\u001b\[[\d;?]*[A-Za-z]/g;

/** The words of ours that a terminal of so many columns shows in pieces. */
function brokenIn(shown: string, columns: number): string[] {
  const lines = shown.replace(CONTROL, '').split(/[\r\n]+/);
  return lines.flatMap((line) => {
    const characters = [...line];
    const places = Array.from({ length: Math.floor(characters.length / columns) }, (_, n) => (n + 1) * columns);
    const broken = places.flatMap((at) => {
      const before = /\S*$/.exec(characters.slice(0, at).join(''))?.[0] ?? '';
      const after = /^\S*/.exec(characters.slice(at).join(''))?.[0] ?? '';
      const isOurs = before !== '' && after !== '' && !/zz|[/\\]/i.test(before + after);
      return isOurs ? [`${before}|${after}`] : [];
    });
    return [...broken, ...[...line.matchAll(/[^\sz]*[a-y]…/g)].map(([cut]) => cut)];
  });
}

it('finds what it looks for', () => {
  expect(brokenIn('four five', 5)).toEqual([]);
  expect(brokenIn('four five', 6)).toEqual(['f|ive']);
  expect(brokenIn(`four ${LONG} seven`, 20)).toEqual([]);
  expect(brokenIn('clarky-contacts map', 17)).toEqual(['m|ap']);
  expect(brokenIn('clarky-contacts map  words', 23)).toEqual(['wo|rds']);
  expect(brokenIn('the mapp…\r\nzzz…', 80)).toEqual(['mapp…']);
});

const COMMANDS = [
  ['plan', FILE],
  ['map', FILE, '--yes'],
  ['import', FILE, '--live', '--country', 'GB'],
  ['import', `${FILE}.rejected.csv`],
  ['plan', FILE, '--live', '--diff'],
  ['status', FILE],
  ['verify', FILE],
  ['bots'],
  ['doctor'],
  ['login', 'zz'],
  ['undo', FILE, '--yes'],
  ['forget', FILE, '--all', '--yes'],
  ['status', FILE],
  ['import', `no-${FILE}`],
  ['import', FILE, '--sheet', LONG, '--contry', 'GB'],
  ['help'],
  ['help', 'nothing'],
  ['import', '--help'],
  ['sandbox', '--help'],
  ...['checkpoint', 'mapping-file', 'exit-status', 'settings'].map((topic) => ['help', topic]),
];

it.runIf(hasTerminal).each([80, 60, 40])(
  'of %i columns breaks no word of ours',
  { timeout: 300_000 },
  async (columns) => {
    const work = await workplace();
    await work.write(FILE, CSV);
    const all = await inTurnAtTerminal(work, COMMANDS, columns);
    expect(all).toHaveLength(COMMANDS.length);
    for (const [n, shown] of all.entries()) {
      const command = COMMANDS[n] ?? [];
      expect(shown.trim(), command.join(' ')).not.toBe('');
      expect(brokenIn(shown, columns), command.join(' ')).toEqual([]);
    }
  },
);
