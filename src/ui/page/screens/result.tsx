import { useEffect, useState } from 'preact/hooks';
import { outcomeBar } from '../../../report/charts/outcome-bar.js';
import { timelineChart } from '../../../report/charts/timeline-chart.js';
import type { JobView, UndoPlanView } from '../../wire.js';
import { call } from '../api.js';
import { useAction } from '../parts/action.js';
import { Left } from '../parts/left.js';
import { Drawing } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';
import { file, fileId, go, isRunning, job } from '../store.js';
import { dayInWords } from '../words.js';

/** What came of it, and what can be done now. */
export function Result() {
  const { isBusy: isAsking, trouble, act } = useAction();
  const now = job.value;
  const ask = (what: string): void => act(() => call('POST', `files/${fileId.value ?? ''}/${what}`));
  const isUnderWay = isRunning(now);
  const isBusy = isUnderWay || isAsking;
  const wasSent = (file.value?.accepted ?? 0) > 0;
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      {typeof now?.error?.next === 'string' && <p class="notice">{now.error.next}</p>}
      {now !== undefined && now.counts !== null && <Drawing of={outcomeBar(now.counts)} />}
      <Left />
      {now !== undefined && now.undoPlan !== null && <AskUndo plan={now.undoPlan} />}
      <p class="actions">
        <button type="button" disabled={isBusy || !wasSent} onClick={() => ask('verify')}>
          Verify
        </button>
        <button type="button" disabled={isBusy || !wasSent} onClick={() => ask('undo')}>
          Undo
        </button>
        {(now?.counts?.pending ?? 0) > 0 && !isBusy && (
          <button type="button" class="strong" onClick={() => go('plan')}>
            Go on
          </button>
        )}
        {isUnderWay && (
          <button type="button" class="stop" disabled={now?.stopping === true} onClick={() => ask('run/stop')}>
            Stop
          </button>
        )}
      </p>
      <Chart now={now} />
      <Earlier />
    </>
  );
}

function Chart({ now }: { now: JobView | undefined }) {
  if (now === undefined || now.timeline === null || now.timeline.bins.every(({ writes }) => writes === 0)) return null;
  return (
    <>
      <h2>Writes over time</h2>
      <Drawing of={timelineChart(now.timeline)} />
    </>
  );
}

/** Taking back is asked for with the number, typed. */
function AskUndo({ plan }: { plan: UndoPlanView }) {
  const [typed, setTyped] = useState('');
  const { isBusy, trouble, act } = useAction();
  const answer = (contacts: number | null): void =>
    act(() => call('POST', `files/${fileId.value ?? ''}/undo/answer`, { contacts }));
  return (
    <form
      class="notice"
      onSubmit={(event) => {
        event.preventDefault();
        answer(Number(typed.replace(/\D/g, '')));
      }}
    >
      {trouble !== undefined && <Trouble error={trouble} />}
      <p>
        <b>{undoInWords(plan)}</b>
        {plan.left > 0 &&
          `; ${plan.left === 1 ? '1 left as it is, since somebody changed it' : `${plan.left.toLocaleString('en-US')} left as they are, since somebody changed them`}`}
        .
      </p>
      <label>
        Type {plan.contacts.toLocaleString('en-US')} to take {plan.contacts === 1 ? 'it' : 'them'} back{' '}
        <input inputMode="numeric" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <p class="actions">
        <button
          type="submit"
          class="strong stop"
          disabled={isBusy || Number(typed.replace(/\D/g, '')) !== plan.contacts}
        >
          Take them back
        </button>
        <button type="button" disabled={isBusy} onClick={() => answer(null)}>
          Leave them
        </button>
      </p>
    </form>
  );
}

function undoInWords({ toDelete, toSetBack }: UndoPlanView): string {
  const deleted = `${toDelete.toLocaleString('en-US')} ${toDelete === 1 ? 'contact' : 'contacts'} would be deleted`;
  return toSetBack === 0 ? deleted : `${deleted}, ${toSetBack.toLocaleString('en-US')} set back`;
}

interface PastRun {
  readonly at: string;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly pending: number;
}

function Earlier() {
  const [runs, setRuns] = useState<readonly PastRun[]>([]);
  const phase = job.value?.phase;
  const lastAt = file.value?.lastRun?.at;
  useEffect(() => {
    let isWanted = true;
    call<{ runs: readonly PastRun[] }>('GET', `history?file=${fileId.value ?? ''}`).then(
      (value) => isWanted && setRuns(value.runs),
      () => isWanted && setRuns([]),
    );
    return () => {
      isWanted = false;
    };
  }, [fileId.value, phase, lastAt]);
  if (runs.length === 0) return null;
  const columns = ['created', 'updated', 'unchanged', 'rejected', 'pending'] as const;
  return (
    <>
      <h2>Earlier</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Earlier imports">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              {columns.map((name) => (
                <th scope="col" class="number" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.at}>
                <th scope="row">{dayInWords(Date.parse(run.at))}</th>
                {columns.map((name) => (
                  <td class="number" key={name}>
                    {run[name].toLocaleString('en-US')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
