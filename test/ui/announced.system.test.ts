import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk, type UiDesk } from './desk.js';

it('reckons the time of a plan with the limit that Clarky announced to the key last, also of a plan that was there', async () => {
  const desk = await uiDesk({ keepsLimit: true, sandbox: { writes: { limit: 20, windowMs: 60_000 } } });
  await writeFile(join(desk.folder, 'few.csv'), peopleCsv(2));
  await writeFile(join(desk.folder, 'many.csv'), peopleCsv(45));
  const told = async (path: string): Promise<unknown> => JSON.parse((await desk.ask('GET', path)).text) as unknown;
  const files = (await told('/api/files')) as readonly { readonly id: string; readonly name: string }[];
  const idOf = (name: string): string => files.find((file) => file.name === name)?.id ?? '';
  const plan = `/api/files/${idOf('many.csv')}/plan`;
  expect(await told(plan)).toMatchObject({ sentence: 'Up to 45 new: a few seconds.' });

  expect((await desk.ask('POST', `/api/files/${idOf('few.csv')}/run`, {})).status).toBe(200);
  await until(async () => (await runOf(desk, idOf('few.csv'))).job.phase === 'ended');
  expect(await runOf(desk, idOf('few.csv'))).toMatchObject({ job: { limit: { writes: 20, windowMs: 60_000 } } });
  expect(await told(plan)).toMatchObject({
    sentence: 'Up to 45 new: about 2 min.',
    plan: { rate: { writes: 20, seconds: 60 }, seconds: 120 },
  });
});

async function runOf({ ask }: UiDesk, id: string): Promise<{ readonly job: { readonly phase: string } }> {
  return JSON.parse((await ask('GET', `/api/files/${id}/run`)).text) as { readonly job: { readonly phase: string } };
}
