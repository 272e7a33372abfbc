/** An import that was killed at its first write, which made a contact beside that of another bot. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

const ROWS = 'First name,Last name,Email,Phone,Company\nAnn,Lee,ann@x.com,,New\nBo,Day,,+442079461002,New\n';

async function killed(
  at: number,
): Promise<{ place: Workplace; bot: string; own: () => unknown[]; ofOther: () => unknown }> {
  const place = await workplace({ bots: 2, readings: { dedupeScope: 'bot' } });
  const [one = '', bot = ''] = place.sandbox.botIds;
  const rest = { company: 'Old', tags: ['vip'], bot_id: one };
  place.sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'], ...rest }]);
  place.sandbox.seed([{ first_name: 'Bo', last_name: 'Day', phone_numbers: ['+442079461002'], ...rest }]);
  await place.write('a.csv', ROWS);
  const all = place.sandbox.contacts();
  place.sandbox.setFaults({ on: 'writes', at: [{ request: at, kind: 'hang-after' }] });
  const running = place.start(['import', 'a.csv', '--live', '--bot', bot, '--concurrency', '1', ...UNLIMITED]);
  await until(() => place.sandbox.contacts().length === 2 + at);
  running.child.kill('SIGKILL');
  await running.ended;
  place.sandbox.setFaults({});
  const of = (its: string): ReturnType<typeof place.sandbox.contacts> =>
    place.sandbox.contacts().filter(({ bot_id: had }) => had === its);
  expect(of(one)).toEqual(all);
  return { place, bot, own: () => of(bot), ofOther: () => expect(of(one)).toEqual(all) };
}

it.each([1, 2])('is taken back whole, that one too, killed at write %i', async (at) => {
  const { place, bot, own, ofOther } = await killed(at);
  const { code } = await place.here('undo', 'a.csv', '--yes', '--bot', bot, ...UNLIMITED);
  expect([code, own()]).toEqual([0, []]);
  ofOther();
});

it.each([1, 2])('is gone on with, and taken back whole after that, killed at write %i', async (at) => {
  const { place, bot, own, ofOther } = await killed(at);
  const again = await place.here('import', 'a.csv', '--live', '--bot', bot, '--json', ...UNLIMITED);
  expect([again.code, own().length]).toEqual([0, 2]);
  ofOther();
  const { code } = await place.here('undo', 'a.csv', '--yes', '--bot', bot, ...UNLIMITED);
  expect([code, own()]).toEqual([0, []]);
  ofOther();
});
