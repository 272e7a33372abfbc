/** What stays open of a contact once something was answered for it, and which phones of it Clarky alone has. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Checkpoint } from '../../src/checkpoint/checkpoint.js';
import { LiveLines, type ToldFact } from '../../src/checkpoint/live-lines.js';
import { Unanswered } from '../../src/checkpoint/unanswered.js';
import { digest, digestText } from '../../src/contact/identity.js';
import { payloadDigest } from '../../src/contact/payload.js';
import { privateFolder } from '../support/folder.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
const ANN = digestText(digest('email', 'ann@x.com'));
const [FIRST = '', SECOND = ''] = ['1', '2'].map((payload) => digestText(digest('email', payload)));

function liveOf(...facts: readonly ToldFact[]): number[] {
  const live = new LiveLines();
  for (const fact of facts) live.observe(fact);
  for (const [at, fact] of facts.entries()) live.take(fact, at + 1);
  return [...new Set(live.all())].toSorted((a, b) => a - b);
}

it('keeps the line of a send that may still arrive behind the one that was answered, with what tells when that left', () => {
  const first: ToldFact = { kind: 'sending', identity: ANN, atMs: 1000, payload: FIRST };
  const second: ToldFact = { kind: 'sending', identity: ANN, atMs: 2000, payload: SECOND };
  expect(liveOf(first, second, { kind: 'accepted', identity: ANN, payload: SECOND })).toEqual([1, 2, 3]);
  expect(liveOf(first, { ...second, payload: FIRST }, { kind: 'accepted', identity: ANN, payload: FIRST })).toEqual([
    3,
  ]);
  const late: ToldFact = { ...second, atMs: 1_000_000 };
  expect(liveOf(first, late, { kind: 'accepted', identity: ANN, payload: SECOND })).toEqual([3]);
});

it('has nothing under way any more under the number it left by, where the answer tells of another contact', () => {
  const open = new Unanswered();
  open.send(1, { sentMs: 1000, payload: FIRST });
  expect(open.accepted(2, () => FIRST, 1)).toBe(true);
  expect([open.has(1), open.has(2)]).toEqual([false, false]);
});

it('tells a phone that a contact went out with from one that Clarky alone has of it, in this run and the next', async () => {
  const own = '+442079460001';
  const colleagues = '+442079460002';
  const contact = { first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: [own] };
  const sent = { contact, identity: digest('email', 'ann@x.com'), payload: payloadDigest(contact) };
  const path = join(await privateFolder(), 'c.jsonl');
  for (const run of ['this', 'next']) {
    const checkpoint = await Checkpoint.open(path, SCOPE, { stateDir: false });
    const { state } = checkpoint;
    const stored = { phone_numbers: [own, colleagues] };
    if (run === 'this') await checkpoint.accepted({ contact: sent, id: 'ct_ann', stored });
    const wentOutWith = (phone: string): boolean | undefined =>
      state.names.wentOutWith(state.numberOf(sent), contact, phone);
    expect([wentOutWith(own), wentOutWith(colleagues)], run).toEqual([true, false]);
    await checkpoint.close();
  }
});
