import { expect, it } from 'vitest';
import { Desk } from '../../src/ui/files/desk.js';

it('asks Clarky as for somebody who looks on, by whatever is done on the page, and never without a key', () => {
  const desk = new Desk({}, { key: 'ck_live_x', from: 'environment' });
  expect([desk.access().attended, desk.sending('a.csv').attended]).toEqual([true, true]);
  expect(() => new Desk({}, undefined).access()).toThrow('There is no API key yet.');
});
