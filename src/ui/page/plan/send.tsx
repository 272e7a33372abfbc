import { undoBeginsAnewInWords } from '../../../wording/left-as-is.js';
import { endInWords } from '../../../wording/times.js';
import { call } from '../api.js';
import type { JobView, PlanView } from '../../wire.js';
import { isKeyRefused, KEY_REFUSED } from '../access/key.js';
import { takeJob } from '../following.js';
import { useAction } from '../parts/action.js';
import { Trouble } from '../parts/notice.js';
import { Remedy } from '../parts/remedy.js';
import { othersInWords, updatedInWords } from './beside.js';
import {
  asRefused,
  file,
  fileId,
  go,
  isPlanOld,
  isRunning,
  job,
  loadAll,
  sentOfShown,
  sheetRead,
  state,
} from '../store.js';

/** From so many seconds on it is worth saying when it would be done. */
const LONG_SECONDS = 60;

/** Why the button is grey while something is under way. */
const SENT_NOW: Readonly<Record<JobView['kind'], string>> = {
  import: 'It is being sent just now: see “Run”.',
  plan: 'The plan is being made.',
  verify: 'It is being compared with Clarky just now: see “Result”.',
  undo: 'It is being taken back just now: see “Result”.',
};

/** The button says what it does; what is sent is the plan that is shown, or nothing. */
export function Send({ view }: { view: PlanView }) {
  const { isBusy, trouble, act } = useAction();
  const { requests } = view.plan;
  const words = `${requests.toLocaleString('en-US')} ${requests === 1 ? 'contact' : 'contacts'}`;
  const hasKey = state.value?.key.isThere === true;
  const isElsewhere = (file.value?.elsewhere ?? null) !== null;
  const isUnderWay = isBusy || isRunning(job.value) || isElsewhere || isPlanOld.value;
  const { undone, undoEndsFor } = sentOfShown.value;
  // Before Clarky was asked as well: what was chosen decides whether the import can be undone.
  const endsUndo = view.isUndoable && undoEndsFor > 0;
  const isHalfBack = undone !== null && undone.done > 0 && undone.done + undone.left < undone.of;
  const send = async (): Promise<void> => {
    try {
      const body = { revision: view.revision, sheet: sheetRead.value };
      const answer = await call<{ job: JobView }>('POST', `files/${fileId.value ?? ''}/run`, body);
      takeJob(answer.job);
      go(isRunning(job.value) ? 'run' : 'result');
    } catch (error) {
      const refused = asRefused(error);
      if (refused.code === 'changed') loadAll();
      throw refused;
    }
  };
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      <p class="onward">
        <button
          type="button"
          class="strong"
          disabled={!hasKey || isKeyRefused.value || requests === 0 || isUnderWay}
          onClick={() => act(send)}
        >
          Send {words}
        </button>
        <span class="facts">
          {isRunning(job.value) && <Remedy text={SENT_NOW[job.value?.kind ?? 'import']} />}
          {isElsewhere && 'Another program is at work on this file just now: wait until it has ended. '}
          {isPlanOld.value ? 'Looking at every row again… ' : ''}
          {isHalfBack &&
            requests > 0 &&
            'An undo of this file stopped half-way: to send it brings back what was taken back. '}
          {endsUndo && requests > 0 && !isRunning(job.value) && <strong>{undoBeginsAnewInWords(undoEndsFor)} </strong>}
          {isRunning(job.value) ? '' : requests === 0 ? nothingInWords(view) : somethingInWords(view)}
        </span>
        {!hasKey && <span class="facts">Type your API key at the top first.</span>}
        {isKeyRefused.value && <span class="facts">{KEY_REFUSED}</span>}
      </p>
    </>
  );
}

function nothingInWords({ plan: { rejected, rows } }: PlanView): string {
  if (rejected > 0 && rejected === rows) return 'Nothing can be sent: something keeps each row back.';
  return 'Nothing has to be sent.';
}

function somethingInWords(view: PlanView): string {
  const { live, seconds } = view.plan;
  const open = live ? '' : 'What Clarky has already is found when it is sent: that is updated, or costs no write.';
  const nowMs = Date.now();
  const end =
    seconds < LONG_SECONDS ? '' : `Sent now, it is done at about ${endInWords(nowMs + seconds * 1000, nowMs)}.`;
  return [updatedInWords(view), open, ...othersInWords(view), end].filter((said) => said !== '').join(' ');
}
