import { go, type Step } from '../store.js';

/** On to the next screen; the way back is by the steps, and nothing is lost by it. */
export function Onward({ to }: { to: Step }) {
  return (
    <p class="onward">
      <button type="button" class="strong" onClick={() => go(to)}>
        Continue
      </button>
    </p>
  );
}
