import { expect, it } from 'vitest';
import { filesAndJobs } from '../../src/ui/jobs/together.js';
import { JobProgress } from '../../src/ui/jobs/progress.js';

it('files that were listed while a run went on are not told beside its end', async () => {
  const progress = new JobProgress('book', 'import', () => undefined);
  let isListedAgain = false;
  const list = async (): Promise<{ sheets: string[] }> => {
    // The checkpoint is looked at, and only then does the run write its end.
    const sheets = progress.isOver ? ['Clients'] : [];
    isListedAgain = progress.isOver;
    await Promise.resolve();
    if (!progress.isOver) progress.ended('Finished: all 12 rows are in Clarky.', 'good', null, null);
    return { sheets };
  };
  const told = await filesAndJobs(() => [progress.view()], list);
  expect([told.sheets, told.jobs[0]?.sentence]).toEqual([['Clients'], 'Finished: all 12 rows are in Clarky.']);
  expect(isListedAgain).toBe(true);
});
