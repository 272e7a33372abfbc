import { useEffect, useState } from 'preact/hooks';
import type { RowPage, RowView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { asRefused, fileId } from '../store.js';
import { Plain } from './markup.js';
import { Trouble } from './notice.js';

export interface RowFilter {
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly text?: string | undefined;
}

/** So many rows are shown at a time: the browser never holds the file. */
const PAGE = 100;

/** Rows of the plan, a page at a time; `stamp` changes where the plan does. */
export function RowGrid({ filter, header, stamp }: { filter: RowFilter; header: readonly string[]; stamp: unknown }) {
  const [offset, setOffset] = useState(0);
  const [page, setPage] = useState<RowPage>();
  const [trouble, setTrouble] = useState<Refused>();
  const { outcome = '', reason = '', text = '' } = filter;
  useEffect(() => setOffset(0), [outcome, reason, text, stamp]);
  useEffect(() => {
    let isWanted = true;
    const query = new URLSearchParams({ outcome, reason, q: text, offset: String(offset), limit: String(PAGE) });
    call<RowPage>('GET', `files/${fileId.value ?? ''}/plan/rows?${query.toString()}`).then(
      (value) => {
        if (!isWanted) return;
        setPage(value);
        setTrouble(undefined);
      },
      (error: unknown) => isWanted && setTrouble(asRefused(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [outcome, reason, text, offset, stamp]);
  if (trouble !== undefined) return <Trouble error={trouble} />;
  if (page === undefined) return null;
  return (
    <>
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Rows">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col" class="number">
                Line
              </th>
              <th scope="col">Outcome</th>
              {header.map((name, at) => (
                <th scope="col" key={at}>
                  <Plain text={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <Row key={row.line} row={row} header={header} />
            ))}
          </tbody>
        </table>
        {page.total === 0 && <p class="empty">No row is like that.</p>}
      </div>
      <Pager page={page} onTurn={setOffset} />
    </>
  );
}

function Row({ row, header }: { row: RowView; header: readonly string[] }) {
  const isBad = (column: string): boolean => row.problems.some((problem) => problem.column === column);
  return (
    <tr>
      <th scope="row" class="number">
        {row.line}
      </th>
      <td class="why">
        <span class={`pill ${row.outcome}`}>{row.outcome}</span>
        {row.problems.map(({ code, column, message }) => (
          <small key={`${code} ${column ?? ''}`}>
            <Plain text={column === null ? message : `${column}: ${message}`} />
          </small>
        ))}
      </td>
      {header.map((name, at) => (
        <td key={at} class={isBad(name) ? 'bad' : ''}>
          <Plain text={row.cells[at] ?? ''} />
        </td>
      ))}
    </tr>
  );
}

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
