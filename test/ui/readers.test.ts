import { expect, it, onTestFinished } from 'vitest';
import { Readers } from '../../src/ui/readers.js';
import { until } from '../support/until.js';

/** Serves one page that is told nothing by anybody; returns how often it is told all the same. */
function toldOf(isQuick: boolean): () => number {
  const readers = new Readers(undefined, () => isQuick);
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  let told = 0;
  void readers.serve(gone.signal, () => {
    told += 1;
    return Promise.resolve();
  });
  return () => told;
}

it('while another program is at work, which may be killed without a change to the folder, a page is told far more often', async () => {
  const [quick, calm] = [toldOf(true), toldOf(false)];
  await until(() => quick() === 3);
  expect(calm()).toBe(1);
});
