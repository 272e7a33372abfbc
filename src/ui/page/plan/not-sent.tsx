import type { PlanView } from '../../wire.js';
import { go } from '../store.js';
import { Plain } from '../parts/markup.js';
import { isOfRejects } from '../words.js';

const MOST_NAMED = 8;

/** The columns that have values and are not sent: those that wait for a decision first. */
export function NotSent({ view }: { view: PlanView }) {
  const left = view.columns.flatMap(({ isSent, isFilled, isUndecided }, at) =>
    isSent || !isFilled || isOfRejects(view.header[at] ?? '') ? [] : [{ name: view.header[at] ?? '', isUndecided }],
  );
  const open = left.filter(({ isUndecided }) => isUndecided);
  const others = left.filter(({ isUndecided }) => !isUndecided);
  if (left.length === 0) return null;
  return (
    <p class={open.length > 0 ? 'notice' : 'facts'}>
      {open.length > 0 && (
        <>
          <b>Not decided, and so not sent:</b> <Plain text={named(open)} />.{' '}
        </>
      )}
      {others.length > 0 && (
        <>
          Not sent: <Plain text={named(others)} />.{' '}
        </>
      )}
      <button type="button" class="small" onClick={() => go('columns')}>
        Decide the columns
      </button>
    </p>
  );
}

function named(columns: readonly { readonly name: string }[]): string {
  const names = columns.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = columns.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
