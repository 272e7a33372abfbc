import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../support/built.js';

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

/** Compiles the writer into a folder of its own, beside the built sources, so that each of many processes starts at once. */
export function compileWriters(): Writers {
  const folder = mkdtempSync(join(tmpdir(), 'writers-'));
  mkdirSync(join(folder, 'test/rate'), { recursive: true });
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const name of ['writer', 'writer-process']) {
    const text = readFileSync(join(ROOT, `test/rate/${name}.ts`), 'utf8');
    writeFileSync(join(folder, `test/rate/${name}.js`), ts.transpileModule(text, { compilerOptions }).outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(ROOT, 'dist'), join(folder, 'src'));
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
