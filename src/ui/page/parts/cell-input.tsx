import { useEffect, useRef, useState } from 'preact/hooks';
import type { RowPage } from '../../wire.js';
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

/**
 * The row that had the focus may be good now, and those behind it as well: then the next one that is still there has it.
 * @returns to be told where the focus comes to
 */
export function useFocusOfRows(page: RowPage | undefined): (event: FocusEvent) => void {
  const line = useRef<number | undefined>(undefined);
  useEffect(() => {
    const before = line.current;
    if (before === undefined || document.activeElement !== document.body) return;
    const rows = [...document.querySelectorAll<HTMLElement>('tr[data-line]')];
    const next = rows.find((row) => lineOf(row) >= before) ?? rows.at(-1);
    line.current = undefined;
    (next?.querySelector<HTMLElement>('input, button') ?? document.querySelector('h1'))?.focus();
  }, [page]);
  return ({ target }) => {
    const row = target instanceof HTMLElement ? target.closest<HTMLElement>('tr[data-line]') : null;
    line.current = row === null ? undefined : lineOf(row);
  };
}

function lineOf(row: HTMLElement): number {
  return Number(row.dataset.line);
}
