import { useEffect, useRef, useState } from 'preact/hooks';
import type { JobView } from '../../wire.js';
import type { Refused } from '../api.js';
import { takeJob } from '../following.js';
import { asRefused, isRunning, job } from '../store.js';

export interface Action {
  readonly isBusy: boolean;
  readonly trouble: Refused | undefined;
  /** Does something, unless what was asked for before is still under way: a second press asks for nothing. */
  readonly act: (what: () => Promise<unknown>) => void;
}

/** What a press of a button asks for: once at a time, and its trouble is told. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Refused>();
  const isUnderWay = useRef(false);
  const isFree = !isRunning(job.value);
  // What was refused since something was under way is not told of any longer than that.
  useEffect(() => {
    if (isFree) setTrouble((told) => (told?.code === 'busy' ? undefined : told));
  }, [isFree]);
  const act = (what: () => Promise<unknown>): void => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    what()
      .then(
        (answer) => {
          setTrouble(undefined);
          if (isJobAnswer(answer)) takeJob(answer.job);
        },
        (error: unknown) => setTrouble(asRefused(error)),
      )
      .finally(() => {
        isUnderWay.current = false;
        setBusy(false);
      });
  };
  return { isBusy, trouble, act };
}

function isJobAnswer(answer: unknown): answer is { readonly job: JobView } {
  return typeof answer === 'object' && answer !== null && 'job' in answer && answer.job !== null;
}
