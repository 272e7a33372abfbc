/** Claims in two places: those of the machine, which imports see that know nothing of the other, and those of several machines. */
import type { Claim, Claims, HasLanded } from './claim.js';

export class BothClaims implements Claims {
  readonly #here: Claims;
  readonly #afar: Claims;

  constructor(here: Claims, afar: Claims) {
    this.#here = here;
    this.#afar = afar;
  }

  /** First here, then there, for all: no two wait for each other. */
  async take(keys: readonly string[], signal: AbortSignal, hasLanded?: HasLanded): Promise<Claim> {
    const here = await this.#here.take(keys, signal, hasLanded);
    const afar = await this.#afar.take(keys, signal, hasLanded).catch(async (error: unknown) => {
      await here.giveUp();
      throw error;
    });
    return {
      departs: async (write) => {
        await here.departs(write);
        await afar.departs(write);
      },
      giveUp: async () => {
        await afar.giveUp();
        await here.giveUp();
      },
    };
  }

  async close(): Promise<void> {
    await this.#afar.close();
    await this.#here.close();
  }
}
