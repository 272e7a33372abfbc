/** What must be on disk once contacts were sent: a failure is told, and the books are still shown. */
import { ImporterError, toGoOn } from '../../errors.js';

/** Gives what keeps something from being stored; throws what is a bug. */
export async function failureOf(write: () => Promise<void>): Promise<ImporterError | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof ImporterError)) throw error;
    return asStorageFailure(error);
  }
}

/** A file that can't be written is a matter of the command line only before anything was sent. */
function asStorageFailure(error: ImporterError): ImporterError {
  if (error.code !== 'not_writable') return error;
  return new ImporterError('storage_failed', error.message, {
    ...toGoOn('Make room, then'),
    cause: error,
  });
}
