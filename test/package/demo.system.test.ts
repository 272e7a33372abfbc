import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const DEMO = fileURLToPath(new URL('../../scripts/demo.js', import.meta.url));

it('the demo imports its fixture twice, and says that nothing of it is left', async () => {
  const demo = spawn(process.execPath, [DEMO], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(demo, 'exit');
  expect(await text(demo.stdout)).toMatch(
    /Finished: 72 rows of contacts\.csv, 5 of them rejected\.[^]+The second run sent nothing[^]+for a file of your own\.\n$/,
  );
  expect(await ended).toEqual([0, null]);
});

it.skipIf(process.platform === 'win32')('the demo ends its sandbox though nobody reads on', async () => {
  const demo = spawn(process.execPath, [DEMO], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  onTestFinished(() => {
    try {
      process.kill(-Number(demo.pid), 'SIGKILL');
    } catch {
      // Nothing of it is left, as it should be.
    }
  });
  const said = text(demo.stderr);
  const ended = once(demo, 'exit');
  await once(demo.stdout, 'data');
  demo.stdout.destroy();
  expect(await ended).toEqual([0, null]);
  expect(await said).toContain('It saw: writes 66');
});
