/** Undo brings back what was there before the import, and the state of what was not. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';
import { behindProxy } from './workbench.js';

const HEAD = 'First Name,Last Name,Email,Phone,Notes\n';

it('sets back what was sent as it was, and what the answer showed to be lost', async () => {
  const place = await workplace();
  let loses = false;
  const taken = (body: string, method: string): string =>
    loses && method === 'POST'
      ? JSON.stringify({ ...(JSON.parse(body) as object), phone_numbers: [], last_name: 'Cut' })
      : body;
  const nothing = (): Promise<void> => Promise.resolve();
  const env = { CLARKY_API_URL: await behindProxy(place, nothing, undefined, undefined, taken) };
  const run = (...args: string[]) => place.runWith({ env }, ...args);
  const send = async (notes: string): Promise<unknown> => {
    await place.write('a.csv', `${HEAD}Ann,Lee,ann@x.com,+442079460001,${notes}\n`);
    return run('import', 'a.csv', '--live', ...UNLIMITED);
  };
  await send('old');
  const valuesNow = () =>
    place.sandbox
      .contacts()
      .map(({ last_name, emails, phone_numbers, notes }) => ({ last_name, emails, phone_numbers, notes }));
  const before = valuesNow();
  loses = true;
  await send('new');
  expect(place.sandbox.contacts()).toMatchObject([{ phone_numbers: [], last_name: 'Cut', notes: 'new' }]);
  loses = false;
  expect(JSON.parse((await run('undo', 'a.csv', '--yes', '--json')).stdout)).toMatchObject({ setBack: 1, exit: 0 });
  expect(valuesNow()).toEqual(before);
});

it('holds whom somebody had deleted again, once the import that restored them is taken back', async () => {
  const { sandbox, write, run } = await workplace();
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,,n\nBob,Ray,bob@x.com,,n\n`);
  const send = async (...flags: string[]): Promise<unknown> =>
    JSON.parse((await run('import', 'a.csv', '--json', ...UNLIMITED, ...flags)).stdout);
  await send('--live');
  const [ann] = sandbox.contacts();
  const headers = { authorization: `Bearer ${sandbox.key}` };
  await fetch(`${sandbox.url}/contacts/${ann?.id}`, { method: 'DELETE', headers });
  const held = { created: 0, rejected: 1, reasons: { deleted_in_clarky: 1 } };
  expect(await send('--live')).toMatchObject(held);
  expect(await send('--live', '--restore-deleted')).toMatchObject({ created: 1 });
  expect(JSON.parse((await run('undo', 'a.csv', '--yes', '--json')).stdout)).toMatchObject({ deleted: 1, exit: 0 });
  expect(await send()).toMatchObject(held);
  expect(await send('--live')).toMatchObject(held);
  expect(await send('--live', '--restore-deleted')).toMatchObject({ created: 1 });
});
