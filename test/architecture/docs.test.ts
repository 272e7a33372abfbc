import { existsSync, readFileSync, readdirSync } from 'node:fs';
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
