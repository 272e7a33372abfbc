import { useEffect, useRef } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { printable } from '../../wording/printable.js';
import {
  connection,
  file,
  fileId,
  hrefOf,
  otherSheetUnderWay,
  reading,
  state,
  step,
  STEPS,
  type Step,
} from './store.js';
import { zoneInWords, zoneOf } from '../../wording/times.js';
import { hasToken } from './api.js';
import { isDraggedOver } from './dropping.js';
import { Key } from './access/key.js';
import { StatusLine } from './parts/status-line.js';
import { Columns } from './screens/columns.js';
import { Correct } from './screens/correct.js';
import { Files } from './screens/files.js';
import { Plan } from './screens/plan.js';
import { Reading } from './screens/reading.js';
import { Result } from './screens/result.js';
import { Run } from './screens/run.js';

const SCREENS: Readonly<Record<Step, ComponentType>> = {
  files: Files,
  reading: Reading,
  columns: Columns,
  plan: Plan,
  correct: Correct,
  run: Run,
  result: Result,
};

export function App() {
  if (connection.value === 'refused') return <SignedOut />;
  if (connection.value === 'ended') return <Ended />;
  if (state.value === undefined) return <main class="lonely">{hasToken() ? 'One moment…' : 'Opening…'}</main>;
  const Screen = SCREENS[step.value];
  const needsFile = step.value !== 'files' && file.value === undefined;
  return (
    <>
      <Head />
      <Steps />
      <StatusLine />
      <main tabIndex={-1} class={isDraggedOver.value && step.value !== 'files' ? 'over' : undefined}>
        <Heading />
        {needsFile ? <NoFile /> : <Screen />}
      </main>
      <footer class="facts">Times are by this machine's clock: {zoneInWords(zoneOf(Date.now()))}.</footer>
    </>
  );
}

/** Who looks at a file that somebody takes out of the folder is told so. */
function NoFile() {
  if (fileId.value === undefined) return <p>Choose a file first.</p>;
  return <p>The file is not in the folder any more: put it back, or choose another one under Files.</p>;
}

function Head() {
  return (
    <header>
      <p class="brand">
        <img src="/icon.svg" alt="" width="28" height="28" /> clarky-contacts
      </p>
      {state.value?.demo === true && <p class="tag">Demo: a sandbox, nothing is sent anywhere</p>}
      <Key />
    </header>
  );
}

function Steps() {
  return (
    <nav aria-label="Steps">
      <ol>
        {STEPS.map(([name, label]) => (
          <li key={name}>
            <a href={hrefOf(name)} aria-current={step.value === name ? 'step' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The screen's heading takes the focus when the screen changes, so that keyboard and screen reader follow. */
function Heading() {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  const current = step.value;
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else heading.current?.focus();
    document.title = `${STEPS.find(([name]) => name === current)?.[1] ?? ''} – clarky-contacts`;
  }, [current]);
  const label = STEPS.find(([name]) => name === current)?.[1];
  return (
    <h1 ref={heading} tabIndex={-1}>
      {label}
      {current !== 'files' && file.value !== undefined && (
        <span class="of">
          {' '}
          {printable(file.value.name)}
          {sheetInWords()}
        </span>
      )}
    </h1>
  );
}

/** Of a workbook with several sheets: the one that is worked on, or with which something goes on where that is shown. */
function sheetInWords(): string {
  if (reading.value.kind !== 'there') return '';
  const { sheet: read, sheets } = reading.value.value;
  const showsRun = step.value === 'run' || step.value === 'result';
  const sheet = (showsRun ? otherSheetUnderWay.value : null) ?? read;
  return sheet === null || sheets.length < 2 ? '' : `, sheet ${printable(sheet)}`;
}

function Ended() {
  return (
    <main class="lonely">
      <h1>The program has ended</h1>
      <p role="status">
        You can close this page. Anything that was under way has been stopped
        {state.value?.demo === true
          ? ' and, as all of a demo, is gone: the next one begins anew.'
          : '; start the program again to go on.'}
      </p>
    </main>
  );
}

function SignedOut() {
  return (
    <main class="lonely">
      <h1>This address was used before, or is too old</h1>
      <p>
        Go to the terminal in which <code>clarky-contacts ui</code> runs and press Enter: it prints another one. Where
        it has no terminal, start <code>clarky-contacts ui</code> again.
      </p>
    </main>
  );
}
