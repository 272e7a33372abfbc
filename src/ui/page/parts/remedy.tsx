import { choicesAreWanted, go, STEPS, type Step } from '../store.js';

/** What helps; where it names a screen, or what is to be chosen on one, that leads to it. The links of that name are the steps. */
export function Remedy({ text }: { text: string }) {
  const parts = text.split(/(“[^”]+”)/);
  return (
    <>
      {parts.map((part, at) => {
        const words = part.slice(1, -1);
        const step = part.startsWith('“') ? stepOf(words) : undefined;
        return step === undefined ? (
          part
        ) : (
          <button type="button" class="inline" key={at} onClick={() => lead(step, words)}>
            {ON_PLAN.includes(words) ? part : words}
          </button>
        );
      })}
    </>
  );
}

/** What is opened on the plan, and not by a link. */
const ON_PLAN = ['What to send', 'Send again what was sent before', 'Send again what Clarky rejected before'];

function stepOf(words: string): Step | undefined {
  return ON_PLAN.includes(words) ? 'plan' : STEPS.find(([, label]) => label === words)?.[0];
}

function lead(step: Step, words: string): void {
  choicesAreWanted.value = ON_PLAN.includes(words);
  go(step);
}
