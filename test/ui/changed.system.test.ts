import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk, type UiDesk } from './desk.js';

interface Planned {
  readonly revision: string;
  readonly plan: { readonly created: number };
}

async function deskWith(
  text: string,
): Promise<{ desk: UiDesk; file: string; id: string; plan: () => Promise<Planned> }> {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  await writeFile(file, text);
  const [{ id = '' } = {}] = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id: string }[];
  const plan = async (): Promise<Planned> =>
    JSON.parse((await desk.ask('GET', `/api/files/${id}/plan`)).text) as Planned;
  return { desk, file, id, plan };
}

describe('a plan that is sent', () => {
  it.each([
    ['its file was saved anew', async ({ file }) => writeFile(file, peopleCsv(5))],
    [
      'another tab decided a column',
      async ({ desk, id }) =>
        desk.ask('PUT', `/api/files/${id}/mapping`, { columns: [{ index: 3, to: 'custom:Employer' }] }),
    ],
    [
      'another tab chose what to send',
      async ({ desk, id }) => desk.ask('POST', `/api/files/${id}/plan`, { onInvalid: 'omit' }),
    ],
    [
      'another tab corrected a cell',
      async ({ desk, id }) =>
        desk.ask('PUT', `/api/files/${id}/edits`, {
          corrections: [{ line: 2, column: 'First Name', was: 'First0', value: 'Ann' }],
        }),
    ],
    [
      'another tab read it in another way',
      async ({ desk, id }) => desk.ask('PATCH', `/api/files/${id}/reading`, { country: 'GB' }),
    ],
  ] satisfies readonly (readonly [string, (there: { desk: UiDesk; file: string; id: string }) => Promise<unknown>])[])(
    'is the one that was shown: not where %s',
    async (_, change) => {
      const { desk, file, id, plan } = await deskWith(peopleCsv(3));
      const { revision } = await plan();
      await change({ desk, file, id });
      const refused = await desk.ask('POST', `/api/files/${id}/run`, { revision });
      expect([refused.status, JSON.parse(refused.text)]).toMatchObject([409, { code: 'changed' }]);
      expect(desk.sandbox.requests).toEqual([]);
      const newer = await plan();
      expect((await desk.ask('POST', `/api/files/${id}/run`, { revision: newer.revision })).status).toBe(200);
      await until(async () => (await desk.ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
      expect(desk.sandbox.contacts()).toHaveLength(newer.plan.created);
    },
  );

  it('is sent once, however often the button is pressed', async () => {
    const { desk, id, plan } = await deskWith(peopleCsv(3));
    const { revision } = await plan();
    desk.sandbox.setFaults({ on: 'writes', probabilities: { held: 1 } });
    const answers = await Promise.all([1, 2, 3].map(() => desk.ask('POST', `/api/files/${id}/run`, { revision })));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    desk.sandbox.setFaults({});
    await until(async () => (await desk.ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
    expect(desk.sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(3);
  });
});

it('of two files of one name that come at once, the second is asked about', async () => {
  const { ask } = await uiDesk();
  const answers = await Promise.all(
    ['a', 'b'].map((name) => ask('PUT', '/api/files/new.csv', `Email\n${name}@example.com\n`)),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
});

it('while a file is sent it is neither replaced nor corrected', async () => {
  const { desk, id, plan } = await deskWith(peopleCsv(30));
  const { revision } = await plan();
  desk.sandbox.setFaults({ on: 'writes', probabilities: { held: 1 } });
  await desk.ask('POST', `/api/files/${id}/run`, { revision });
  const correction = { line: 2, column: 'First Name', was: 'First0', value: 'Ann' };
  const answers = await Promise.all([
    desk.ask('PUT', '/api/files/people.csv?replace=yes', peopleCsv(1)),
    desk.ask('PUT', `/api/files/${id}/edits`, { corrections: [correction] }),
    desk.ask('DELETE', `/api/files/${id}/edits`),
    desk.ask('POST', `/api/files/${id}/edits/replace`, {
      column: 'First Name',
      find: 'First',
      replacement: 'Second',
      applies: true,
    }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
  desk.sandbox.setFaults({});
  await until(async () => (await desk.ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
  expect(desk.sandbox.contacts()).toHaveLength(30);
});
