/** A terminal of 24 lines, and of 80 columns unless others are wanted, by the `script` of util-linux; what needs it has nothing to show without. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { BINARY, PROGRAM } from './built.js';
import type { Workplace } from './cli.js';
import { until } from './until.js';

export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
if (!hasTerminal) process.stderr.write('no script of util-linux here: the tests that need a terminal do not run\n');

export interface AtTerminal {
  /** Waits until something is shown, so many times, whatever its colours. */
  readonly shows: (text: string, times?: number) => Promise<unknown>;
  readonly type: (keys: string) => void;
  /** Everything that was written to the terminal, and the exit status. */
  readonly ended: Promise<{ readonly code: number | null; readonly shown: string }>;
}

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const ESCAPE = '\u001b';
const COLOUR = /\u001b\[[\d;]*m/g;

/** Runs a command as a person at a terminal does. */
export function atTerminal(place: Workplace, args: readonly string[], columns = 80, env = {}): AtTerminal {
  return nodeAtTerminal(place, [BINARY, ...args], columns, env);
}

const ENDS = '\u001e';

/** One process that runs each of the commands in turn, whatever the earlier ones came to. */
const IN_TURN = `import { setMaxListeners } from 'node:events';
import { main } from ${JSON.stringify(pathToFileURL(PROGRAM).href)};
setMaxListeners(0, process, process.stdout, process.stderr);
for (const args of JSON.parse(process.argv[2])) {
  await main(args);
  process.stdout.write(${JSON.stringify(ENDS)});
}
`;

/** What each of the commands shows at one terminal, one after the other. */
export async function inTurnAtTerminal(
  place: Workplace,
  commands: readonly (readonly string[])[],
  columns: number,
): Promise<string[]> {
  const program = await place.write('in-turn.mjs', IN_TURN);
  const { shown } = await nodeAtTerminal(place, [program, JSON.stringify(commands)], columns).ended;
  return shown.split(ENDS).slice(0, -1);
}

function nodeAtTerminal(place: Workplace, args: readonly string[], columns: number, env = {}): AtTerminal {
  const quoted = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 24; ${quoted}`, '/dev/null'], {
    cwd: place.folder,
    env: { ...place.env, TERM: 'xterm', LANG: 'C.UTF-8', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  child.stdin.on('error', () => undefined);
  return {
    shows: (text, times = 1) => until(() => shown.replace(COLOUR, '').split(text).length > times),
    type: (keys) => void child.stdin.write(keys),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, shown })),
  };
}
