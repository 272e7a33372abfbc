/** Says something before the first write leaves: of a run that writes nothing it would not be true. */
import type { Client } from '../../api/calls.js';

type Writer = Pick<Client, 'upsert' | 'patchContact'>;

export function tellingFirst(client: Writer, tell: () => void): Writer {
  let isTold = false;
  const beforeWrite = (): void => {
    if (isTold) return;
    isTold = true;
    tell();
  };
  return {
    upsert: (...args) => {
      beforeWrite();
      return client.upsert(...args);
    },
    patchContact: (...args) => {
      beforeWrite();
      return client.patchContact(...args);
    },
  };
}
