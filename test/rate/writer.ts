import { Agent, request } from 'undici';
import pLimit from 'p-limit';
import { readRateHeaders } from '../../src/api/rate-headers.js';
import type { OpenGate } from '../../src/rate/rate.js';

export interface WriteRun {
  readonly seconds: number;
  readonly refused: number;
}

/** Writes `count` times through the gate, ten at a time, each again until it is accepted. */
export async function writeAll(
  gate: OpenGate,
  url: string,
  count: number,
  onAccepted?: () => void,
  concurrency = 10,
): Promise<WriteRun> {
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const pool = pLimit(concurrency);
  const startMs = performance.now();
  let refused = 0;
  const writeOnce = (priority: number): Promise<number> =>
    gate.run(
      async (attempt) => {
        const answer = await request(url, { method: 'POST', body: '{}', dispatcher: agent });
        attempt.answered(readRateHeaders(answer.headers, Date.now()), answer.statusCode === 429);
        await answer.body.dump();
        return answer.statusCode;
      },
      { priority },
    );
  await Promise.all(
    Array.from({ length: count }, () =>
      pool(async () => {
        for (let status = await writeOnce(5); status === 429; status = await writeOnce(4)) refused += 1;
        onAccepted?.();
      }),
    ),
  );
  await agent.close();
  return { seconds: (performance.now() - startMs) / 1000, refused };
}
