import { useEffect, useState } from 'preact/hooks';
import type { FileEntry, FoundFiles, JobView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { TakeOff } from './take-off.js';
import { Trouble } from '../parts/notice.js';
import { Plain } from '../parts/markup.js';
import { counted } from '../../../wording/durations.js';
import { printable } from '../../../wording/printable.js';
import { asRefused, choose, fileId, foundFiles, go, isRunning, state, type Step } from '../store.js';
import { bytesInWords, dayInWords, notSentInWords } from '../words.js';

/** So many are seen at a glance: more are worth a search. */
const FEW = 12;

/** The spreadsheets of the folder: the newest, or those of a name. */
export function FilesOfFolder() {
  const [words, setWords] = useState('');
  const trouble = useFound(words.trim());
  const { files: newest = [], fileCount = 0 } = state.value ?? {};
  usePlansOfChanged(newest);
  const found = foundFiles.value;
  // What is worked on is told of as it is now.
  const shown = (found?.files ?? newest).map((one) => newest.find(({ id }) => id === one.id) ?? one);
  return (
    <>
      {fileCount > FEW && (
        <div class="filters">
          <label>
            Find a file
            <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
          </label>
        </div>
      )}
      {trouble !== undefined && <Trouble error={trouble} />}
      <p class="facts" aria-live="polite">
        {found === undefined ? shownInWords(newest.length, fileCount) : foundInWords(found)}
      </p>
      {shown.length > 0 && (
        <ul class="files">
          {shown.map((file) => (
            <FileCard key={file.id} file={file} />
          ))}
        </ul>
      )}
    </>
  );
}

/** So many are planned unasked, and none that takes long. */
const MOST_PLANNED = 3;
const MOST_BYTES_PLANNED = 5_000_000;

/** What is to be sent of files that changed is known by their plans: those of the newest are asked for, and told with the state. */
function usePlansOfChanged(files: readonly FileEntry[]): void {
  const changed = files
    .filter(({ isChanged, bytes }) => isChanged && bytes <= MOST_BYTES_PLANNED)
    .slice(0, MOST_PLANNED);
  const wanted = changed.filter(({ toSend }) => toSend === null).map(({ id, revision }) => `${id} ${revision}`);
  useEffect(() => {
    for (const one of wanted) void call('GET', `files/${one.split(' ')[0] ?? ''}/plan`).catch(() => undefined);
  }, [wanted.join('\n')]);
}

/** Asks for the files of a name while it is typed. */
function useFound(words: string): Refused | undefined {
  const [trouble, setTrouble] = useState<Refused>();
  useEffect(() => {
    setTrouble(undefined);
    if (words === '') {
      foundFiles.value = undefined;
      return;
    }
    let isWanted = true;
    call<FoundFiles>('GET', `found?${new URLSearchParams({ q: words }).toString()}`).then(
      (found) => {
        if (isWanted) foundFiles.value = found;
      },
      (error: unknown) => isWanted && setTrouble(asRefused(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [words]);
  return trouble;
}

const count = (files: number): string => files.toLocaleString('en-US');

/** Nothing has to be said where all of them are shown. */
function shownInWords(shown: number, all: number): string {
  return shown >= all ? '' : `The newest of ${count(all)} files are shown: find any other by its name.`;
}

function foundInWords({ files, total }: FoundFiles): string {
  if (total === 0) return 'No file has that in its name.';
  if (files.length < total) return `The newest ${count(files.length)} of ${count(total)}: type more of the name.`;
  return total === 1 ? '1 file' : `${count(total)} files`;
}

function FileCard({ file }: { file: FileEntry }) {
  const job = state.value?.jobs.find((one) => one.file === file.id);
  const isChosen = file.id === fileId.value;
  return (
    <li class={isChosen ? 'chosen' : ''}>
      <button
        type="button"
        class="file"
        aria-pressed={isChosen}
        onClick={() => {
          choose(file.id);
          go(screenOf(file, job), file.id);
        }}
      >
        <span class="name">
          <Plain text={file.name} />
        </span>
        <span class="facts">
          {file.isGone ? 'Not in the folder any more' : `${bytesInWords(file.bytes)}, ${dayInWords(file.modifiedMs)}`}
        </span>
        <span class="facts">{isRunning(job) ? (job?.sentence ?? '') : lastRunInWords(file)}</span>
      </button>
      {state.value?.removable.includes(file.id) === true && <TakeOff file={file} />}
    </li>
  );
}

/** Where to look first: at what goes on with the file, or is known of it. */
function screenOf({ elsewhere, isGone }: FileEntry, job: JobView | undefined): Step {
  if (job?.phase === 'asking') return 'result';
  if (isRunning(job) || elsewhere !== null) return 'run';
  return isGone ? 'result' : 'reading';
}

function lastRunInWords(file: FileEntry): string {
  const { lastRun, accepted, setBack, sentTo, elsewhere, undone, sheets } = file;
  if (elsewhere !== null) {
    const there = elsewhere.isHere ? 'Clarky' : (elsewhere.place?.name ?? 'Clarky');
    return `Another program is at work on it: ${accepted.toLocaleString('en-US')} in ${there} so far`;
  }
  if (lastRun === null) return notSentInWords(sentTo);
  const { rejected = 0, pending = 0, rows = Infinity } = lastRun.counts ?? {};
  const facts = [
    `${(accepted + setBack).toLocaleString('en-US')} in Clarky`,
    ...takenBackInWords(sheets.length === 0 ? [undone] : sheets.map((sheet) => sheet.undone)),
    ...sheetsInWords(sheets),
    ...(lastRun.counts === null ? ['cut off before its end'] : []),
    ...(pending > 0
      ? [`${pending.toLocaleString('en-US')} still to be ${accepted + pending > rows ? 'sent or updated' : 'sent'}`]
      : []),
    ...(rejected > 0 ? [`${rejected.toLocaleString('en-US')} rejected`] : []),
  ];
  return `${facts.join(', ')}; last sent ${dayInWords(Date.parse(lastRun.at))}${changedInWords(file)}`;
}

/** That it was replaced, or changed, after it was sent: what of it is in no Clarky yet. */
function changedInWords({ isChanged, toSend }: FileEntry): string {
  if (!isChanged || toSend === 0) return '';
  return `; changed since${toSend === null ? '' : `: ${counted(toSend, 'contact')} to send`}`;
}

function takenBackInWords(all: readonly FileEntry['undone'][]): string[] {
  const undone = all.flatMap((one) => one ?? []);
  const sum = (what: 'done' | 'of'): string => count(undone.reduce((total, one) => total + one[what], 0));
  return undone.length === 0 ? [] : [`${sum('done')} of ${sum('of')} taken back`];
}

/** Of a workbook with several sheets: which of them were sent, and not taken back as far as that goes. */
function sheetsInWords(all: FileEntry['sheets']): string[] {
  const sheets = all.filter(({ undone }) => undone === null || undone.done + undone.left < undone.of);
  const of = Math.max(0, ...sheets.map((sheet) => sheet.of));
  if (of < 2) return [];
  return [`${sheets.length} of ${of} sheets sent (${sheets.map(({ name }) => printable(name)).join(', ')})`];
}
