import { describe, expect, it } from 'vitest';
import { acceptanceOf, acceptanceReader, type Acceptance } from '../../src/checkpoint/acceptance.js';
import { formatFact, parseFact, type ContactFact, type Fact } from '../../src/checkpoint/format.js';

/** Digests of 22 characters each. */
const [K, P, E, C, N] = [...'KPECN'].map((letter) => letter.repeat(21) + 'A') as [
  string,
  string,
  string,
  string,
  string,
];

const AT = '2026-11-27T06:00:00.000Z';
const OF_CONTACTS: readonly Fact[] = [
  { kind: 'accepted', identity: K, payload: P },
  { kind: 'accepted', identity: K, payload: P, id: 'c1', points: E + C, names: 'abcabcabc', ledElsewhere: true },
  { kind: 'accepted', identity: K, payload: P, id: 'c1', points: E + C, ledElsewhere: 'by e-mail', added: 1 },
  { kind: 'accepted', identity: K, payload: P, id: 'c1', written: { atMs: 1_764_000_000_123, aheadMs: -35 } },
  { kind: 'accepted', identity: K, payload: P, points: E, added: 1, written: { atMs: 5, aheadMs: 0 } },
  { kind: 'refused', identity: K, payload: P, code: 'duplicate' },
  { kind: 'refused', identity: K, payload: P, code: 'duplicate', id: 'c1', points: E, names: 'abab' },
  { kind: 'sending', identity: K },
  { kind: 'sending', identity: K, points: E, names: 'abab', atMs: 5, payload: P, again: true },
  { kind: 'answered', identity: K },
  { kind: 'forgotten', identity: K },
  { kind: 'forgotten', identity: K, now: 'deleted' },
  { kind: 'forgotten', identity: K, now: 'there' },
  { kind: 'neighbour', id: 'c2', emails: E, phones: C + N, names: 'abcabcabc' },
  { kind: 'no neighbour', id: 'c2' },
];
const OF_RUNS: readonly Fact[] = [
  { kind: 'header', version: 1 },
  { kind: 'scope', scope: { api: 'https://api.example.com/api/v1', bot: 'bot_1' } },
  { kind: 'pace', even: true },
  { kind: 'pace', even: false },
  { kind: 'slowest', ms: 12 },
  { kind: 'shape', shape: 'objects' },
  { kind: 'clears' },
  { kind: 'clears', others: ['owner'] },
  { kind: 'stages', ids: { Won: 's1' } },
  { kind: 'settings', values: { country: 'DE' } },
  { kind: 'rejects', digest: P, kept: '', rows: undefined },
  { kind: 'rejects', digest: P, kept: E + C, rows: { '7': 'abc' } },
  { kind: 'fetched', as: P, etag: '"1"', modified: AT },
  { kind: 'started', at: AT, rows: 3, live: true, sheet: { name: 'A', of: 2 } },
  { kind: 'ended', at: AT, exit: 0, counts: { rows: 3 } },
];

it.each([...OF_CONTACTS, ...OF_RUNS])('a line says all of %j', (fact) => {
  expect(parseFact(formatFact(fact))).toEqual(fact);
});

it('what was accepted is read without JSON.parse as with it', () => {
  const read = acceptanceReader();
  const inHex = (of: Acceptance | undefined): unknown =>
    of && { ...of, ...Object.fromEntries(BYTES.map((name) => [name, Buffer.from(of[name]).toString('hex')])) };
  const accepted = OF_CONTACTS.filter((fact) => fact.kind === 'accepted');
  expect(accepted).toHaveLength(5);
  for (const fact of accepted) expect(inHex(read(formatFact(fact)))).toEqual(inHex(acceptanceOf(fact)));
});

const BYTES = ['identity', 'payload', 'points'] as const;

describe('a line with a digest that is none', () => {
  it.each([
    ['its contact', { k: K.slice(1), p: P }],
    ['its payload', { k: K, p: P.slice(1) }],
    ['what was refused', { k: K, r: `${P}A`, code: 'duplicate' }],
    ['a number', { k: 7, p: P }],
    ['the e-mails of a neighbour', { near: 'c2', e: E.slice(1), c: '', w: '' }],
  ])('says nothing: %s', (_, line) => {
    expect(parseFact(JSON.stringify(line))).toBeUndefined();
  });

  it.each([
    ['points', { k: K, p: P, c: E.slice(1) }, { kind: 'accepted', identity: K, payload: P }],
    ['what is under way', { k: K, sent: true, q: P.slice(1) }, { kind: 'sending', identity: K }],
    ['rejects that were kept', { rejects: P, kept: E.slice(1) }, { kind: 'rejects', digest: P, kept: '' }],
  ])('says the rest: %s', (_, line, expected) => {
    expect(parseFact(JSON.stringify(line))).toEqual(expected as ContactFact);
  });
});
