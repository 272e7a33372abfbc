import { useRef } from 'preact/hooks';
import { call } from '../api.js';
import { isDraggedOver } from '../dropping.js';
import { FilesOfFolder } from '../files/files-of-folder.js';
import { useAction } from '../parts/action.js';
import { Trouble } from '../parts/notice.js';
import { Plain } from '../parts/markup.js';
import { connection, isRunning, state } from '../store.js';
import { bytesInWords, dayInWords, notSentInWords } from '../words.js';
import { asked, leave, take, troubles, underWay } from '../taking.js';

/** The spreadsheets of the folder, and a place to drop others. */
export function Files() {
  return (
    <>
      <div class={`drop ${isDraggedOver.value ? 'over' : ''}`}>
        <p class="big">
          {underWay.value === undefined ? (
            'Drop your contacts here'
          ) : (
            <>
              Taking <Plain text={underWay.value} />…
            </>
          )}
        </p>
        <p>Excel, CSV, vCard and what other programs export. It is read on this machine alone.</p>
        <Picker onPick={(picked) => take(picked)} />
      </div>
      {troubles.value.map((error, at) => (
        <Trouble key={at} error={error} />
      ))}
      {asked.value.map((file) => (
        <Newer
          key={`${file.name} ${file.size} ${file.lastModified}`}
          file={file}
          onYes={() => take([file], { replaces: true })}
          onBoth={() => take([file], { isAnother: true })}
          onNo={() => leave(file)}
        />
      ))}
      {(state.value?.otherPages ?? []).map(({ address, words }) => (
        <p class="notice" key={address}>
          {words}
        </p>
      ))}
      <FilesOfFolder />
      <End />
    </>
  );
}

function End() {
  const { isBusy, trouble, act } = useAction();
  const stops = (state.value?.jobs ?? []).some(isRunning);
  return (
    <div class="foot">
      {trouble !== undefined && <Trouble error={trouble} />}
      <button type="button" class="quiet" disabled={isBusy} onClick={() => act(endProgram)}>
        {stops ? 'End the program, and what is under way' : 'End the program'}
      </button>
    </div>
  );
}

function Picker({ onPick }: { onPick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <label class="picker">
      <span>Spreadsheet</span>
      <input
        ref={input}
        type="file"
        multiple
        onChange={() => {
          const picked = [...(input.current?.files ?? [])];
          if (picked.length > 0) onPick(picked);
          // The same file can be picked again.
          if (input.current !== null) input.current.value = '';
        }}
      />
    </label>
  );
}

/** What of the file that would be replaced was sent, and so what of the newer one would be. */
function sentOf(name: string): string {
  const there = state.value?.files.find((one) => one.name === name);
  if (there === undefined) return '';
  if (there.lastRun === null) return `${notSentInWords(there.sentTo)}.`;
  if (there.accepted + there.setBack === 0) return 'Nothing of that is in Clarky now.';
  // What a stopped import has left is sent as well.
  if (there.lastRun.counts?.pending !== 0) return 'Only what was not sent yet, or changed since, will be sent.';
  return 'Only what changed since the last import will be sent.';
}

function Newer({ file, onYes, onBoth, onNo }: { file: File; onYes: () => void; onBoth: () => void; onNo: () => void }) {
  return (
    <div class="notice" role="alertdialog" aria-label="There is one of that name already">
      <p>
        <b>
          A newer <Plain text={file.name} />?
        </b>{' '}
        It takes the place of the one that is there. {sentOf(file.name)}
      </p>
      <p class="facts">
        Dropped: {bytesInWords(file.size)}, saved {dayInWords(file.lastModified)}
      </p>
      <p class="actions">
        <button type="button" class="strong" onClick={onYes}>
          Replace it
        </button>
        <button type="button" onClick={onBoth}>
          It is another file: take both
        </button>
        <button type="button" onClick={onNo}>
          Keep the one that is there
        </button>
      </p>
    </div>
  );
}

/** Ends the program; the page says so. */
async function endProgram(): Promise<void> {
  await call('POST', 'quit');
  connection.value = 'ended';
}
