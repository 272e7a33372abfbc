import type { PlanView } from '../../wire.js';
import { CountryOffer, NEEDS_COUNTRY } from '../parts/country-offer.js';
import { Plain } from '../parts/markup.js';
import { Remedy } from '../parts/remedy.js';
import { printable } from '../../../wording/printable.js';
import { isOfUnread, noteOnPage } from '../../../wording/on-page.js';
import { reading } from '../store.js';
import { Kind } from './kind.js';
import { LACKS_ZEROS, Zeros } from './zeros.js';

/** What is sent otherwise than it stands in the file, or left out of rows that are sent. */
export function Remarks({ view }: { view: PlanView }) {
  const notes = notesOf(view);
  const blanks = blanksOf(view);
  if (view.remarks.length + view.doubts.length + notes.length + blanks.length === 0) return null;
  return (
    <>
      <h2>Worth knowing</h2>
      {notes.map((note) => (
        <p key={note}>
          <Remedy text={printable(note)} />
        </p>
      ))}
      {blanks.length > 0 && (
        <>
          <p>Counted as blank, since it says that there is no value:</p>
          <ul>
            {blanks.map((words) => (
              <li key={words}>
                <Plain text={words} />
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="reasons remarks">
        {view.remarks.map(({ code, title, count, examples }) => (
          <Kind key={code} count={count} title={title}>
            {examples.map(({ line, message }) => (
              <p key={line} class="facts">
                Line {line}: <Plain text={message} />
              </p>
            ))}
            {code === NEEDS_COUNTRY && <CountryOffer isNeeded />}
            {code === LACKS_ZEROS && <Zeros count={count} />}
          </Kind>
        ))}
        {view.doubts.map(({ title, count, examples }) => (
          <Kind key={title} count={count} title={title}>
            <p>Where they are two people, give each their own e-mail and phone before they are sent.</p>
            {examples.map((words) => (
              <p key={words} class="facts">
                <Plain text={words} />
              </p>
            ))}
            {count > examples.length && (
              <p class="facts">and {(count - examples.length).toLocaleString('en-US')} more</p>
            )}
          </Kind>
        ))}
      </ul>
    </>
  );
}

const MOST_COLUMNS = 10;

/** Of each column that is sent, what stands in it where there is no value, and how often. */
function blanksOf({ header, columns }: PlanView): readonly string[] {
  const all = columns.flatMap(({ blanks }, at) => {
    const said = blanks.map(({ text, rows }) => `${rows.toLocaleString('en-US')} × ${text}`);
    return said.length === 0 ? [] : [`${header[at] ?? ''}: ${said.join(', ')}`];
  });
  const more = all.length - MOST_COLUMNS;
  return more > 0 ? [...all.slice(0, MOST_COLUMNS), `and in ${more} more columns`] : all;
}

/** What only the whole file shows of how it was read: a last line that is no row, say. */
function notesOf({ plan, isUndoable: isReadFirst }: PlanView): readonly string[] {
  const said = reading.value.kind === 'there' ? reading.value.value.notes : [];
  return plan.notes
    .map(noteOnPage)
    .filter((note) => !(isReadFirst && isOfUnread(note)))
    .filter((note) => note !== '' && !said.includes(note) && !/--\w|clarky-contacts|mapping file/i.test(note));
}
