import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

/** Longer than a short wait would cover. */
const LATE_MS = 3000;

/** Longer than a server is waited for that was seen to be fast. */
const TOO_LATE_MS = 10_000;

/** Starts an import, and kills it as soon as the server has its first write. */
async function killInFlight(place: Workplace, file: string, ...options: string[]): Promise<void> {
  await killAtWrite(place, 1, file, ...options);
}

async function killAtWrite(place: Workplace, nth: number, file: string, ...options: string[]): Promise<void> {
  const writes = (): number => place.sandbox.requests.filter(({ method }) => method !== 'GET').length;
  const before = writes();
  const running = place.start(['import', file, ...options, ...UNLIMITED]);
  await until(() => writes() >= before + nth);
  running.child.kill('SIGKILL');
  expect((await running.ended).signal).toBe('SIGKILL');
}

async function importAll(place: Workplace, file: string, ...options: string[]): Promise<void> {
  const { code, stdout } = await place.here('import', file, '--json', ...options, ...UNLIMITED);
  expect([code, (JSON.parse(stdout) as { pending: number }).pending]).toEqual([0, 0]);
}

/** A new contact, by the same file started again at once, or by another file with a checkpoint of its own. */
async function newContact(again: string): Promise<string[]> {
  const place = await workplace({ faults: { nonAtomicMs: LATE_MS } });
  await place.write('a.csv', peopleCsv(1));
  await place.write('b.csv', peopleCsv(1));
  await killInFlight(place, 'a.csv');
  await importAll(place, again);
  return place.sandbox.contacts().flatMap(({ emails }) => emails.map(String));
}

/** A contact that Clarky has, whose row was changed again since: to something else, or to what it was. */
async function changedAgain(again: string, ...options: string[]): Promise<(string | null)[]> {
  const { companies } = await changedAgainWithin(LATE_MS, again, ...options);
  return companies();
}

async function changedAgainWithin(
  lateMs: number,
  again: string,
  ...options: string[]
): Promise<{ place: Workplace; companies: () => (string | null)[] }> {
  const place = await workplace();
  await place.write('a.csv', peopleCsv(1, 'First'));
  await importAll(place, 'a.csv', ...options);
  await place.write('a.csv', peopleCsv(1, 'Second'));
  place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'late' }], lateMs });
  await killInFlight(place, 'a.csv', ...options);
  await place.write('a.csv', peopleCsv(1, again));
  await importAll(place, 'a.csv', ...options);
  await until(() => place.sandbox.requests.every(({ method, outcome }) => method !== 'POST' || outcome !== null));
  return { place, companies: () => place.sandbox.contacts().map(({ company }) => company) };
}

describe('a write of a run that was killed, and that lands late', () => {
  const people = ['person0@example.com'];

  it.each([
    ['the same file', () => newContact('a.csv'), people],
    ['another file', () => newContact('b.csv'), people],
    ['the same file, changed again', () => changedAgain('Third'), ['Third']],
    ['the same file, as it was, with --live', () => changedAgain('First', '--live'), ['First']],
  ])('makes nobody twice and takes no newer value back, where %s is imported next', async (_, stored, expected) => {
    expect(await stored()).toEqual(expected);
  });

  it.each([
    ['Third', []],
    ['First', ['--live']],
  ])(
    'is put right by the next import where it lands after whoever came next waited for it (%s, %j)',
    async (again, options) => {
      const { place, companies } = await changedAgainWithin(TOO_LATE_MS, again, ...options);
      await importAll(place, 'a.csv', ...options);
      expect(companies()).toEqual([again]);
    },
  );
});

describe('whose write was under way when an import was killed', () => {
  const head = 'First name,Last name,Email,Phone\n';

  it.each([
    ['email', 'team@x.com,', []],
    ['email', 'team@x.com,', ['--live']],
    ['phone', ',+442079461001', []],
  ])('is not written over where the row is somebody else’s with that %s by the next', async (by, point, options) => {
    const place = await workplace();
    await place.write('a.csv', `${head}Ann,Lee,${point}\n`);
    place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'late' }], lateMs: LATE_MS });
    await killInFlight(place, 'a.csv', ...options);
    await place.write('a.csv', `${head}Bob,Stone,${point}\n`);
    const { code, stdout } = await place.here('import', 'a.csv', '--json', ...options, ...UNLIMITED);
    expect([code, (JSON.parse(stdout) as { reasons: object }).reasons]).toEqual([3, { [`shared_${by}`]: 1 }]);
    await until(() => place.sandbox.requests.every(({ method, outcome }) => method !== 'POST' || outcome !== null));
    expect(place.sandbox.contacts().map(({ first_name: name }) => name)).toEqual(['Ann']);
  });
});

describe('undo at once after an import was killed', () => {
  it.each([
    ['makes somebody', false],
    ['changes somebody', true],
  ])('waits for the write that lands late and %s, and takes it back', async (_, isThere) => {
    const place = await workplace();
    const email = 'person0@example.com';
    if (isThere) place.sandbox.seed([{ emails: [email], first_name: 'Person', company: 'Before' }]);
    const before = place.sandbox.contacts();
    await place.write('a.csv', `Email,First name,Company\n${email},Person,After\n`);
    place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'held' }] });
    await killInFlight(place, 'a.csv', '--live');
    const undoing = place.start(['undo', 'a.csv', '--yes', '--json', ...UNLIMITED]);
    // It lands once undo has looked for it and not found it.
    const reads = (): number =>
      place.sandbox.requests.filter(({ path }) => /by-email|contacts\/con_/.test(path)).length;
    const asked = reads();
    await until(() => reads() > asked);
    place.sandbox.setFaults({});
    const { code, stdout } = await undoing.ended;
    expect(JSON.parse(stdout)).toMatchObject(isThere ? { setBack: 1, left: [] } : { deleted: 1, left: [] });
    expect(code).toBe(0);
    const values = place.sandbox.contacts().map(({ id, company }) => [id, company]);
    expect(values).toEqual(before.map(({ id, company }) => [id, company]));
  });

  it('finds whom it made with a phone alone, however Clarky writes that', async () => {
    const place = await workplace({ readings: { normalises: true } });
    await place.write('a.csv', peopleCsv(1));
    await importAll(place, 'a.csv', '--live');
    const before = place.sandbox.contacts();
    await place.write('a.csv', 'First name,Last name,Phone\nAnn,Lee,+442079461001\nBen,Roe,+442079461002\n');
    const both = [1, 2].map((request) => ({ request, kind: 'hang-after' as const }));
    place.sandbox.setFaults({ on: 'writes', at: both });
    await killAtWrite(place, 2, 'a.csv', '--live', '--concurrency', '2');
    await until(() => place.sandbox.contacts().length === 3);
    place.sandbox.setFaults({});
    const { code, stdout } = await place.here('undo', 'a.csv', '--yes', '--json', ...UNLIMITED);
    expect(JSON.parse(stdout)).toMatchObject({ deleted: 2, nothingToDo: 0, left: [] });
    expect([code, place.sandbox.contacts()]).toEqual([0, before]);
  });

  it.each([
    ['not known to have come', 'endless', 3, { nothingToDo: 0, left: [{ line: 2, reason: 'unanswered' }] }],
    ['seen not to have come', undefined, 0, { nothingToDo: 1, left: [] }],
  ] as const)(
    'says of whom it sent with a phone alone that it is %s (pages: %s)',
    async (_, pagination, code, said) => {
      const place = await workplace({ readings: { normalises: true, ...(pagination && { pagination }) } });
      await place.write('a.csv', peopleCsv(1));
      await importAll(place, 'a.csv', '--live');
      await place.write('a.csv', 'First name,Last name,Phone\nAnn,Lee,+442079461001\n');
      place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'hang' }] });
      await killInFlight(place, 'a.csv', '--live');
      place.sandbox.setFaults({});
      const undone = await place.here('undo', 'a.csv', '--yes', '--json', ...UNLIMITED);
      expect(JSON.parse(undone.stdout)).toMatchObject({ deleted: 0, ...said });
      expect([undone.code, place.sandbox.contacts().length]).toEqual([code, 1]);
    },
  );

  it('leaves whom a colleague made in the meantime, who holds more than what was sent', async () => {
    const place = await workplace();
    await place.write('a.csv', 'Email,First name\nann@example.com,Ann\n');
    place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'hang' }] });
    await killInFlight(place, 'a.csv', '--live');
    place.sandbox.setFaults({});
    place.sandbox.seed([{ emails: ['ann@example.com'], first_name: 'Ann', notes: 'hers' }]);
    await importAll(place, 'a.csv', '--live');
    const { code, stdout } = await place.here('undo', 'a.csv', '--yes', '--json', ...UNLIMITED);
    expect(JSON.parse(stdout)).toMatchObject({ deleted: 0, left: [{ line: 2, reason: 'unclear' }] });
    expect([code, place.sandbox.contacts()]).toMatchObject([3, [{ notes: 'hers' }]]);
  });

  it('says nothing of one that never arrives, once it can’t any more: soon where the server was seen to be fast', async () => {
    const place = await workplace();
    await place.write('a.csv', peopleCsv(1));
    await importAll(place, 'a.csv', '--live');
    expect((await place.here('undo', 'a.csv', '--yes', ...UNLIMITED)).code).toBe(0);
    place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'hang' }] });
    await killInFlight(place, 'a.csv', '--live');
    const { code, stdout } = await place.here('undo', 'a.csv', '--yes', '--json', ...UNLIMITED);
    expect(JSON.parse(stdout)).toMatchObject({ deleted: 0, nothingToDo: 1, left: [] });
    expect([code, place.sandbox.contacts()]).toEqual([0, []]);
  });
});

/** One file is killed once Clarky has what it sent, and has not answered; then another is imported. */
async function seenFromAnother(first: string, second: string): Promise<{ code: number; stored: unknown[] }> {
  const header = 'First name,Email,Email 2,Phone\n';
  const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'hang-after' }] } });
  await place.write('a.csv', `${header}${first}\n`);
  await place.write('b.csv', `${header}${second}\n`);
  const running = place.start(['import', 'a.csv', ...UNLIMITED]);
  await until(() => place.sandbox.contacts().length === 1);
  running.child.kill('SIGKILL');
  await running.ended;
  const { code } = await place.here('import', 'b.csv', ...UNLIMITED);
  const stored = place.sandbox.contacts().map((one) => [one.first_name, one.emails, one.phone_numbers]);
  return { code: code ?? -1, stored };
}

describe('somebody who arrived from a file that was killed before it heard of it', () => {
  const PHONE = '+442079460101';

  it.each([
    ["nobody else's by a phone", `Ann,ann@x.com,,${PHONE}`, `Bob,bob@x.com,,${PHONE}`, 3],
    ["nobody else's by an e-mail", 'Ann,home@x.com,,', 'Bob,home@x.com,,', 3],
    ['the same by her second e-mail', 'Ann,work@x.com,home@x.com,', 'Ann,home@x.com,,', 0],
  ])('is %s in another file', async (_, first, second, expected) => {
    const { code, stored } = await seenFromAnother(first, second);
    const [name, ...points] = first.split(',');
    const emails = points.slice(0, 2).filter((value) => value !== '');
    const phones = points.slice(2).filter((value) => value !== '');
    expect([code, stored]).toEqual([expected, [[name, emails, phones]]]);
  });
});

describe('the first update of a server that empties what an upsert leaves out, killed before its answer', () => {
  it.each([
    ['import', { request: 1, kind: 'hang-after' }],
    ['undo', { request: 1, kind: 'hang-after' }],
    // The answer was heard, and what gives it back did not arrive.
    ['import', { request: 2, kind: 'hang' }],
  ] as const)('is seen through by the next %s, which gives back what was emptied: %j', async (next, fault) => {
    const faults = { on: 'writes', at: [fault] } as const;
    const place = await workplace({ faults, readings: { missingFields: 'clear' } });
    const held = { job_title: 'Boss', city: 'Rome', tags: ['vip'], custom_fields: { shoe: 41 } };
    place.sandbox.seed([{ emails: ['ada@x.com'], first_name: 'Ada', ...held }]);
    await place.write('a.csv', 'Email,First name,Company\nada@x.com,Ada,New\n');
    const ada = () => place.sandbox.contacts()[0];
    await killAtWrite(place, fault.request, 'a.csv', '--live');
    await until(() => ada()?.company === 'New');
    expect(ada()).toMatchObject({ job_title: null, city: null, tags: [], custom_fields: {} });
    if (next === 'import') {
      const { code, stdout, stderr } = await place.here('import', 'a.csv', '--live', '--json', ...UNLIMITED);
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { updated: 1, unchanged: 0 }]);
      if (fault.request === 1) expect(stderr).toContain('Clarky empties what an update does not name');
      expect(ada()).toMatchObject({ ...held, company: 'New' });
    }
    const { code, stderr } = await place.here('undo', 'a.csv', '--yes', '--rate', 'off');
    expect(code, stderr).toBe(0);
    expect(ada()).toMatchObject({ ...held, company: null });
  });
});
