import { describe, expect, it } from 'vitest';
import {
  isNamedOtherwise,
  isUnclear,
  nameDigest,
  nameKeyOfPoint,
  saysLessThanKept,
} from '../../src/checkpoint/name-digest.js';
import type { Point } from '../../src/checkpoint/points.js';

const PHONE: Point = { kind: 'phone', value: '+81312345671' };
const TEAM: Point = { kind: 'email', value: 'office@x.com' };
const OWN: Point = { kind: 'email', value: 'wang@x.com' };

function isOther(point: Point, kept: string, name: string): boolean {
  return isNamedOtherwise(nameDigest(kept, nameKeyOfPoint(point)), point, name);
}

describe('a name in a script that can’t be compared with that of the other', () => {
  it.each([
    ['王 伟', 'Hans Müller'],
    ['민준 김', 'Maria Lopez'],
    ['राहुल शर्मा', 'Olga Petrova'],
    ['Peter Lang', 'สมชาย ใจดี'],
  ])('is another’s where the sound is, or by a phone or a mailbox of several: %s, %s', (kept, name) => {
    expect([PHONE, TEAM, OWN].map((point) => isOther(point, kept, name))).toEqual([true, true, true]);
    expect([PHONE, TEAM].map((point) => isOther(point, kept, kept))).toEqual([false, false]);
  });
});

describe('a name in a script whose sound may be that of the other', () => {
  it.each([
    ['王 伟', 'Wei Wang', true],
    ['민준 김', 'David Kim', true],
    ['Wei Wang', '王 伟', true],
    ['민준 김', 'Minjun Kim', false],
    ['สมชาย ใจดี', 'Somchai Jaidee', false],
    ['Rahul Sharma', 'राहुल शर्मा', false],
    ['Иван Петров', 'Ivan Petrov', false],
    ['王 伟', '王 伟', false],
    ['Wei Wang', 'Wei Wang', false],
  ])('is nobody else’s by an e-mail, and is unclear where half of it is: %s, %s', (kept, name, isSo) => {
    const digest = nameDigest(kept, nameKeyOfPoint(OWN));
    expect([isNamedOtherwise(digest, OWN, name), isUnclear(digest, OWN, name)]).toEqual([false, isSo]);
  });
});

describe('an initial for the first name', () => {
  it.each([
    ['Jane Smith', 'J. Brown', true],
    ['Anna Lee', 'A. Kim', true],
    ['J. Smith', 'Jane Brown', false],
    ['Jane Smith', 'Jane Brown', false],
  ])('takes no place from one in full: %s, %s', (kept, name, isLess) => {
    expect(saysLessThanKept(nameDigest(kept, nameKeyOfPoint(OWN)), OWN, name)).toBe(isLess);
  });
});
