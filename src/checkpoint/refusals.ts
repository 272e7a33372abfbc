/** Which payload of a contact Clarky refused, and with which code, by the contact's number; nothing where nobody was refused. */
import { GrowingUint8 } from '../collections/growing.js';
import { WordPair } from '../collections/word-pair.js';

/** What stands for every code beyond the first ones: a hostile server could make up one a contact. */
const OTHER = 'other';
const MOST_CODES = 250;

export class Refusals {
  readonly #payloads = new WordPair();
  /** By contact: its code's place in `#names` plus one. */
  readonly #codes = new GrowingUint8();
  readonly #names: string[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The code of this very payload, if it was refused. */
  codeOf(number: number, payload: Uint8Array): string | undefined {
    const code = this.#codes.get(number);
    return code !== 0 && this.#payloads.equals(number, payload) ? this.#names[code - 1] : undefined;
  }

  /** Returns whether it takes the place of an earlier refusal. */
  set(number: number, payload: Uint8Array, code: string): boolean {
    this.#codes.growTo(number + 1);
    const wasThere = this.#codes.get(number) !== 0;
    if (!wasThere) this.#size++;
    this.#codes.set(number, this.#numberOf(code));
    this.#payloads.set(number, payload);
    return wasThere;
  }

  /** Returns whether there was one. */
  delete(number: number): boolean {
    if (this.#codes.get(number) === 0) return false;
    this.#codes.set(number, 0);
    this.#size--;
    return true;
  }

  #numberOf(code: string): number {
    const name = this.#names.length < MOST_CODES || this.#names.includes(code) ? code : OTHER;
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name) + 1;
  }
}
