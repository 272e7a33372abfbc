import type { ImporterError } from '../errors.js';

interface Result {
  readonly exitStatus: number;
  readonly stoppedBy?: ImporterError | undefined;
}

/** What a command prints of its result with `--json`: in the words of an import's summary, whichever command it is. */
export function endedInJson({ exitStatus, stoppedBy, ...result }: Result, start: string): object {
  const error = stoppedBy === undefined ? {} : { error: stoppedBy.code };
  return { ...result, start, end: new Date().toISOString(), exit: exitStatus, ...error };
}
