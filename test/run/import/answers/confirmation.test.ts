import { describe, expect, it } from 'vitest';
import type { WireContact } from '../../../../src/api/wire.js';
import { confirmation } from '../../../../src/run/import/answers/confirmation.js';

function confirming(stored: WireContact | undefined) {
  let reads = 0;
  const confirm = confirmation({
    read: () => Promise.resolve(stored).finally(() => reads++),
    mayRead: () => true,
    sleep: () => Promise.resolve(),
    onUnseen: () => undefined,
  });
  return { confirm, reads: () => reads };
}

const withoutPhone = { id: 'c1', first_name: 'Cy', phone_numbers: [] };

describe('a contact that an answer shows without an e-mail and phone', () => {
  it('is the one that Clarky has, where it is found to have none', async () => {
    const { confirm, reads } = confirming(withoutPhone);
    expect(await confirm({ ...withoutPhone })).toMatchObject({ emails: [], phone_numbers: [] });
    expect(reads()).toBe(1);
  });

  it('is believed to have none only when it was looked at again, where the answer did not say so', async () => {
    const { confirm, reads } = confirming({ id: 'c1', first_name: 'Cy' });
    expect(await confirm({ id: 'c1' })).toMatchObject({ emails: [], phone_numbers: [] });
    expect(reads()).toBe(4);
  });

  it('has what it is seen to have', async () => {
    const { confirm } = confirming({ id: 'c1', phone_numbers: ['+442079460103'] });
    expect(await confirm(withoutPhone)).toMatchObject({ phone_numbers: ['+442079460103'] });
  });

  it('is believed where the key may not read, which is said once', async () => {
    let said = 0;
    const confirm = confirmation({
      read: () => Promise.resolve(undefined),
      mayRead: () => false,
      sleep: () => Promise.resolve(),
      onUnseen: () => said++,
    });
    expect([await confirm({ id: 'c1' }), await confirm(withoutPhone), said]).toEqual([{ id: 'c1' }, withoutPhone, 1]);
  });

  it('is no contact where it is not there, or nothing but an id', async () => {
    await expect(confirming(undefined).confirm(withoutPhone)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(confirming({ id: 'c1' }).confirm({ id: 'c1' })).rejects.toMatchObject({ code: 'unreachable' });
  });
});
