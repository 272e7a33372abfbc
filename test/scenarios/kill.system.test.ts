import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/sandbox/index.js';
import { peopleCsv, workplace } from '../support/cli.js';
import { until } from '../support/until.js';

const CONTACTS = 6;
/** In flight at once: what a kill may send again at most. */
const CONCURRENCY = 3;
const LIMIT = { limit: 4, windowMs: 500 };
const SETTINGS = ['--rate', '4/0.5', '--concurrency', String(CONCURRENCY)];

describe('an import killed with SIGKILL', () => {
  it.each(Array.from({ length: CONTACTS }, (_, n) => n + 1))(
    'at write %d goes on exactly where it was',
    async (killAt) => {
      // Odd ones are killed before the server applied the write, even ones after.
      const kind: FaultKind = killAt % 2 === 1 ? 'hang' : 'hang-after';
      const place = await workplace({
        writes: LIMIT,
        latency: { minMs: 5, maxMs: 30 },
        faults: { on: 'writes', at: [{ request: killAt, kind }] },
      });
      await place.write('c.csv', peopleCsv(CONTACTS));
      const running = place.start(['import', 'c.csv', ...SETTINGS]);
      await until(() => place.sandbox.requests.some(({ fault }) => fault === kind));
      running.child.kill('SIGKILL');
      expect((await running.ended).signal).toBe('SIGKILL');
      place.sandbox.setFaults({});

      const resumed = await place.here('import', 'c.csv', '--json', ...SETTINGS);
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout)).toMatchObject({ rows: CONTACTS, pending: 0, rejected: 0, throttled: 0 });
      const people = place.sandbox
        .contacts()
        .map(({ emails, first_name, company }) => ({ emails, first_name, company }));
      expect(people.sort((a, b) => Number(a.first_name?.slice(5)) - Number(b.first_name?.slice(5)))).toEqual(
        Array.from({ length: CONTACTS }, (_, n) => ({
          emails: [`person${n}@example.com`],
          first_name: `First${n}`,
          company: 'Acme',
        })),
      );
      const stats = place.sandbox.stats();
      expect(stats.throttled, '429s').toBe(0);
      expect(stats.peakWindow, 'most writes in any window').toBeLessThanOrEqual(LIMIT.limit);
      expect(stats.writes, 'sent again').toBeLessThanOrEqual(CONTACTS + CONCURRENCY);

      expect(await place.imported('c.csv')).toBe(0);
      expect(place.sandbox.stats().writes, 'sent although it was unchanged').toBe(stats.writes);
    },
  );
});
