import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BINARY } from '../support/built.js';
import type { Ended, Workplace } from '../support/cli.js';

/** Runs the built command where no file may grow beyond `kibibytes`: what a full disk is like, without being root. */
export function runWithSmallFiles(kibibytes: number, place: Workplace, ...args: string[]): Promise<Ended> {
  return pipeWithSmallFiles('', kibibytes, place, ...args);
}

/** The same, with something to read on standard input. */
export async function pipeWithSmallFiles(
  input: string,
  kibibytes: number,
  place: Workplace,
  ...args: string[]
): Promise<Ended> {
  // POSIX counts in blocks of 512 bytes.
  const script = `ulimit -f ${kibibytes * 2}; exec "$0" "$@"`;
  const child = spawn('sh', ['-c', script, process.execPath, BINARY, ...args], {
    cwd: place.folder,
    env: {
      PATH: process.env.PATH,
      HOME: place.folder,
      XDG_STATE_HOME: join(place.folder, 'state'),
      CLARKY_API_URL: place.sandbox.url,
      CLARKY_KEY: place.sandbox.key,
    },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
