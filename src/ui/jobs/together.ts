/** The files and what runs on them, of one moment: never a run that has ended beside files as they were before. */
import type { JobsTold, JobView } from '../wire.js';

/**
 * Lists the files, again where a run began or ended meanwhile.
 * @param list told which runs there are: a list made for others is old
 */
export async function filesAndJobs<Listed extends object>(
  views: () => readonly JobView[],
  list: (runs: string) => Promise<Listed>,
): Promise<Listed & JobsTold> {
  for (;;) {
    const runs = runsOf(views());
    const listed = await list(runs);
    const toldMs = performance.now();
    const jobs = views();
    if (runsOf(jobs) === runs) return { ...listed, jobs, toldMs };
  }
}

function runsOf(views: readonly JobView[]): string {
  return views.map(({ file, kind, endedAt }) => `${file} ${kind} ${endedAt ?? ''}`).join('\n');
}
