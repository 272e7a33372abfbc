import { go, STEPS, type Step } from '../store.js';

/** On to another screen, which the button names; the way back is by the steps, and nothing is lost by it. */
export function Onward({
  to,
  isWeak = false,
}: {
  to: Step;
  /** Where another button is the one to press. */ isWeak?: boolean;
}) {
  return (
    <p class="onward">
      <button type="button" class={isWeak ? '' : 'strong'} onClick={() => go(to)}>
        Next: {STEPS.find(([name]) => name === to)?.[1]}
      </button>
    </p>
  );
}
