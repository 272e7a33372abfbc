/** Where records stand, densely: the line of each, and of several files the one that it is of. */
import { GrowingUint32 } from './growing.js';

interface Place {
  readonly line: number;
  readonly file?: string;
}

export class GrowingPlaces {
  readonly #lines = new GrowingUint32();
  /** By the same place the number of its file, from 1; empty while there is but one. */
  readonly #files = new GrowingUint32();
  readonly #names: string[] = [];
  readonly #numberOf = new Map<string, number>();

  get length(): number {
    return this.#lines.length;
  }

  push(place: { readonly line: number; readonly file?: string | undefined }): void {
    this.set(this.#lines.length, place);
  }

  /** The place that was set there; line 0 where there is none. */
  get(at: number): Place {
    const line = this.#lines.get(at);
    const file = this.#names[this.#files.get(at) - 1];
    return file === undefined ? { line } : { line, file };
  }

  /** Sets one, wherever it is. */
  set(at: number, { line, file }: { readonly line: number; readonly file?: string | undefined }): void {
    this.#lines.growTo(at + 1);
    this.#lines.set(at, line);
    if (file === undefined) return;
    const number = this.#numberOf.get(file) ?? this.#names.push(file);
    this.#numberOf.set(file, number);
    this.#files.growTo(at + 1);
    this.#files.set(at, number);
  }
}
