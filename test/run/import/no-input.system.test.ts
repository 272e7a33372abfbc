import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../../src/api/client.js';
import { importContacts } from '../../../src/run/import/import.js';
import { startSandbox } from '../../../src/sandbox/index.js';

const key = 'ck_live_0';
const rows = [{ Email: 'a@x.org' }];

describe('a slip of the library’s caller is told in its own words', () => {
  it.each([
    ['rows that are undefined', { rows: undefined as never }, 'rows: there are none'],
    ['a Date that is none', { rows, deadline: new Date('never') }, 'deadline: it is a Date without a time'],
    [
      'a rate of nothing',
      { rows, rate: { writes: 0, seconds: 1 } },
      'rate: its writes and seconds are no two numbers above 0',
    ],
  ])('%s', async (_, options, message) => {
    await expect(importContacts({ key, ...options })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message) as unknown,
    });
  });

  it('an option that the sandbox does not have', async () => {
    await expect(startSandbox({ writez: 1 } as never)).rejects.toThrow('there is no option "writez"');
  });

  it('a client that was closed', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const client = createClient({ key: sandbox.key, apiUrl: sandbox.url });
    expect(await client.getContact('x')).toBeUndefined();
    await client.close();
    await expect(client.getContact('x')).rejects.toMatchObject({ code: 'usage', message: 'The client was closed.' });
  });
});
