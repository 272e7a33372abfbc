/**
 * Arrays of numbers that grow by a block at a time: a fifth of the memory of an ordinary array, nothing but a small beginning
 * is ever copied, and at most one block is unused. Large arrays that are copied and let go again would stay with the process
 * as holes.
 */

const BLOCK_BITS = 14;
const BLOCK_ENTRIES = 1 << BLOCK_BITS;
const FIRST_ENTRIES = 64;
const WITHIN_BLOCK = BLOCK_ENTRIES - 1;

abstract class Growing<Block extends Uint8Array | Uint32Array> {
  #blocks: Block[] = [];
  #length = 0;

  protected abstract newBlock(entries: number): Block;

  get length(): number {
    return this.#length;
  }

  /** Bytes that it holds. */
  get bytes(): number {
    return this.#blocks.reduce((sum, block) => sum + block.byteLength, 0);
  }

  push(value: number): void {
    const at = this.#length;
    this.growTo(at + 1);
    this.set(at, value);
  }

  /** Adds zeros up to a length. */
  growTo(length: number): void {
    this.#growFirst(length);
    while (this.#blocks.length << BLOCK_BITS < length) this.#blocks.push(this.newBlock(BLOCK_ENTRIES));
    this.#length = Math.max(this.#length, length);
  }

  /** The first block begins small, and is doubled up to the size of the others: most lists are of few. */
  #growFirst(length: number): void {
    const first = this.#blocks[0];
    const held = first?.length ?? 0;
    if (length <= held || held === BLOCK_ENTRIES) return;
    let entries = Math.max(held, FIRST_ENTRIES);
    while (entries < length && entries < BLOCK_ENTRIES) entries *= 2;
    const larger = this.newBlock(entries);
    if (first !== undefined) larger.set(first);
    this.#blocks[0] = larger;
  }

  /** The value at a place; 0 behind the end. */
  get(at: number): number {
    return this.#blocks[at >>> BLOCK_BITS]?.[at & WITHIN_BLOCK] ?? 0;
  }

  /** Changes a value that was pushed. */
  set(at: number, value: number): void {
    const block = this.#blocks[at >>> BLOCK_BITS];
    if (block !== undefined) block[at & WITHIN_BLOCK] = value;
  }

  /** Lets everything go. */
  clear(): void {
    this.#blocks = [];
    this.#length = 0;
  }
}

export class GrowingUint32 extends Growing<Uint32Array> {
  protected newBlock(entries: number): Uint32Array {
    return new Uint32Array(entries);
  }

  toArray(): Uint32Array {
    return new Uint32Array(this.length).map((_, at) => this.get(at));
  }
}

export class GrowingUint8 extends Growing<Uint8Array> {
  protected newBlock(entries: number): Uint8Array {
    return new Uint8Array(entries);
  }
}
