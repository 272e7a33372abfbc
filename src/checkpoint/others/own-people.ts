/**
 * What a checkpoint knows of the people that it has sent, noted once more where imports of other files look (other-people.ts): its lines
 * of what was accepted and taken back, and of what leaves, so that a kill hides nobody who may arrive; no personal data. Only who
 * holds the checkpoint's lock writes to it.
 */
import { stat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppendLog } from '../../storage/append-log.js';
import { openForReading } from '../../storage/private-file.js';
import { replaceFile } from '../../storage/replacement.js';
import { makeFolder } from '../../storage/state-folder.js';
import { acceptanceReader } from '../acceptance.js';
import { copyLines } from '../compact.js';
import { DELETED_IN_CLARKY } from '../../problem.js';
import { formatFact, isSameScope, parseFact, type Fact, type Scope } from '../format.js';
import type { Lines } from '../load.js';
import { FORMAT_NAME, HEADER, peopleNamesIn, type PeoplePlace } from './places.js';

/** All files of one workspace and bot together: some 1.5 million people. Beyond it the one that was written to least lately goes. */
const MOST_BYTES = 256 << 20;
/** It has become so many times as long as the checkpoint, and so much longer, that it is written anew. */
const WORN = 1.5;
const SPARE_BYTES = 1 << 20;

/** The checkpoint that it belongs to. */
interface Source {
  readonly lines: Lines;
  readonly scope: Scope;
  readonly acceptedCount: number;
}

export class OwnPeople {
  readonly #place: PeoplePlace;
  readonly #onAlone: (error: unknown) => void;
  #log: Promise<AppendLog> | undefined;
  #isAlone = false;

  private constructor(place: PeoplePlace, onAlone: (error: unknown) => void) {
    this.#place = place;
    this.#onAlone = onAlone;
  }

  /**
   * Brings the file up to its checkpoint where it is missing, lacks what was written last, or has grown well beyond it.
   * @param onAlone told once where it can't be written: what it is for is done without then
   */
  static async open(place: PeoplePlace, source: Source, onAlone: (error: unknown) => void): Promise<OwnPeople> {
    const people = new OwnPeople(place, onAlone);
    try {
      const { path } = people;
      const bytes = await bytesOf(path);
      const isWorn = bytes > WORN * (await bytesOf(source.lines.path)) + SPARE_BYTES;
      const isShort = source.acceptedCount > 0 && (bytes === 0 || !(await holdsLast(path, source.lines.path)));
      if (isShort || isWorn) {
        makeFolder(place.folder);
        await replaceFile(path, (file) => copyLines(source.lines, file, isOfPeople(source.scope), `${HEADER}\n`));
      }
      await people.#makeRoom();
    } catch (error) {
      people.#goAlone(error);
    }
    return people;
  }

  get path(): string {
    return join(this.#place.folder, this.#place.name);
  }

  /** Notes facts, before they count as done anywhere. */
  async note(facts: readonly Fact[]): Promise<void> {
    if (this.#isAlone || facts.length === 0) return;
    try {
      await (await (this.#log ??= this.#openLog())).append(facts.map(formatFact));
    } catch (error) {
      this.#goAlone(error);
    }
  }

  async close(): Promise<void> {
    await (await this.#log?.catch(() => undefined))?.close();
  }

  async #openLog(): Promise<AppendLog> {
    makeFolder(this.#place.folder);
    let isNew = true;
    const log = await AppendLog.load(this.path, FORMAT_NAME, () => (isNew = false));
    if (isNew) await log.append([HEADER]);
    return log;
  }

  async #makeRoom(): Promise<void> {
    const { folder, name } = this.#place;
    const others = peopleNamesIn(folder).filter((other) => other !== name);
    const files = await Promise.all(
      others.map(async (other) => {
        const entry = await stat(join(folder, other)).catch(() => undefined);
        return { path: join(folder, other), bytes: entry?.size ?? 0, writtenMs: entry?.mtimeMs ?? 0 };
      }),
    );
    let bytes = await bytesOf(this.path);
    for (const file of files.sort((a, b) => b.writtenMs - a.writtenMs)) {
      bytes += file.bytes;
      if (bytes > MOST_BYTES) await rm(file.path, { force: true });
    }
  }

  #goAlone(error: unknown): void {
    if (!this.#isAlone) this.#onAlone(error);
    this.#isAlone = true;
  }
}

/** Who was accepted, taken back, or deleted by somebody. */
export function isToldToOthers(fact: Fact | undefined): fact is Fact {
  if (fact?.kind === 'refused') return fact.code === DELETED_IN_CLARKY;
  return fact?.kind === 'accepted' || fact?.kind === 'forgotten';
}

/** Which lines of a checkpoint are told to others. */
function isOfPeople(scope: Scope): (line: { readonly text: string }) => boolean {
  const readAcceptance = acceptanceReader();
  let inScope = false;
  return ({ text }) => {
    if (inScope && readAcceptance(text) !== undefined) return true;
    const fact = parseFact(Buffer.from(text, 'latin1').toString());
    if (fact?.kind === 'scope') inScope = isSameScope(fact.scope, scope);
    return inScope && isToldToOthers(fact);
  };
}

const TAIL_BYTES = 64 << 10;

/**
 * Whether what a checkpoint was last told is in the file as well: a full disk may have kept it out. What else is in it stands behind
 * that.
 */
async function holdsLast(path: string, checkpoint: string): Promise<boolean> {
  const told = (await tailOf(checkpoint, TAIL_BYTES)).split('\n').findLast((text) => isToldToOthers(parseFact(text)));
  return told === undefined || (await tailOf(path, 2 * TAIL_BYTES)).includes(`${told}\n`);
}

/** The last bytes of a file. */
async function tailOf(path: string, most: number): Promise<string> {
  const file = await openForReading(path);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.min(size, most)),
      0,
      null,
      Math.max(0, size - most),
    );
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function bytesOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
