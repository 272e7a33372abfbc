import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { printable } from '../../../wording/printable.js';
import { nextInWords } from '../../../wording/waits.js';
import {
  bestPlan,
  connection,
  file,
  fileId,
  hrefOf,
  isRunning,
  job,
  otherSheetUnderWay,
  sentOfShown,
  sheetsLeft,
  state,
  step,
} from '../store.js';
import { asked } from '../taking.js';
import { otherSheetsInWords } from '../words.js';
import { sinceChangedInWords } from '../result/changed-since.js';
import { elsewhereInWords } from './elsewhere.js';

/** The sentence of the moment, for eyes and for ears. */
export function StatusLine() {
  // With the program that does not answer ends what it had under way, so far as is known here.
  const running = isRunning(job.value) && connection.value !== 'lost';
  const { sentence, mood } = moment();
  const line = useRef<HTMLElement>(null);
  useRoomFor(line);
  return (
    <section aria-label="Now" ref={line} class={`status ${mood} ${running || isElsewhere() ? 'busy' : ''}`}>
      <p role="status">{sentence}</p>
      {running && <Countdown />}
      {connection.value !== 'lost' && <Others />}
    </section>
  );
}

const GAP_PX = 12;

/** What is scrolled to, or gets the focus, comes to stand below it, however many lines it has. */
function useRoomFor(line: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = line;
    if (current === null) return;
    const watch = new ResizeObserver(() => {
      document.documentElement.style.scrollPaddingTop = `${current.offsetHeight + GAP_PX}px`;
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, []);
}

/** What is under way with other files: each on a line of its own, with how far it is. */
function Others() {
  const { jobs = [], files = [] } = state.value ?? {};
  const others = jobs.filter((one) => isRunning(one) && one.file !== fileId.value);
  const waiting = step.value === 'files' ? [] : asked.value;
  if (others.length + waiting.length === 0) return null;
  return (
    <ul class="others">
      {waiting.length > 0 && (
        <li>
          Dropped, and not taken yet:{' '}
          <a href={hrefOf('files')}>answer for {printable(waiting.map(({ name }) => name).join(', '))}</a>
        </li>
      )}
      {others.map(({ file: id, sentence, phase }) => (
        <li key={id}>
          <a href={hrefOf(phase === 'asking' ? 'result' : 'run', id)}>
            {printable(files.find((one) => one.id === id)?.name ?? '')}
          </a>
          : {phase === 'asking' ? 'it is asked whether to take it back.' : sentence}
        </li>
      ))}
    </ul>
  );
}

function isElsewhere(): boolean {
  return step.value !== 'files' && (file.value?.elsewhere ?? null) !== null && !isRunning(job.value);
}

function moment(): { readonly sentence: string; readonly mood: string } {
  if (connection.value === 'lost') {
    const sentence =
      'The program does not answer. Start it again in the terminal, and go on at the address that it prints; nothing is lost.';
    return { sentence, mood: 'stopped' };
  }
  if (isElsewhere()) return { sentence: `${elsewhereInWords()}${otherSheets()}`, mood: '' };
  const showsRun = step.value === 'run' || step.value === 'result';
  if (job.value !== undefined && (isRunning(job.value) || showsRun)) {
    return asOfNow(job.value.sentence, job.value.mood ?? '');
  }
  const last = sentOfShown.value.run;
  if (step.value === 'result' && last) return asOfNow(last.sentence, last.mood);
  const { fileCount = 0, folder = '' } = state.value ?? {};
  if (file.value === undefined || step.value === 'files') {
    const count = fileCount === 1 ? '1 file' : `${fileCount.toLocaleString('en-US')} files`;
    const sentence =
      fileCount === 0 ? `No spreadsheet in ${printable(folder)}: drop one here.` : `${count} in ${printable(folder)}.`;
    return { sentence, mood: '' };
  }
  const known = bestPlan.value;
  if (known.kind === 'loading') return { sentence: 'Looking at every row…', mood: '' };
  return { sentence: known.kind === 'there' ? known.value.sentence : known.error.message, mood: '' };
}

/** With what is still to be sent of a workbook, or of a file that is another one since. */
function asOfNow(sentence: string, mood: string): ReturnType<typeof moment> {
  const since = sinceChangedInWords();
  return { sentence: `${sentence}${since}${otherSheets()}`, mood: since !== '' && mood === 'good' ? 'mixed' : mood };
}

/** A workbook is not finished with one of its sheets. */
function otherSheets(): string {
  const other = otherSheetUnderWay.value;
  if (other !== null) return ` That is the sheet ${printable(other)}.`;
  const left = sheetsLeft.value;
  const { run, undone } = sentOfShown.value;
  const sheet = run?.sheet ?? null;
  const now = job.value;
  const kind = now?.kind ?? 'import';
  const isOfSheet = now === undefined || now.phase === 'ended';
  if (left.length === 0 || sheet === null || undone !== null || !isOfSheet || !['import', 'verify'].includes(kind))
    return '';
  return otherSheetsInWords(left, sheet, kind);
}

/** The one number that the page reckons itself: the seconds until the next write, or read. */
function Countdown() {
  const [nowMs, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const { of = 'writes', atMs = 0 } = job.value?.nextOut ?? {};
  if (atMs <= nowMs) return null;
  const next = nextInWords({ of, ms: atMs - nowMs });
  return <p class="countdown">{next.slice(0, 1).toUpperCase() + next.slice(1)}</p>;
}
