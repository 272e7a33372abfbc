import { useEffect, useState } from 'preact/hooks';
import { connection, file, isRunning, job, plan, state, step } from '../store.js';

/** The sentence of the moment, for eyes and for ears. */
export function StatusLine() {
  const running = isRunning(job.value);
  const mood = connection.value === 'lost' ? 'stopped' : (job.value?.mood ?? '');
  const showsJob = job.value !== undefined && (running || step.value === 'run' || step.value === 'result');
  return (
    <div class={`status ${showsJob ? mood : ''} ${running ? 'busy' : ''}`}>
      <p role="status">{sentence(showsJob)}</p>
      {running && <Countdown />}
    </div>
  );
}

function sentence(showsJob: boolean): string {
  if (connection.value === 'lost')
    return 'The program does not answer. Start it again in the terminal; nothing is lost.';
  if (showsJob && job.value !== undefined) return job.value.sentence;
  const { files = [], folder = '' } = state.value ?? {};
  if (file.value === undefined || step.value === 'files') {
    const count = files.length === 1 ? '1 file' : `${files.length} files`;
    return files.length === 0 ? `No file in ${folder} yet: drop one here.` : `${count} in ${folder}.`;
  }
  if (plan.value.kind === 'loading') return 'Looking at every row…';
  return plan.value.kind === 'there' ? plan.value.value.sentence : plan.value.error.message;
}

/** The one number that the page reckons itself: the seconds until the next write. */
function Countdown() {
  const [nowMs, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil(((job.value?.waitingUntilMs ?? 0) - nowMs) / 1000);
  return seconds > 0 ? <p class="countdown">Next writes in {seconds} s</p> : null;
}
