import { describe, expect, it } from 'vitest';
import { pagesOf, type ListedPage } from '../../src/api/pages.js';
import type { WireContact } from '../../src/api/wire.js';
import { refreshSnapshot } from '../../src/workspace/refresh.js';
import { Snapshot } from '../../src/workspace/snapshot.js';
import { privateFolder } from '../support/folder.js';

describe('a workspace of which it is not known whether it was read whole', () => {
  it('is listed again from its first page by the next run, and said again', async () => {
    const path = `${await privateFolder()}/w.jsonl`;
    const asked: number[] = [];
    // Says nothing of pages, and gives the same one for each.
    const listContacts = (page: number) => {
      asked.push(page);
      return Promise.resolve({ items: [{ id: 'con_1' }], pagination: undefined });
    };
    const contactPages = (_: unknown, first = 1): AsyncGenerator<ListedPage<WireContact>, void, undefined> =>
      pagesOf(listContacts, first);
    for (let run = 0; run < 2; run++) {
      const snapshot = await Snapshot.open(path, { api: 'http://localhost', bot: 'bot' });
      asked.length = 0;
      expect(await refreshSnapshot(snapshot, { client: { listContacts, contactPages } })).toBe('unsure');
      expect(asked[0]).toBe(1);
      expect(snapshot.size).toBe(1);
      await snapshot.close();
    }
  });
});
