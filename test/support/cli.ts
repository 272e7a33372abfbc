import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { ImportOptions } from '../../src/run/settings.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { BINARY, runHere, type Said } from './built.js';
import { privateFolder } from './folder.js';

export interface Ended extends Said {
  readonly signal: NodeJS.Signals | null;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
  /** What the shell's `ulimit` lets it have: `-f 24` is files of 12 KiB at most, `-n 20` so many open ones. */
  readonly ulimit?: string;
}

/** A private folder with a sandbox to import into: everything that a test of the command line needs. */
export interface Workplace {
  readonly folder: string;
  readonly sandbox: Sandbox;
  /** What a command is told here beside its arguments: where the sandbox is, and nothing of the user's. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly path: (name: string) => string;
  readonly write: (name: string, content: string | Buffer) => Promise<string>;
  readonly start: (args: readonly string[], options?: RunOptions) => Running;
  readonly run: (...args: string[]) => Promise<Ended>;
  readonly runWith: (options: RunOptions, ...args: string[]) => Promise<Ended>;
  /** What the command does and says, without a process of its own: for a test that is not about that. */
  readonly here: (...args: string[]) => Promise<Said>;
  /** The same with more in its environment, or less, and something to read. */
  readonly hereWith: (options: Omit<RunOptions, 'ulimit'>, ...args: string[]) => Promise<Said>;
  /** What `import FILE --rate off` does, without a process of its own: for a test of what comes after. Returns its exit status. */
  readonly imported: (file: string, settings?: Partial<ImportOptions>) => Promise<number>;
}

/** Starts a sandbox without a limit, unless the options set one, and a folder to run in. */
export async function workplace(options: SandboxOptions = {}): Promise<Workplace> {
  const folder = await privateFolder();
  const sandbox = await startSandbox({
    writes: { limit: 0, windowMs: 1000 },
    reads: { limit: 0, windowMs: 1000 },
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const ownEnv = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    CLARKY_API_URL: sandbox.url,
    CLARKY_KEY: sandbox.key,
  };
  const running = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  const start = (args: readonly string[], { env = {}, input, ulimit }: RunOptions = {}): Running => {
    const command = [process.execPath, BINARY, ...args];
    const limited = ulimit === undefined ? command : ['sh', '-c', `ulimit ${ulimit}; exec "$0" "$@"`, ...command];
    const child = spawn(limited[0] ?? '', limited.slice(1), {
      cwd: folder,
      env: { ...ownEnv, ...env },
    });
    running.add(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A process that ends without reading its input closes the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const ended = once(child, 'close').then(([code, signal]): Ended => {
      running.delete(child);
      return {
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      };
    });
    return { child, ended };
  };
  return {
    folder,
    sandbox,
    env: ownEnv,
    path: (name) => join(folder, name),
    write: async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    start,
    run: (...args) => start(args).ended,
    here: (...args) => runHere(args, { folder, env: ownEnv }),
    hereWith: ({ env = {}, input }, ...args) => runHere(args, { folder, env: { ...ownEnv, ...env }, input }),
    runWith: (runOptions, ...args) => start(args, runOptions).ended,
    imported: async (file, settings = {}) => {
      const { exitStatus } = await importContacts({
        file: join(folder, file),
        key: sandbox.key,
        apiUrl: sandbox.url,
        stateDir: join(folder, 'state'),
        rate: { writes: Infinity, seconds: 60 },
        ...settings,
      });
      return exitStatus;
    },
  };
}

/** No budget to wait for: for tests of everything but the pace. */
export const UNLIMITED = ['--rate', 'off'] as const;

/** What a line of JSON tells. */
export type Facts = Readonly<Record<string, unknown>>;

/** Lines of which each is an object: a log, or standard error with `--progress json`. */
export function linesOf(text: string): Facts[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Facts);
}

/** A CSV of `count` contacts with an email and a name each. */
export function peopleCsv(count: number, company = 'Acme'): string {
  const rows = Array.from({ length: count }, (_, n) => `First${n},Last${n},person${n}@example.com,${company}`);
  return `First Name,Last Name,Email,Company\n${rows.join('\n')}\n`;
}
