import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askByParts, type SearchPart } from '../../../src/workspace/asking/by-parts.js';
import { readStored, type StoredContact } from '../../../src/workspace/stored.js';

/** A workspace of contacts with these phones, searched by any part; counts what it was asked. */
function workspaceOf(phones: readonly string[]): { search: SearchPart; asked: string[] } {
  const contacts = phones.flatMap((phone, at) => readStored({ id: String(at), phone_numbers: [phone] }) ?? []);
  const asked: string[] = [];
  const search: SearchPart = (part) => {
    asked.push(part);
    const found = contacts.filter(({ phone_numbers: [phone = ''] }) => phone.includes(part));
    return Promise.resolve({ contacts: found.slice(0, 100), total: found.length });
  };
  return { search, asked };
}

const block = (count: number, first: number): string[] =>
  Array.from({ length: count }, (_, at) => `+4474${String(first + at).padStart(8, '0')}`);

describe('askByParts', () => {
  it('asks once for phones that begin as nobody’s does', async () => {
    const { search, asked } = workspaceOf(block(500, 900_000));
    expect((await askByParts(block(200, 0), search)).answered).toHaveLength(200);
    expect(asked).toEqual(['+447400000']);
  });

  it('goes into parts of those that begin as those of more than a page', async () => {
    const { search, asked } = workspaceOf(block(5000, 0));
    const { answered, contacts } = await askByParts(block(200, 1000), search);
    expect(answered).toHaveLength(200);
    expect(contacts).toHaveLength(200);
    expect(asked).toEqual(['+447400001', '+4474000010', '+4474000011']);
  });

  it('gives up soon where phones have nothing in common but a country', async () => {
    // Spread evenly, so that no beginning is rare enough to be worth a search.
    const spread = Array.from({ length: 10_000 }, (_, at) => `+4912${String(at).padStart(4, '0')}00`);
    const { search, asked } = workspaceOf([...spread, ...spread.map((phone) => `${phone}1`)]);
    await askByParts(
      Array.from({ length: 50 }, (_, at) => `+4912${String(at * 199).padStart(4, '0')}00`),
      search,
    );
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it('asks nothing more of a server that does not say how many there are', async () => {
    const asked: string[] = [];
    const { answered } = await askByParts(block(200, 0), (part) => {
      asked.push(part);
      return Promise.resolve({ contacts: [], total: undefined });
    });
    expect(answered).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('never takes a phone for answered whose owner it was not shown, and costs hardly more than it saves', async () => {
    const phone = fc.integer({ min: 0, max: 3000 }).map((n) => `+44${String(n * 7919).padStart(8, '0')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(phone, { maxLength: 400 }), fc.uniqueArray(phone), async (stored, ofTheFile) => {
        const { search, asked } = workspaceOf(stored);
        const { answered, contacts } = await askByParts(ofTheFile, search);
        const shown = new Set(contacts.map(({ id }: StoredContact) => id));
        stored.forEach((one, at) => {
          if (answered.includes(one)) expect(shown).toContain(String(at));
        });
        expect(asked.length).toBeLessThanOrEqual(answered.length + 4);
      }),
    );
  });
});
