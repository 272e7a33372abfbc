import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';
import { importedBy } from './imports.js';

const MOST_FILES_ON_A_ROWS_WAY = 35;

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const walk = [...read('docs/architecture.md').matchAll(/^\d+\. `([^`]+)`/gm)].map(([, path = '']) => path);

describe('the way of one row', () => {
  it(`passes at most ${MOST_FILES_ON_A_ROWS_WAY} files, each of them there`, () => {
    expect(walk.length).toBeGreaterThan(20);
    expect(walk.length).toBeLessThanOrEqual(MOST_FILES_ON_A_ROWS_WAY);
    expect(walk.filter((path) => !existsSync(join(ROOT, 'src', path)))).toEqual([]);
  });

  it('goes from file to file: each knows one of the others, or the interface that stands for it', () => {
    const imports = new Map(
      walk.map((path) => {
        const names = importedBy(read(join('src', path)), { types: true }).filter((name) => name.startsWith('.'));
        return [path, names.map((name) => posix.join(dirname(path), name).replace(/\.js$/, '.ts'))];
      }),
    );
    const knows = (a: string, b: string): boolean => imports.get(a)?.includes(b) === true;
    const joined = (a: string, b: string): boolean =>
      knows(a, b) || knows(b, a) || imports.get(a)?.some((path) => knows(b, path)) === true;
    const lone = walk.filter((path) => !walk.some((other) => other !== path && joined(path, other)));
    expect(lone).toEqual([]);
  });
});

/** Every file that the documents may name. */
const FILES = ['src', 'test', 'docs', 'bench', 'scripts', 'examples', 'fixtures'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name)),
);

/** A file or a folder, named from the root, from src, or by its end; of a test also without what stands behind its name. */
function isThere(path: string): boolean {
  const bare = path.replace(/\/$/, '');
  if (/\.[a-z]+$/.test(bare)) return FILES.some((file) => file === bare || file.endsWith(`/${bare}`));
  return FILES.some((file) => file === bare || file === `src/${bare}` || file.startsWith(`${bare}.`));
}

/** Paths in the code font; behind one of a test, the bare names that go on with others of its folder. */
function pathsIn(line: string): string[] {
  let folder = '';
  return [...line.matchAll(/`([^`\s]+)`/g)].flatMap(([, word = '']) => {
    if (/^[\w-]+\.ts$|^[\w-]+(?:\/[\w.-]+)*\/[\w-]+(?:\.ts|\/)$|^test\/./.test(word)) {
      folder = word.startsWith('test/') ? dirname(word) : '';
      return [word];
    }
    return folder !== '' && /^[a-z][a-z-]+$/.test(word) ? [posix.join(folder, word)] : [];
  });
}

/** Every flag that a program of ours takes, or hands on. */
const KNOWN_FLAGS = new Set(
  ['src', 'bench', 'scripts', 'examples']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.(?:ts|js)$/.test(path) || path.startsWith('examples'))
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .flatMap((path) => read(path).match(/--[a-z][a-z-]+/g) ?? []),
);

describe('the documents', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].concat(
    readdirSync(join(ROOT, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  );

  it.each(documents)('%s links to nothing that is missing', (name) => {
    const links = [...read(name).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const missing = links
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => !existsSync(join(ROOT, dirname(name), link)));
    expect(missing).toEqual([]);
  });

  it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names no file and no folder that is missing', (name) => {
    const named = read(name).split('\n').flatMap(pathsIn);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it.each(documents)('%s shows no flag and no npm script that does not exist', (name) => {
    const text = read(name);
    const flags = new Set([...text.matchAll(/(?<=[\s`'([])--[a-z][a-z-]+/g)].map(([flag]) => flag));
    expect([...flags].filter((flag) => !KNOWN_FLAGS.has(flag))).toEqual([]);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  it('measured.md has beside each figure the command that repeats it', () => {
    const rows = read('docs/measured.md').match(/^\| .* \|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.slice(2).filter((row) => !/`[^`]+` \|$/.test(row))).toEqual([]);
  });

  it('name every folder of src', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const text = read('docs/architecture.md');
    expect(folders.filter((name) => !text.includes(`\`${name}/\``))).toEqual([]);
  });

  it('the README is read in two screens', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(160);
  });
});
