import { useEffect, useState } from 'preact/hooks';
import type { BotsView } from '../../wire.js';
import { call, type Refused } from '../api.js';
import { asRefused, decideForPlan, state } from '../store.js';
import { Choice } from '../parts/choice.js';

/** Where a key sees several bots: which of them gets the contacts. */
export function Bots({ onTrouble }: { onTrouble: (error: Refused | undefined) => void }) {
  const [view, setView] = useState<BotsView>();
  const key = state.value?.key;
  useEffect(() => {
    if (key?.isThere !== true) return;
    let isWanted = true;
    // What keeps them from being read is told by the import.
    call<BotsView>('GET', 'bots').then(
      (bots) => isWanted && setView(bots),
      () => isWanted && setView(undefined),
    );
    return () => {
      isWanted = false;
    };
  }, [key?.isThere, key?.nth]);
  const isSeen = view?.bots.some(({ id }) => id === view.chosen) === true;
  // Of a single bot there is nothing to choose, unless another one was named.
  const isClear = isSeen || view?.chosen === null;
  if (view === undefined || view.bots.length < (isClear ? 2 : 1)) return null;
  const choose = async (bot: string): Promise<void> => {
    try {
      await decideForPlan(async () => {
        setView(await call<BotsView>('PUT', 'bot', { bot }));
        onTrouble(undefined);
      });
    } catch (error) {
      onTrouble(asRefused(error));
    }
  };
  return (
    <div class="filters">
      <Choice
        label="Bot that gets the contacts"
        value={isSeen ? (view.chosen ?? '') : ''}
        options={[
          ...(isSeen ? [] : [['', 'choose one'] as const]),
          ...view.bots.map(
            ({ id, pipelines }) => [id, pipelines.length === 0 ? id : `${pipelines.join(', ')} (${id})`] as const,
          ),
        ]}
        onChange={(bot) => void choose(bot)}
      />
    </div>
  );
}
