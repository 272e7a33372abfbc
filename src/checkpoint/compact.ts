/** Rewrites a checkpoint that has grown well beyond its live entries. */
import { writeFileSync } from 'node:fs';
import { ImporterError } from '../errors.js';
import type { AppendLog } from '../storage/append-log.js';
import { hasErrno } from '../storage/failures.js';
import { textOf, type Line } from '../storage/lines.js';
import { parseFact } from './format.js';
import { LiveLines, type ToldFact } from './live-lines.js';

const BLOCK_CHARACTERS = 1 << 20;

/** A checkpoint is rewritten once more than half its lines say what a later line replaced, and it is worth the while. */
export function isWorthCompacting(lines: number, replacedLines: number): boolean {
  return replacedLines > 2000 && replacedLines * 2 > lines;
}

/**
 * Replaces the file by one that holds the lines which still say something, in the old order. All or nothing: a crash
 * leaves the old file.
 */
export async function compactCheckpoint(log: AppendLog): Promise<void> {
  const keep = await findLiveLines(log);
  await log
    .rewrite((target) => copyLines(log, target, ({ number }) => keep.has(number)))
    .catch((error: unknown) => {
      // What is mounted there as a file can be written to, and not be replaced: it stays as long as it is.
      if (!(error instanceof ImporterError && hasErrno(error.cause, 'EBUSY'))) throw error;
    });
}

/** Writes those lines that are to be kept, in their order. @param before lines that go before them, whole */
export async function copyLines(
  from: { forEachLine(visit: (line: Line) => void): Promise<unknown> },
  { fd }: { readonly fd: number },
  isKept: (line: Line) => boolean,
  before = '',
): Promise<void> {
  let block = before;
  // Lines come as one character a byte, and are written so.
  const write = (): void => writeFileSync(fd, block, 'latin1');
  await from.forEachLine((line) => {
    if (!isKept(line)) return;
    block += `${line.text}\n`;
    if (block.length < BLOCK_CHARACTERS) return;
    write();
    block = '';
  });
  write();
}

async function findLiveLines(log: AppendLog): Promise<LineSet> {
  const keep = new LineSet();
  const scopes = new Map<string, LiveLines>();
  await forEachFact(log, scopes, (lines, fact) => lines.observe(fact));
  await forEachFact(
    log,
    scopes,
    (lines, fact, number) => lines.take(fact, number),
    (number) => keep.add(number),
  );
  for (const lines of scopes.values()) for (const line of lines.all()) keep.add(line);
  return keep;
}

async function forEachFact(
  log: AppendLog,
  scopes: Map<string, LiveLines>,
  visit: (lines: LiveLines, fact: ToldFact, number: number) => void,
  onFrame: (number: number) => void = () => undefined,
): Promise<void> {
  let current: LiveLines | undefined;
  await log.forEachLine(({ text, number }) => {
    const fact = parseFact(textOf(text));
    if (fact === undefined) return;
    if (fact.kind === 'header') onFrame(number);
    else if (fact.kind === 'scope') {
      onFrame(number);
      const name = JSON.stringify([fact.scope.api, fact.scope.bot]);
      current = scopes.get(name) ?? new LiveLines();
      scopes.set(name, current);
    } else if (current) visit(current, fact, number);
  });
}

/** Numbers of lines: a set of bits, since there may be millions. */
class LineSet {
  #bits = new Uint8Array(1 << 16);

  add(line: number): void {
    if (line >> 3 >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(this.#bits.length * 2, (line >> 3) + 1));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[line >> 3] = (this.#bits[line >> 3] ?? 0) | (1 << (line & 7));
  }

  has(line: number): boolean {
    return ((this.#bits[line >> 3] ?? 0) & (1 << (line & 7))) !== 0;
  }
}
