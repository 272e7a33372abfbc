import type { UndoneView } from '../../wire.js';
import { leftSince } from '../../../wording/left-as-is.js';
import { file } from '../store.js';

/** What an undo has made of an import: what is in Clarky now, and what is not any more. */
export function TakenBack({
  undone: { of, done, left, because },
  isUnderWay,
}: {
  undone: UndoneView;
  /** More is being taken back just now. */
  isUnderWay: boolean;
}) {
  const accepted = file.value?.accepted ?? 0;
  const rest = of - done - left;
  const parts = [
    ['created', accepted, 'in Clarky now', 'of this file'],
    ['merged', done, 'taken back', `of ${of.toLocaleString('en-US')}`],
    ['updated', left, left === 1 ? 'left as it is' : 'left as they are', leftSince(because)],
    ['pending', rest, 'not taken back yet', isUnderWay ? 'being taken back' : 'undo again to go on'],
  ] as const;
  return (
    <div class="outcomes">
      <ul class="legend">
        {parts
          .filter(([kind, count]) => count > 0 || kind === 'created')
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
