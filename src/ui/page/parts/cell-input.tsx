import { useState } from 'preact/hooks';
import { Plain } from './markup.js';

/** What is typed stays, whatever is loaded meanwhile. */
export function CellInput({
  column,
  line,
  cell,
  onChange,
}: {
  column: string;
  line: number;
  cell: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(cell);
  const [shown, setShown] = useState(cell);
  // Not as an effect: one that comes late would undo what was typed until then.
  if (shown !== cell) {
    setShown(cell);
    setTyped(cell);
  }
  return (
    <label class="cell">
      <span aria-hidden="true">
        <Plain text={column} />
      </span>
      <input
        aria-label={`${column}, line ${line}`}
        value={typed}
        onKeyDown={onToNext}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

/** Enter takes what was typed, and goes on to the next cell: the one that is good now goes away, and the focus with it. */
function onToNext(event: KeyboardEvent): void {
  const input = event.currentTarget;
  if (event.key !== 'Enter' || !(input instanceof HTMLInputElement)) return;
  const cells = [...(input.closest('table')?.querySelectorAll('input') ?? [])];
  const next = cells[cells.indexOf(input) + 1] ?? cells[cells.indexOf(input) - 1];
  // Leaving the cell takes it, as a pointer elsewhere does.
  if (next !== undefined) next.focus();
  else document.querySelector('h1')?.focus();
}
