import { expect, it } from 'vitest';
import { Opened } from '../../src/run/opened.js';

it('what was opened is closed to the last, whatever fails at that; the first failure is told', async () => {
  const opened = new Opened();
  const closed: string[] = [];
  for (const name of ['lock', 'file', 'connection']) {
    opened.onClose(() => {
      closed.push(name);
      if (name !== 'lock') throw new Error(name);
    });
  }
  await expect(opened.close()).rejects.toThrow('connection');
  expect(closed).toEqual(['connection', 'file', 'lock']);
});
