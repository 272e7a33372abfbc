/** The readers that `npm run bench -- --only growth` measures: none of them fails at a long cell, whatever it is full of. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';

interface Growth {
  readonly READERS: Readonly<Record<string, (cell: string) => unknown>>;
  readonly longCells: (characters: number) => string[];
}

const { READERS, longCells } = (await import(pathToFileURL(join(ROOT, 'bench/growth.js')).href)) as Growth;
const CELLS = longCells(20_000);

describe('a cell of twenty thousand characters', () => {
  it.each(Object.entries(READERS))('is taken by %s', (_name, read) => {
    for (const cell of CELLS) expect(() => read(cell), cell.slice(0, 40)).not.toThrow();
  });
});
