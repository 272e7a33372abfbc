/** `--shared-phone send` with `--live`: whom Clarky made one contact then, as it was allowed to, nobody has deleted. */
import { expect, it } from 'vitest';
import { workbench } from './workbench.js';

const HEAD = 'Email,First name,Phone,Company\n';
const ROWS = ['ann@x.com,Ann,+442079460001,', 'bob@x.com,Bob,+442079460001,'];
const SEND = { sharedPhone: 'send' } as const;

it('is unchanged night after night, and not called deleted once its row changes either', async () => {
  const bench = await workbench(`${HEAD}${ROWS.join('\n')}\n`);
  expect((await bench.import(SEND)).summary).toMatchObject({ created: 1, updated: 1, rejected: 0 });
  for (const _night of [2, 3]) {
    expect(await bench.plan(SEND)).toMatchObject({ unchanged: 2, rejected: 0 });
    expect((await bench.import(SEND)).summary).toMatchObject({ unchanged: 2, rejected: 0, requests: 0 });
  }
  await bench.write(`${HEAD}${ROWS.map((row) => `${row}Acme`).join('\n')}\n`);
  // Clarky takes them for one still, which is told; nobody has deleted anybody.
  expect((await bench.import(SEND)).summary.reasons).not.toHaveProperty('deleted_in_clarky');
});

it('is deleted where that contact is there no more', async () => {
  const bench = await workbench(`${HEAD}${ROWS.join('\n')}\n`);
  await bench.import(SEND);
  const [one] = bench.sandbox.contacts();
  const headers = { authorization: `Bearer ${bench.sandbox.key}` };
  await fetch(`${bench.sandbox.url}/contacts/${one?.id ?? ''}`, { method: 'DELETE', headers });
  expect((await bench.import(SEND)).summary).toMatchObject({ rejected: 2, reasons: { deleted_in_clarky: 2 } });
});
