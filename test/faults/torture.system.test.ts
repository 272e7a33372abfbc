import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../scripts/torture/main.js', import.meta.url));

/** What must be zero, in the words of the table. */
const ZEROS = [
  'contacts lost',
  'contacts stored twice',
  'contacts merged into someone else',
  'fields wrong',
  'writes of one contact at once',
  'sent again without need',
  '429s that neither a fault nor another program explains',
  'windows over the limit',
  'key or personal data where it must not be',
  'lock or temporary files left behind',
  'files touched that are not ours',
  'runs that ended otherwise than promised',
];

it('torture with three kills, faults and edits: nothing is lost, doubled or mixed up', async () => {
  const child = spawn(process.execPath, [MAIN, '--plot', 'none', '--kills', '3', '--seed', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let table = '';
  child.stdout.on('data', (chunk: Buffer) => (table += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code, table).toBe(0);
  for (const words of ZEROS) expect(table).toMatch(new RegExp(`^${words} +0$`, 'm'));
  expect(Number(/^kills survived \(SIGKILL\) +(\d+)$/m.exec(table)?.[1])).toBeGreaterThanOrEqual(3);
  expect(table).toMatch(/^summaries that do not balance \(of \d+\) +0$/m);
});
