/** Places in a list by a text, some ten bytes each beside the text: most texts have one place, and a list for each would be a hundred. */
export class PlacesByText {
  readonly #last = new Map<string, number>();
  /** By place, the one before it of the same text, plus one. */
  readonly #before: Uint32Array;

  /** @param size of the list */
  constructor(size: number) {
    this.#before = new Uint32Array(size);
  }

  /** How many texts there are. */
  get size(): number {
    return this.#last.size;
  }

  /** @param place is added once */
  add(text: string, place: number): void {
    this.#before[place] = (this.#last.get(text) ?? -1) + 1;
    this.#last.set(text, place);
  }

  /** The places of a text. */
  of(text: string): number[] {
    const places: number[] = [];
    let next = (this.#last.get(text) ?? -1) + 1;
    while (next > 0) {
      places.push(next - 1);
      next = this.#before[next - 1] ?? 0;
    }
    return places;
  }

  /** Forgets the texts of which not all places are wanted. */
  keepOnly(areWanted: (places: readonly number[]) => boolean): void {
    for (const text of this.#last.keys()) if (!areWanted(this.of(text))) this.#last.delete(text);
  }
}
