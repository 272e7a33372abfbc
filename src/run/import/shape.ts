/** The shape of e-mails and phones on the wire: which one Clarky takes is found out with the first contact. */
import type { UpsertResult } from '../../api/calls.js';
import type { ContactPointShape } from '../../contact/payload.js';

export interface ShapeParts {
  /** The shape that was asked for: no other is tried. */
  readonly asked: ContactPointShape | undefined;
  /** The one that an earlier run found. */
  readonly found: ContactPointShape | undefined;
  /** Called once another one than `strings` was found; resolves when that is noted. */
  readonly onFound: (shape: ContactPointShape) => Promise<void>;
}

export class PointShape {
  readonly #onFound: ShapeParts['onFound'];
  #shape: ContactPointShape;
  /** True once Clarky has taken it, or where it was asked for. */
  #isSure: boolean;

  constructor({ asked, found, onFound }: ShapeParts) {
    this.#shape = asked ?? found ?? 'strings';
    this.#isSure = asked !== undefined;
    this.#onFound = onFound;
  }

  /** Sends in this shape, and in the other one at once where the first contact is refused for it. */
  async send(upsert: (shape: ContactPointShape) => Promise<UpsertResult>): Promise<UpsertResult> {
    const shape = this.#shape;
    const result = await upsert(shape);
    if (result.outcome === 'accepted') {
      if (shape === this.#shape) this.#isSure = true;
      return result;
    }
    if (this.#isSure && shape === this.#shape) return result;
    if (result.field !== 'emails' && result.field !== 'phone_numbers') return result;
    const other = shape === 'strings' ? 'objects' : 'strings';
    const again = await upsert(other);
    if (again.outcome === 'rejected') return result;
    if (this.#shape !== other) {
      this.#shape = other;
      await this.#onFound(other);
    }
    this.#isSure = true;
    return again;
  }
}
