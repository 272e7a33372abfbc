import { useState } from 'preact/hooks';
import { OUTCOMES, outcomeBar } from '../../../report/charts/outcome-bar.js';
import { FROM_ANOTHER_FILE } from '../../../wording/choices.js';
import { correctedInWords } from '../../../wording/results.js';
import type { PlanView, SendingChoices } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { SentElsewhere } from '../access/sent-elsewhere.js';
import { Choice } from '../parts/choice.js';
import { Drawing } from '../parts/markup.js';
import { Said, Trouble, Waiting } from '../parts/notice.js';
import { Bots } from '../plan/bots.js';
import { Changes } from '../plan/changes.js';
import { Choices } from '../plan/choices.js';
import { BeforeItEnds } from '../parts/elsewhere.js';
import { NotSent } from '../plan/not-sent.js';
import { Reasons } from '../plan/reasons.js';
import { Remarks } from '../plan/remarks.js';
import { RowGrid } from '../plan/row-grid.js';
import { Send } from '../plan/send.js';
import { asRefused, bestPlan, decideForPlan, fileId, plan, rowFilter, type RowFilter } from '../store.js';

/** What is said of those that are new, before Clarky was asked who is there. */
const BEFORE_COMPARISON = { created: 'or updated, where Clarky has them' };

/** What would become of every row; nothing has been sent yet. */
export function Plan() {
  const [trouble, setTrouble] = useState<Refused>();
  const filter = rowFilter.value;
  const loaded = bestPlan.value;
  if (loaded.kind === 'loading') return <Waiting text="Looking at every row; nothing is sent…" />;
  if (loaded.kind === 'failed') return <Trouble error={loaded.error} />;
  const view = loaded.value;
  const isOpen = !view.plan.live && view.plan.created > 0;
  const meanings = {
    ...(isOpen ? BEFORE_COMPARISON : {}),
    ...(view.isFirst && !view.plan.live ? { updated: FROM_ANOTHER_FILE } : {}),
  };
  const choose = async (choices: SendingChoices): Promise<void> => {
    try {
      await decideForPlan(() => call<unknown>('POST', `files/${fileId.value ?? ''}/plan`, choices));
      setTrouble(undefined);
    } catch (error) {
      setTrouble(asRefused(error));
    }
  };
  const show = (wanted: RowFilter): void => {
    rowFilter.value = wanted;
    document.getElementById('rows')?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <BeforeItEnds />
      <Drawing of={outcomeBar({ ...view.plan, pending: 0 }, meanings)} />
      {trouble !== undefined && <Trouble error={trouble} />}
      <SentElsewhere why="if it is meant for there again, go on with that address." />
      <Bots onTrouble={setTrouble} />
      <NotSent view={view} />
      {view.corrected > 0 && <p class="facts">{correctedInWords(view.corrected, view.plan.rowsLeftOut)}</p>}
      <Send view={view} />
      <Reasons reasons={view.reasons} heading="Why rows would be rejected" onPick={show} />
      <Said heading="Would be sent without a value of their row" said={view.leftOut} />
      <Remarks view={view} />
      <Choices view={view} choose={(choices) => void choose(choices)} />
      {view.plan.rows > 0 && (
        <>
          {view.isUndoable && <Changes stamp={plan.value} />}
          <h2 id="rows">Row by row</h2>
          <Filters view={view} filter={filter} onPick={(wanted) => (rowFilter.value = wanted)} />
          <RowGrid filter={filter} view={view} />
        </>
      )}
    </>
  );
}

function Filters({ view, filter, onPick }: { view: PlanView; filter: RowFilter; onPick: (filter: RowFilter) => void }) {
  const there = OUTCOMES.filter((name) => name !== 'pending' && view.plan[name] > 0);
  return (
    <div class="filters">
      <Choice
        label="Outcome"
        value={filter.outcome ?? ''}
        options={[['', 'all'], ...there.map((name) => [name, name] as const)]}
        onChange={(outcome) => onPick({ outcome: outcome || undefined, text: filter.text })}
      />
      {view.reasons.length > 0 && (
        <Choice
          label="Reason"
          value={filter.reason ?? ''}
          options={[['', 'any'], ...view.reasons.map(({ code, title }) => [code, title] as const)]}
          onChange={(reason) => onPick({ ...filter, reason: reason || undefined })}
        />
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
