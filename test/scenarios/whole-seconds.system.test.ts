/** A Clarky that answers a write with its milliseconds, and shows whole seconds when it is read: that is no older state. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';
import { behindProxy } from './workbench.js';

it('is not waited for as a reader that is behind, nor said to be one', async () => {
  const { sandbox, write, hereWith } = await workplace();
  const inSeconds = (text: string): string => text.replace(/("updated_at":"[^"]*?)\.\d+Z"/g, '$1Z"');
  const shown = (text: string, url: string): string => (url.includes('upsert') ? text : inSeconds(text));
  const api = await behindProxy({ sandbox }, () => Promise.resolve(), shown);
  const sent = (...args: string[]): ReturnType<typeof hereWith> =>
    hereWith({ env: { CLARKY_API_URL: api } }, ...args, 'list.csv', ...UNLIMITED);
  await write('list.csv', 'Email,First name,Tags\nann@x.com,Ann,red\n');
  await sent('import', '--live');
  for (const tag of ['blue', 'green']) {
    await write('list.csv', `Email,First name,Tags\nann@x.com,Ann,${tag}\n`);
    const { code, stderr } = await sent('import', '--live');
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('does not show')]);
  }
  const undone = await sent('undo', '--yes');
  expect(undone.stderr).not.toContain('does not show');
});
