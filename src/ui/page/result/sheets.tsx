import { call } from '../api.js';
import { file, fileId, go, isRunning, job, readOtherwise, reading, sheetRead, sheetsLeft } from '../store.js';
import { useAction } from '../parts/action.js';
import { Plain } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';
import { Table } from '../parts/table.js';
import { sheetInWords } from '../words.js';

/** Of a workbook with several sheets: what was sent of each, and on to the next. */
export function Sheets({ isBusy, cannotAsk }: { isBusy: boolean; cannotAsk: boolean }) {
  const { isBusy: isAsking, trouble, act } = useAction();
  const sent = file.value?.sheets ?? [];
  const known = reading.value.kind === 'there' ? reading.value.value.sheetsWithContacts : [];
  const elsewhere = { kind: 'import', sheet: file.value?.lastRun?.sheet ?? null, undoing: null } as const;
  const isElsewhere = (file.value?.elsewhere ?? null) !== null;
  const underWay = isRunning(job.value) ? job.value : isElsewhere ? elsewhere : undefined;
  const names = [...new Set([...known, ...sent.map(({ name }) => name)])];
  if (names.length < 2) return null;
  const open = async (sheet: string): Promise<void> => {
    await readOtherwise({ sheet });
    go('reading');
  };
  // What becomes of it is shown of the sheet that is read.
  const takeBack = async (sheet: string): Promise<void> => {
    if (sheetRead.value !== sheet) await readOtherwise({ sheet });
    await call('POST', `files/${fileId.value ?? ''}/undo`, { sheet });
  };
  return (
    <>
      <h2>Sheets of this workbook</h2>
      {trouble !== undefined && <Trouble error={trouble} />}
      <Table label="Sheets of this workbook" head={['Sheet', 'Next', 'Sent']}>
        {names.map((name) => {
          const { run, isUndoable = false } = sent.find((one) => one.name === name) ?? {};
          const isNext = name === sheetsLeft.value[0];
          return (
            <tr key={name}>
              <th scope="row">
                <Plain text={name} />
              </th>
              <td class="why">
                <button
                  type="button"
                  class={isNext ? 'strong' : 'small'}
                  disabled={isBusy || isAsking}
                  onClick={() => act(() => open(name))}
                >
                  {run === undefined ? 'Go on with' : 'Read'} the sheet <Plain text={name} />
                </button>
              </td>
              <td class="why">
                {sheetInWords(name, run, underWay)}{' '}
                {isUndoable && (
                  <button
                    type="button"
                    class="small"
                    disabled={isBusy || isAsking || cannotAsk}
                    onClick={() => act(() => takeBack(name))}
                  >
                    Take back the sheet <Plain text={name} />
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}
