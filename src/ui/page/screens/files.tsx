import { useRef, useState } from 'preact/hooks';
import type { FileEntry } from '../../wire.js';
import type { Refused } from '../api.js';
import { call, upload } from '../api.js';
import { Trouble } from '../parts/notice.js';
import { Plain } from '../parts/markup.js';
import { asRefused, choose, fileId, go, isRunning, state } from '../store.js';
import { bytesInWords, dayInWords } from '../words.js';

/** The spreadsheets of the folder, and a place to drop another one. */
export function Files() {
  const [isOver, setOver] = useState(false);
  const [sending, setSending] = useState<string>();
  const [trouble, setTrouble] = useState<Refused>();
  const [newer, setNewer] = useState<File>();
  const files = state.value?.files ?? [];

  const take = async (file: File, replace = false): Promise<void> => {
    setTrouble(undefined);
    setNewer(undefined);
    setSending(file.name);
    try {
      const { id } = await upload(file.name, file, replace);
      choose(id);
      go('reading', id);
    } catch (error) {
      const refused = asRefused(error);
      if (refused.code === 'exists') setNewer(file);
      else setTrouble(refused);
    } finally {
      setSending(undefined);
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) void take(file);
  };

  return (
    <>
      <div
        class={`drop ${isOver ? 'over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p class="big">{sending === undefined ? 'Drop your contacts here' : `Taking ${sending}…`}</p>
        <p>Excel, CSV, vCard and what other programs export. It is read on this machine alone.</p>
        <Picker onPick={(file) => void take(file)} />
      </div>
      {trouble !== undefined && <Trouble error={trouble} />}
      {newer !== undefined && (
        <Newer file={newer} onYes={() => void take(newer, true)} onNo={() => setNewer(undefined)} />
      )}
      {files.length > 0 && (
        <ul class="files">
          {files.map((file) => (
            <FileCard key={file.id} file={file} />
          ))}
        </ul>
      )}
      <p class="foot">
        <button type="button" class="quiet" onClick={() => void call('POST', 'quit')}>
          End the program
        </button>
      </p>
    </>
  );
}

function Picker({ onPick }: { onPick: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <label class="picker">
      <span>Spreadsheet</span>
      <input
        ref={input}
        type="file"
        onChange={() => {
          const picked = input.current?.files?.[0];
          if (picked !== undefined) onPick(picked);
          // The same file can be picked again.
          if (input.current !== null) input.current.value = '';
        }}
      />
    </label>
  );
}

function Newer({ file, onYes, onNo }: { file: File; onYes: () => void; onNo: () => void }) {
  return (
    <div class="notice" role="alertdialog" aria-label="There is one of that name already">
      <p>
        <b>
          A newer <Plain text={file.name} />?
        </b>{' '}
        It takes the place of the one that is there. Only what changed since the last import will be sent.
      </p>
      <p class="actions">
        <button type="button" class="strong" onClick={onYes}>
          Replace it
        </button>
        <button type="button" onClick={onNo}>
          Keep the one that is there
        </button>
      </p>
    </div>
  );
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
          go(isRunning(job) ? 'run' : 'reading', file.id);
        }}
      >
        <span class="name">
          <Plain text={file.name} />
        </span>
        <span class="facts">
          {bytesInWords(file.bytes)}, {dayInWords(file.modifiedMs)}
        </span>
        <span class="facts">{isRunning(job) ? (job?.sentence ?? '') : lastRunInWords(file)}</span>
      </button>
    </li>
  );
}

function lastRunInWords({ lastRun, accepted }: FileEntry): string {
  if (lastRun === null) return 'Not sent yet';
  const { rejected = 0, pending = 0 } = lastRun.counts;
  const facts = [
    `${accepted.toLocaleString('en-US')} in Clarky`,
    ...(pending > 0 ? [`${pending.toLocaleString('en-US')} still to be sent`] : []),
    ...(rejected > 0 ? [`${rejected.toLocaleString('en-US')} rejected`] : []),
  ];
  return `${facts.join(', ')}; last sent ${dayInWords(Date.parse(lastRun.at))}`;
}
