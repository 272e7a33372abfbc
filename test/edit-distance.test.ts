import { expect, it } from 'vitest';
import { nearestNames } from '../src/edit-distance.js';

it.each([
  ['nope', ['name'], []],
  ['emial', ['email', 'phone'], ['email']],
  ['countri', ['country', 'county'], ['country', 'county']],
  ['livee', ['live'], ['live']],
])('of %s, among %j, %j are meant', (word, known, meant) => {
  expect(nearestNames(word, known)).toEqual(meant);
});
