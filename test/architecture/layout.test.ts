import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';
import { importedBy } from './imports.js';

const SRC = join(ROOT, 'src');
const MOST_FILES_SIDE_BY_SIDE = 15;
const MOST_LINES = 250;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.[jt]sx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));

/** The files that each file imports, types included: who must be read to understand it. */
const imports: ReadonlyMap<string, readonly string[]> = new Map(
  files.map(({ name, text }) => [
    name,
    importedBy(text, { types: true })
      .filter((path) => path.startsWith('.'))
      .map((path) => join(dirname(name), path).replace(/\.js(x?)$/, '.ts$1')),
  ]),
);

/** Every circle once, as a path from its first file back to it. */
function circles(): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) found.push([...path.slice(path.indexOf(name)), name].join(' -> '));
    if (done.has(name) || path.includes(name)) return;
    for (const imported of imports.get(name) ?? []) visit(imported, [...path, name]);
    done.add(name);
  };
  for (const { name } of files) visit(name, []);
  return found;
}

describe('the layout', () => {
  it('has no circle of imports, not of types either', () => {
    expect(circles()).toEqual([]);
  });

  it(`has at most ${MOST_FILES_SIDE_BY_SIDE} files side by side`, () => {
    const counts = new Map<string, number>();
    for (const { name } of files) counts.set(dirname(name), (counts.get(dirname(name)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > MOST_FILES_SIDE_BY_SIDE)).toEqual([]);
  });

  it(`has no file of more than ${MOST_LINES} lines`, () => {
    const long = files.map(({ name, text }) => [name, text.split('\n').length - 1] as const);
    expect(long.filter(([, lines]) => lines > MOST_LINES)).toEqual([]);
  });
});
