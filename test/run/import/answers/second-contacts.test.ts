import { describe, expect, it } from 'vitest';
import { SecondContacts } from '../../../../src/run/import/answers/second-contacts.js';
import { madeSecond } from '../../../../src/run/import/not-sent.js';

const ANN = { first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'] };
const made = (id: string) => ({ contact: { id }, created: true });
const holding = (stored: object | undefined) =>
  new SecondContacts((id) => Promise.resolve(stored === undefined ? undefined : { id, ...stored }));

describe('a second contact of somebody whom Clarky has', () => {
  it('is one that was made under another id while the one that was known is there still', async () => {
    const seconds = holding({ ...ANN, emails: ['Ann@X.com', 'a@y.com'] });
    expect(await seconds.find(ANN, made('c3'), () => 'c1')).toEqual(madeSecond('c3', 'c1'));
    expect(await holding({ ...ANN, emails: [] }).find(ANN, made('c3'), () => 'c1')).toBeDefined();
  });

  it('is none where it has the same id, was not known, was not made, is deleted, or is somebody else', async () => {
    const seconds = holding(ANN);
    expect(await seconds.find(ANN, made('c1'), () => 'c1')).toBeUndefined();
    expect(await seconds.find(ANN, made('c3'), () => undefined)).toBeUndefined();
    for (const created of [false, undefined]) {
      expect(await seconds.find(ANN, { ...made('c3'), created }, () => 'c1')).toBeUndefined();
    }
    expect(await holding(undefined).find(ANN, made('c3'), () => 'c1')).toBeUndefined();
    expect(await holding({ ...ANN, first_name: 'Bob' }).find(ANN, made('c3'), () => 'c1')).toBeUndefined();
    expect(await holding({ emails: ['b@x.com'] }).find(ANN, made('c3'), () => 'c1')).toBeUndefined();
  });

  it('stops the run at the third, unless anybody was found and updated', async () => {
    for (const [created, code] of [
      [undefined, 'second_contacts'],
      [false, undefined],
    ] as const) {
      const seconds = holding(ANN);
      await seconds.find(ANN, { contact: { id: 'c9' }, created }, () => 'c9');
      for (const id of ['c3', 'c4']) await seconds.find(ANN, made(id), () => 'c1');
      expect(seconds.verdict).toBeUndefined();
      await seconds.find(ANN, made('c5'), () => 'c1');
      expect(seconds.verdict?.code).toBe(code);
    }
  });
});
