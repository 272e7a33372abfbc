import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

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

export interface Writers {
  /** Runs a writer process to its end, or kills it (-9) as soon as `killAfter` of its writes were accepted. */
  run(order: ProcessOrder, killAfter?: number): Promise<ProcessEnd>;
  remove(): void;
}

/** Compiles what a writer process needs into a folder of its own, so that each of many starts at once. */
export function compileWriters(): Writers {
  const folder = mkdtempSync(join(tmpdir(), 'writers-'));
  const inFolder = (path: string): string[] => readdirSync(join(ROOT, path)).map((name) => `${path}/${name}`);
  const sources = [
    ...inFolder('src/rate'),
    'src/errors.ts',
    'src/process-holder.ts',
    'test/rate/writer.ts',
    'test/rate/writer-process.ts',
  ];
  for (const source of sources) {
    const target = join(folder, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const text = readFileSync(join(ROOT, source), 'utf8');
    writeFileSync(target, ts.transpileModule(text, { compilerOptions }).outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const script = join(folder, 'test/rate/writer-process.js');
  return {
    run: (order, killAfter = Infinity) => runScript([script, JSON.stringify(order)], killAfter),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runScript(args: string[], killAfter: number): Promise<ProcessEnd> {
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
