/** Rewrites a checkpoint that has grown well beyond its live entries. */
import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { DigestIndex } from '../collections/digest-index.js';
import { replaceFile } from '../storage/private-file.js';
import { parseFact, type Fact } from './format.js';
import { forEachLine } from '../storage/lines.js';

const BLOCK_BYTES = 1 << 20;

/** A checkpoint is rewritten once more than half its lines say what a later line replaced, and it is worth the while. */
export function isWorthCompacting(lines: number, replacedLines: number): boolean {
  return replacedLines > 2000 && replacedLines * 2 > lines;
}

/**
 * Replaces the file by one that holds the last fact of each identity in each scope, the last two runs of each scope and
 * nothing else, in the old order. All or nothing: a crash leaves the old file.
 */
export async function compactCheckpoint(file: FileHandle, path: string): Promise<void> {
  const keep = await findLastLines(file);
  await replaceFile(path, async (target) => {
    let block = '';
    await forEachLine(file, ({ text, number }) => {
      if (!keep.has(number)) return;
      block += `${text}\n`;
      if (block.length < BLOCK_BYTES) return;
      writeSync(target.fd, block);
      block = '';
    });
    writeSync(target.fd, block);
  });
}

/** The numbers of the lines that still say something: a set of bits, since there may be millions. */
async function findLastLines(file: FileHandle): Promise<LineSet> {
  const scopes = new Map<string, ScopeLines>();
  const keep = new LineSet();
  let current: ScopeLines | undefined;
  await forEachLine(file, ({ text, number }) => {
    const fact = parseFact(text);
    if (!fact) return;
    if (fact.kind === 'header') keep.add(number);
    else if (fact.kind === 'scope') {
      keep.add(number);
      const name = JSON.stringify([fact.scope.api, fact.scope.bot]);
      current = scopes.get(name) ?? { identities: new DigestIndex(), last: [], singles: new Map() };
      scopes.set(name, current);
    } else if (current) replaceIn(current, keep, fact, number);
  });
  return keep;
}

interface ScopeLines {
  readonly identities: DigestIndex;
  /** By identity: the line of its last fact of each kind; 0 for none. All three may be alive. */
  readonly last: { accepted: number; refused: number; sending: number }[];
  readonly singles: Map<string, number[]>;
}

function replaceIn(scope: ScopeLines, keep: LineSet, fact: Fact, number: number): void {
  if (fact.kind === 'started' || fact.kind === 'ended' || fact.kind === 'pace' || fact.kind === 'stages') {
    const lines = scope.singles.get(fact.kind) ?? [];
    scope.singles.set(fact.kind, lines);
    lines.push(number);
    keep.add(number);
    // The last run may have been killed: the one before it is then the last that finished.
    if (lines.length > (fact.kind === 'started' || fact.kind === 'ended' ? 2 : 1)) keep.delete(lines.shift() ?? 0);
    return;
  }
  if (!('identity' in fact)) return;
  const at = scope.identities.add(Buffer.from(fact.identity, 'base64url'));
  const last = (scope.last[at] ??= { accepted: 0, refused: 0, sending: 0 });
  if (fact.kind === 'refused' || fact.kind === 'sending') {
    keep.delete(last[fact.kind]);
    last[fact.kind] = number;
    keep.add(number);
    return;
  }
  for (const line of Object.values(last)) keep.delete(line);
  scope.last[at] = { accepted: fact.kind === 'accepted' ? number : 0, refused: 0, sending: 0 };
  keep.add(scope.last[at].accepted);
}

class LineSet {
  #bits = new Uint8Array(1 << 16);

  add(line: number): void {
    if (line === 0) return;
    if (line >> 3 >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(this.#bits.length * 2, (line >> 3) + 1));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[line >> 3] = (this.#bits[line >> 3] ?? 0) | (1 << (line & 7));
  }

  delete(line: number): void {
    if (line >> 3 < this.#bits.length) this.#bits[line >> 3] = (this.#bits[line >> 3] ?? 0) & ~(1 << (line & 7));
  }

  has(line: number): boolean {
    return ((this.#bits[line >> 3] ?? 0) & (1 << (line & 7))) !== 0;
  }
}
