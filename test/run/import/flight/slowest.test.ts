import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../../../src/checkpoint/checkpoint.js';
import { noteSlowest } from '../../../../src/run/import/flight/slowest.js';

const SCOPE = { api: 'https://clarky.ai/api/v1', bot: 'bot' };

/** What is noted is not waited for: it is there when nothing is left to do. */
async function answered(checkpoint: Checkpoint, status: number | undefined, ms: number): Promise<void> {
  noteSlowest(checkpoint, {
    ...{ type: 'attempt', method: 'POST', route: '/contacts/upsert', status, attempt: 1, ms },
    ...{ sinceAnswerMs: 0, rate: undefined, serverMs: undefined },
  });
  await setImmediate();
}

describe('how long Clarky takes to answer a write', () => {
  it('is told by what it did, and not by what refuses at once', async () => {
    const checkpoint = Checkpoint.inMemory(SCOPE);
    for (const status of [undefined, 504, 502, 429, 422, 401]) await answered(checkpoint, status, 3);
    expect(checkpoint.state.slowestMs).toBeUndefined();
    await answered(checkpoint, 201, 70);
    await answered(checkpoint, 200, 90);
    await answered(checkpoint, 504, 60_000);
    expect(checkpoint.state.slowestMs).toBe(70);
  });
});
