/** Who was known by a phone alone, and is known by an e-mail later. */
import { describe, expect, it } from 'vitest';
import { workbench } from './workbench.js';

const plain = { live: false, unmapped: 'ignore' } as const;
const HEADER = 'First name,Last name,Email,Phone\n';

describe('who gains an e-mail', () => {
  it.each(['email', 'phone', 'newest', 'email-only'] as const)(
    'is the same one when that changes as well, where Clarky goes by %s',
    async (winner) => {
      const bench = await workbench(`${HEADER}Bob,Stone,,+442079460002\n`, { readings: { winner } });
      for (const row of ['Bob,Stone,bob@x.com,+442079460002', 'Bob,Stone,robert@x.com,+442079460002']) {
        expect((await bench.import(plain)).exitStatus).toBe(0);
        await bench.write(`${HEADER}${row}\n`);
      }
      const { summary, exitStatus } = await bench.import(plain);
      expect([summary.updated, summary.rejected, exitStatus]).toEqual([1, 0, 0]);
      const [bob, ...others] = bench.sandbox.contacts();
      expect([bob?.first_name, bob?.phone_numbers, others]).toEqual(['Bob', ['+442079460002'], []]);
      expect(bob?.emails).toContain('robert@x.com');
      expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 1, requests: 0 });
    },
  );
});
