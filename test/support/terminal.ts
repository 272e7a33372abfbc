/** A terminal of 24 lines, and of 80 columns unless others are wanted, by the `script` of util-linux; what needs it has nothing to show without. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { BINARY } from './built.js';
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
export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const ESCAPE = '\u001b';
const COLOUR = /\u001b\[[\d;]*m/g;

/** Runs a command as a person at a terminal does. */
export function atTerminal(place: Workplace, args: readonly string[], columns = 80, env = {}): AtTerminal {
  const quoted = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ');
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
