import { setImmediate } from 'node:timers/promises';

/** What a terminal that sends keys one by one has for Ctrl-C. */
const CTRL_C = 3;

/**
 * Throws away what was typed at the terminal before a question was there to be read: it was meant for something else. What is piped is
 * an answer, and stays.
 */
export async function dropTypedAhead(input: NodeJS.ReadStream = process.stdin): Promise<void> {
  if (!input.isTTY) return;
  let isStopped = false;
  const drop = (typed: Buffer | string): void => {
    isStopped ||= Buffer.from(typed).includes(CTRL_C);
  };
  const wasRaw = input.isRaw;
  // A line without its end is given to nobody otherwise.
  input.setRawMode(true);
  input.on('data', drop);
  input.resume();
  // What waits is read as soon as node looks for it, once a turn; the first turn may have done so before this was asked.
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  input.off('data', drop);
  input.pause();
  input.setRawMode(wasRaw);
  if (isStopped) process.kill(process.pid, 'SIGINT');
}
