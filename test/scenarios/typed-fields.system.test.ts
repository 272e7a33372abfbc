/** A workspace defines custom fields of a type, and shows their values in a form of its own. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';
import { behindProxy } from './workbench.js';

const HEAD = 'First Name,Last Name,Email,Since,Langs,Size\n';

it('a list that says what Clarky has in typed fields sends nothing, and is found the same by verify', async () => {
  const place = await workplace();
  const typed = (text: string): string =>
    text
      .replace(/"Since":"(\d{4}-\d\d-\d\d)"/g, '"Since":"$1T00:00:00.000Z"')
      .replace(/"Langs":"([^"]*)"/g, (_, langs: string) => `"Langs":${JSON.stringify(langs.split('; '))}`)
      .replace(/"Size":"0*(\d+)"/g, '"Size":$1');
  const env = { CLARKY_API_URL: await behindProxy(place, () => Promise.resolve(), typed) };
  const run = (...args: string[]) => place.runWith({ env }, ...args, '--unmapped', 'custom');
  const night = async (name: string, since: string): Promise<unknown> => {
    await place.write(name, `${HEAD}Ann,Lee,ann@x.com,${since},en; de,007\nBob,Ray,bob@x.com,2024-12-31,fr,12\n`);
    return JSON.parse((await run('import', name, '--live', '--json', ...UNLIMITED)).stdout);
  };
  expect(await night('e26.csv', '2024-03-05')).toMatchObject({ created: 2 });
  expect(await night('e27.csv', '2024-03-05')).toMatchObject({ updated: 0, unchanged: 2 });
  expect((await run('verify', 'e27.csv')).code).toBe(0);
  // Another day is another value.
  expect(await night('e28.csv', '2024-03-06')).toMatchObject({ updated: 1, unchanged: 1 });
});
