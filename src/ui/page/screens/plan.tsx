import { useState } from 'preact/hooks';
import { OUTCOMES, outcomeBar } from '../../../report/charts/outcome-bar.js';
import type { PlanView, SendingChoices } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { Bots } from '../parts/bots.js';
import { Changes } from '../parts/changes.js';
import { Choices } from '../parts/choices.js';
import { Drawing } from '../parts/markup.js';
import { RowGrid, type RowFilter } from '../parts/row-grid.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { NotSent } from '../parts/not-sent.js';
import { Remedy } from '../parts/remedy.js';
import { useAction } from '../parts/action.js';
import { asRefused, fileId, go, isRunning, job, loadAll, loadPlan, plan, state } from '../store.js';

/** What would become of every row; nothing has been sent yet. */
export function Plan() {
  const [trouble, setTrouble] = useState<Refused>();
  const [filter, setFilter] = useState<RowFilter>({});
  const loaded = plan.value;
  if (loaded.kind === 'loading') return <Waiting text="Looking at every row; nothing is sent…" />;
  if (loaded.kind === 'failed') return <Trouble error={loaded.error} />;
  const view = loaded.value;
  const choose = async (choices: SendingChoices): Promise<void> => {
    try {
      await call<unknown>('POST', `files/${fileId.value ?? ''}/plan`, choices);
      await loadPlan();
      setTrouble(undefined);
    } catch (error) {
      setTrouble(asRefused(error));
    }
  };
  return (
    <>
      <Drawing of={outcomeBar({ ...view.plan, pending: 0 })} />
      {trouble !== undefined && <Trouble error={trouble} />}
      <Bots onChosen={() => void loadPlan()} onTrouble={setTrouble} />
      <NotSent view={view} />
      <Send view={view} />
      <Reasons view={view} onPick={setFilter} />
      <Choices view={view} choose={(choices) => void choose(choices)} />
      {view.isUndoable && <Changes stamp={view} />}
      <h2>Row by row</h2>
      <Filters view={view} filter={filter} onPick={setFilter} />
      <RowGrid filter={filter} header={view.header} stamp={view} />
    </>
  );
}

/** The button says what it does; what is sent is the plan that is shown, or nothing. */
export function Send({ view }: { view: PlanView }) {
  const { isBusy, trouble, act } = useAction();
  const { requests, rejected, rows } = view.plan;
  const words = `${requests.toLocaleString('en-US')} ${requests === 1 ? 'contact' : 'contacts'}`;
  const hasKey = state.value?.key.isThere === true;
  const isUnderWay = isBusy || isRunning(job.value);
  const send = async (): Promise<unknown> => {
    try {
      const answer = await call('POST', `files/${fileId.value ?? ''}/run`, { revision: view.revision });
      go('run');
      return answer;
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
          disabled={!hasKey || requests === 0 || isUnderWay}
          onClick={() => act(send)}
        >
          Send {words}
        </button>
        {requests === 0 && (
          <span class="facts">
            {rejected > 0 && rejected === rows
              ? 'Nothing can be sent: what keeps the rows back is below.'
              : 'Nothing has to be sent.'}
          </span>
        )}
        {requests > 0 && (
          <span class="facts">
            What Clarky has already is found when it is sent: that is updated, or costs no write.
          </span>
        )}
        {!hasKey && <span class="facts">Type your API key at the top first.</span>}
      </p>
    </>
  );
}

function Reasons({ view, onPick }: { view: PlanView; onPick: (filter: RowFilter) => void }) {
  if (view.reasons.length === 0) return null;
  return (
    <>
      <h2>Why rows would be rejected</h2>
      <ul class="reasons">
        {view.reasons.map(({ code, title, remedy, count, columns }) => (
          <li key={code}>
            <b class="count">{count.toLocaleString('en-US')}</b>
            <div>
              <b>{title}</b>
              {columns.some(({ column }) => column !== '') && (
                <span class="facts">
                  {' '}
                  in{' '}
                  {columns
                    .filter(({ column }) => column !== '')
                    .slice(0, 3)
                    .map(({ column }) => column)
                    .join(', ')}
                </span>
              )}
              <p>
                <Remedy text={remedy} />
              </p>
              <p class="actions">
                <button type="button" onClick={() => onPick({ outcome: 'rejected', reason: code })}>
                  Show {count === 1 ? 'it' : 'them'}
                </button>
                <button type="button" onClick={() => go('correct')}>
                  Correct {count === 1 ? 'it' : 'them'}
                </button>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Filters({ view, filter, onPick }: { view: PlanView; filter: RowFilter; onPick: (filter: RowFilter) => void }) {
  const there = OUTCOMES.filter((name) => name !== 'pending' && view.plan[name] > 0);
  return (
    <div class="filters">
      <label>
        Outcome
        <select
          value={filter.outcome ?? ''}
          onChange={(event) => onPick({ outcome: event.currentTarget.value || undefined, text: filter.text })}
        >
          <option value="">all</option>
          {there.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {view.reasons.length > 0 && (
        <label>
          Reason
          <select
            value={filter.reason ?? ''}
            onChange={(event) => onPick({ ...filter, reason: event.currentTarget.value || undefined })}
          >
            <option value="">any</option>
            {view.reasons.map(({ code, title }) => (
              <option key={code} value={code}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Find
        <input
          type="search"
          value={filter.text ?? ''}
          onChange={(event) => onPick({ ...filter, text: event.currentTarget.value || undefined })}
        />
      </label>
    </div>
  );
}
