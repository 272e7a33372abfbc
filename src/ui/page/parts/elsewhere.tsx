import { useState } from 'preact/hooks';
import type { ElsewhereView } from '../../wire.js';
import { UseAgain } from '../access/use-again.js';
import { call } from '../api.js';
import { bestPlan, file, fileId, isRunning, job, otherSheetUnderWay, state } from '../store.js';
import { stopInWords } from '../words.js';
import { useAction } from './action.js';
import { Plain } from './markup.js';
import { Trouble } from './notice.js';

/** What is decided while it is sent comes too late for that. */
export function TooLate() {
  if (!isRunning(job.value) || job.value?.kind !== 'import') return null;
  return (
    <p class="notice">
      It is being sent just now, as it was decided before: what you change here is for the next time.
    </p>
  );
}

/** What is sent, or taken back, makes the plan another one. */
export function BeforeItEnds() {
  const { kind, undoing = null } = job.value ?? {};
  if (undoing !== null)
    return <p class="notice">What this shows is from before the undo that is under way; it is made anew at its end.</p>;
  if (!isRunning(job.value) || kind !== 'import') return null;
  return (
    <p class="notice">
      It is being sent just now: the numbers are from before, the rows as they stand; all is made anew at its end.
    </p>
  );
}

/** How much of it is done, as a bar. */
export function Far({
  of: { done, of },
  label,
}: {
  of: { readonly done: number; readonly of: number };
  label: string;
}) {
  return (
    <progress class="far" max={of} value={done} aria-label={label}>
      {done} of {of}
    </progress>
  );
}

/** How far another program is that sends the file. */
export function elsewhereInWords(): string {
  const { done, of } = progress();
  const { elsewhere = null } = file.value ?? {};
  const where = elsewhere === null || elsewhere.isHere ? 'Clarky' : (elsewhere.place?.name ?? 'Clarky');
  const count = (contacts: number): string => contacts.toLocaleString('en-US');
  const far = of === undefined ? count(done) : `${count(done)} of ${count(of)}`;
  return `Another program is at work on this file: ${far} ${(of ?? done) === 1 ? 'contact is' : 'contacts are'} in ${where}.`;
}

/** What another program sends: shown here, and asked from here to stop where that can be. */
export function Elsewhere({ by }: { by: ElsewhereView }) {
  const { done, of } = progress();
  const { host = '' } = state.value ?? {};
  return (
    <>
      {of !== undefined && <Far of={{ done, of }} label="Contacts in Clarky" />}
      <StopElsewhere key={by.process} by={by} />
      {by.place !== null && (
        <p class="facts">
          It works with <Plain text={by.place.name} />
          {by.bot !== null && (
            <>
              , bot <Plain text={by.bot} />
            </>
          )}
          , where its contacts are counted.
          {!by.isHere && ` This page is set to ${host}: go on with the other address to see it through here.`}
        </p>
      )}
      {by.place !== null && !by.isHere && <UseAgain places={[by.place]} />}
    </>
  );
}

/** Asked as a terminal would ask it, once that is confirmed. */
function StopElsewhere({ by }: { by: ElsewhereView }) {
  const [asks, setAsks] = useState(false);
  const { isBusy, trouble, act } = useAction();
  const page = state.value?.otherPages.find(({ pid }) => pid === by.process);
  const stop = async (): Promise<void> => {
    await call('POST', `files/${fileId.value ?? ''}/run/stop-elsewhere`, { process: by.process });
    setAsks(false);
  };
  if (by.stop !== 'here' || !asks) {
    return (
      <>
        {trouble !== undefined && <Trouble error={trouble} />}
        <p class="onward">
          {by.stop === 'here' && (
            <button type="button" class="strong stop" onClick={() => setAsks(true)}>
              Stop
            </button>
          )}
          <span class="facts">
            {by.stop === 'asked'
              ? `Process ${by.process} was asked to stop: it finishes what is on its way.`
              : `It goes on whether this page is open or not${stopInWords(by)}.`}
          </span>
        </p>
      </>
    );
  }
  return (
    <div class="notice" role="alertdialog" aria-label="Stop the other program">
      {trouble !== undefined && <Trouble error={trouble} />}
      <p>
        {page === undefined
          ? `Ask process ${by.process} of this computer to stop, as its own terminal would?`
          : `Ask the program of the page at ${page.address} (process ${by.process}) to stop? That page, and all that it has under way, ends with it.`}{' '}
        What is on its way is finished, and nothing is lost: the rest can be sent from here.
      </p>
      <p class="actions">
        <button type="button" class="strong stop" disabled={isBusy} onClick={() => act(stop)}>
          Stop process {by.process}
        </button>
        <button type="button" disabled={isBusy} onClick={() => setAsks(false)}>
          Let it go on
        </button>
      </p>
    </div>
  );
}

function progress(): { readonly done: number; readonly of: number | undefined } {
  const done = file.value?.accepted ?? 0;
  const contacts = bestPlan.value.kind === 'there' ? bestPlan.value.value.plan.contacts : 0;
  // What is known of several sheets is no measure of one.
  const isOfPlan = otherSheetUnderWay.value === null && (file.value?.sheets.length ?? 0) < 2;
  return { done, of: isOfPlan && contacts >= done && contacts > 0 ? contacts : undefined };
}
