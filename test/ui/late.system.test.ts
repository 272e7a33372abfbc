/** What a page asks too late, of what is gone, or in a form that nobody can use: a sentence, and the program goes on. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk, type UiDesk } from './desk.js';

interface Job {
  readonly phase: string;
}

async function jobOf({ ask }: UiDesk, id: string): Promise<Job | null> {
  return (JSON.parse((await ask('GET', `/api/files/${id}/run`)).text) as { job: Job | null }).job;
}

it('an undo that was stopped in one tab is answered in no other', async () => {
  const desk = await uiDesk();
  await writeFile(join(desk.folder, 'people.csv'), peopleCsv(2));
  const [file] = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id: string }[];
  const id = file?.id ?? '';
  const isIn = (...phases: string[]): Promise<void> =>
    until(async () => phases.includes((await jobOf(desk, id))?.phase ?? ''));
  await desk.ask('POST', `/api/files/${id}/run`, {});
  await isIn('ended');
  await desk.ask('POST', `/api/files/${id}/undo`);
  await isIn('asking');
  await desk.ask('POST', `/api/files/${id}/run/stop`);
  await isIn('ended', 'failed');
  const answer = await desk.ask('POST', `/api/files/${id}/undo/answer`, { contacts: 2 });
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([422, { message: 'Nothing was asked.' }]);
  expect(['ended', 'failed']).toContain((await jobOf(desk, id))?.phase);
  expect(desk.sandbox.contacts()).toHaveLength(2);

  for (const body of [{ corrections: [null] }, { corrections: [7] }, { corrections: [], takenBack: [null] }]) {
    expect((await desk.ask('PUT', `/api/files/${id}/edits`, body)).status).toBe(400);
  }

  // The folder goes while a page is told of it: nothing of that is printed raw.
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  const events = desk.ask('GET', '/api/events');
  await until(() => desk.ui.pages === 1);
  await rm(desk.folder, { recursive: true });
  await events;
  const gone = await desk.ask('GET', '/api/state');
  expect([gone.status, gone.text]).toEqual([422, expect.stringMatching(/The folder of the files can't be read: .+\./)]);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
