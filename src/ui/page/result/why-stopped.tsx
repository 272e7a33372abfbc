import type { JobView, WireError } from '../../wire.js';
import { Trouble } from '../parts/notice.js';
import { Remedy } from '../parts/remedy.js';

/** Why it stopped, where the sentence of the moment tells how far it came, and what to do. */
export function WhyStopped({ job: { phase, kind }, error }: { job: JobView; error: WireError }) {
  const isSaid = phase === 'failed' || error.code === 'interrupted';
  const nothing = kind === 'import' && error.code !== 'interrupted' ? 'Nothing was sent. ' : '';
  if (isSaid)
    return error.next === null ? null : (
      <p class="notice">
        {nothing}
        <Remedy text={error.next} />
      </p>
    );
  return <Trouble error={error} />;
}
