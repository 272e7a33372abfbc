/** What a page asks too late, of what is gone, or in a form that nobody can use: a sentence, and the program goes on. */
import { rename, rm, writeFile } from 'node:fs/promises';
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

it('what is under way with a file goes on, is told of and can be stopped though the file was renamed', async () => {
  // The third write of the minute is waited for longer than the test takes.
  const desk = await uiDesk({ sandbox: { writes: { limit: 2, windowMs: 600_000 } } });
  const [path, elsewhere] = [join(desk.folder, 'people.csv'), join(desk.folder, 'renamed.txt.old')];
  await writeFile(path, peopleCsv(5));
  const [file] = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id: string }[];
  const id = file?.id ?? '';
  const told = async () =>
    JSON.parse((await desk.ask('GET', '/api/state')).text) as {
      files: { id: string; isGone: boolean }[];
      jobs: { phase: string }[];
    };
  const isIn = (...phases: string[]): Promise<void> =>
    until(async () => phases.includes((await told()).jobs[0]?.phase ?? ''));
  await desk.ask('POST', `/api/files/${id}/run`, {});
  await until(() => desk.sandbox.contacts().length === 2);
  await rename(path, elsewhere);
  await until(async () => (await told()).files[0]?.isGone === true);
  expect(await told()).toMatchObject({ files: [{ id, isGone: true }], jobs: [{ file: id, kind: 'import' }] });
  expect((await desk.ask('POST', `/api/files/${id}/run/stop`)).status).toBe(200);
  await isIn('ended', 'failed');
  expect(desk.sandbox.contacts()).toHaveLength(2);

  await rename(elsewhere, path);
  await desk.ask('POST', `/api/files/${id}/undo`);
  await isIn('asking');
  await rename(path, elsewhere);
  expect((await desk.ask('POST', `/api/files/${id}/undo/answer`, { contacts: null })).status).toBe(200);
  await isIn('ended');
  expect((await desk.ask('POST', `/api/files/${id}/run`, {})).status).toBe(404);
});
