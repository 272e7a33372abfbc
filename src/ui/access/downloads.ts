/** Files that a browser is to save or show: a link can carry no token, so each has a ticket, good once and for 30 s. */
import { randomBytes } from 'node:crypto';

const LASTS_MS = 30_000;
const MOST_OPEN = 100;

export type DownloadKind = 'rejects' | 'report' | 'differences' | 'log' | 'mapping';

export interface Download {
  readonly path: string;
  readonly kind: DownloadKind;
}

export class Downloads {
  readonly #now: () => number;
  readonly #open = new Map<string, Download & { readonly untilMs: number }>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  ticketFor(download: Download): string {
    const ticket = randomBytes(32).toString('base64url');
    this.#open.set(ticket, { ...download, untilMs: this.#now() + LASTS_MS });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
    return ticket;
  }

  /** What a ticket is for, once. */
  take(ticket: string): Download | undefined {
    const download = this.#open.get(ticket);
    this.#open.delete(ticket);
    return download !== undefined && download.untilMs >= this.#now() ? download : undefined;
  }
}
