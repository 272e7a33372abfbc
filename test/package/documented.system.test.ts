import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';

const run = promisify(execFile);

describe('the library', () => {
  it('has a documentation without a warning, whatever a public type refers to included', async () => {
    const { stdout, stderr } = await run('node', ['node_modules/typedoc/bin/typedoc', '--emit', 'none'], { cwd: ROOT });
    expect(`${stdout}${stderr}`).not.toMatch(/warning|error/i);
  });

  it('is used in the documents as it compiles, each piece of code by itself', async () => {
    const text = await readFile(join(ROOT, 'docs/library.md'), 'utf8');
    const pieces = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    const folder = await privateFolder();
    const files = pieces.map((_, at) => join(folder, `piece-${at + 1}.mts`));
    await Promise.all(files.map((file, at) => writeFile(file, pieces[at] ?? '')));
    const program = ts.createProgram(files, {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      paths: { 'clarky-contacts': [join(ROOT, 'dist/index.d.ts')] },
      typeRoots: [join(ROOT, 'node_modules/@types')],
      types: ['node'],
    });
    const wrong = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      return `${basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(wrong).toEqual([]);
  });

  it('is required from CommonJS as well', async () => {
    const program =
      "const { planContacts, ImporterError } = require('./dist/index.js'); console.log(typeof planContacts, typeof ImporterError)";
    const { stdout } = await run('node', ['-e', program], { cwd: ROOT });
    expect(stdout.trim()).toBe('function function');
  });
});
