/**
 * Whom other imports have sent to this workspace (own-people.ts), as if one checkpoint had all of it. It is read
 * when somebody is asked for, some 75 bytes a contact, and then what is added; what was written last counts.
 */
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forEachLine, LinesAt, rereader, textOf, type Line } from '../../storage/lines.js';
import { openForReading } from '../../storage/private-file.js';
import { acceptanceReader } from '../acceptance.js';
import { parseFact } from '../format.js';
import type { Point } from '../points.js';
import { CheckpointState } from '../state.js';
import { isToldToOthers } from './own-people.js';
import { peopleNamesIn, type PeopleFolder } from './places.js';

/** How far a file was read. */
interface Read {
  readonly ino: number;
  /** In whole lines. */
  readonly bytes: number;
  /** How long it was then. */
  readonly size: number;
}

/** A part of a file that was read at once, and where its lines are among all. */
interface Part {
  readonly path: string;
  readonly ino: number;
  readonly at: number;
  readonly startByte: number;
  readonly lines: LinesAt;
}

export class OtherPeople {
  readonly state: CheckpointState;
  readonly #folders: readonly PeopleFolder[];
  readonly #onUnread: (error: unknown) => void;
  readonly #read = new Map<string, Read>();
  readonly #parts: Part[] = [];
  #size = 0;
  #reading: Promise<void> | undefined;

  /** @param onUnread told of each file that can't be read */
  constructor(folders: readonly PeopleFolder[], onUnread: (error: unknown) => void = () => undefined) {
    this.#folders = folders;
    this.#onUnread = onUnread;
    this.state = new CheckpointState({ api: '', bot: '' }, (position) => this.#lineAt(position));
  }

  /** False where nothing else was imported to this workspace. */
  get areThere(): boolean {
    return this.#paths().length > 0;
  }

  /** Reads what was added since the last time. */
  async refresh(): Promise<void> {
    while (this.#reading !== undefined) await this.#reading;
    this.#reading = this.#readNew().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  /** The file that tells with whom an e-mail or phone went out last, by its name among them (`nameOfCheckpoint`). */
  nameTelling(point: Point): string | undefined {
    const position = this.state.names.lineOf(point);
    const part = position === undefined ? undefined : this.#partAt(position);
    return part && basename(part.path);
  }

  #paths(): string[] {
    return this.#folders.flatMap(({ folder, except }) =>
      peopleNamesIn(folder)
        .filter((name) => !except.includes(name))
        .map((name) => join(folder, name)),
    );
  }

  async #readNew(): Promise<void> {
    const grown = this.#paths().flatMap((path) => {
      const entry = statSync(path, { throwIfNoEntry: false });
      const read = this.#read.get(path);
      if (entry === undefined || (read?.ino === entry.ino && read.size === entry.size)) return [];
      return [{ path, ino: entry.ino, size: entry.size, writtenMs: entry.mtimeMs }];
    });
    for (const { path, ino, size } of grown.sort((a, b) => a.writtenMs - b.writtenMs)) {
      const read = this.#read.get(path);
      let bytes = read?.ino === ino && read.size <= size ? read.bytes : 0;
      try {
        bytes = await this.#readFrom(path, ino, bytes);
      } catch (error) {
        this.#onUnread(error);
      }
      // What can't be read, or is half a line, is not asked for again so long as it stays as it is.
      this.#read.set(path, { ino, bytes, size });
    }
  }

  /** Returns how far its whole lines reach. */
  async #readFrom(path: string, ino: number, startByte: number): Promise<number> {
    const file = await openForReading(path);
    if (file === undefined) return startByte;
    try {
      const part = this.#partOf(path, ino, startByte);
      const readAcceptance = acceptanceReader();
      let bytes = startByte;
      const take = ({ text, startByte: from, endByte }: Line): void => {
        bytes = endByte;
        const position = part.at + from - part.startByte;
        this.#size = part.at + endByte - part.startByte;
        const acceptance = readAcceptance(text);
        if (acceptance !== undefined) return this.state.accept(acceptance, position);
        const fact = parseFact(textOf(text));
        if (fact?.kind === 'sending' || isToldToOthers(fact)) this.state.apply(fact, position);
      };
      await forEachLine(file, path, take, startByte);
      return bytes;
    } finally {
      await file.close();
    }
  }

  /** What is added to the file that was read last goes on with its part. */
  #partOf(path: string, ino: number, startByte: number): Part {
    const last = this.#parts.at(-1);
    const isNext = last?.path === path && last.ino === ino && last.at + startByte - last.startByte === this.#size;
    if (isNext) return last;
    const part = { path, ino, at: this.#size, startByte, lines: new LinesAt(rereader(path, ino)) };
    this.#parts.push(part);
    return part;
  }

  #lineAt(position: number): string | undefined {
    const part = this.#partAt(position);
    return part?.lines.get(part.startByte + position - part.at);
  }

  #partAt(position: number): Part | undefined {
    return this.#parts.findLast(({ at }) => at <= position);
  }
}
