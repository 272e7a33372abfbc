import type { ContactStore, Journal } from './contact-store.js';
import type { StoredContact } from './stored-contact.js';

interface Change {
  readonly atMs: number;
  readonly apply: (store: ContactStore) => void;
}

/** A copy of the contacts that reads are answered from, always some time behind what was written. */
export class Replica {
  readonly #store: ContactStore;
  readonly #lagMs: number;
  readonly #nowMs: () => number;
  /** What it does not show yet, the oldest first. */
  #behind: Change[] = [];

  /** @param store a store of its own, with what is there from the beginning */
  constructor(store: ContactStore, lagMs: number, nowMs: () => number) {
    this.#store = store;
    this.#lagMs = lagMs;
    this.#nowMs = nowMs;
  }

  /** As it is by now. */
  get store(): ContactStore {
    this.#applyUntil(this.#nowMs() - this.#lagMs);
    return this.#store;
  }

  /** Shows all that was written up to now. */
  catchUp(): void {
    this.#applyUntil(Infinity);
  }

  /** Learns of every change of the store that is written to. @param next where changes go as well */
  journal(next: Journal | undefined): Journal {
    const note = (apply: Change['apply']): void => {
      this.#behind.push({ atMs: this.#nowMs(), apply });
    };
    return {
      put: (contact) => {
        const copy: StoredContact = structuredClone(contact);
        note((store) => {
          store.take(copy);
        });
        next?.put(contact);
      },
      remove: (id) => {
        note((store) => {
          const contact = store.get(id);
          if (contact !== undefined) store.remove(contact);
        });
        next?.remove(id);
      },
      clear: () => {
        note((store) => {
          store.clear();
        });
        next?.clear();
      },
      close: () => next?.close(),
    };
  }

  #applyUntil(ms: number): void {
    const left = this.#behind.findIndex(({ atMs }) => atMs > ms);
    const due = left < 0 ? this.#behind : this.#behind.slice(0, left);
    this.#behind = left < 0 ? [] : this.#behind.slice(left);
    for (const { apply } of due) apply(this.#store);
  }
}
