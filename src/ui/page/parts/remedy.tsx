import { go, STEPS } from '../store.js';

/** What helps; where it names a screen, that leads to it. The links of that name are the steps. */
export function Remedy({ text }: { text: string }) {
  const parts = text.split(/(“[^”]+”)/);
  return (
    <>
      {parts.map((part, at) => {
        const step = STEPS.find(([, label]) => part === `“${label}”`);
        return step === undefined ? (
          part
        ) : (
          <button type="button" class="inline" key={at} onClick={() => go(step[0])}>
            {step[1]}
          </button>
        );
      })}
    </>
  );
}
