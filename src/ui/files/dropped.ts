/** Files that came by the page: each is a copy, which may go again as long as it is as it came and nothing hangs on it. */
import { removeFile } from '../../storage/replacement.js';
import { stampsOf } from './revision.js';

/** More than anybody lets go by mistake: of the others nothing is offered. */
const MOST = 100;

export class Dropped {
  readonly #besides: (path: string) => readonly string[];
  /** By the id of the file: where it is, and what it was when it came. */
  readonly #copies = new Map<string, { readonly path: string; readonly stamp: string }>();

  /** @param besides where what was sent of a file, and corrected in it, is kept */
  constructor(besides: (path: string) => readonly string[]) {
    this.#besides = besides;
  }

  async add(id: string, path: string): Promise<void> {
    const [stamp = '-'] = await stampsOf([path]);
    this.#copies.set(id, { path, stamp });
    for (const old of [...this.#copies.keys()].slice(0, -MOST)) this.#copies.delete(old);
  }

  /** It has taken the place of another one, which is no more: what is there now stays. */
  forget(id: string): void {
    this.#copies.delete(id);
  }

  /** The ids of those that may go. */
  async removable(): Promise<string[]> {
    const all = [...this.#copies.keys()].map(async (id) => ((await this.#isAsItCame(id)) ? [id] : []));
    return (await Promise.all(all)).flat();
  }

  /** Removes one that may go. Returns whether it did. @throws ImporterError `not_writable` */
  async remove(id: string): Promise<boolean> {
    const copy = this.#copies.get(id);
    if (copy === undefined || !(await this.#isAsItCame(id))) return false;
    this.forget(id);
    return removeFile(copy.path);
  }

  async #isAsItCame(id: string): Promise<boolean> {
    const copy = this.#copies.get(id);
    if (copy === undefined) return false;
    const [stamp, ...besides] = await stampsOf([copy.path, ...this.#besides(copy.path)]);
    return stamp !== '-' && stamp === copy.stamp && besides.every((one) => one === '-');
  }
}
