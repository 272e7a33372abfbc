import type { JobView, UndoneView } from '../../wire.js';
import { leftSince } from '../../../wording/left-as-is.js';
import { file } from '../store.js';
import { restInWords } from '../words.js';

/** What an undo has made of an import: what is still there of it, and what is not any more. */
export function TakenBack({
  undone: { of, done, left, because },
  now,
}: {
  undone: UndoneView;
  /** What is under way with the file. */
  now: JobView | undefined;
}) {
  const { accepted = 0, setBack = 0, sheets = [] } = file.value ?? {};
  // Who stands on several sheets is one contact: what is there is counted of all of them.
  const whole = sheets.length > 1 ? 'of this workbook, all its sheets' : 'of this file';
  const back =
    setBack === 0
      ? ''
      : `, ${setBack.toLocaleString('en-US')} set back to what ${setBack === 1 ? 'it was' : 'they were'}`;
  // While it goes on, what is known of the file is of some moments ago: what the undo itself tells is of now.
  const { undoing = null } = now ?? {};
  const taken = undoing === null ? done : Math.max(done, of - undoing.of + undoing.done);
  const rest = of - taken - left;
  const parts = [
    ['created', accepted + setBack, 'in Clarky', `${whole}${back}`],
    ['merged', taken, 'taken back', `of ${of.toLocaleString('en-US')}`],
    ['updated', left, left === 1 ? 'left as it is' : 'left as they are', leftSince(because)],
    ['pending', rest, 'not taken back yet', restInWords(now)],
  ] as const;
  return (
    <div class="outcomes">
      <ul class="legend">
        {parts
          .filter(([kind, count]) => (kind === 'created' ? undoing === null : count > 0))
          .map(([kind, count, name, meaning]) => (
            <li class={kind} key={kind}>
              <b>{count.toLocaleString('en-US')}</b> <span class="name">{name}</span>{' '}
              <span class="meaning">{meaning}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
