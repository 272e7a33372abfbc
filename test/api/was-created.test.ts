import { describe, expect, it, test } from 'vitest';
import { isMadeSince, wasCreated } from '../../src/api/answers/was-created.js';

const AT = Date.parse('2026-05-04T10:00:00Z');
const stamp = (ms: number): string => new Date(AT + ms).toISOString();

test.each([
  [201, {}, false, true],
  [200, { created_at: 'a', updated_at: 'a' }, true, false],
  [200, { created_at: 'a', updated_at: 'a' }, false, true],
  [200, { created_at: 'a', updated_at: 'b' }, false, false],
  [200, {}, false, undefined],
])('HTTP %i with %j, 201 met before: %j; created: %j', (status, stamps, answers201, created) => {
  expect(wasCreated(status, { id: 'c', ...stamps }, answers201, { underWayMs: 0 })).toBe(created);
});

describe('a contact that was made before the request left', () => {
  const created = (times: object, created_at: string, updated_at: string = stamp(0)) =>
    wasCreated(201, { id: 'c', created_at, updated_at }, true, { underWayMs: 0, ...times });

  it('was not made by it, whatever the status, be it that the server’s clock is another than ours', () => {
    expect(created({}, stamp(-1500))).toBe(false);
    expect(created({}, '2026-05-04 09:59:00', '2026-05-04 10:00:00')).toBe(false);
    expect(created({ underWayMs: 5000, serverMs: AT }, stamp(-7000))).toBe(false);
  });

  it('is not one that may have been made while it was under way, or whose stamps are of whole seconds', () => {
    expect(created({}, stamp(-900))).toBe(true);
    expect(created({ underWayMs: 20_000 }, stamp(-20_500))).toBe(true);
    expect(created({}, '2026-05-04', '2026-05-04')).toBe(true);
    expect(created({}, 'today', 'now')).toBe(true);
  });

  it('is known by the answer’s date where it shows the contact as it was before', () => {
    expect(created({ serverMs: AT }, stamp(-3_600_000), stamp(-3_600_000))).toBe(false);
    expect(created({ serverMs: AT }, stamp(-50_000), stamp(-50_000))).toBe(true);
    // Without a zone, or a time, it may be any.
    expect(created({ serverMs: AT }, '2026-05-04T02:00:00', '2026-05-04T02:00:00')).toBe(true);
    expect(created({ serverMs: AT }, '2026-05-03', '2026-05-03')).toBe(true);
  });
});

describe('a contact whose first answer was lost', () => {
  const isOurs = (created_at: string, updated_at: string, times: object = {}) =>
    isMadeSince({ id: 'c', created_at, updated_at }, { underWayMs: 3000, serverMs: AT, ...times });

  it('was made since the write left', () => {
    expect(isOurs(stamp(-2900), stamp(0))).toBe(true);
    expect(isOurs(stamp(-2900), stamp(-2900))).toBe(true);
  });

  it('was not where its stamps are older, or nothing tells', () => {
    expect(isOurs(stamp(-5000), stamp(0))).toBe(false);
    expect(isOurs(stamp(-5000), stamp(-5000))).toBe(false);
    expect(isOurs(stamp(-2900), stamp(0), { serverMs: undefined })).toBe(false);
    expect(isOurs(stamp(-2900), stamp(0), { underWayMs: undefined })).toBe(false);
    expect(isOurs('2026-05-04T09:59:59', '2026-05-04T09:59:59')).toBe(false);
    expect(isMadeSince({ id: 'c' }, { underWayMs: 3000, serverMs: AT })).toBe(false);
  });
});
