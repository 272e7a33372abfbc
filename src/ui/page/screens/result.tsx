import { useEffect, useState } from 'preact/hooks';
import { outcomeBar } from '../../../report/charts/outcome-bar.js';
import { timelineChart } from '../../../report/charts/timeline-chart.js';
import type { JobView, PastRun, UndoPlanView } from '../../wire.js';
import { call } from '../api.js';
import { useAction } from '../parts/action.js';
import { Left } from '../parts/left.js';
import { Drawing } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';
import { Table } from '../parts/table.js';
import { MetOnTheWay } from '../plan/met-on-the-way.js';
import { NotSent } from '../plan/not-sent.js';
import { Reasons } from '../plan/reasons.js';
import { file, fileId, go, isRunning, job, plan, rowFilter } from '../store.js';
import { dayInWords } from '../words.js';

/** What came of it, and what can be done now. */
export function Result() {
  const { isBusy: isAsking, trouble, act } = useAction();
  const runs = useRuns();
  const now = job.value;
  const ask = (what: string): void => act(() => call('POST', `files/${fileId.value ?? ''}/${what}`));
  const isUnderWay = isRunning(now);
  const isElsewhere = file.value?.isSentElsewhere === true;
  const isBusy = isUnderWay || isAsking || isElsewhere;
  const wasSent = (file.value?.accepted ?? 0) > 0;
  const counts = now?.counts ?? (isUnderWay ? null : file.value?.lastRun?.counts);
  const isTakenBack = runs[0]?.kind === 'undo' && runs[0].pending === 0;
  const isUndoable = file.value?.isUndoable === true && !isTakenBack;
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      {typeof now?.error?.next === 'string' && <p class="notice">{now.error.next}</p>}
      {counts && <Drawing of={outcomeBar(counts)} />}
      <Left />
      {now !== undefined && now.undoPlan !== null && <AskUndo plan={now.undoPlan} />}
      <p class="actions">
        <button type="button" disabled={isBusy || !wasSent} onClick={() => ask('verify')}>
          Verify
        </button>
        <button type="button" disabled={isBusy || !wasSent || !isUndoable} onClick={() => ask('undo')}>
          Undo
        </button>
        {(counts?.pending ?? 0) > 0 && !isBusy && (
          <button type="button" class="strong" onClick={() => go('plan')}>
            Go on: to the plan
          </button>
        )}
        {isUnderWay && (
          <button type="button" class="stop" disabled={now?.stopping === true} onClick={() => ask('run/stop')}>
            Stop
          </button>
        )}
        {isTakenBack && <span class="facts">The last import was taken back.</span>}
      </p>
      {counts && !isUnderWay && !isTakenBack && <NotAll isStopped={counts.pending > 0} reasons={now?.reasons ?? []} />}
      <Chart now={now} />
      <Runs runs={runs} />
    </>
  );
}

/** What did not get to Clarky, and why: as the plan knows it that was made since. */
function NotAll({ isStopped, reasons }: { isStopped: boolean; reasons: JobView['reasons'] }) {
  if (plan.value.kind !== 'there') return null;
  const view = plan.value.value;
  const planned = new Set(view.reasons.map(({ code }) => code));
  return (
    <>
      {view.corrected > 0 && (
        <p class="facts">
          {view.corrected === 1 ? '1 cell or row is' : `${view.corrected.toLocaleString('en-US')} cells or rows are`} as
          you corrected {view.corrected === 1 ? 'it' : 'them'}; the file has what it had.
        </p>
      )}
      <NotSent view={view} />
      <Reasons
        view={view}
        heading={isStopped ? 'Why rows of this file are rejected' : 'Why rows were rejected'}
        onPick={(filter) => {
          rowFilter.value = filter;
          go('plan');
        }}
      />
      <MetOnTheWay reasons={reasons.filter(({ code }) => !planned.has(code))} />
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

function useRuns(): readonly PastRun[] {
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
  return runs;
}

const COUNTED = ['created', 'updated', 'unchanged', 'rejected', 'pending'] as const;

/** Every import of the file, and what was taken back of it. */
function Runs({ runs }: { runs: readonly PastRun[] }) {
  if (runs.length === 0) return null;
  return (
    <>
      <h2>Imports of this file</h2>
      <Table label="Imports of this file" head={['When', ...COUNTED.map((number) => ({ number }))]}>
        {runs.map((run) => (
          <tr key={run.at}>
            <th scope="row">{dayInWords(Date.parse(run.at))}</th>
            {run.kind === 'undo' ? (
              <td colSpan={COUNTED.length}>{takenBackInWords(run)}</td>
            ) : (
              COUNTED.map((name) => (
                <td class="number" key={name}>
                  {run[name].toLocaleString('en-US')}
                </td>
              ))
            )}
          </tr>
        ))}
      </Table>
    </>
  );
}

function takenBackInWords({ deleted, setBack, left, pending }: Extract<PastRun, { kind: 'undo' }>): string {
  const parts = [
    [deleted, 'deleted'],
    [setBack, 'set back'],
    [left, 'left as they are'],
    [pending, 'still to be looked at'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString('en-US')} ${word}`);
  return `Taken back: ${said.join(', ') || 'there was nothing to do'}`;
}
