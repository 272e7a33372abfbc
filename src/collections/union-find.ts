/** Disjoint sets over 0..size-1, by size with path halving. */
export class UnionFind {
  readonly #parent: Uint32Array;
  readonly #size: Uint32Array;

  constructor(size: number) {
    this.#parent = Uint32Array.from({ length: size }, (_, at) => at);
    this.#size = new Uint32Array(size).fill(1);
  }

  root(member: number): number {
    let at = member;
    for (;;) {
      const parent = this.#parent[at] ?? at;
      if (parent === at) return at;
      const grandparent = this.#parent[parent] ?? parent;
      this.#parent[at] = grandparent;
      at = grandparent;
    }
  }

  join(a: number, b: number): void {
    const rootA = this.root(a);
    const rootB = this.root(b);
    if (rootA === rootB) return;
    const [large, small] = this.sizeOf(rootA) >= this.sizeOf(rootB) ? [rootA, rootB] : [rootB, rootA];
    this.#parent[small] = large;
    this.#size[large] = this.sizeOf(large) + this.sizeOf(small);
  }

  sizeOf(root: number): number {
    return this.#size[root] ?? 1;
  }

  /** Makes `member` a set of its own again; only sound when every member of its set leaves. */
  leave(member: number): void {
    this.#parent[member] = member;
    this.#size[member] = 1;
  }
}
