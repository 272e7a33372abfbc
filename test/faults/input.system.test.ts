import { truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Said } from '../support/built.js';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { until } from '../support/until.js';

/** More than is read ahead: half a megabyte, in few rows. */
const ROWS = 120;
const COMPANY = 'Acme'.repeat(1100);

/** Starts an import of a long file, does something to the file while its writes are held, and waits for the end. */
async function disturbed(
  disturb: (path: string) => Promise<void>,
): Promise<{ ended: Said; resumed: Said; stored: number }> {
  const place = await workplace({ faults: { on: 'writes', at: [{ request: 20, kind: 'held' }] } });
  const path = await place.write('c.csv', peopleCsv(ROWS, COMPANY));
  const running = place.here('import', 'c.csv', '--json', '--concurrency', '1', ...UNLIMITED);
  await until(() => place.sandbox.stats().writes === 20);
  await disturb(path);
  place.sandbox.setFaults({});
  const ended = await running;
  await writeFile(path, peopleCsv(ROWS, COMPANY));
  const resumed = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
  return { ended, resumed, stored: place.sandbox.contacts().length };
}

describe('a file that changes while it is imported: exit 5, nothing lost, nothing made up', () => {
  it.each([
    ['is cut short', (path: string) => truncate(path, 200_000)],
    ['is replaced by another', (path: string) => writeFile(path, peopleCsv(ROWS, 'Globex'.repeat(750)))],
    ['grows', (path: string) => writeFile(path, peopleCsv(ROWS + 40, COMPANY))],
  ])('%s', async (_, disturb) => {
    const { ended, resumed, stored } = await disturbed(disturb);
    expect(ended.code).toBe(5);
    expect(ended.stderr).toMatch(/changed/);
    const summary = JSON.parse(ended.stdout) as { rows: number; created: number; pending: number };
    expect(summary.created + summary.pending).toBe(ROWS);
    expect(resumed.code).toBe(0);
    expect(stored).toBe(ROWS);
  });
});
