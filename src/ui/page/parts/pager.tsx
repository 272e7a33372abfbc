import type { RowPage } from '../../wire.js';

/** So many rows are shown at a time: the browser never holds the file. */
export const PAGE = 100;

export function Pager({ page, onTurn }: { page: RowPage; onTurn: (offset: number) => void }) {
  const { offset, total, rows } = page;
  if (total <= PAGE)
    return <p class="pager facts">{total === 1 ? '1 row' : `${total.toLocaleString('en-US')} rows`}</p>;
  return (
    <p class="pager">
      <button type="button" disabled={offset === 0} onClick={() => onTurn(0)}>
        First
      </button>
      <button type="button" disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - PAGE))}>
        Back
      </button>
      <span>
        {(offset + 1).toLocaleString('en-US')} to {(offset + rows.length).toLocaleString('en-US')} of{' '}
        {total.toLocaleString('en-US')}
      </span>
      <button type="button" disabled={offset + PAGE >= total} onClick={() => onTurn(offset + PAGE)}>
        Further
      </button>
      <button
        type="button"
        disabled={offset + PAGE >= total}
        onClick={() => onTurn(Math.floor((total - 1) / PAGE) * PAGE)}
      >
        Last
      </button>
    </p>
  );
}
