/** Who stands in several rows of a list, and was changed in Clarky since: one contact there, and nobody is rejected for themselves. */
import { expect, it } from 'vitest';
import type { SandboxContact } from '../../src/sandbox/index.js';
import { UNLIMITED, workplace } from '../support/cli.js';

const HEAD = 'First Name,Last Name,Email,Phone,Notes\n';
const ANN = (notes: string, name = 'Ann'): string => `${name},Lee,ann@x.com,+442079461001,${notes}\n`;
const BOB = (notes: string): string => `Bob,Stone,bob@x.com,+442079461002,${notes}\n`;

async function lists() {
  const { sandbox, here, write } = await workplace();
  const send = async (rows: string, ...options: string[]) => {
    await write('march.csv', HEAD + rows);
    const plan = await here('plan', 'march.csv', '--live', '--json', ...options);
    const done = await here('import', 'march.csv', '--live', '--json', ...options, ...UNLIMITED);
    const [planned, made] = [plan, done].map(({ stdout }) => {
      const { created, updated, unchanged, merged, rejected } = JSON.parse(stdout) as Record<string, number>;
      return { created, updated, unchanged, merged, rejected };
    });
    expect(planned).toEqual(made);
    return made;
  };
  const change = async (name: string, what: Partial<SandboxContact>): Promise<void> => {
    const id = sandbox.contacts().find(({ first_name: first }) => first === name)?.id ?? '';
    const headers = { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' };
    const of = `${sandbox.url}/contacts/${id}`;
    expect((await fetch(of, { method: 'PATCH', headers, body: JSON.stringify(what) })).ok).toBe(true);
  };
  return { sandbox, send, change };
}

it('whose e-mail was changed in Clarky stays one contact, known by the id, whether the rows have changed or not', async () => {
  const { sandbox, send, change } = await lists();
  await send(ANN('1') + ANN('1') + BOB('1'));
  await change('Ann', { emails: ['ann@y.com'] });
  expect(await send(ANN('1') + ANN('1') + BOB('1'))).toMatchObject({ unchanged: 2, merged: 1, rejected: 0 });
  expect(await send(ANN('2') + BOB('1') + ANN('2', 'Annie') + ANN('3'))).toMatchObject({
    created: 0,
    updated: 1,
    unchanged: 1,
    merged: 2,
    rejected: 0,
  });
  expect(sandbox.contacts()).toHaveLength(2);
  expect(sandbox.contacts().find(({ first_name: first }) => first === 'Ann')).toMatchObject({
    emails: expect.arrayContaining(['ann@y.com']) as string[],
    notes: '3',
  });
});

it('is held as before where one of the rows is somebody else, or where rows of one person are to be rejected', async () => {
  const { sandbox, send, change } = await lists();
  await send(ANN('1') + ANN('1'));
  await change('Ann', { emails: ['ann@y.com'] });
  const zoe = 'Zoe,Kim,zoe@x.com,+442079461001,1\n';
  expect(await send(ANN('2') + ANN('2') + zoe)).toMatchObject({ created: 0, updated: 0, rejected: 3 });
  expect(await send(ANN('2') + ANN('2'), '--duplicates', 'reject')).toMatchObject({ updated: 0, rejected: 2 });
  expect(sandbox.contacts()).toMatchObject([{ emails: ['ann@y.com'], notes: '1' }]);
});

it('is two people where rows without an e-mail have one phone and one first name alone', async () => {
  const { sandbox, send, change } = await lists();
  const anna = (last: string, notes: string): string => `Anna,${last},,+442079461003,${notes}\n`;
  await send(anna('Weber', '1'));
  expect(await send(anna('Weber', '2') + anna('Schmidt', '1'))).toMatchObject({ created: 0, updated: 0, rejected: 2 });
  await change('Anna', { emails: ['anna@y.com'] });
  expect(await send(anna('Weber', '2') + anna('Schmidt', '1'))).toMatchObject({ created: 0, updated: 0, rejected: 2 });
  expect(sandbox.contacts()).toMatchObject([{ last_name: 'Weber', notes: '1' }]);
});
