// A process of its own that shares a budget: prints a line for each accepted write, so that a test can kill it midway.
import { openGate } from '../../src/rate/open-gate.js';
import { writeAll } from './writer.js';
import type { ProcessOrder } from './writer-processes.js';

const order = JSON.parse(process.argv[2] ?? '{}') as ProcessOrder;
const gate = await openGate({
  apiUrl: new URL(order.url).origin,
  key: 'ck_live_shared',
  kind: 'writes',
  rate: { limit: order.limit, windowMs: order.windowMs },
  stateDir: order.stateDir,
  redisUrl: order.redisUrl,
  onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
});
const run = await writeAll(gate, order.url, order.count, () => process.stdout.write('accepted\n'));
process.stdout.write(`${JSON.stringify(run)}\n`);
await gate.close();
