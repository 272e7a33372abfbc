import type { PlanView, SendingChoices } from '../../wire.js';

/** What can be decided of many rows at once, each with the number of rows that it concerns. */
export function Choices({ view, choose }: { view: PlanView; choose: (choices: SendingChoices) => void }) {
  const { chosen } = view;
  const rows = (...codes: string[]): string => {
    const kinds = [...view.reasons, ...view.remarks].filter(({ code }) => codes.includes(code));
    return rowsInWords(kinds.reduce((sum, { count }) => sum + count, 0));
  };
  const folded = view.plan.merged > 0 ? rowsInWords(view.plan.merged) : rows('duplicate');
  return (
    <details class="choices">
      <summary>What to send</summary>
      <div class="fields">
        <label>
          A value that can’t be read
          <select
            value={chosen.onInvalid ?? 'reject'}
            onChange={(e) => choose({ onInvalid: e.currentTarget.value as 'omit' })}
          >
            <option value="reject">rejects its row</option>
            <option value="omit">is left out, the rest of the row is sent</option>
          </select>
        </label>
        <label>
          Different people with one phone{rows('shared_phone', 'shared_phone_omitted')}
          <select
            value={chosen.sharedPhone ?? 'reject'}
            onChange={(e) => choose({ sharedPhone: e.currentTarget.value as 'omit' })}
          >
            <option value="reject">are not sent</option>
            <option value="omit">are sent without the number</option>
            <option value="send">are sent as they are</option>
          </select>
        </label>
        <label>
          Different people with one e-mail{rows('shared_email', 'shared_email_omitted')}
          <select
            value={chosen.sharedEmail ?? 'reject'}
            onChange={(e) => choose({ sharedEmail: e.currentTarget.value as 'omit' })}
          >
            <option value="reject">are not sent</option>
            <option value="omit">are sent without the address</option>
            <option value="merge">are sent as one contact</option>
          </select>
        </label>
        <label>
          The same contact several times{folded}
          <select
            value={chosen.duplicates ?? 'merge'}
            onChange={(e) => choose({ duplicates: e.currentTarget.value as 'last' })}
          >
            <option value="merge">is folded into one</option>
            <option value="last">the last row counts</option>
            <option value="first">the first row counts</option>
            <option value="reject">is not sent</option>
          </select>
        </label>
        <label>
          Columns without a field
          <select
            value={chosen.unmapped ?? 'ignore'}
            onChange={(e) => choose({ unmapped: e.currentTarget.value as 'custom' })}
          >
            <option value="ignore">are left out</option>
            <option value="custom">become custom fields</option>
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={chosen.live !== false}
            onChange={(e) => choose({ live: e.currentTarget.checked })}
          />
          Read the workspace first, so that nobody there is overwritten and all can be undone
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={chosen.retryRejected === true}
            onChange={(e) => choose({ retryRejected: e.currentTarget.checked })}
          />
          Send again what Clarky rejected before
        </label>
      </div>
    </details>
  );
}

function rowsInWords(count: number): string {
  if (count === 0) return '';
  return ` (${count.toLocaleString('en-US')} ${count === 1 ? 'row' : 'rows'})`;
}
