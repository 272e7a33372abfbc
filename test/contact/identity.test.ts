import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digest, digestText, identityOf } from '../../src/contact/identity.js';

describe('identityOf', () => {
  it('is the primary email, else the primary phone', () => {
    expect(identityOf({ emails: ['ada@x.org', 'b@x.org'], phone_numbers: ['+442079460958'] })).toEqual({
      kind: 'email',
      value: 'ada@x.org',
    });
    expect(identityOf({ emails: [], phone_numbers: ['+442079460958', '+1'] })).toEqual({
      kind: 'phone',
      value: '+442079460958',
    });
    expect(identityOf({ first_name: 'Ada' })).toBeUndefined();
  });

  it('compares addresses without regard to case and to how their domain is written', () => {
    expect(identityOf({ emails: ['Ada@X.Org'] })).toEqual({ kind: 'email', value: 'ada@x.org' });
    const value = 'jörg@xn--mnchen-3ya.de';
    for (const email of [
      'jörg@münchen.de',
      'JÖRG@München.DE',
      'jo\u0308rg@mu\u0308nchen.de',
      'jörg@xn--mnchen-3ya.de',
    ]) {
      expect(identityOf({ emails: [email] })).toEqual({ kind: 'email', value });
    }
  });
});

describe('digest', () => {
  it('is what its description says, by another way', () => {
    const whole = createHash('sha256').update('clarky-contacts/1\0email\0ada@x.org\0', 'utf8').digest();
    expect(Buffer.from(digest('email', 'ada@x.org'))).toEqual(whole.subarray(0, 16));
  });

  it('stays as checkpoints have it', () => {
    expect(digestText(digest('email', 'ada@x.org'))).toBe('xyd7-QOdVuurpJhMcmqjew');
    expect(digestText(digest('phone', '+442079460958'))).toBe('D0G0DhQ4U6yFwMASJ1GA_g');
  });

  it('differs by kind and value, and has 22 characters as text', () => {
    expect(digestText(digest('email', 'a'))).not.toBe(digestText(digest('phone', 'a')));
    expect(digestText(digest('email', 'a'))).toMatch(/^[\w-]{22}$/);
    expect(Buffer.from(digestText(digest('email', 'ü')), 'base64url')).toEqual(Buffer.from(digest('email', 'ü')));
  });
});
