/** Whether what was written is there, where Clarky is read a moment too soon. */

/** What is read from a copy, or done by a queue, is as it should be a little later. */
const LOOK_AGAIN_MS = [250, 500, 1000, 2000];

/** What is there at last: looked at again for a while so long as it is not as it should be. */
export async function lookUntil<Seen>(
  look: () => Promise<Seen>,
  isGood: (seen: Seen) => boolean,
  sleep: (ms: number) => Promise<void>,
): Promise<Seen> {
  let seen = await look();
  for (const ms of LOOK_AGAIN_MS) {
    if (isGood(seen)) break;
    await sleep(ms);
    seen = await look();
  }
  return seen;
}
