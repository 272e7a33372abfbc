import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { DUPLICATES, ON_INVALID, PERSONS, SHARED_EMAIL, SHARED_PHONE, UNMAPPED } from '../../../wording/choices.js';
import { counted } from '../../../wording/durations.js';
import type { PlanView, SendingChoices } from '../../wire.js';
import { Choice } from '../parts/choice.js';
import { choicesAreWanted } from '../store.js';

/** What can be decided of many rows at once, each with the number of rows that it concerns. */
export function Choices({ view, choose }: { view: PlanView; choose: (choices: SendingChoices) => void }) {
  const { chosen } = view;
  const [isOpen, setOpen] = useState(false);
  const summary = useRef<HTMLElement>(null);
  const isWanted = choicesAreWanted.value;
  useEffect(() => {
    if (!isWanted) return;
    choicesAreWanted.value = false;
    setOpen(true);
    summary.current?.focus();
  }, [isWanted]);
  const countOf = (...codes: string[]): number =>
    [...view.reasons, ...view.remarks]
      .filter(({ code }) => codes.includes(code))
      .reduce((sum, { count }) => sum + count, 0);
  const rows = (...codes: string[]): string => rowsInWords(countOf(...codes));
  const folded = view.plan.merged > 0 ? rowsInWords(view.plan.merged) : rows('duplicate');
  return (
    <details class="choices" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary ref={summary}>What to send</summary>
      <div class="fields">
        <Choice
          label="A value that can't be read"
          value={chosen.onInvalid ?? 'reject'}
          options={ON_INVALID}
          onChange={(onInvalid) => choose({ onInvalid })}
        />
        <Choice
          label={`One phone, different names or e-mails${rows('shared_phone', 'shared_phone_omitted')}`}
          value={chosen.sharedPhone ?? 'reject'}
          options={SHARED_PHONE}
          onChange={(sharedPhone) => choose({ sharedPhone })}
        />
        <Choice
          label={`Different people with one e-mail${rows('shared_email', 'shared_email_omitted')}`}
          value={chosen.sharedEmail ?? 'reject'}
          options={SHARED_EMAIL}
          onChange={(sharedEmail) => choose({ sharedEmail })}
        />
        <Choice
          label={`The same contact several times${folded}`}
          value={chosen.duplicates ?? 'merge'}
          options={DUPLICATES}
          onChange={(duplicates) => choose({ duplicates })}
        />
        <Choice
          label="Several persons in one row"
          value={chosen.persons ?? 'first'}
          options={PERSONS}
          onChange={(persons) => choose({ persons })}
        />
        <Choice
          label="Columns without a field"
          value={chosen.unmapped ?? 'ignore'}
          options={UNMAPPED}
          onChange={(unmapped) => choose({ unmapped })}
        />
        <Tick
          words="Read Clarky's contacts first, so that nobody there is overwritten and this import can be undone"
          isOn={chosen.live !== false}
          onChange={(live) => choose({ live })}
        />
        <Tick
          words="Send again what was sent before, where Clarky has it otherwise now"
          isOn={chosen.resend === true}
          without={asSentInWords(view.plan.unchanged)}
          onChange={(resend) => choose({ resend })}
        />
        <Tick
          words="Send again what Clarky rejected before"
          isOn={chosen.retryRejected === true}
          without={rejectedBeforeInWords(countOf('rejected_earlier'))}
          onChange={(retryRejected) => choose({ retryRejected })}
        />
      </div>
    </details>
  );
}

function Tick({
  words,
  isOn,
  without = '',
  onChange,
}: {
  words: string;
  isOn: boolean;
  /** What becomes of whom it is about while it is not ticked. */
  without?: string;
  onChange: (isOn: boolean) => void;
}) {
  const id = useId();
  const isSaid = !isOn && without !== '';
  return (
    <div class="tick">
      <label class="check">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={isSaid ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {words}
      </label>
      {isSaid && (
        <p class="facts" id={id}>
          {without}
        </p>
      )}
    </div>
  );
}

function asSentInWords(contacts: number): string {
  if (contacts === 0) return '';
  const stay =
    contacts === 1
      ? 'was sent before: it is left out, and stays in Clarky as it is'
      : 'were sent before: they are left out, and stay in Clarky as they are';
  return `${counted(contacts, 'contact')} ${stay}.`;
}

function rejectedBeforeInWords(rows: number): string {
  if (rows === 0) return '';
  const stay = rows === 1 ? 'is left out, and stays as it is' : 'are left out, and stay as they are';
  return `${counted(rows, 'row')} ${stay}: rejected.`;
}

function rowsInWords(count: number): string {
  if (count === 0) return '';
  return ` (${count.toLocaleString('en-US')} ${count === 1 ? 'row' : 'rows'})`;
}
