import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

/** Numbers of Germany and of Italy; in Switzerland there are none such. */
const TWO = 'First name,Last name,Phone,Email\nKim,Poe,030 1234510,\nLou,Roe,030 1234511,\n';
const WITH_EMAILS = TWO.replace('10,', '10,kim@example.com').replace('11,', '11,lou@example.com');

const writesOf = ({ sandbox }: Workplace): number => sandbox.requests.filter(({ method }) => method !== 'GET').length;

/** An import that is told Germany, and killed once Clarky has both people, and has answered neither. */
async function killed(options: Parameters<typeof workplace>[0], kind: 'hang-after' | 'late'): Promise<Workplace> {
  const place = await workplace(options);
  // Of a server that was seen to be fast nobody waits long.
  await place.write('a.csv', 'First name,Last name,Email\nAda,Low,ada@example.com\n');
  expect((await place.here('import', 'a.csv', '--live', '--country', 'DE', ...UNLIMITED)).code).toBe(0);
  const sent = writesOf(place);
  await place.write('a.csv', TWO);
  const at = [1, 2].map((request) => ({ request, kind }));
  place.sandbox.setFaults({ on: 'writes', at, lateMs: 3000 });
  const running = place.start(['import', 'a.csv', '--live', '--country', 'DE', '--concurrency', '2', ...UNLIMITED]);
  await until(() => writesOf(place) === sent + 2 && (kind === 'late' || place.sandbox.contacts().length === 3));
  running.child.kill('SIGKILL');
  await running.ended;
  place.sandbox.setFaults({});
  return place;
}

const names = (place: Workplace): unknown[] =>
  place.sandbox
    .contacts()
    .map(({ first_name: name }) => name)
    .sort();

describe('another country, given after an import that was killed', () => {
  it.each([
    { how: ['--country', 'IT'], kind: 'hang-after', readings: {} },
    { how: ['--country', 'IT', '--live'], kind: 'hang-after', readings: {} },
    { how: ['--country', 'IT'], kind: 'late', readings: {} },
    { how: ['--country', 'IT', '--live'], kind: 'late', readings: {} },
    { how: ['--country', 'IT'], kind: 'hang-after', readings: { normalises: true } },
    { how: ['--country', 'IT', '--live'], kind: 'hang-after', readings: { normalises: true } },
    { how: ['--country', 'CH', '--on-invalid', 'omit'], kind: 'hang-after', readings: {} },
    { how: ['--country', 'CH', '--on-invalid', 'omit', '--live'], kind: 'hang-after', readings: {} },
  ] as const)(
    'makes nobody twice whom that had under way ($how, $kind, $readings)',
    async ({ how, kind, readings }) => {
      const place = await killed({ readings }, kind);
      if (how[1] === 'CH') await place.write('a.csv', WITH_EMAILS);
      const { code, stdout } = await place.here('import', 'a.csv', ...how, '--json', ...UNLIMITED);
      // What was late has come by now, whoever has waited for it.
      await until(() => names(place).length >= 3);
      expect(JSON.parse(stdout)).toMatchObject({ rejected: 0, pending: 0 });
      expect([code, names(place)]).toEqual([0, ['Ada', 'Kim', 'Lou']]);
      const again = await place.here('import', 'a.csv', '--json', ...UNLIMITED);
      expect(JSON.parse(again.stdout)).toMatchObject({ unchanged: 2, created: 0, updated: 0 });
    },
  );

  it('is taken back, and leaves whom the killed one made as that made them', async () => {
    const place = await killed({}, 'hang-after');
    const shown = (): unknown[] =>
      place.sandbox.contacts().map(({ id, first_name: name, phone_numbers: phones }) => [id, name, phones]);
    const before = shown();
    const again = await place.here('import', 'a.csv', '--country', 'IT', '--live', '--json', ...UNLIMITED);
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 2 });
    const { code, stdout } = await place.here('undo', 'a.csv', '--yes', '--json', ...UNLIMITED);
    const left = [2, 3].map((line) => ({ line, reason: 'unanswered' }));
    expect([code, JSON.parse(stdout)]).toMatchObject([3, { setBack: 2, left }]);
    expect(shown()).toEqual(before);
  });

  it.each([[], ['--live']])('makes nobody twice where that was the first to be told it (%j)', async (...live) => {
    const place = await workplace();
    await place.write('a.csv', TWO.split('\n').slice(0, 2).join('\n'));
    await place.here('import', 'a.csv', '--country', 'DE', ...live, ...UNLIMITED);
    place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'hang' }] });
    const running = place.start(['import', 'a.csv', '--country', 'IT', ...live, ...UNLIMITED]);
    await until(() => writesOf(place) === 2);
    running.child.kill('SIGKILL');
    await running.ended;
    place.sandbox.setFaults({});
    const { code, stdout } = await place.here('import', 'a.csv', ...live, '--json', ...UNLIMITED);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { created: 0, updated: 1 }]);
    expect(names(place)).toEqual(['Kim']);
  });
});
