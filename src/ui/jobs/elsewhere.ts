/** What another program does with a file, as its lock tells it; and asking that program to stop. */
import { canonicalApiUrl } from '../../endpoint.js';
import type { ReadingOptions } from '../../run/settings.js';
import { importerOf } from '../../run/status.js';
import type { Holding } from '../../storage/lock.js';
import { askToStop, reachOf } from '../../storage/locks/asked-to-stop.js';
import { BadRequest } from '../access/body.js';
import { placesOf } from '../files/sent.js';
import type { ElsewhereView } from '../wire.js';

export class Elsewhere {
  /** The locks whose holders were asked to stop: asked twice, they would quit at once. */
  readonly #asked = new Set<string>();

  /** Who is at work on a file just now; undefined where nobody is, or this program. */
  of(options: ReadingOptions): Promise<Holding | undefined> {
    return importerOf(options.file, options);
  }

  /** @param apiUrl where Clarky is for this page */
  viewOf(holder: Holding, apiUrl: string): ElsewhereView {
    const { pid, host, scope } = holder.owner;
    const here = canonicalApiUrl(apiUrl);
    const [place = null] = scope === undefined ? [] : placesOf([scope], here);
    return {
      process: pid,
      machine: host,
      stop: this.#asked.has(holder.file) ? 'asked' : reachOf(holder.owner),
      place,
      isHere: scope === undefined || scope.api === here,
      bot: scope?.bot ?? null,
    };
  }

  /**
   * Asks whoever is at work on a file to stop, once.
   * @param process which somebody has seen and confirmed
   * @throws BadRequest where it is another one by now, or can't be asked from here
   */
  async stop(options: ReadingOptions, process: number): Promise<void> {
    const holder = await this.of(options);
    if (holder?.owner.pid !== process) {
      throw new BadRequest(409, 'changed', 'That program is not at work on this file any more.');
    }
    if (this.#asked.has(holder.file)) return;
    if (!askToStop(holder.owner)) {
      throw new BadRequest(409, 'not_here', 'That program can be stopped only where it was started.');
    }
    this.#asked.add(holder.file);
  }
}
