import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { detectDialect } from '../../src/source/dialect.js';
import { openSource, type Source } from '../../src/source/opening/source.js';
import { readRecords } from '../../src/source/records.js';
import { ImporterError } from '../../src/errors.js';
import type { Form, FormSamples } from './form-samples.js';
import { fixture, memorySource, temporaryFolder } from './reading.js';
import { zipOf } from './zip.js';

/** Beyond what a worker of the test runner grows to on its own. */
const MAX_GROWTH_BYTES = 250 * 1024 * 1024;

/** Numbers from 0 to below 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Mutation = (bytes: Buffer, random: (below: number) => number) => Buffer;

const insert = (bytes: Buffer, at: number, piece: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => bytes.subarray(0, random(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random(bytes.length + 1)),
  (bytes, random) => {
    const from = random(bytes.length + 1);
    return insert(bytes, random(bytes.length + 1), bytes.subarray(from, from + random(60)));
  },
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let count = random(8); count >= 0 && copy.length > 0; count -= 1) copy[random(copy.length)] = random(256);
    return copy;
  },
  (bytes, random) => {
    let mutated: Buffer<ArrayBufferLike> = bytes;
    for (let count = random(5); count >= 0; count -= 1) {
      mutated = insert(
        mutated,
        random(mutated.length + 1),
        Buffer.from(['"', '""', "'", ',', '\r', '\n', '\0', ';'][random(8)] ?? ''),
      );
    }
    return mutated;
  },
  (bytes, random) => insert(bytes, random(bytes.length + 1), Buffer.alloc(random(2000), 'x",\n'.charCodeAt(random(4)))),
];
/** Seldom, since it is slow: cells beyond every bound. */
const huge: Mutation = (bytes, random) =>
  insert(bytes, random(bytes.length + 1), Buffer.alloc(200_000 + random(2_000_000), 'x",'.charCodeAt(random(3))));

interface Outcomes {
  read: number;
  refused: number;
  good: number;
  problems: number;
}

/** Reads one file to its end: it is refused in a sentence, or every record is good or has a problem. */
async function readOne(open: () => Promise<Source> | Source, name: string, outcomes: Outcomes): Promise<void> {
  let source: Source | undefined;
  try {
    source = await open();
    const dialect = await detectDialect(source);
    let lastLine = 0;
    for await (const batch of readRecords(source, dialect)) {
      for (const { line, cells, problem } of batch) {
        if (problem === undefined && cells.length !== dialect.width)
          throw new Error(`${name}: line ${line} has another width`);
        if (cells.some((cell) => /\p{Cs}/u.test(cell))) throw new Error(`${name}: line ${line} is no text`);
        if (line <= lastLine) throw new Error(`${name}: line ${line} comes after ${lastLine}`);
        lastLine = line;
        if (problem === undefined) outcomes.good += 1;
        else outcomes.problems += 1;
      }
    }
    outcomes.read += 1;
  } catch (error) {
    if (!(error instanceof ImporterError)) throw new Error(`${name} is no refusal`, { cause: error });
    expect(['bad_encoding', 'bad_dialect', 'file_unreadable']).toContain(error.code);
    outcomes.refused += 1;
  } finally {
    await source?.dispose();
  }
}

function mutate(original: Buffer, random: (below: number) => number): Buffer {
  let bytes: Buffer<ArrayBufferLike> = original;
  for (let count = random(3); count >= 0; count -= 1) {
    bytes = MUTATIONS[random(MUTATIONS.length)]?.(bytes, random) ?? bytes;
  }
  return bytes;
}

/**
 * Reads `files` mutated files: no crash, no hang, bounded memory, and every record is good or has a problem. They are the same
 * in every run.
 */
export async function fuzzReader(files: number): Promise<void> {
  const originals = readdirSync(fixture('.')).map((name) => readFileSync(fixture(name)));
  const next = seeded(20_261_124);
  const random = (below: number): number => Math.floor(next() * below);
  const folder = await temporaryFolder();
  const path = folder.path('input');
  const before = process.memoryUsage().rss;
  const outcomes = { read: 0, refused: 0, good: 0, problems: 0 };
  for (let index = 0; index < files; index += 1) {
    let bytes = mutate(originals[random(originals.length)] ?? Buffer.alloc(0), random);
    if (index % 200 === 0) bytes = huge(bytes, random);
    // A tenth through real files, where magic bytes count and the file system is slow.
    const onDisk = index % 10 === 0;
    if (onDisk) await writeFile(path, bytes);
    await readOne(() => (onDisk ? openSource(path) : memorySource(bytes)), `file ${index}`, outcomes);
  }
  await folder.dispose();
  expect(outcomes.read + outcomes.refused).toBe(files);
  // The mutations bite, and still most records are read.
  expect(outcomes.problems).toBeGreaterThan(files / 20);
  expect(outcomes.good).toBeGreaterThan(outcomes.problems);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
}

/** The forms that a thread of its own reads take far longer: one of them comes up for so many of each other. */
const OTHERS_FOR_ONE_APART = 10;

/** Reads `files` mutated files of the forms that are no delimited text. */
export async function fuzzForms(files: number, forms: FormSamples): Promise<void> {
  const order: Form[] = Array.from({ length: OTHERS_FOR_ONE_APART }, () => forms.others).flat();
  order.push(...forms.apart);
  const next = seeded(20_261_125);
  const random = (below: number): number => Math.floor(next() * below);
  const folder = await temporaryFolder();
  const path = folder.path('input');
  const before = process.memoryUsage().rss;
  const outcomes = { read: 0, refused: 0, good: 0, problems: 0 };
  for (let index = 0; index < files; index += 1) {
    const form = order[index % order.length] ?? Buffer.alloc(0);
    const bytes = Buffer.isBuffer(form) ? mutate(form, random) : mutatedZip(form, random);
    await writeFile(path, bytes);
    await readOne(() => openSource(path), `form ${index % order.length}, file ${index}`, outcomes);
  }
  await folder.dispose();
  expect(outcomes.read).toBeGreaterThan(files / 20);
  expect(outcomes.refused).toBeGreaterThan(files / 20);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
}

function mutatedZip(members: Readonly<Record<string, Buffer>>, random: (below: number) => number): Buffer {
  const names = Object.keys(members);
  const chosen = names[random(names.length)] ?? '';
  return zipOf({ ...members, [chosen]: mutate(members[chosen] ?? Buffer.alloc(0), random) });
}
