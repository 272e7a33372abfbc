import { checkKey } from '../endpoint.js';
import { ImporterError } from '../errors.js';
import { KeyStriker } from './key-striker.js';
import type { OpenGate } from '../rate/rate.js';

export interface KeyRingOptions {
  /** Keys of one workspace, each with a budget of its own. */
  readonly keys: readonly string[];
  /** Reads them again from where they came, in the same order. */
  readonly reread?: (() => Promise<readonly string[]>) | undefined;
  /** Whether a key that was read again is of the same workspace: asked before its first use. */
  readonly isOurs?: ((key: string) => Promise<boolean>) | undefined;
  /** The budgets that the keys have, in which theirs has their place in `keys`. */
  readonly gates: readonly OpenGate[];
  /** A key was found changed, or goes unused from now on; it is named by its place, 1 the first. */
  readonly onChange?: ((change: 'renewed' | Refusal, number: number, of: number) => void) | undefined;
}

/** Why Clarky has refused a key: it does not take it at all, or not for this. */
export type Refusal = 'not_taken' | 'may_not_read' | 'may_not_write';

/** The keys in use, and what becomes of one that Clarky refuses. */
export class KeyRing {
  readonly #options: KeyRingOptions;
  readonly #keys: string[];
  /** Every key that ever was in use: none may leave the process. */
  readonly #known: Set<string>;
  #striker: KeyStriker;
  readonly #dropped = new Set<number>();
  #renewal: Promise<boolean> = Promise.resolve(true);
  #missed: string | undefined;

  /** @throws {ImporterError} `no_key` for one that can't be used */
  constructor(options: KeyRingOptions) {
    this.#options = options;
    this.#keys = options.keys.map(checkKey);
    this.#known = new Set(this.#keys);
    this.#striker = new KeyStriker(this.#known);
  }

  keyOf(account: number): string {
    const key = this.#keys[account];
    if (key === undefined) throw new Error('a budget without a key');
    return key;
  }

  /** Where a refused key was to be read again: why no new one was found, as a sentence; undefined where it was the same. */
  get missed(): string | undefined {
    return this.#missed;
  }

  /** What a server said, without any key. */
  strike(said: unknown): unknown {
    return this.#striker.strike(said);
  }

  /**
   * Clarky has refused a key. Returns whether another try is worth it: with what is in its file by now, or else with another
   * key.
   * @throws ImporterError `unauthorized` where the new one is of another workspace, and there is no other
   */
  async refused(account: number, key: string, why: Refusal): Promise<boolean> {
    // One after the other: many requests may meet the same refusal.
    this.#renewal = this.#renewal.then(async () => {
      if (this.#dropped.has(account) || this.keyOf(account) !== key) return true;
      const renewal = why === 'not_taken' ? await this.#renew(account) : 'none';
      if (renewal === 'renewed' || this.#drop(account, why)) return true;
      if (renewal === 'none') return false;
      throw new ImporterError(
        'unauthorized',
        'Clarky no longer takes the key, and the one in its place is no key of this workspace.',
        {
          next: 'Nothing was sent with it. Put a key of the same workspace there that may read, and run the same command again.',
        },
      );
    });
    return this.#renewal;
  }

  async #renew(account: number): Promise<'renewed' | 'foreign' | 'none'> {
    const { reread, isOurs, gates, onChange } = this.#options;
    const key = await this.#reread(reread, account);
    if (key === undefined || this.#known.has(key)) return 'none';
    // What it is used for may show it.
    this.#known.add(key);
    this.#striker = new KeyStriker(this.#known);
    if ((await isOurs?.(key)) === false) return 'foreign';
    for (const gate of gates) await gate.renew(account, key);
    this.#keys[account] = key;
    onChange?.('renewed', account + 1, this.#keys.length);
    return 'renewed';
  }

  /** Undefined where there is none that can be used. */
  async #reread(reread: KeyRingOptions['reread'], account: number): Promise<string | undefined> {
    try {
      const keys: unknown = await reread?.();
      if (keys !== undefined && !Array.isArray(keys)) throw new TypeError('it gave no list of keys');
      const key: unknown = keys?.[account];
      return key === undefined ? undefined : checkKey(key);
    } catch (cause) {
      if (cause instanceof ImporterError) {
        this.#missed = cause.message;
        return undefined;
      }
      const said = cause instanceof Error ? `${cause.name} (${cause.message})` : typeof cause;
      throw new ImporterError('unauthorized', `Clarky does not take the key, and rereadKeys threw ${said}.`, {
        next: 'Mend what reads the keys, then run the same call again: it goes on.',
        cause,
      });
    }
  }

  #drop(account: number, why: Refusal): boolean {
    const { gates, onChange } = this.#options;
    if (this.#dropped.size + 1 >= this.#keys.length) return false;
    this.#dropped.add(account);
    for (const gate of gates) gate.drop(account);
    onChange?.(why, account + 1, this.#keys.length);
    return true;
  }
}
