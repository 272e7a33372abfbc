import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/built.js';

export const run = promisify(execFile);

export interface Packed {
  readonly tarball: string;
  /** What is in it. */
  readonly bytes: ArrayBuffer;
  /** Paths in the tarball. */
  readonly names: readonly string[];
}

/** Packs what was built into `folder`. */
export async function pack(folder: string): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  const tarball = join(folder, packed.filename);
  const bytes = new Uint8Array(await readFile(tarball)).buffer;
  return { tarball, bytes, names: packed.files.map(({ path }) => path) };
}

/** Installs a tarball into `folder` with what it depends on and nothing else, taken from here: nothing is fetched. */
export async function install({ tarball }: Packed, folder: string): Promise<void> {
  const target = join(folder, 'node_modules/clarky-contacts');
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  for (const name of await dependenciesOf(join(target, 'package.json'))) {
    const to = join(folder, 'node_modules', name);
    await mkdir(dirname(to), { recursive: true });
    await cp(join(ROOT, 'node_modules', name), to, { recursive: true });
  }
}

/** The names of all that is installed with a package. */
async function dependenciesOf(manifest: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  const { dependencies = {} } = JSON.parse(await readFile(manifest, 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    if (found.has(name)) continue;
    found.add(name);
    await dependenciesOf(join(ROOT, 'node_modules', name, 'package.json'), found);
  }
  return found;
}

export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What the compiler says of programs in `folder` that use the package; what it makes of them lies beside them. */
export async function compiled(folder: string, ...programs: readonly string[]): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  // Our types are looked at, and those of what they import; the compiler's own are not, nor are those of a browser there.
  const libraries = ['--lib', 'es2022', '--skipDefaultLibCheck', '--types', 'node'];
  const options = ['--strict', '--target', 'es2022', '--module', 'node16', ...libraries];
  return run(process.execPath, [compiler, ...options, ...programs], { cwd: folder }).then(
    () => '',
    (error: Error & { stdout?: string }) => error.stdout || error.message,
  );
}
