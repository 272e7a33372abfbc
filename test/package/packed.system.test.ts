import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { privateFolder } from '../support/folder.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const PROGRAM = `
import { importContacts, planContacts, startSandbox, ImporterError, type ImportEvent, type Summary } from 'clarky-contacts';

const sandbox = await startSandbox({ writes: { limit: 0, windowMs: 1000 } });
const events: ImportEvent['type'][] = [];
const plan = await planContacts({ file: 'people.csv' });
const result = await importContacts({
  file: 'people.csv',
  key: sandbox.key,
  apiUrl: sandbox.url,
  stateDir: 'state',
  rate: { writes: 60, seconds: 60 },
  signal: new AbortController().signal,
  onEvent: (event) => events.push(event.type),
});
const summary: Summary = result.summary;
const missing: unknown = await importContacts({ file: 'nope.csv', key: sandbox.key, apiUrl: sandbox.url }).catch((error: unknown) => error);
await sandbox.close();
console.log(JSON.stringify({
  planned: plan.created,
  created: summary.created,
  events: [...new Set(events)].sort(),
  missing: missing instanceof ImporterError ? missing.code : 'none',
}));
// @ts-expect-error an unknown option must not pass the types
void ((): unknown => importContacts({ file: 'x', key: 'k', nosuch: true }));
`;

describe('the package', () => {
  it('works as a library and as a command when it is installed elsewhere, types included', async () => {
    const folder = await privateFolder();
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: ROOT,
    });
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    const names = packed.files.map(({ path }) => path);
    expect(names).toContain('dist/index.d.ts');
    expect(names.filter((name) => name.startsWith('test') || name.startsWith('src'))).toEqual([]);

    // Its dependencies are those that are installed here: nothing is fetched.
    await mkdir(join(folder, 'node_modules', 'clarky-contacts'), { recursive: true });
    await run('tar', [
      '-xzf',
      join(folder, packed.filename),
      '--strip-components=1',
      '-C',
      join(folder, 'node_modules', 'clarky-contacts'),
    ]);
    for (const name of await readdir(join(ROOT, 'node_modules'))) {
      if (name.startsWith('.')) continue;
      await run('ln', ['-s', join(ROOT, 'node_modules', name), join(folder, 'node_modules', name)]);
    }
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'people.csv'), 'Email,First Name\na@x.com,Ada\nb@x.com,Bob\n');
    await writeFile(join(folder, 'program.ts'), PROGRAM);
    await run(
      process.execPath,
      [
        join(ROOT, 'node_modules/typescript/bin/tsc'),
        '--strict',
        '--target',
        'es2022',
        '--module',
        'nodenext',
        '--skipLibCheck',
        '--types',
        'node',
        'program.ts',
      ],
      { cwd: folder },
    ).catch((error: { stdout?: string }) => {
      throw new Error(`the types do not fit: ${error.stdout}`);
    });
    const program = await run(process.execPath, ['program.js'], { cwd: folder });
    expect(JSON.parse(program.stdout)).toEqual({
      planned: 2,
      created: 2,
      events: expect.arrayContaining(['contact', 'ended', 'progress', 'started']) as string[],
      missing: 'file_not_found',
    });
    const help = await run(process.execPath, ['node_modules/clarky-contacts/dist/cli/main.js', '--version'], {
      cwd: folder,
    });
    expect(help.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
