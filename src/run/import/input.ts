/** What a run reads and whom it asks, opened. */
import type { Connection } from '../connection/connection.js';
import type { Opened } from '../opened.js';
import { OpenedFile } from '../reading/reading.js';
import { stopBefore } from '../reading/stops.js';
import type { ImportOptions } from '../settings.js';

/** What is opened is closed with the rest of the run. */
interface Lent {
  readonly opened: Opened;
  readonly signal: AbortSignal;
  readonly connect: () => Promise<Connection>;
}

/**
 * Opens the input and the connection. What comes in a stream is read to its end first, and that may take as long as whoever writes it likes: the
 * key is checked meanwhile, and one that is not taken ends the reading.
 * @throws ImporterError what keeps one of them from being used
 */
export async function openInput(
  options: ImportOptions,
  { opened, signal, connect }: Lent,
): Promise<{ readonly file: OpenedFile; readonly connection: Connection }> {
  const open = async (until: AbortSignal): Promise<OpenedFile> => {
    const file = await opened.add(OpenedFile.open({ ...options, signal: until }));
    const stoppedBy = stopBefore(file, { ...options, isLive: options.live === true });
    if (stoppedBy !== undefined) throw stoppedBy;
    return file;
  };
  if (options.file !== '-') {
    const file = await open(signal);
    return { file, connection: await opened.add(connect()) };
  }
  const connection = await opened.add(connect());
  const denied = new AbortController();
  connection.access(signal).catch((error: unknown) => denied.abort(error));
  return { file: await open(AbortSignal.any([signal, denied.signal])), connection };
}
