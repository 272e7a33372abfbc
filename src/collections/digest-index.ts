import { GrowingUint32, GrowingUint8 } from './growing.js';

/** Words of 32 bits that are kept of a digest where nothing else is said. */
const WORDS_PER_DIGEST = 3;
/** As many as a block of `GrowingUint32` has: fewer would take the same memory. */
const FIRST_SLOTS = 1 << 14;
const GROWTH = 1.5;
/** Share of slots in use at most: linear probing then looks at two or three slots. */
const FULLEST = 0.75;
const TWO_TO_32 = 2 ** 32;

/**
 * A set of digests, each with a dense ordinal in order of arrival (0, 1, 2…), in about 22 bytes an entry where a `Map` of
 * strings needs over a hundred. Of each digest 12 bytes are kept: among a million, two that differ only later have a
 * chance of 1 in 10^17. Digests must be uniformly distributed, as cryptographic hashes are. With two words kept, 8 bytes, that
 * chance is 1 in 10^7: enough where a false match costs a write, not a contact.
 */
export class DigestIndex {
  readonly #wordsKept: 2 | 3;
  #size = 0;
  readonly #words = new GrowingUint32();
  /** Ordinal plus one; 0 is a free slot. */
  readonly #slots = new GrowingUint32();

  constructor(wordsKept: 2 | 3 = WORDS_PER_DIGEST) {
    this.#wordsKept = wordsKept;
    this.#slots.growTo(FIRST_SLOTS);
  }

  /** How many different digests there are. */
  get size(): number {
    return this.#size;
  }

  /** Bytes that the index holds. */
  get bytes(): number {
    return this.#words.bytes + this.#slots.bytes;
  }

  /** Gives the memory up, once nothing is to be looked up any more: only `size` can be asked for then. */
  release(): void {
    this.#words.clear();
    this.#slots.clear();
  }

  /** The ordinal of a digest of at least as many bytes as are kept, which is added where it is new. */
  add(digest: Uint8Array): number {
    const slot = this.#slotOf(digest);
    const taken = this.#slots.get(slot);
    if (taken !== 0) return taken - 1;
    const ordinal = this.#size;
    this.#size += 1;
    for (let word = 0; word < this.#wordsKept; word += 1) this.#words.push(wordAt(digest, word));
    if (this.#size > this.#slots.length * FULLEST) this.#rebuildSlots();
    else this.#slots.set(slot, ordinal + 1);
    return ordinal;
  }

  /** The ordinal of a digest, or -1 where it is not in the index. */
  get(digest: Uint8Array): number {
    return this.#slots.get(this.#slotOf(digest)) - 1;
  }

  /** The slot that holds the digest, or the free one where it belongs. */
  #slotOf(digest: Uint8Array): number {
    if (this.#slots.length === 0) throw new Error('the digests of this index were released');
    const first = wordAt(digest, 0);
    const second = wordAt(digest, 1);
    const third = wordAt(digest, 2);
    const words = this.#words;
    let slot = this.#home(first);
    for (;;) {
      const taken = this.#slots.get(slot);
      if (taken === 0) return slot;
      const at = (taken - 1) * this.#wordsKept;
      const isFound =
        words.get(at) === first &&
        words.get(at + 1) === second &&
        (this.#wordsKept === 2 || words.get(at + 2) === third);
      if (isFound) return slot;
      slot = slot + 1 === this.#slots.length ? 0 : slot + 1;
    }
  }

  /** Scales a word onto the slots, so that their number need not be a power of two. */
  #home(word: number): number {
    return Math.floor((word / TWO_TO_32) * this.#slots.length);
  }

  #rebuildSlots(): void {
    const length = Math.ceil(this.#slots.length * GROWTH);
    this.#slots.clear();
    this.#slots.growTo(length);
    for (let ordinal = 0; ordinal < this.#size; ordinal += 1) {
      let slot = this.#home(this.#words.get(ordinal * this.#wordsKept));
      while (this.#slots.get(slot) !== 0) slot = slot + 1 === length ? 0 : slot + 1;
      this.#slots.set(slot, ordinal + 1);
    }
  }
}

/** Four bytes of a digest as a number. */
export function wordAt(digest: Uint8Array, word: number): number {
  const at = word * 4;
  const low = (digest[at] ?? 0) | ((digest[at + 1] ?? 0) << 8);
  return (low | ((digest[at + 2] ?? 0) << 16) | ((digest[at + 3] ?? 0) << 24)) >>> 0;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Many short texts, each under a dense index in order of arrival, packed as UTF-8: its bytes and four more each. */
export class TextPool {
  readonly #bytes = new GrowingUint8();
  /** Where each text ends; it begins where the one before it ends. */
  readonly #ends = new GrowingUint32();
  /** A text on its way in or out. */
  #scratch = new Uint8Array(1024);

  /** How many texts there are. */
  get size(): number {
    return this.#ends.length;
  }

  /** Lets all texts go. */
  clear(): void {
    this.#bytes.clear();
    this.#ends.clear();
  }

  /** Adds a text, repeats included, and returns its index. All texts together may have up to 4 GiB of UTF-8. */
  add(text: string): number {
    // A UTF-16 unit becomes three bytes at most.
    this.#makeRoom(text.length * 3);
    const { written } = encoder.encodeInto(text, this.#scratch);
    for (let at = 0; at < written; at += 1) this.#bytes.push(this.#scratch[at] ?? 0);
    this.#ends.push(this.#bytes.length);
    return this.size - 1;
  }

  /** The text under an index that `add` returned; lone surrogates come back as U+FFFD. */
  get(index: number): string {
    if (!(index >= 0 && index < this.size)) throw new RangeError(`There is no text ${index} among ${this.size}.`);
    const start = index === 0 ? 0 : this.#ends.get(index - 1);
    const length = this.#ends.get(index) - start;
    this.#makeRoom(length);
    for (let at = 0; at < length; at += 1) this.#scratch[at] = this.#bytes.get(start + at);
    return decoder.decode(this.#scratch.subarray(0, length));
  }

  #makeRoom(bytes: number): void {
    if (bytes > this.#scratch.length) this.#scratch = new Uint8Array(bytes);
  }
}
