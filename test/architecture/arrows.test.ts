import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** Which folder may import from which: the flow of README and design, arrows inward. `.` is the top of src. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  collections: ['collections'],
  storage: ['storage', '.'],
  wording: ['wording'],
  report: ['report', 'wording'],
  contact: ['contact', '.'],
  source: ['source', 'storage', '.'],
  settings: ['settings', 'contact', '.'],
  mapping: ['mapping', 'settings', 'contact', 'source', 'wording', '.'],
  plan: ['plan', 'mapping', 'contact', 'source', 'collections', 'wording', '.'],
  checkpoint: ['checkpoint', 'contact', 'storage', 'collections', 'wording', '.'],
  rate: ['rate', 'storage', '.'],
  api: ['api', 'rate', '.'],
  workspace: ['workspace', 'api', 'contact', 'plan', 'checkpoint', 'storage', 'collections', '.'],
  run: 'run workspace api rate checkpoint plan mapping settings source contact storage collections wording report .'.split(
    ' ',
  ),
  sandbox: ['sandbox'],
  library: 'library run rate api settings sandbox .'.split(' '),
  cli: ['cli', 'ui', 'run', 'rate', 'settings', 'mapping', 'sandbox', 'storage', 'wording', '.'],
  ui: 'ui run rate report mapping settings sandbox collections storage wording .'.split(' '),
  '.': ['.'],
  // The library's door names every type that a public one refers to.
  'index.ts': 'library run workspace api rate checkpoint plan settings source contact sandbox .'.split(' '),
};

/** What the pure core must not touch: time, files, the network, the process. Hashes, punycode and loading a library late are as pure as it is. */
const PURE = ['contact', 'settings', 'mapping', 'plan'];
const EFFECTS = /from 'node:(?!crypto'|url'|module')|Date\.now|performance\.now|Math\.random|\bprocess\./;

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
}

async function sources(): Promise<Source[]> {
  const names = await readdir(SRC, { recursive: true });
  return Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => ({
        file: name,
        folder: name === 'index.ts' ? name : folderOf(join(SRC, name)),
        text: await readFile(join(SRC, name), 'utf8'),
      })),
  );
}

function folderOf(path: string): string {
  const [first = '', ...rest] = relative(SRC, path).split(sep);
  return rest.length === 0 ? '.' : first;
}

function importsOf({ file, text }: Source): string[] {
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    resolve(SRC, dirname(file), path),
  );
}

describe('the layout', () => {
  it('has a rule for every folder', async () => {
    expect([...new Set((await sources()).map(({ folder }) => folder))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('lets no import go against the arrows', async () => {
    const against = (await sources()).flatMap((source) =>
      importsOf(source)
        .filter((path) => !MAY_IMPORT[source.folder]?.includes(folderOf(path)))
        .map((path) => `${source.file} imports ${relative(SRC, path)}`),
    );
    expect(against).toEqual([]);
  });

  it('keeps clocks, files, network and process out of the pure core', async () => {
    const impure = (await sources())
      .filter(({ folder, text }) => PURE.includes(folder) && EFFECTS.test(text))
      .map(({ file, text }) => `${file}: ${EFFECTS.exec(text)?.[0]}`);
    expect(impure).toEqual([]);
  });

  it('reaches argv, environment and signals from the command line alone', async () => {
    const users = (await sources())
      .filter(({ folder, text }) => folder !== 'cli' && /\bprocess\.(argv|on|exit|stdout|stdin)\b/.test(text))
      .map(({ file }) => file);
    expect(users).toEqual([]);
  });
});
