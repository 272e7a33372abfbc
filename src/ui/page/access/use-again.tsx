import type { PlaceView } from '../../wire.js';
import { call } from '../api.js';
import { useAction } from '../parts/action.js';
import { Plain } from '../parts/markup.js';
import { Trouble } from '../parts/notice.js';
import { decideForPlan } from '../store.js';

/** Takes another address of Clarky. Whether it is one, and takes the key, is told with the state. */
export async function takeAddress(address: string): Promise<void> {
  await decideForPlan(async () => {
    await call('PUT', 'address', { address });
    void call('GET', 'bots').catch(() => undefined);
  });
}

/** Clarkies that were used before, each taken with one press. */
export function UseAgain({ places, onDone }: { places: readonly PlaceView[]; onDone?: () => void }) {
  const { isBusy, trouble, act } = useAction();
  if (places.length === 0) return null;
  const use = async (address: string): Promise<void> => {
    await takeAddress(address);
    onDone?.();
  };
  return (
    <>
      {trouble !== undefined && <Trouble error={trouble} />}
      <p class="actions">
        {places.map(({ name, address }) => (
          <button type="button" class="small" key={address} disabled={isBusy} onClick={() => act(() => use(address))}>
            Go on with <Plain text={name} />
          </button>
        ))}
      </p>
    </>
  );
}
