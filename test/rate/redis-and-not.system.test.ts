/** Gates of two machines (two state folders), with a real Redis and without: who shares what, and what is told where not all do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openGate } from '../../src/rate/open-gate.js';
import type { OpenGate, Rate } from '../../src/rate/rate.js';
import type { RateEvent } from '../../src/rate/telling/rate-event.js';
import { redisIsInstalled, startRedis, type RedisServer } from '../support/redis.js';

/** Of Clarky's window, and of another. */
const RATES: Rate[] = [
  { limit: 20, windowMs: 60_000 },
  { limit: 20, windowMs: 40_000 },
];

interface Opened {
  readonly gate: OpenGate;
  readonly events: RateEvent[];
}

describe.runIf(redisIsInstalled).each(RATES)(
  'imports of two machines, some through Redis, $limit in $windowMs ms',
  (rate) => {
    let redis: RedisServer;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.close());

    /** Each test has accounts of its own. */
    let tests = 0;
    const machines = () => {
      const folder = mkdtempSync(join(tmpdir(), 'machines-'));
      const key = `ck_live_${String(++tests)}`;
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      return async (machine: string, goesBy: 'redis' | 'files'): Promise<Opened> => {
        const events: RateEvent[] = [];
        const gate = await openGate({
          apiUrl: 'http://127.0.0.1:9',
          key,
          kind: 'writes',
          rate,
          stateDir: join(folder, machine),
          redisUrl: goesBy === 'redis' ? redis.url : undefined,
          onEvent: (event) => events.push(event),
        });
        onTestFinished(() => gate.close());
        return { gate, events };
      };
    };
    const write = ({ gate }: Opened): Promise<void> =>
      gate.run((attempt) => Promise.resolve(attempt.answered({ window: undefined, retryAfterMs: undefined }, false)));
    const told = ({ events }: Opened): RateEvent[] => events.filter(({ type }) => type === 'split');

    test('one that goes past Redis is told once, where another machine writes through it', async () => {
      const open = machines();
      const [ours, plain, afar] = [
        await open('here', 'redis'),
        await open('here', 'files'),
        await open('there', 'redis'),
      ];
      for (const one of [plain, afar, ours, ours, ours]) await write(one);
      expect(told(ours)).toEqual([{ type: 'split' }]);
      expect([told(plain), told(afar)]).toEqual([[], []]);
    });

    test('nothing is told where all go by Redis, each by its own gate', async () => {
      const open = machines();
      const [ours, second, afar] = [
        await open('here', 'redis'),
        await open('here', 'redis'),
        await open('there', 'redis'),
      ];
      for (const one of [second, afar, ours, second, afar, ours, ours]) await write(one);
      expect([told(ours), told(second), told(afar)]).toEqual([[], [], []]);
    });

    test('nothing is told where no other machine writes: with and without Redis they share the account here', async () => {
      const open = machines();
      const [ours, plain] = [await open('here', 'redis'), await open('here', 'files')];
      for (const one of [plain, ours, plain, ours, ours]) await write(one);
      expect(told(ours)).toEqual([]);
    });
  },
);
