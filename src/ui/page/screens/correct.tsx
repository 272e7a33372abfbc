import { RowGrid } from '../parts/row-grid.js';
import { Trouble, Waiting } from '../parts/notice.js';
import { plan } from '../store.js';

/** The rejected rows. */
export function Correct() {
  const loaded = plan.value;
  if (loaded.kind === 'loading') return <Waiting text="Looking at every row…" />;
  if (loaded.kind === 'failed') return <Trouble error={loaded.error} />;
  if (loaded.value.plan.rejected === 0) return <p>No row would be rejected: there is nothing to correct.</p>;
  return <RowGrid filter={{ outcome: 'rejected' }} header={loaded.value.header} stamp={loaded.value} />;
}
