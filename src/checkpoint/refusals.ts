/**
 * Which payload Clarky refused, and with which code, by the place of the identity that it went out under: several rows may be one
 * contact. Nothing where nobody was refused.
 */
import { SECOND_IN_CLARKY } from '../problem.js';
import { GrowingUint8 } from '../collections/growing.js';
import { WordPair } from '../collections/word-pair.js';

/** What stands for every code beyond the first ones: a hostile server could make up one a contact. */
const OTHER = 'other';
const MOST_CODES = 250;

export class Refusals {
  readonly #payloads = new WordPair();
  /** By identity: its code's place in `#names` plus one. */
  readonly #codes = new GrowingUint8();
  readonly #names: string[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The code of this very payload, if it was refused; of whom Clarky has twice, whatever the payload. */
  codeOf(key: number, payload: Uint8Array): string | undefined {
    const name = this.#names[this.#codes.get(key) - 1];
    return name === SECOND_IN_CLARKY || this.#payloads.equals(key, payload) ? name : undefined;
  }

  /** Returns whether it takes the place of an earlier refusal. */
  set(key: number, payload: Uint8Array, code: string): boolean {
    this.#codes.growTo(key + 1);
    const wasThere = this.#codes.get(key) !== 0;
    if (!wasThere) this.#size++;
    this.#codes.set(key, this.#numberOf(code));
    this.#payloads.set(key, payload);
    return wasThere;
  }

  /** Returns whether there was one. */
  delete(key: number): boolean {
    if (this.#codes.get(key) === 0) return false;
    this.#codes.set(key, 0);
    this.#size--;
    return true;
  }

  #numberOf(code: string): number {
    const name = this.#names.length < MOST_CODES || this.#names.includes(code) ? code : OTHER;
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name) + 1;
  }
}
