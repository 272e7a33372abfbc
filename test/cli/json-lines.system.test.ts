/** Where standard error is read by a program, all that is said there is an object a line. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { linesOf, peopleCsv, UNLIMITED, workplace } from '../support/cli.js';

it('an undo that is stopped tells its plan and what stopped it as an import does', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(2));
  expect(await place.imported('c.csv', { live: true })).toBe(0);
  place.sandbox.setFaults({ on: 'writes', probabilities: { '503': 1 } });
  const stopping = ['undo', 'c.csv', '--yes', '--max-outage', '1', ...UNLIMITED];
  for (const flags of [['--progress', 'json'], ['--progress=json'], ['--log', '-']]) {
    const { stderr, code } = await place.here(...stopping, ...flags);
    expect(code).toBe(5);
    const lines = linesOf(stderr);
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'undo_plan', contacts: 2, toDelete: 2, toSetBack: 0 }),
    );
    expect(lines.at(-1)).toMatchObject({
      event: 'error',
      code: 'unreachable',
      exit: 5,
      msg: expect.any(String) as string,
    });
  }
  place.sandbox.setFaults({});
  expect((await place.here(...stopping, '--progress', 'json')).code).toBe(0);
  expect(place.sandbox.contacts()).toEqual([]);
});

it('what keeps a command from beginning is said as one, whichever asks for it', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(2));
  for (const args of [
    ['undo', 'c.csv', '--yes', '--progress', 'json'],
    ['undo', 'c.csv', '--log', '-'],
    ['import', 'nope.csv', '--log=-', '--quiet'],
    ['import', 'c.csv', '--progress', 'json', '--dryrn'],
    ['verify', 'nope.csv', '--progress=json'],
  ]) {
    expect(linesOf((await place.here(...args)).stderr).at(-1), args.join(' ')).toMatchObject({
      event: 'error',
      exit: 2,
    });
  }
});

it('what a program follows ends with the line that it waits for, whichever command it is', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(2));
  for (const args of [
    ['import', 'c.csv', '--live'],
    ['verify', 'c.csv'],
    ['undo', 'c.csv', '--yes'],
  ]) {
    const { code, stderr } = await place.here(...args, '--progress', 'json');
    expect([code, linesOf(stderr).at(-1)], args.join(' ')).toMatchObject([0, { event: 'ended', exit: 0 }]);
  }
});

it('no command that could not begin goes on telling how far it is', async () => {
  const { hereWith } = await workplace();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  for (const [command, ...args] of [
    ['bots'],
    ['login', 'new'],
    ['import', 'nope.csv'],
    ['plan', 'nope.csv'],
    ['map', 'nope.csv', '--yes'],
    ['verify', 'nope.csv'],
    ['undo', 'nope.csv', '--yes'],
  ] as const) {
    const { code } = await hereWith({ env: { CLARKY_KEY: undefined } }, command, ...args);
    expect([command, code, vi.getTimerCount()]).toEqual([command, expect.any(Number), 0]);
    expect(code, command).not.toBe(0);
  }
});
