import { expect, it } from 'vitest';
import { PlacesByText } from '../../../../src/run/reading/corrections/places-by-text.js';

it('gives back every place of a text, and none of another', () => {
  const places = new PlacesByText(6);
  for (const [at, text] of ['a', 'b', 'a', '', 'a', 'b'].entries()) places.add(text, at);
  expect(places.of('a').toSorted()).toEqual([0, 2, 4]);
  expect(places.of('b').toSorted()).toEqual([1, 5]);
  expect(places.of('')).toEqual([3]);
  expect(places.of('c')).toEqual([]);
  expect(places.size).toBe(3);
  places.keepOnly((of) => of.length < 3);
  expect(places.of('a')).toEqual([]);
  expect(places.of('b').toSorted()).toEqual([1, 5]);
});
