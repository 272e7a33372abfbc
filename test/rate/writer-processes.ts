import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface ProcessOrder {
  readonly url: string;
  readonly count: number;
  readonly limit: number;
  readonly windowMs: number;
  readonly stateDir: string | false;
  readonly redisUrl?: string;
}

export interface ProcessEnd {
  readonly accepted: number;
  readonly output: string;
}

/** Runs a writer process to its end, or kills it (-9) as soon as `killAfter` of its writes were accepted. */
export function runWriter(order: ProcessOrder, killAfter = Infinity): Promise<ProcessEnd> {
  const args = ['--import', here('typescript-loader.js'), here('writer-process.ts'), JSON.stringify(order)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const accepted = (): number => output.split('accepted\n').length - 1;
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (accepted() >= killAfter) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve({ accepted: accepted(), output }));
  });
}
