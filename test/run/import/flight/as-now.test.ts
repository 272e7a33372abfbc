import { expect, it } from 'vitest';
import type { WireContact } from '../../../../src/api/wire.js';
import { digestText } from '../../../../src/contact/identity.js';
import { asNow, type AsNowParts, type Now } from '../../../../src/run/import/flight/as-now.js';
import { arrivedFinder } from '../../../../src/run/import/flight/arrived.js';
import { pointDigest } from '../../../../src/checkpoint/points.js';
import { readStored, type StoredContact } from '../../../../src/workspace/stored.js';
import { givenAwayOf } from '../../../../src/workspace/stored-phones.js';
import { memoryCheckpoint, plannedContact } from '../workshop.js';

const [ONE, TWO, THREE] = ['+442079461001', '+442079461002', '+442079461003'] as const;

async function* pagesOf(items: readonly WireContact[]) {
  await Promise.resolve();
  yield { page: 1, items, total: items.length, end: 'whole' } as const;
}

/** What is looked at where the workspace was read with `known` in it, and Clarky has `there` by now. */
function partsWith(known: StoredContact | undefined, there: WireContact | undefined): AsNowParts {
  const nobody = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    workspace: {
      numberOf: nobody,
      compare: (_, now, underWay) => {
        const stored = now ?? known;
        const person = { id: 'con_1', emails: [], phones: known?.phone_numbers ?? [], name: 'Ann' };
        const personOf = ({ phone_numbers: phones }: StoredContact) => ({ ...person, phones });
        const given = stored && givenAwayOf({ known, stored, places: [], underWay }, personOf, () => true);
        return Promise.resolve(
          stored &&
            given && { stored, ...given, isElsewhere: false, isShared: false, differences: [], keepsBack: false },
        );
      },
    },
    others: undefined,
    whereabouts: {
      read: (_, stored) => Promise.resolve({ stored }),
      asNow: (_, stored, newest) => ({ stored: newest ?? stored }),
      ofNew: (_, stored) => ({ stored }),
      ofLanded: (_, stored) => ({ stored }),
    },
    reads: { isOlder: () => false, isProvedOld: () => false, isUnshown: () => false },
    meanwhile: { find: () => undefined, newestOf: (stored) => stored },
    lookUp: nobody,
    arrived: nobody,
    read: () => Promise.resolve(there),
    mayRead: () => true,
    ifGone: () => undefined,
  };
}

it('what a killed import had under way, and has arrived since, is taken back: what a colleague gave stays', async () => {
  const there = { id: 'con_1', first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: [ONE, TWO, THREE] };
  const known = readStored({ ...there, phone_numbers: [ONE] });
  const row = plannedContact({ first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: [ONE] });
  const underWay = { sentMs: 1000, payload: undefined, points: digestText(pointDigest('phone', TWO)) };
  const now = await asNow(partsWith(known, there))(row, underWay);
  expect(now).toMatchObject({ stored: { phone_numbers: [ONE, TWO, THREE] }, givenAway: [TWO] });
});

it('who came of what was in flight is found though the row has nothing left by which Clarky finds them', async () => {
  const { checkpoint } = memoryCheckpoint();
  await checkpoint.sending(plannedContact({ first_name: 'Ann', emails: ['ann@x.com', 'ann2@x.com'] }), Date.now());
  checkpoint.state.beginRun();
  const row = plannedContact({ first_name: 'Ann', emails: ['ann2@x.com'], notes: 'new' });
  const found = (...items: WireContact[]): Promise<Now | undefined> => {
    const client = { contactPages: () => pagesOf(items) };
    const arrived = arrivedFinder(client, checkpoint.state, new AbortController().signal);
    return asNow({ ...partsWith(undefined, undefined), arrived })(row, checkpoint.state.underWay(row));
  };
  const other = { id: 'con_1', emails: ['bob@x.com'], first_name: 'Bob' };
  expect(await found(other, { id: 'con_2', emails: ['Ann@x.com'] })).toMatchObject({ stored: { id: 'con_2' } });
  expect(await found(other, { id: 'con_2', emails: ['ann@x.com'], first_name: 'Zoe' })).toBeUndefined();
  expect(await found(other)).toBeUndefined();
});

it('who was there and is not shown by now is not taken for deleted where it may merely not be shown yet', async () => {
  const known = readStored({ id: 'con_1', first_name: 'Ann', emails: ['ann@x.com'] });
  const row = plannedContact({ first_name: 'Ann', emails: ['ann@x.com'] });
  const parts = partsWith(known, undefined);
  const whereabouts = { ...parts.whereabouts, read: () => Promise.resolve({}) };
  const shown = (isUnshown: boolean): Promise<Now | undefined> =>
    asNow({ ...parts, whereabouts, reads: { ...parts.reads, isUnshown: () => isUnshown } })(row, undefined);
  expect(await shown(true)).toMatchObject({ problem: { code: 'reads_behind' } });
  expect(await shown(false)).toEqual({ problem: undefined });
});

it('who is shown as they were before is read again, and not written to while another reader shows no more', async () => {
  const old = { id: 'con_1', first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: [ONE] };
  const row = plannedContact({ first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: [ONE] });
  const isProvedOld = ({ phone_numbers: phones = [] }: StoredContact): boolean => phones.length < 2;
  const readAgain = (there: WireContact | undefined): Promise<Now | undefined> => {
    const parts = partsWith(readStored(old), there);
    return asNow({ ...parts, reads: { ...parts.reads, isProvedOld } })(row, undefined);
  };
  expect(await readAgain({ ...old, phone_numbers: [ONE, TWO] })).toMatchObject({
    stored: { phone_numbers: [ONE, TWO] },
  });
  expect(await readAgain(old)).toMatchObject({ problem: { code: 'reads_behind' } });
  expect(await readAgain(undefined)).toMatchObject({ problem: { code: 'reads_behind' } });
});
