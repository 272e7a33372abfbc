import type { ImporterError } from '../errors.js';

interface Result {
  readonly exit: number;
  readonly exitStatus?: number;
  readonly stoppedBy?: ImporterError | undefined;
}

/** What a command prints of its result with `--json`: in the words of an import's summary, whichever command it is. */
export function endedInJson({ exitStatus: _, stoppedBy, ...result }: Result): object {
  return { ...result, ...(stoppedBy === undefined ? {} : { error: stoppedBy.code }) };
}
