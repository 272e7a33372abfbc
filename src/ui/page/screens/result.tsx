import { OUTCOMES } from '../../../report/charts/outcome-bar.js';
import { useEffect, useState } from 'preact/hooks';
import { outcomeBar } from '../../../report/charts/outcome-bar.js';
import { timelineChart } from '../../../report/charts/timeline-chart.js';
import { beyondUndoInWords } from '../../../wording/left-as-is.js';
import { correctedInWords, takenBackInWords } from '../../../wording/results.js';
import type { Counts, JobView, PastRun } from '../../wire.js';
import { call } from '../api.js';
import { isKeyRefused, KEY_REFUSED } from '../access/key.js';
import { useAction } from '../parts/action.js';
import { AskUndo } from '../result/ask-undo.js';
import { Left } from '../parts/left.js';
import { Onward } from '../parts/onward.js';
import { Drawing, Plain } from '../parts/markup.js';
import { Said, Trouble } from '../parts/notice.js';
import { Sheets } from '../result/sheets.js';
import { Table } from '../parts/table.js';
import { SentElsewhere } from '../access/sent-elsewhere.js';
import { TakenBack } from '../result/taken-back.js';
import { MetOnTheWay } from '../plan/met-on-the-way.js';
import { NotSent } from '../plan/not-sent.js';
import { Reasons } from '../plan/reasons.js';
import { Send } from '../plan/send.js';
import { sinceChanged } from '../result/changed-since.js';
import { Found } from '../result/found.js';
import { WhyStopped } from '../result/why-stopped.js';
import {
  bestPlan,
  file,
  fileId,
  go,
  isPlanOld,
  isRunning,
  job,
  plan,
  rowFilter,
  sentOfShown,
  sheetRead,
  sheetsLeft,
} from '../store.js';
import { dayInWords, noUndoInWords, undoOfOneInWords } from '../words.js';

/** What came of it, and what can be done now. */
export function Result() {
  const { isBusy: isAsking, trouble, act } = useAction();
  const runs = useRuns();
  const now = job.value;
  // What is looked at is what is meant: of a workbook, the sheet.
  const ask = (what: string): void =>
    act(() => call('POST', `files/${fileId.value ?? ''}/${what}`, { sheet: sheetRead.value }));
  const isUnderWay = isRunning(now);
  const isElsewhere = (file.value?.elsewhere ?? null) !== null;
  const isBusy = isUnderWay || isAsking || isElsewhere;
  const { accepted = 0, setBack = 0, sentTo = [], sheets = [], beyondUndo = 0 } = file.value ?? {};
  const wasSent = accepted > 0 || (file.value?.lastRun ?? null) !== null;
  const ofOne = undoOfOneInWords(runs.filter(({ sheet }) => sheet === null || sheet === sheetRead.value));
  const isGone = file.value?.isGone === true;
  const cannotAsk = !wasSent || isKeyRefused.value || isGone;
  const { run: last, undone, isUndoable } = sentOfShown.value;
  const isTakenBack = undone !== null && undone.done + undone.left >= undone.of;
  // Of a workbook all sheets are counted in one.
  const hasMore = sheets.length === 0 && accepted + setBack > (undone?.left ?? 0);
  const counts = now?.counts ?? (isUnderWay ? null : last?.counts);
  // What an import did is no more what is in Clarky once it is taken back.
  const came = undone === null ? counts : null;
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      {now !== undefined && now.error !== null && <WhyStopped job={now} error={now.error} />}
      {!counts && now === undefined && (
        <SentElsewhere why="to verify it there, or to take it back, go on with that address." />
      )}
      {!wasSent && !counts && now === undefined && runs.length === 0 && sentTo.length === 0 && (
        <p>Nothing of this file has been sent yet.</p>
      )}
      {came && now?.kind === 'import' && now.phase === 'failed' && now.counts === null && last !== null && (
        <p class="facts">{`The numbers are those of the import before, begun ${dayInWords(Date.parse(last.at))}.`}</p>
      )}
      {came && <Drawing of={outcomeBar(came)} />}
      {undone !== null && <TakenBack undone={undone} now={isUnderWay ? now : undefined} />}
      <Left />
      {now !== undefined && now.undoPlan !== null && <AskUndo key={fileId.value} plan={now.undoPlan} />}
      {!isBusy && undone === null && (
        <Next counts={counts ?? null} isFailed={now?.kind === 'import' && now.phase === 'failed'} />
      )}
      <p class="actions">
        <button type="button" disabled={isBusy || cannotAsk} onClick={() => ask('verify')}>
          Verify
        </button>
        <button type="button" disabled={isBusy || cannotAsk || !isUndoable} onClick={() => ask('undo')}>
          Undo
        </button>
        {isUnderWay && now?.phase !== 'asking' && (
          <button type="button" class="stop" disabled={now?.stopping === true} onClick={() => ask('run/stop')}>
            Stop
          </button>
        )}
      </p>
      {isUndoable && !isTakenBack && !isUnderWay && (
        <p class="facts">{beyondUndo > 0 ? beyondUndoInWords(beyondUndo, ' more') : ofOne}</p>
      )}
      {!isBusy && wasSent && isKeyRefused.value && <p class="facts">{KEY_REFUSED}</p>}
      {!isBusy && isGone && (
        <p class="facts">
          The file is not in the folder any more: put it back under its name to verify its import, or to take it back.
        </p>
      )}
      {!isBusy && !isGone && last !== null && (!isUndoable || isTakenBack) && (
        <p class="facts">{noUndoInWords(undone?.left ?? 0, isTakenBack, { hasMore, isUndoable })}</p>
      )}
      <Sheets isBusy={isBusy} cannotAsk={cannotAsk} />
      {now?.found && <Found view={now.found} />}
      {came && !isUnderWay && <NotAll isStopped={came.pending > 0} job={now} />}
      {!isUnderWay && <Said heading="Met on the way" said={now?.warnings ?? []} />}
      <Chart now={now} />
      <Runs runs={runs} />
    </>
  );
}

/** The one thing that matters next: the rest of it, or what was rejected; all of it where it was stopped before the first row. */
function Next({ counts, isFailed }: { counts: Counts | null; isFailed: boolean }) {
  if (counts === null && job.value === undefined && (file.value?.lastRun ?? null) === null) return <Onward to="plan" />;
  const { pending, rejected } = counts ?? { pending: 1, rejected: 0 };
  // The other rows of a workbook come before those of this sheet that want work.
  const canGoOn = pending > 0 || isFailed || sinceChanged.value > 0;
  // What was sent last is not in the plan that is there: neither is what the button would send.
  if (canGoOn && isPlanOld.value) return <p class="facts">Looking at every row again…</p>;
  if (canGoOn) return bestPlan.value.kind === 'there' ? <Send view={bestPlan.value.value} /> : null;
  if (rejected === 0) return null;
  return (
    <p class="onward">
      <button type="button" class={sheetsLeft.value.length > 0 ? '' : 'strong'} onClick={() => go('correct')}>
        Correct {rejected === 1 ? 'the rejected row' : `the ${rejected.toLocaleString('en-US')} rejected rows`}
      </button>
    </p>
  );
}

/** What did not get to Clarky, and why: as the plan knows it that was made since. */
function NotAll({ isStopped, job: now }: { isStopped: boolean; job: JobView | undefined }) {
  if (plan.value.kind !== 'there') return null;
  const view = plan.value.value;
  const { reasons = [], leftOut = [] } = now ?? {};
  // What Clarky rejected now, the plan made since knows as rejected earlier: it is told of once, with its reason.
  const isMet = ({ code }: { readonly code: string }): boolean =>
    code === EARLIER || view.reasons.every((planned) => planned.code !== code);
  return (
    <>
      {view.corrected > 0 && <p class="facts">{correctedInWords(view.corrected, view.plan.rowsLeftOut)}</p>}
      <NotSent view={view} />
      <Reasons
        reasons={reasons.length > 0 ? view.reasons.filter(({ code }) => code !== EARLIER) : view.reasons}
        heading={isStopped ? 'Why rows of this file are rejected' : 'Why rows were rejected'}
        onPick={(filter) => {
          rowFilter.value = filter;
          go('plan');
        }}
      />
      <Said heading="Sent without a value of their row" said={leftOut.length > 0 ? leftOut : view.leftOut} />
      <MetOnTheWay reasons={reasons.filter(isMet)} />
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

function useRuns(): readonly PastRun[] {
  const [runs, setRuns] = useState<readonly PastRun[]>([]);
  const phase = job.value?.phase;
  const lastAt = file.value?.lastRun?.toldAt;
  const goesOn = (file.value?.elsewhere ?? null) !== null;
  useEffect(() => {
    let isWanted = true;
    call<{ runs: readonly PastRun[] }>('GET', `history?file=${fileId.value ?? ''}`).then(
      (value) => isWanted && setRuns(value.runs),
      () => isWanted && setRuns([]),
    );
    return () => {
      isWanted = false;
    };
  }, [fileId.value, phase, lastAt, goesOn]);
  return runs;
}

const EARLIER = 'rejected_earlier';

/** Every import of the file, and what was taken back of it. */
function Runs({ runs }: { runs: readonly PastRun[] }) {
  if (runs.length === 0) return null;
  const hasSheets = runs.some(({ sheet }) => sheet !== null);
  // Of what went to this Clarky alone nobody asks where it went.
  const hasPlaces = runs.some(({ isHere }) => !isHere);
  return (
    <>
      <h2>Imports of this file</h2>
      <Table
        label="Imports of this file"
        head={[
          ...['Begun', ...(hasPlaces ? ['Clarky'] : []), ...(hasSheets ? ['Sheet'] : [])],
          ...OUTCOMES.map((number) => ({ number })),
        ]}
      >
        {runs.map((run) => (
          <tr key={run.at}>
            <th scope="row">
              {dayInWords(Date.parse(run.at))}
              {run.kind === 'import' && run.isCutOff && <span class="facts"> cut off before its end</span>}
            </th>
            {hasPlaces && (
              <td>
                <Plain text={run.place ?? ''} />
              </td>
            )}
            {hasSheets && (
              <td>
                <Plain text={run.sheet ?? ''} />
              </td>
            )}
            {run.kind === 'undo' ? (
              <td colSpan={OUTCOMES.length}>Taken back: {takenBackInWords(run)}</td>
            ) : (
              OUTCOMES.map((name) => (
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
