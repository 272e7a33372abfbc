import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

/** Longer than a short wait would cover. */
const LATE_MS = 3000;

/** Starts an import, and kills it as soon as the server has its first write. */
async function killInFlight(place: Workplace, file: string): Promise<void> {
  const writes = (): number => place.sandbox.requests.filter(({ method }) => method === 'POST').length;
  const before = writes();
  const running = place.start(['import', file, ...UNLIMITED]);
  await until(() => writes() > before);
  running.child.kill('SIGKILL');
  expect((await running.ended).signal).toBe('SIGKILL');
}

async function importAll(place: Workplace, file: string): Promise<void> {
  const { code, stdout } = await place.run('import', file, '--json', ...UNLIMITED);
  expect([code, (JSON.parse(stdout) as { pending: number }).pending]).toEqual([0, 0]);
}

/** A new contact, by the same file started again at once, or by another file with a checkpoint of its own. */
async function newContact(again: string): Promise<string[]> {
  const place = await workplace({ faults: { nonAtomicMs: LATE_MS } });
  await place.write('a.csv', peopleCsv(1));
  await place.write('b.csv', peopleCsv(1));
  await killInFlight(place, 'a.csv');
  await importAll(place, again);
  return place.sandbox.contacts().flatMap(({ emails }) => emails.map(String));
}

/** A contact that Clarky has, whose row was changed again since. */
async function changedAgain(): Promise<(string | null)[]> {
  const place = await workplace();
  await place.write('a.csv', peopleCsv(1, 'First'));
  await importAll(place, 'a.csv');
  await place.write('a.csv', peopleCsv(1, 'Second'));
  place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'late' }], lateMs: LATE_MS });
  await killInFlight(place, 'a.csv');
  await place.write('a.csv', peopleCsv(1, 'Third'));
  await importAll(place, 'a.csv');
  await until(() => place.sandbox.requests.every(({ method, outcome }) => method !== 'POST' || outcome !== null));
  return place.sandbox.contacts().map(({ company }) => company);
}

describe('a write of a run that was killed, and that lands late', () => {
  it('makes nobody twice and takes no newer value back, whoever imports next', async () => {
    const [same, other, companies] = await Promise.all([newContact('a.csv'), newContact('b.csv'), changedAgain()]);
    const people = ['person0@example.com'];
    expect([same, other, companies]).toEqual([people, people, ['Third']]);
  });
});
