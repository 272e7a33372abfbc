import { call } from '../api.js';
import { useAction } from '../parts/action.js';
import { Trouble } from '../parts/notice.js';
import { decideForPlan, file, fileId, isRunning, job, loadAll } from '../store.js';

/** The code of postal codes that may lack zeros. */
export const LACKS_ZEROS = 'postal_code_short';

/** Puts them back as corrections, with one press: under “Correct” each can be taken back. */
export function Zeros({ count }: { count: number }) {
  const { isBusy, trouble, act } = useAction();
  const isUnderWay = isRunning(job.value) || (file.value?.elsewhere ?? null) !== null;
  const putBack = async (): Promise<void> => {
    await decideForPlan(() => call('POST', `files/${fileId.value ?? ''}/edits/zeros`));
    loadAll();
  };
  return (
    <div class="offer">
      {trouble !== undefined && <Trouble error={trouble} />}
      <p>The file stays as it is: what is put back stands under “Correct”, where each can be taken back.</p>
      <button type="button" disabled={isBusy || isUnderWay} onClick={() => act(putBack)}>
        Put the zeros back{count === 1 ? '' : ` in ${count.toLocaleString('en-US')} rows`}
      </button>
    </div>
  );
}
