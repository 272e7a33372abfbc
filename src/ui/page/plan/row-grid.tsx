import { useEffect, useState } from 'preact/hooks';
import type { PlanView, RowPage, RowView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { asRefused, fileId, type RowFilter } from '../store.js';
import { Plain } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';
import { PAGE, Pager } from '../parts/pager.js';
import { Line, Table } from '../parts/table.js';

/** Rows of the plan, a page at a time. */
export function RowGrid({ filter, view }: { filter: RowFilter; view: PlanView }) {
  const [offset, setOffset] = useState(0);
  const [page, setPage] = useState<RowPage>();
  const [trouble, setTrouble] = useState<Refused>();
  const { outcome = '', reason = '', text = '' } = filter;
  const compared = view.plan.live ? 'yes' : '';
  useEffect(() => setOffset(0), [outcome, reason, text, view]);
  useEffect(() => {
    let isWanted = true;
    const query = new URLSearchParams({
      outcome,
      reason,
      q: text,
      compared,
      offset: String(offset),
      limit: String(PAGE),
    });
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
  }, [outcome, reason, text, offset, view]);
  if (trouble !== undefined) return <Trouble error={trouble} />;
  if (page === undefined) return null;
  const columns = columnsInOrder(view);
  const blank = view.header.length - columns.length;
  return (
    <>
      <Table
        label="Rows"
        kind="rows"
        isTall
        head={[
          { number: 'Line' },
          'Outcome',
          ...columns.map(({ name, isSent }) => (isSent ? name : `${name} (not sent)`)),
        ]}
      >
        {page.rows.map((row) => (
          <Row key={row.line} row={row} columns={columns} />
        ))}
        {page.total === 0 && (
          <tr>
            <td class="empty" colSpan={columns.length + 2}>
              No row is like that.
            </td>
          </tr>
        )}
      </Table>
      {blank > 0 && (
        <p class="facts">
          {blank === 1 ? '1 column without a value is' : `${blank} columns without a value are`} not shown.
        </p>
      )}
      <Pager page={page} onTurn={setOffset} />
    </>
  );
}

interface Column {
  readonly at: number;
  readonly name: string;
  readonly isSent: boolean;
}

/** What is sent stands first; what no row has a value in is left out. */
function columnsInOrder({ header, columns }: PlanView): Column[] {
  const filled = header.flatMap((name, at) =>
    columns[at]?.isFilled === true ? [{ at, name, isSent: columns[at].isSent }] : [],
  );
  return [...filled.filter(({ isSent }) => isSent), ...filled.filter(({ isSent }) => !isSent)];
}

function Row({ row, columns }: { row: RowView; columns: readonly Column[] }) {
  const isBad = (column: string): boolean => row.problems.some((problem) => problem.column === column);
  return (
    <tr>
      <Line of={row.line} />
      <td class="why">
        <span class={`pill ${row.outcome}`}>{row.outcome}</span>
        {row.into !== undefined && <small>It goes with line {row.into}, as one contact.</small>}
        {row.problems.map(({ code, column, message }) => (
          <small key={`${code} ${column ?? ''}`}>
            <Plain text={column === null ? message : `${column}: ${message}`} />
          </small>
        ))}
      </td>
      {columns.map(({ at, name, isSent }) => (
        <td key={at} class={isBad(name) ? 'bad' : isSent ? '' : 'unsent'}>
          <Plain text={row.cells[at] ?? ''} />
        </td>
      ))}
    </tr>
  );
}
