import { titleInSentence } from '../../../wording/left-out.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { underEach } from '../../../wording/results.js';
import type { Correction, CorrectionsView, ReasonView, RowPage, RowView, TakenBack } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { CellInput, useFocusOfRows } from '../parts/cell-input.js';
import { Plain } from '../parts/markup.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { Onward } from '../parts/onward.js';
import { FindAndReplace } from '../parts/find-and-replace.js';
import { Remedy } from '../parts/remedy.js';
import { Made } from '../parts/made.js';
import { CountryOffer, NEEDS_COUNTRY } from '../parts/country-offer.js';
import { PAGE, Pager } from '../parts/pager.js';
import { Line, Table } from '../parts/table.js';
import { rowInWords } from '../words.js';
import { asRefused, bestPlan, decideForPlan, file, fileId, isRunning, job, loadAll, mapping } from '../store.js';

/** The cells that keep rows from being sent: corrected here, beside the file, which stays as it is. */
export function Correct() {
  const [offset, setOffset] = useState(0);
  const [page, setPage] = useState<RowPage>();
  const [made, setMade] = useState<CorrectionsView>();
  const [trouble, setTrouble] = useState<Refused>();
  const loaded = bestPlan.value;
  const id = fileId.value ?? '';
  const onFocusIn = useFocusOfRows(page);
  // A browser takes what is half typed in a cell that goes away: it would stand in the place of what has made its row good.
  const shown = useRef(page);
  shown.current = page;
  const isShown = (row: number): boolean => shown.current?.rows.some(({ line }) => line === row) === true;
  useEffect(() => {
    if (loaded.kind !== 'there') return;
    let isWanted = true;
    const failed = (error: unknown): void => {
      if (isWanted) setTrouble(asRefused(error));
    };
    call<RowPage>('GET', `files/${id}/rejected?offset=${offset}&limit=${PAGE}`).then((rows) => {
      if (!isWanted) return;
      setPage(rows);
      setTrouble(undefined);
    }, failed);
    call<CorrectionsView>('GET', `files/${id}/edits`).then((corrections) => isWanted && setMade(corrections), failed);
    return () => {
      isWanted = false;
    };
  }, [loaded, offset, id]);
  if (loaded.kind === 'loading') return <Waiting text="Looking at every row…" />;
  if (loaded.kind === 'failed') return <Trouble error={loaded.error} />;

  const put = async (body: { corrections?: readonly Correction[]; takenBack?: readonly TakenBack[] }) => {
    try {
      await decideForPlan(() => call('PUT', `files/${id}/edits`, { corrections: [], ...body }));
      setTrouble(undefined);
      loadAll();
    } catch (error) {
      setTrouble(asRefused(error));
    }
  };
  const { header } = loaded.value;
  // What is typed meanwhile would be lost: the file of corrections is being read by.
  const isUnderWay = isRunning(job.value) || (file.value?.elsewhere ?? null) !== null;
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      <p class="facts">
        The file itself is never changed: corrections are kept beside it, and the command line uses them as well.
      </p>
      {isUnderWay && (
        <p class="notice">
          This file is worked on just now: once that has ended, or was stopped, cells can be corrected.
        </p>
      )}
      <fieldset class="bare" disabled={isUnderWay} onFocusIn={onFocusIn}>
        {made !== undefined && <Made made={made} takeBack={(one) => void put({ takenBack: [one] })} />}
        {loaded.value.plan.rejected === 0 && page?.total === 0 ? (
          <p>No row would be rejected: there is nothing to correct.</p>
        ) : (
          <>
            <ForAll reasons={loaded.value.reasons} rejected={loaded.value.plan.rejected} />
            <FindAndReplace header={header} first={worstColumn(loaded.value.reasons, page?.rows ?? [], header)} />
            <Table
              label="Rejected rows"
              kind="corrections"
              head={[{ number: 'Line' }, 'What is wrong', 'Correct it and press Enter', 'The row']}
            >
              {(page?.rows ?? []).map((row) => (
                <RejectedRow
                  key={row.line}
                  row={row}
                  header={header}
                  put={(corrections) => {
                    if (isShown(row.line)) void put({ corrections });
                  }}
                />
              ))}
            </Table>
          </>
        )}
      </fieldset>
      {page !== undefined && page.total > 0 && <Pager page={page} onTurn={setOffset} />}
      <Onward to="plan" />
    </>
  );
}

/** The column for which most rows are rejected; where the reasons name none, that which most of the rows shown are corrected in. */
function worstColumn(
  reasons: readonly ReasonView[],
  rows: readonly RowView[],
  header: readonly string[],
): string | undefined {
  const named = reasons.flatMap(({ columns }) => columns).filter(({ column }) => header.includes(column));
  const open = rows.flatMap((row) => wrongColumns(row, header)).flatMap((at) => header[at] ?? []);
  const shown = [...new Set(open)].map((column) => ({ column, count: open.filter((one) => one === column).length }));
  return (named.length > 0 ? named : shown).toSorted((a, b) => b.count - a.count)[0]?.column;
}

/** Why rows are rejected, and what settles it for all of them at once. */
function ForAll({ reasons, rejected }: { reasons: readonly ReasonView[]; rejected: number }) {
  // Of a single row the table says all.
  if (rejected === 1 && reasons.every(({ code }) => code !== NEEDS_COUNTRY)) return null;
  const counts = reasons.map(({ count }) => count);
  return (
    <ul class="hints">
      {reasons.map(({ code, title, remedy, count }) => (
        <li key={code}>
          <b>
            {count === 1 ? '1 row' : `${count.toLocaleString('en-US')} rows`}: {titleInSentence(title)}.
          </b>{' '}
          <Remedy text={remedy} />
          {code === NEEDS_COUNTRY && <CountryOffer isNeeded />}
        </li>
      ))}
      {underEach(counts, rejected) !== '' && <li>A row stands under each of its reasons.</li>}
    </ul>
  );
}

function RejectedRow({
  row,
  header,
  put,
}: {
  row: RowView;
  header: readonly string[];
  put: (corrections: readonly Correction[]) => void;
}) {
  const { line, cells, problems, canDoWithout } = row;
  const wrong = wrongColumns(row, header);
  const isFilled = (at: number): boolean => (cells[at] ?? '') !== '';
  // Without the one value by which Clarky knows a contact there is nobody; of two, the other can still be corrected.
  const isLast = !canDoWithout && wrong.filter((at) => isFilled(at) && isContactPoint(at)).length < 2;
  const filled = wrong.filter((at) => isFilled(at) && fieldOf(at) !== 'country' && !(isLast && isContactPoint(at)));
  const change = (at: number, value: string): void => {
    const was = cells[at] ?? '';
    if (value !== was) put([{ line, column: header[at] ?? '', was, value }]);
  };
  return (
    <tr data-line={line}>
      <Line of={line} />
      <td class="why">
        {problems.map(({ code, column, message }) => (
          <span class="problem" key={`${code} ${column ?? ''}`}>
            <Plain text={column === null ? message : `${column}: ${message}`} />
          </span>
        ))}
      </td>
      <td class="why">
        {[...wrong, ...joiningColumns(row, header, wrong)].map((at) => (
          <CellInput
            key={at}
            column={header[at] ?? ''}
            line={line}
            cell={cells[at] ?? ''}
            onChange={(value) => change(at, value)}
          />
        ))}
        <span class="actions">
          {filled.map((at) => (
            <button
              key={at}
              type="button"
              class="small"
              onClick={() => put([{ line, column: header[at] ?? '', was: cells[at] ?? '', value: '' }])}
            >
              Leave {filled.length === 1 ? 'this value' : <Plain text={header[at] ?? ''} />} out
            </button>
          ))}
          <button
            type="button"
            class="small"
            onClick={() => put([{ line, column: null, was: cells.join('\t'), value: null }])}
          >
            Skip this row
          </button>
        </span>
      </td>
      <td class="why rest">
        <Plain text={rowInWords(header, cells)} />
      </td>
    </tr>
  );
}

/** What several people have, by the problem that says so. */
const SHARED: Readonly<Record<string, string>> = { shared_phone: 'phone_numbers', shared_email: 'emails' };

const GO_BY_COUNTRY = ['invalid_phone', 'phone_ambiguous', 'phone_code_mismatch', NEEDS_COUNTRY];

/** The columns that a problem names, and that of the country by which a phone is read; where the whole row is meant, those that say who it is, or what it shares. */
function wrongColumns({ problems }: RowView, header: readonly string[]): number[] {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const named = new Set(problems.flatMap(({ column }) => (column === null ? [] : [plain(column)])));
  const found = header.flatMap((name, at) => (named.has(plain(name)) ? [at] : []));
  // A number is read as one of the row's country, and that may be what is wrong.
  const isOfPhone = problems.some(({ code }) => GO_BY_COUNTRY.includes(code));
  const countries = isOfPhone ? header.flatMap((_, at) => (fieldOf(at) === 'country' ? [at] : [])) : [];
  if (found.length > 0 || mapping.value.kind !== 'there') return [...new Set([...found, ...countries])];
  const points = header.flatMap((_, at) => (isContactPoint(at) ? [at] : []));
  const shared = points.filter((at) => problems.some(({ code }) => SHARED[code] === fieldOf(at)));
  return shared.length > 0 ? shared : points;
}

/** Where both e-mails of one person are written, so that two rows with one phone become one contact. */
function joiningColumns({ problems, cells }: RowView, header: readonly string[], wrong: readonly number[]): number[] {
  if (!problems.some(({ code }) => code === 'shared_phone')) return [];
  const emails = header.flatMap((_, at) => (fieldOf(at) === 'emails' ? [at] : []));
  if (emails.some((at) => wrong.includes(at))) return [];
  return [emails.find((at) => (cells[at] ?? '') !== '') ?? emails[0]].filter((at) => at !== undefined);
}

/** Whether a column is an e-mail or a phone. */
function isContactPoint(at: number): boolean {
  const field = fieldOf(at);
  return field === 'emails' || field === 'phone_numbers';
}

function fieldOf(at: number): string | undefined {
  return mapping.value.kind === 'there' ? mapping.value.value.columns.find(({ index }) => index === at)?.to : undefined;
}
