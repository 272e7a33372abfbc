/** SIGINT and SIGTERM: the first lets what is in flight finish and be recorded, a second one quits at once. */
import { constants } from 'node:os';
import { ImporterError } from '../errors.js';

export interface Signals {
  /** Aborted by the first signal, with the error that says how the run ended. */
  readonly signal: AbortSignal;
  dispose(): void;
}

const NEXT = 'The rest is pending: run the same command again to go on.';

export function collectSignals(): Signals {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort(
      name === 'SIGINT'
        ? new ImporterError('interrupted', 'Stopped by Ctrl-C.', { next: NEXT })
        : new ImporterError('terminated', 'Stopped by SIGTERM.', { next: NEXT }),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
