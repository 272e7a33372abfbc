import { describe, expect, it } from 'vitest';
import { workbench } from './workbench.js';

describe('people who share a phone, sent all the same', () => {
  it('keep identities of their own, whichever of their rows comes last', async () => {
    const rows = [
      ',Ann,+442079460001',
      ',Ann,+442079460002;+442079460001',
      ',Ben,+442079460001',
      ',Ben,+442079460003;+442079460001',
    ];
    const bench = await workbench(`Email,First name,Phone\n${rows.join('\n')}\n`, {
      readings: { dedupeScope: 'bot', phoneLookup: 'exact' },
    });
    const settings = { live: false, sharedPhone: 'send' } as const;
    expect((await bench.import(settings)).summary).toMatchObject({ contacts: 2, requests: 2, rejected: 0 });
    expect((await bench.import(settings)).summary).toMatchObject({ unchanged: 2, requests: 0 });
  });
});
