import { useEffect, useRef, useState } from 'preact/hooks';
import { beyondUndoInWords, laterSheetsInWords } from '../../../wording/left-as-is.js';
import { undoPlanInWords } from '../../../wording/results.js';
import type { UndoPlanView } from '../../wire.js';
import { call } from '../api.js';
import { file, fileId } from '../store.js';
import { dayInWords } from '../words.js';
import { useAction } from '../parts/action.js';
import { Plain } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';

/** Taking back is asked for with the number, typed. */
export function AskUndo({ plan }: { plan: UndoPlanView }) {
  const [typed, setTyped] = useState('');
  const { isBusy, trouble, act } = useAction();
  const form = useRef<HTMLFormElement>(null);
  // Who pressed the button is led to the question; and on to the heading once it is answered.
  useEffect(() => {
    const asking = form.current;
    if (document.activeElement === document.body) asking?.querySelector('input')?.focus();
    return () => {
      const { activeElement } = document;
      if (activeElement === document.body || asking?.contains(activeElement) === true) {
        document.querySelector('h1')?.focus();
      }
    };
  }, []);
  const answer = (contacts: number | null): void =>
    act(() => call('POST', `files/${fileId.value ?? ''}/undo/answer`, { contacts }));
  const them = plan.contacts === 1 ? 'it' : 'them';
  const digits = typed.replace(/\D/g, '');
  const isWrong = digits.length >= String(plan.contacts).length && Number(digits) !== plan.contacts;
  return (
    <form
      ref={form}
      class="notice"
      onSubmit={(event) => {
        event.preventDefault();
        answer(Number(digits));
      }}
    >
      {trouble !== undefined && <Trouble error={trouble} />}
      <p>
        Take back the import of{' '}
        <b>
          <Plain text={file.value?.name ?? ''} />
        </b>
        {plan.sheet !== null && (
          <>
            , sheet{' '}
            <b>
              <Plain text={plan.sheet} />
            </b>
            ,
          </>
        )}{' '}
        begun <b>{dayInWords(Date.parse(plan.importedAt))}</b>, in <b>{plan.host}</b>?
      </p>
      <p>
        <b>{undoPlanInWords(plan)}</b> {laterSheetsInWords(plan.laterSheets)}{' '}
        {plan.beyondUndo > 0 && beyondUndoInWords(plan.beyondUndo, ' more')}
      </p>
      <label>
        Type {plan.contacts.toLocaleString('en-US')} to take {them} back{' '}
        <input inputMode="numeric" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      {isWrong && (
        <p class="wrong" role="alert">
          That is not {plan.contacts.toLocaleString('en-US')}: nothing is taken back yet.
        </p>
      )}
      <p class="actions">
        <button type="submit" class="strong stop" disabled={isBusy || Number(digits) !== plan.contacts}>
          Take {them} back
        </button>
        <button type="button" disabled={isBusy} onClick={() => answer(null)}>
          Leave {them}
        </button>
      </p>
    </form>
  );
}
