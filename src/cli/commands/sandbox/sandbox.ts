import type { Command } from 'commander';
import { EXIT, ImporterError } from '../../../errors.js';
import type { LoggedRequest, Sandbox, SandboxStats } from '../../../sandbox/index.js';
import { reasonOf } from '../../../storage/failures.js';
import { printable } from '../../../wording/printable.js';
import { addSandboxFlags, sandboxOptions, type ParsedSandbox } from './sandbox-options.js';

/** Adds `sandbox`, which runs until a signal ends it. */
export function registerSandbox(program: Command): void {
  const command = program
    .command('sandbox')
    .summary('Runs a local Clarky-compatible server for trying things out.')
    .description(
      'Runs a Clarky-compatible server on this machine for trying things out, and prints its URL, key and bot id. ' +
        'It is reachable from this machine alone. Its page at / shows the contacts and requests; GET /__sandbox/stats, ' +
        '/contacts and /requests give them as JSON.',
    );
  addSandboxFlags(command);
  command.action(async (parsed: ParsedSandbox) => {
    await runSandbox(parsed);
  });
}

async function runSandbox(parsed: ParsedSandbox): Promise<void> {
  const { startSandbox } = await import('../../../sandbox/index.js');
  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox({
      ...sandboxOptions(parsed),
      ...(parsed.verbose && { onAnswered: (request, tookMs) => process.stderr.write(requestLine(request, tookMs)) }),
    });
  } catch (error) {
    throw usageError(error, parsed.port);
  }
  const stopped = firstSignal();
  process.stdout.write(parsed.json ? `${JSON.stringify(handoverOf(sandbox))}\n` : welcomeOf(sandbox));
  await stopped;
  const stats = sandbox.stats();
  await sandbox.close();
  (parsed.json ? process.stderr : process.stdout).write(farewellOf(stats));
  process.exitCode = EXIT.ok;
}

/** A terminal that is closed sends SIGHUP. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first of them; a second one has its usual effect. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const name of ENDING) process.off(name, stop);
      resolve();
    };
    for (const name of ENDING) process.on(name, stop);
  });
}

function handoverOf(sandbox: Sandbox): Record<string, unknown> {
  const { url, key, keys, botId, readOnlyKey, writeOnlyKey, foreignKey } = sandbox;
  return { url, key, keys, botId, readOnlyKey, writeOnlyKey, foreignKey, pid: process.pid };
}

function requestLine({ atMs, method, path, status, outcome, fault }: LoggedRequest, tookMs: number): string {
  const time = new Date(atMs).toISOString().slice(11, 23);
  const words = [time, method, printable(path), status ?? 'no answer', outcome, fault && `(fault: ${fault})`];
  return `${words.filter((word) => word !== null).join(' ')} ${tookMs.toFixed(0)} ms\n`;
}

/** Lines that a shell takes as they are: pasted whole, they set the importer up. */
function welcomeOf({ url, key, botId, readOnlyKey, writeOnlyKey }: Sandbox): string {
  const set = (name: string, value: string): string =>
    process.platform === 'win32' ? `$env:${name} = '${value}'` : `export ${name}=${value}`;
  const variables = { CLARKY_API_URL: url, CLARKY_KEY: key, CLARKY_BOT_ID: botId };
  return `# A sandbox of Clarky is running until Ctrl-C. What it holds:
#   ${new URL(url).origin}
# In another terminal:
${Object.entries(variables)
  .map(([name, value]) => set(name, value))
  .join('\n')}
# Its key that may only read: ${readOnlyKey}
# Its key that may only write: ${writeOnlyKey}
`;
}

function farewellOf(stats: SandboxStats): string {
  const { writes, reads, created, updated, throttled, faulted, peakWindow, contacts } = stats;
  return (
    `# It saw: writes ${String(writes)}, reads ${String(reads)}, created ${String(created)}, updated ${String(updated)},\n` +
    `# over the limit ${String(throttled)}, faults ${String(faulted)}, most writes in one window ${String(peakWindow)};\n` +
    `# contacts at the end: ${String(contacts)}.\n`
  );
}

function usageError(error: unknown, port: number): unknown {
  if (!(error instanceof Error)) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (path !== undefined) {
    const next = 'Make its folder, or name another file with --store.';
    return new ImporterError('usage', `The store can't be written: ${path}: ${reasonOf(error)}.`, {
      next,
      cause: error,
    });
  }
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    const why = code === 'EACCES' ? 'may not be used' : 'is taken by another program';
    const next = 'Take another with --port, or a free one with --port 0.';
    return new ImporterError('usage', `Port ${String(port)} ${why}.`, { next, cause: error });
  }
  if (code === 'EMFILE' || code === 'ENFILE') return error;
  return new ImporterError('usage', error.message, { cause: error });
}
