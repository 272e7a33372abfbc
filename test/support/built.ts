/** The built command: the project `system` builds it first. */
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type * as Program from '../../src/cli/program.js';

export const ROOT = resolve(import.meta.dirname, '../..');

/** As a user runs it. */
export const BINARY = join(ROOT, 'dist/cli/main.js');

/** What that loads once it knows that this node can run it. */
export const PROGRAM = join(ROOT, 'dist/cli/program.js');

/** Of what the command asks to be told; what it has left there would be told of the next one. */
const EVENTS = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGUSR2', 'SIGTSTP', 'SIGCONT'] as const;

const STREAMS = ['stdin', 'stdout', 'stderr'] as const;

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer | undefined;
}

let isBusy = false;

/**
 * What the command does and says in that folder with that environment, without a process of its own, which is most of the work of
 * a short command. How a process ends, its signals, pipes, terminal and limits are seen in one of its own (`Workplace.run`).
 */
export async function runHere(args: readonly string[], { folder, env, input = '' }: Surroundings): Promise<Said> {
  if (isBusy) throw new Error('Two commands at once are two processes: start them.');
  isBusy = true;
  const { main } = (await import(pathToFileURL(PROGRAM).href)) as typeof Program;
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)], { objectMode: false });
  const stdout = kept();
  const stderr = kept();
  const before = {
    folder: process.cwd(),
    env: { ...process.env },
    exitCode: process.exitCode,
    streams: STREAMS.map((name) => Object.getOwnPropertyDescriptor(process, name) ?? {}),
    listeners: new Map(EVENTS.map((event) => [event, process.rawListeners(event)])),
  };
  try {
    process.chdir(folder);
    replaceEnv(env);
    process.exitCode = undefined;
    setStreams([stdin, stdout.stream, stderr.stream].map((value) => ({ value, configurable: true })));
    await main(args);
    return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(before.folder);
    replaceEnv(before.env);
    process.exitCode = before.exitCode;
    setStreams(before.streams);
    for (const [event, ours] of before.listeners)
      for (const listener of process.rawListeners(event))
        if (!ours.includes(listener)) process.off(event, listener as () => void);
    isBusy = false;
  }
}

function setStreams(descriptors: readonly PropertyDescriptor[]): void {
  for (const [n, name] of STREAMS.entries()) Object.defineProperty(process, name, descriptors[n] ?? {});
}

/** The one that node has, as the system's own functions read it too. */
function replaceEnv(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

function kept(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
