/** SIGINT, and SIGTERM or SIGHUP: the first lets what is in flight finish and be recorded, a second one quits at once. */
import { constants } from 'node:os';
import { ImporterError, toGoOn } from '../../errors.js';
import { putAwayNow } from './leftovers.js';

export interface Signals {
  /** Aborted by the first signal, with the error that says how the run ended. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/** A terminal that is closed sends SIGHUP: it is as good a reason to end as SIGTERM. */
const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const { next: NEXT } = toGoOn('The rest is pending:');

/**
 * @param next what is to be done after a stop
 * @param atOnce called before a second signal quits, with the exit status: what it does is done when it returns
 */
export function collectSignals(next: string | undefined = NEXT, atOnce?: (exit: number) => void): Signals {
  const controller = new AbortController();
  const advice = next === undefined ? {} : { next };
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      const exit = 128 + constants.signals[name === 'SIGHUP' ? 'SIGTERM' : name];
      putAwayNow();
      atOnce?.(exit);
      process.exit(exit);
    }
    controller.abort(
      name === 'SIGINT'
        ? new ImporterError('interrupted', 'Stopped by Ctrl-C.', advice)
        : new ImporterError('terminated', `Stopped by ${name}.`, advice),
    );
  };
  for (const name of NAMES) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of NAMES) process.off(name, onSignal);
    },
  };
}

/**
 * Does what only asks, and leaves nothing behind: the first signal ends it with a sentence.
 * @param next what is said of it then
 * @throws the signal's reason
 */
export async function untilSignal<Result>(
  next: string,
  ask: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signals = collectSignals();
  try {
    return await ask(signals.signal);
  } catch (error) {
    throw beforeAnything(error, signals, next);
  } finally {
    signals.dispose();
  }
}

/** What to throw of a command that was stopped by a signal before it did anything; any other error as it is. */
export function beforeAnything<E>(error: E, { signal }: Signals, next: string): E | ImporterError {
  return signal.aborted && error === signal.reason && error instanceof ImporterError
    ? new ImporterError(error.code, error.message, { next })
    : error;
}
