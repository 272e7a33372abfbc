/** Files of somebody else in the folder of a round: names like ours among them. Whatever happens, they stay as they were. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'notes.txt',
  'latest.json',
  'two.csv.checkpoint.jsonl',
  'one.csv.bak',
  'rejected.csv',
  'three.csv.log.jsonl',
];

export class Bystanders {
  #known = new Map();

  /** @param {string} folder */
  constructor(folder) {
    for (const name of NAMES) {
      const path = join(folder, name);
      writeFileSync(path, `somebody's ${name}\n`);
      this.#known.set(path, stateOf(path));
    }
  }

  /** True for a file of theirs. @param {string} path */
  has(path) {
    return this.#known.has(path);
  }

  /** @returns {string[]} what was touched */
  touched() {
    return [...this.#known].filter(([path, state]) => stateOf(path) !== state).map(([path]) => path);
  }
}

function stateOf(path) {
  if (!existsSync(path)) return 'gone';
  const { mode, mtimeMs } = statSync(path);
  return `${mode} ${mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}
