import { describe, expect, it } from 'vitest';
import { undoImport } from '../../src/run/undo/undo.js';
import { workbench, type Workbench } from './workbench.js';

/** Numbers of both countries. */
const TWO = 'First name,Last name,Phone\nKim,Poe,07911 123456\nLou,Roe,07911 123457\n';
const GB = ['+447911123456', '+447911123457'];
const DE = ['+497911123456', '+497911123457'];

describe('the country of phones, corrected between two imports', () => {
  it.each([
    { live: false, forgetSettings: false },
    { live: true, forgetSettings: false },
    { live: false, forgetSettings: true },
  ])('makes nobody twice who is known by a phone alone (%j)', async (how) => {
    const bench = await workbench(TWO);
    const before = await bench.import({ live: false, country: 'GB', concurrency: 1 });
    expect(before.summary).toMatchObject({ created: 2 });
    const ids = bench.sandbox.contacts().map(({ id }) => id);
    const corrected = { ...how, country: 'DE' };
    if (!how.live)
      expect(await bench.plan({ ...corrected, live: undefined, apiUrl: bench.api.apiUrl })).toMatchObject({
        updated: 2,
        created: 0,
      });
    expect((await bench.import(corrected)).summary).toMatchObject({ updated: 2, created: 0, rejected: 0, absent: 0 });
    const people = bench.sandbox.contacts();
    expect(people.map(({ id }) => id)).toEqual(ids);
    expect(people.map(({ phone_numbers: phones }) => phones)).toEqual([
      [GB[0], DE[0]],
      [GB[1], DE[1]],
    ]);
    expect((await bench.import({ live: how.live, country: 'DE' })).summary).toMatchObject({ unchanged: 2, absent: 0 });
  });

  it.each([{ live: false }, { live: true }])(
    'makes nobody twice whose phone no one has there and is left out, and who has an e-mail by now (%j)',
    async (how) => {
      const bench = await workbench('First name,Last name,Email,Phone\nKim,Poe,,030 1234510\n');
      await bench.import({ country: 'DE' });
      const before = bench.sandbox.contacts().map(({ id }) => id);
      await bench.write('First name,Last name,Email,Phone\nKim,Poe,kim@example.com,030 1234510\n');
      const again = await bench.import({ ...how, country: 'CH', onInvalid: 'omit' });
      expect(again.summary).toMatchObject({ updated: 1, created: 0, rejected: 0 });
      const shown = bench.sandbox.contacts().map(({ id, emails, phone_numbers: phones }) => [id, emails, phones]);
      expect(shown).toEqual(before.map((id) => [id, ['kim@example.com'], ['+49301234510']]));
    },
  );

  it('is known of every import before, not of the newest alone', async () => {
    const bench = await workbench(TWO);
    await bench.import({ live: false, country: 'GB' });
    await bench.write(TWO.split('\n').slice(0, 2).join('\n'));
    await bench.import({ live: false, country: 'DE' });
    await bench.write(TWO);
    expect((await bench.import({ live: false })).summary).toMatchObject({ updated: 1, unchanged: 1 });
    expect(bench.sandbox.contacts()).toHaveLength(2);
  });

  it('makes nobody of who has such a number and another name', async () => {
    const bench = await workbench(TWO);
    await bench.import({ live: false, country: 'GB' });
    await bench.write(TWO.replace('Kim,Poe', 'Ben,Stone'));
    expect((await bench.import({ live: false, country: 'DE' })).summary).toMatchObject({ created: 1, updated: 1 });
    expect(bench.sandbox.contacts()[0]).toMatchObject({ first_name: 'Kim', phone_numbers: [GB[0]] });
  });
});

describe('the country of phones, corrected after an undo', () => {
  async function undo({ file, api }: Workbench): Promise<void> {
    expect(await undoImport({ file, ...api })).toMatchObject({ left: [], complete: true, exitStatus: 0 });
  }

  it.each([{ live: false }, { live: true }, { live: true, keepExisting: true }])(
    'makes nobody twice who was set back (%j)',
    async (how) => {
      const bench = await workbench(TWO);
      await bench.import({ country: 'GB', concurrency: 1 });
      const before = bench.sandbox.contacts().map(({ id }) => id);
      await bench.write(TWO.replace('Phone', 'Phone,Company').replaceAll(/\d$/gm, '$&,Acme'));
      expect((await bench.import({ country: 'GB' })).summary).toMatchObject({ updated: 2 });
      await undo(bench);
      if (!how.live) {
        const planned = await bench.plan({ live: undefined, country: 'DE', apiUrl: bench.api.apiUrl });
        expect(planned).toMatchObject({ updated: 2, created: 0 });
      }
      const again = await bench.import({ ...how, country: 'DE' });
      expect(again.summary).toMatchObject({ updated: 2, created: 0, rejected: 0 });
      const people = bench.sandbox.contacts();
      expect(people.map(({ id }) => id)).toEqual(before);
      expect(people.map(({ company }) => company)).toEqual(['Acme', 'Acme']);
    },
  );

  it.each([{ live: false }, { live: true }])(
    'makes nobody twice whose other number was taken back (%j)',
    async (how) => {
      const bench = await workbench(TWO);
      await bench.import({ country: 'GB', concurrency: 1 });
      const before = bench.sandbox.contacts().map(({ id }) => id);
      expect((await bench.import({ country: 'DE' })).summary).toMatchObject({ updated: 2 });
      await undo(bench);
      expect(bench.sandbox.contacts().map(({ phone_numbers: phones }) => phones)).toEqual([[GB[0]], [GB[1]]]);
      expect((await bench.import({ ...how, country: 'DE' })).summary).toMatchObject({
        updated: 2,
        created: 0,
        rejected: 0,
      });
      expect(bench.sandbox.contacts().map(({ id }) => id)).toEqual(before);
    },
  );

  it.each([{ live: false }, { live: true }])(
    'makes nobody twice who was deleted, and is there by another number since (%j)',
    async (how) => {
      const bench = await workbench(TWO);
      await bench.import({ country: 'GB' });
      await undo(bench);
      expect(bench.sandbox.contacts()).toEqual([]);
      await bench.import({ live: false, country: 'DE', forgetSettings: true });
      const again = await bench.import({ ...how, country: 'GB' });
      expect(again.summary).toMatchObject({ updated: 2, created: 0, rejected: 0 });
      expect(bench.sandbox.contacts()).toHaveLength(2);
    },
  );
});

describe('the country of a row, which it has in a column of its own', () => {
  const HEADER = 'First name,Last name,Phone';
  const list = (columns: string, cells: string): string =>
    `${HEADER}${columns}\nKim,Poe,06 69812345${cells}\nAda,Low,+442079460001${cells}\n`;
  const ITALY = list(',Country', ',Italy');

  it.each([
    { how: 'the column is gone', first: ITALY, next: list('', ''), country: 'DE' },
    { how: 'the cell is corrected', first: ITALY, next: list(',Country', ',Austria') },
    { how: 'its calling code is gone', first: list(',Country Code', ',+39'), next: list('', ''), country: 'DE' },
    { how: 'it is written with a +', first: ITALY, next: list('', '').replace('06 ', '+49 6 ') },
  ])('makes nobody twice who is known by a phone alone where $how', async ({ first, next, country }) => {
    for (const live of [false, true]) {
      const bench = await workbench(first);
      expect((await bench.import({ live: false })).summary).toMatchObject({ created: 2 });
      const [kim] = bench.sandbox.contacts();
      expect(kim?.phone_numbers).toEqual(['+390669812345']);
      await bench.write(next);
      const told = country === undefined ? {} : { country };
      const planned = await bench.plan({ ...told, ...(live ? {} : { live: undefined, apiUrl: bench.api.apiUrl }) });
      expect(planned).toMatchObject({ created: 0, rejected: 0 });
      expect((await bench.import({ live, ...told })).summary).toMatchObject({ created: 0, rejected: 0, exit: 0 });
      expect(bench.sandbox.contacts()).toMatchObject([{ id: kim?.id }, { first_name: 'Ada' }]);
    }
  });
});
