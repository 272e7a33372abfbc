/** A phone that this list gave to one person before, and gives to somebody new now, with --live. */
import { expect, it } from 'vitest';
import { undoImport } from '../../src/run/undo/undo.js';
import { READINGS, type SandboxOptions } from '../../src/sandbox/index.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { until } from '../support/until.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const [ONE, OTHER, THIRD] = ['+442079460001', '+442079460002', '+442079460003'];
const ann = (phone: string): string => `ann@x.com,Ann,Lee,${phone}`;
const ben = (phone: string): string => `ben@x.com,Ben,Kay,${phone}`;
const file = (...rows: string[]): string => `${['Email,First name,Last name,Phone', ...rows].join('\n')}\n`;
const live = { unmapped: 'ignore' } as const;

function people({ sandbox }: Workbench): string[] {
  const all = sandbox.contacts().map(({ emails, first_name: name, phone_numbers: phones, tags }) => {
    return `${emails.map(String).join()} ${name} ${phones.map(String).join()} ${tags.join()}`;
  });
  // Two writes at once arrive in any order.
  return all.sort();
}

/** Ann as this list sent her, with what a colleague added. */
async function sentBefore(
  options: SandboxOptions = {},
  reachedBy: (bench: Workbench) => Promise<string> = ({ api }) => Promise.resolve(api.apiUrl ?? ''),
): Promise<Workbench & { readonly apiUrl: string }> {
  const bench = await workbench(file(ann(ONE)), options);
  const apiUrl = await reachedBy(bench);
  expect((await bench.import({ ...live, apiUrl })).exitStatus).toBe(0);
  const { id = '' } = bench.byEmail('ann@x.com') ?? {};
  const headers = { authorization: `Bearer ${bench.api.key}`, 'content-type': 'application/json' };
  const { first_name, last_name, emails, phone_numbers } = bench.byEmail('ann@x.com') ?? {};
  const body = JSON.stringify({ first_name, last_name, emails, phone_numbers, tags: ['vip'] });
  expect((await fetch(`${bench.api.apiUrl}/contacts/${id}`, { method: 'PATCH', headers, body })).ok).toBe(true);
  return { ...bench, apiUrl };
}

/** A Clarky that lets no contact be changed, where that is so. @returns where it is reached */
function changesRefused(to: Workbench, isSo: () => boolean): Promise<string> {
  const isRefused = (method: string | undefined): boolean => isSo() && method === 'PATCH';
  return behindProxy(
    to,
    () => Promise.resolve(),
    undefined,
    (status, method) => (isRefused(method) ? 405 : status),
    (body, method) => (isRefused(method) ? '{}' : body),
  );
}

const readings = READINGS.winner.flatMap((winner) =>
  READINGS.phoneMatch.flatMap((phoneMatch) =>
    READINGS.missingFields.map((missingFields) => ({ winner, phoneMatch, missingFields, emailMatch: phoneMatch })),
  ),
);

it.each(readings)('goes to them, and nobody turns into another: %j', async (reading) => {
  for (const patchedFields of READINGS.patchedFields) {
    const bench = await sentBefore({ readings: { ...reading, patchedFields } });
    const before = people(bench);
    await bench.write(file(ben(ONE), ann(THIRD)));
    expect(await bench.plan()).toMatchObject({ created: 1, updated: 1, rejected: 0 });
    const { summary, exitStatus } = await bench.import({ ...live, concurrency: 1 });
    expect([summary.created, summary.updated, summary.rejected, exitStatus]).toEqual([1, 1, 0, 0]);
    expect(people(bench)).toEqual([`ann@x.com Ann ${THIRD} vip`, `ben@x.com Ben ${ONE} `]);
    expect((await bench.import(live)).summary).toMatchObject({ unchanged: 2, requests: 0 });
    await undoImport({ file: bench.file, ...bench.api });
    expect(people(bench)).toEqual(before);
  }
});

it.each(['another number', 'no number'])(
  'goes to them once, where the row of the one who had it has %s',
  async (has) => {
    const bench = await sentBefore({ readings: { winner: 'phone' } });
    const before = people(bench);
    await bench.write(file(ann(has === 'no number' ? '' : OTHER), ben(`${ONE};${THIRD}`)));
    expect((await bench.import(live)).summary).toMatchObject({ created: 1, rejected: 0 });
    const anns = has === 'no number' ? ONE : OTHER;
    expect(people(bench)).toEqual([`ann@x.com Ann ${anns} vip`, `ben@x.com Ben ${ONE},${THIRD} `]);
    expect((await bench.import(live)).summary).toMatchObject({ unchanged: 2, requests: 0 });
    await undoImport({ file: bench.file, ...bench.api });
    expect(people(bench)).toEqual(before);
  },
);

it('goes to them, and nobody turns into another, where Clarky rejects the row of the one who had it', async () => {
  let isRejected = false;
  const spoilt = (body: string): string =>
    isRejected && body.includes('ann@x.com') ? body.replace(OTHER, 'none') : body;
  const bench = await sentBefore({ readings: { winner: 'phone', phoneMatch: 'any' } }, (to) =>
    behindProxy(to, () => Promise.resolve(), undefined, undefined, spoilt),
  );
  const { apiUrl } = bench;
  const before = people(bench);
  await bench.write(file(ben(ONE), ann(OTHER)));
  isRejected = true;
  const first = await bench.import({ ...live, apiUrl });
  expect([first.summary.created, first.summary.rejected, first.exitStatus]).toEqual([1, 1, 3]);
  expect(people(bench)).toEqual([...before, `ben@x.com Ben ${ONE} `]);
  isRejected = false;
  const again = await bench.import({ ...live, apiUrl, retryRejected: true });
  expect([again.summary.updated, again.summary.unchanged, again.exitStatus]).toEqual([1, 1, 0]);
  expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER} vip`, `ben@x.com Ben ${ONE} `]);
});

it('stays with the one who had it until the row is sent, where Clarky lets no contact be changed: nobody turns into another', async () => {
  let isRejected = false;
  const bench = await sentBefore({ readings: { winner: 'phone', phoneMatch: 'any' } }, (to) =>
    changesRefused(to, () => isRejected),
  );
  await bench.write(file(ben(ONE), ann(OTHER)));
  isRejected = true;
  const { summary } = await bench.import({ ...live, apiUrl: bench.apiUrl, concurrency: 1 });
  expect(summary.reasons).toEqual({ shared_phone: 1 });
  expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER} vip`, 'ben@x.com Ben  ']);
});

it.each([true, false])(
  'makes nobody twice of whom Clarky knows by a phone alone: it lets contacts be changed (%s)',
  async (isAllowed) => {
    let isRefused = false;
    const bench = await sentBefore({ readings: { winner: 'phone' } }, (to) => changesRefused(to, () => isRefused));
    bench.sandbox.seed([{ first_name: 'Ben', last_name: 'Kay', phone_numbers: [OTHER] }]);
    await bench.write(file(ben(`${ONE};${OTHER}`), ann(THIRD)));
    isRefused = !isAllowed;
    const { summary } = await bench.import({ ...live, apiUrl: bench.apiUrl });
    expect([summary.created, summary.rejected]).toEqual([0, isAllowed ? 0 : 1]);
    const bens = isAllowed ? `ben@x.com Ben ${OTHER},${ONE} ` : ` Ben ${OTHER} `;
    expect(people(bench)).toEqual([`ann@x.com Ann ${THIRD} vip`, bens].sort());
  },
);

it.each(['phone', 'newest', 'email'] as const)(
  'goes to them after a kill between the contact and its phone, and undo takes all back: Clarky goes by %s',
  async (winner) => {
    const isUndoneAtOnce = winner === 'newest';
    const place = await workplace({ readings: { winner, phoneMatch: 'any' } });
    const stored = (): string[] =>
      place.sandbox
        .contacts()
        .map(({ first_name: name, phone_numbers: phones }) => `${name} ${phones.map(String).join()}`)
        .sort();
    let [isHeld, changes] = [false, 0];
    const gate = ({ method }: { method: string }): Promise<void> => {
      if (method === 'PATCH') changes++;
      return isHeld && method === 'PATCH' ? new Promise(() => undefined) : Promise.resolve();
    };
    const env = { CLARKY_API_URL: await behindProxy(place, gate) };
    const run = (...args: string[]) => place.runWith({ env }, ...args);
    const flags = ['--live', '--json', ...UNLIMITED];
    await place.write('a.csv', file(ann(ONE)));
    expect(await run('import', 'a.csv', ...flags)).toMatchObject({ code: 0 });
    await place.write('a.csv', file(ben(ONE), ann(OTHER)));
    isHeld = true;
    const { child, ended } = place.start(['import', 'a.csv', '--concurrency', '1', ...flags], { env });
    await until(() => changes > 0);
    child.kill('SIGKILL');
    await ended;
    isHeld = false;
    expect(stored()).toEqual([`Ann ${ONE}`, 'Ben ']);
    if (isUndoneAtOnce) {
      expect(await run('undo', 'a.csv', '--yes')).toMatchObject({ code: 0 });
      expect(stored()).toEqual([`Ann ${ONE}`]);
    }
    expect(await run('import', 'a.csv', ...flags)).toMatchObject({ code: 0 });
    expect(stored()).toEqual([`Ann ${OTHER}`, `Ben ${ONE}`]);
    const { stdout } = await run('import', 'a.csv', ...flags);
    expect(JSON.parse(stdout)).toMatchObject({ unchanged: 2, requests: 0 });
    const undone = await run('undo', 'a.csv', '--yes', '--json');
    expect(undone).toMatchObject({ code: 0 });
    expect(stored()).toEqual([`Ann ${ONE}`]);
  },
);

it('takes no other phone along that somebody has whom the list of contacts does not show', async () => {
  let isHidden = false;
  const shown = (text: string, url: string): string => {
    if (!isHidden || !/^\/api\/v1\/contacts\?/.test(url)) return text;
    const { data, pagination } = JSON.parse(text) as { data: { first_name: string }[]; pagination: object };
    const others = data.filter(({ first_name: name }) => name !== 'Cy');
    return JSON.stringify({ data: others, pagination: { ...pagination, total: others.length, total_pages: 1 } });
  };
  const cy = `cy@x.com,Cy,Moor,${OTHER}`;
  const bench = await workbench(file(ann(ONE), cy), { readings: { winner: 'phone', phoneMatch: 'any' } });
  const apiUrl = await behindProxy(bench, () => Promise.resolve(), shown);
  expect((await bench.import({ live: false, apiUrl })).exitStatus).toBe(0);
  isHidden = true;
  await bench.write(file(ann(THIRD), ben(`${ONE};${OTHER}`)));
  const { summary } = await bench.import({ ...live, apiUrl });
  expect(summary.reasons).toEqual({ shared_phone: 1 });
  expect(people(bench)).toContain(`cy@x.com Cy ${OTHER} `);
  expect(people(bench)).toHaveLength(2);
});

it.each(READINGS.winner.map((winner) => ({ winner, phoneMatch: 'any' as const })))(
  'goes back where the import was taken back: the next one without --live turns nobody into another: %j',
  async (reading) => {
    const bench = await sentBefore({ readings: reading });
    const before = people(bench);
    await bench.write(file(ann(''), ben(ONE)));
    expect((await bench.import(live)).summary).toMatchObject({ created: 1, rejected: 0 });
    await undoImport({ file: bench.file, ...bench.api });
    expect(people(bench)).toEqual(before);
    const { summary } = await bench.import({ ...live, live: false });
    expect(summary).toMatchObject({ created: 1, rejected: 0, exit: 0 });
    expect(people(bench).map((one) => one.replace(ONE, ''))).toEqual(['ann@x.com Ann  vip', 'ben@x.com Ben  ']);
  },
);
