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

describe('whose e-mail changes in the row, the phone and the name being the same', () => {
  const ANN = 'Ann,Lee,ann@x.com,+442079460003\n';
  const corrected = 'Bob,Stone,bob.stone@x.com,+442079460002\n';

  it.each(['email', 'phone', 'newest'] as const)(
    'is the same one with --live as without, where Clarky goes by %s',
    async (winner) => {
      const bench = await workbench(`${HEADER}Bob,Stone,bop@x.com,+442079460002\n${ANN}`, { readings: { winner } });
      expect((await bench.import()).summary).toMatchObject({ created: 2 });
      await bench.write(`${HEADER}${corrected}${ANN}`);
      expect(await bench.plan({ live: bench.api })).toMatchObject({ updated: 1, unchanged: 1, rejected: 0 });
      expect((await bench.import()).summary).toMatchObject({ updated: 1, unchanged: 1, rejected: 0 });
      const [bob, ...others] = bench.sandbox.contacts();
      expect([bob?.emails, others.length]).toEqual([expect.arrayContaining(['bop@x.com', 'bob.stone@x.com']), 1]);
      expect((await bench.import()).summary).toMatchObject({ unchanged: 2, requests: 0 });
    },
  );

  it('is somebody else still where another row has the e-mail before', async () => {
    const bench = await workbench(`${HEADER}Bob,Stone,bop@x.com,+442079460002\n${ANN}`);
    expect((await bench.import()).summary).toMatchObject({ created: 2 });
    await bench.write(`${HEADER}${corrected}${ANN}Bob,Stone,bop@x.com,\n`);
    expect((await bench.import()).summary).toMatchObject({ updated: 0, rejected: 1, reasons: { shared_phone: 1 } });
    expect(bench.sandbox.contacts()).toHaveLength(2);
  });
});
