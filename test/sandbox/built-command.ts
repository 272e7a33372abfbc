import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

const MAIN = `
import { Command } from 'commander';
import { registerSandbox } from './cli/commands/sandbox.js';
const program = new Command('clarky-contacts');
registerSandbox(program);
await program.parseAsync();
`;

/**
 * Puts the `sandbox` command alone into `folder` as JavaScript, so that it can be signalled and killed in a process of
 * its own, whether or not the package was built. Returns the script to run.
 */
export async function buildCommand(folder: string): Promise<string> {
  const sandbox = (await readdir(join(ROOT, 'src/sandbox'))).map((name) => `sandbox/${name}`);
  const command = (await readdir(join(ROOT, 'src/cli/commands')))
    .filter((name) => name.startsWith('sandbox'))
    .map((name) => `cli/commands/${name}`);
  for (const source of [...sandbox, ...command, 'cli/parse-values.ts', 'errors.ts']) {
    const text = await readFile(join(ROOT, 'src', source), 'utf8');
    const compilerOptions = {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    };
    const target = join(folder, source.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, ts.transpileModule(text, { compilerOptions }).outputText);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'main.js'), MAIN);
  return join(folder, 'main.js');
}
