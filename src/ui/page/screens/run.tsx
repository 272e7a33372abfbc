import { outcomeBar } from '../../../report/charts/outcome-bar.js';
import { timelineChart } from '../../../report/charts/timeline-chart.js';
import { endInWords } from '../../../wording/times.js';
import { call } from '../api.js';
import { Drawing } from '../parts/markup.js';
import { Elsewhere, Far } from '../parts/elsewhere.js';
import { Onward } from '../parts/onward.js';
import { Left } from '../parts/left.js';
import { NotSent } from '../plan/not-sent.js';
import { Send } from '../plan/send.js';
import { useAction } from '../parts/action.js';
import type { JobView } from '../../wire.js';
import { Trouble } from '../parts/notice.js';
import { bestPlan, connection, file, fileId, isRunning, job, state } from '../store.js';
import { goesOnInWords, limitSharedInWords, wayBackInWords } from '../words.js';

/** What goes on now. */
export function Run() {
  const { isBusy, trouble, act } = useAction();
  const now = job.value;
  const isLost = connection.value === 'lost';
  const shared = limitSharedInWords(kindsOfOthers());
  if (now === undefined || !isRunning(now)) {
    const { elsewhere = null } = file.value ?? {};
    if (elsewhere !== null) return <Elsewhere by={elsewhere} />;
    return (
      <>
        <p>
          {now === undefined
            ? 'Nothing of this file is being sent.'
            : 'Nothing of this file is being sent at the moment.'}
        </p>
        {bestPlan.value.kind === 'there' && (
          <>
            <NotSent view={bestPlan.value.value} />
            <Send view={bestPlan.value.value} />
          </>
        )}
        {now !== undefined && (
          <>
            <Left />
            <Onward to="result" isWeak />
          </>
        )}
      </>
    );
  }
  return (
    <>
      {now.counts !== null && <Drawing of={outcomeBar(now.counts)} />}
      {now.undoing !== null && <Far of={now.undoing} label="Contacts taken back" />}
      {trouble !== undefined && <Trouble error={trouble} />}
      <p class="onward">
        <button
          type="button"
          class="strong stop"
          disabled={now.stopping || isBusy}
          onClick={() => act(() => call('POST', `files/${fileId.value ?? ''}/run/stop`))}
        >
          Stop
        </button>
        {!isLost && (
          <span class="facts">
            You may close this page; {goesOnInWords(now)}. {wayBackInWords(state.value?.hearsEnter === true)}
          </span>
        )}
      </p>
      <Gauges now={now} />
      {now.limitSaid !== null && <p class="facts">{now.limitSaid}</p>}
      {now.waitsForEarlier && shared === '' && (
        <p class="facts">It waits: what was sent with this key before, or by another program, counts as well.</p>
      )}
      {shared !== '' && <p class="facts">{shared}</p>}
      {now.timeline !== null && now.kind !== 'verify' && <Drawing of={timelineChart(now.timeline)} />}
      {now.latest.length > 0 && <Latest now={now} />}
    </>
  );
}

function kindsOfOthers(): JobView['kind'][] {
  const others = (state.value?.jobs ?? []).filter((one) => one.file !== fileId.value && isRunning(one));
  return others.map(({ kind }) => kind);
}

function Gauges({ now }: { now: JobView }) {
  const { limit, inWindow, perMinute, secondsLeft } = now;
  const nowMs = Date.now();
  const end = secondsLeft === null || secondsLeft < 60 ? undefined : endInWords(nowMs + secondsLeft * 1000, nowMs);
  return (
    <dl class="gauges">
      {limit !== null && limit.writes !== null && (
        <div>
          <dt>Writes in the last {limit.windowMs / 1000} s</dt>
          <dd>
            <meter min={0} max={limit.writes} value={inWindow} aria-label="Writes in the window">
              {inWindow}
            </meter>
            {inWindow} of {limit.writes}
          </dd>
        </div>
      )}
      {perMinute !== null && (
        <div>
          <dt>Each minute</dt>
          <dd>{perMinute.toLocaleString('en-US')}</dd>
        </div>
      )}
      {end !== undefined && (
        <div>
          <dt>Done at</dt>
          <dd>{end}</dd>
        </div>
      )}
    </dl>
  );
}

function Latest({ now }: { now: JobView }) {
  return (
    <>
      <h2>Just now</h2>
      <ul class="latest">
        {now.latest.map(({ line, outcome }) => (
          <li key={line}>
            <span class={`pill ${outcome}`}>{outcome.replace('_', ' ')}</span> line {line}
          </li>
        ))}
      </ul>
    </>
  );
}
