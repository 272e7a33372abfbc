/** The programs that serve a page of the same folder: each lays down where it is, so that whoever starts a second is told. */
import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_MODE } from '../../storage/private-file.js';
import { holderIsAlive, holderName } from '../../storage/process-identity.js';
import { makeFolder, sharedFolder } from '../../storage/state-folder.js';
import type { OtherPage } from '../wire.js';

const ADDRESS = /^http:\/\/127\.0\.0\.1:\d{1,5}$/;

export class OtherPages {
  readonly #places: string;
  readonly #ofFolder: string;
  readonly #mine: string;

  private constructor(places: string, ofFolder: string, port: string) {
    this.#places = places;
    this.#ofFolder = ofFolder;
    this.#mine = `${ofFolder}.${holderName()}.${port}`;
  }

  /**
   * Says where the page of a folder is. Where nothing can be laid down, nobody is told, and nothing else is amiss.
   * @param stateDir where the processes of this machine meet, if not in the state folder of the user
   */
  static async join(folder: string, origin: string, stateDir?: string): Promise<OtherPages> {
    const shared = sharedFolder(stateDir) ?? '';
    const name = await realpath(folder).catch(() => folder);
    const digest = createHash('sha256').update(name).digest('hex').slice(0, 24);
    const pages = new OtherPages(join(shared, 'pages'), digest, new URL(origin).port);
    try {
      for (const each of [shared, pages.#places]) makeFolder(each);
      await writeFile(join(pages.#places, pages.#mine), origin, { mode: PRIVATE_MODE });
    } catch {
      // A state folder that can't be used is told of by the commands that need it.
    }
    return pages;
  }

  /** Those that live; what others have left behind is taken away. */
  async list(): Promise<OtherPage[]> {
    const names = await readdir(this.#places).catch(() => []);
    const found: OtherPage[] = [];
    for (const name of names) {
      const [ofFolder, holder = ''] = name.split('.');
      if (name === this.#mine || ofFolder !== this.#ofFolder) continue;
      const path = join(this.#places, name);
      if (!holderIsAlive(holder)) await rm(path, { force: true }).catch(() => undefined);
      else {
        const address = await readFile(path, 'utf8').catch(() => '');
        const pid = Number.parseInt(holder, 10);
        if (ADDRESS.test(address)) found.push({ address, pid, words: inWords(address, pid) });
      }
    }
    return found;
  }

  async leave(): Promise<void> {
    await rm(join(this.#places, this.#mine), { force: true }).catch(() => undefined);
  }
}

/** Said in the terminal, and on the page. */
function inWords(address: string, pid: number): string {
  return `Another page of this folder is open, at ${address} (process ${pid}); Enter in its terminal gives an address that opens it again. Go on with either: what one does the other shows, and a file is sent by one at a time.`;
}
