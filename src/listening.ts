/** Whoever a caller has named to be told of something: what goes wrong with them is theirs, and ends nothing of ours. */

/** Takes whatever a listener may be told; one that is async fails later. */
type Listener<Told extends readonly unknown[]> = (...told: Told) => unknown;

/**
 * Tells a listener so that nothing of it comes back: neither what it throws, nor what a promise of it rejects with.
 * @param onFailed is told the first time
 */
export function guarded<Told extends readonly unknown[]>(
  listener: Listener<Told>,
  onFailed: (error: unknown) => void,
): (...told: Told) => void {
  const heard = guardedAndHeard(listener, onFailed);
  return (...told) => void heard(...told);
}

/** The same of one that is waited for. */
export function guardedAndHeard<Told extends readonly unknown[]>(
  listener: Listener<Told>,
  onFailed: (error: unknown) => void,
): (...told: Told) => Promise<void> {
  let hasFailed = false;
  const failed = (error: unknown): void => {
    if (hasFailed) return;
    hasFailed = true;
    onFailed(error);
  };
  return (...told) => {
    try {
      return Promise.resolve(listener(...told)).then(() => undefined, failed);
    } catch (error) {
      failed(error);
      return Promise.resolve();
    }
  };
}

/** What is told of a listener that failed. @param goesOn what does not end of it, as a sentence ends */
function listenerFailed(error: unknown, goesOn: string): { readonly message: string; readonly cause: unknown } {
  const said = error instanceof Error ? `${error.name} (${error.message})` : typeof error;
  return { message: `A listener to the events threw ${said}: ${goesOn}.`, cause: error };
}

/** The same as the event `warning` of a run; what it threw may hold anything, and stays out of what is kept. */
export function listenerWarning(error: unknown, goesOn: string) {
  const withoutData = `A listener to the events failed: ${goesOn}.`;
  return { code: 'listener_failed', ...listenerFailed(error, goesOn), isPersonal: true, withoutData } as const;
}

/** Where there is no other way to tell of it: as a warning of the process, on standard error by default. */
export function warnOfListener(error: unknown): void {
  const { message, cause } = listenerFailed(error, 'what it listens to goes on');
  process.emitWarning(Object.assign(new Error(message, { cause }), { name: 'Warning', code: 'listener_failed' }));
}
