import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holderIsAlive, holderName } from '../../src/storage/process-identity.js';
import { GRACE_MS, type Ledger, type Rate, type Token } from '../../src/rate/rate.js';
import { TokenLedger } from '../../src/rate/token-ledger.js';
import { rateBeside, TwoAccounts } from '../../src/rate/two-accounts.js';
import { limitName, parseTokenName, tokenName } from '../../src/rate/token-names.js';
import { FolderStore, MemoryStore } from '../../src/rate/token-store.js';
import { onPosix } from '../support/posix.js';

const RATE = { limit: 5, windowMs: 1000 };
const claimOf = (wanted: number, reserve = 0) => ({ wanted, reserve, spacingMs: undefined });

let folder: string;
let nowMs: number;
const now = (): number => nowMs;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'budget');
  nowMs = 1_000_000;
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const tokenFiles = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('t'))
    .flatMap((name) => readdirSync(join(folder, name)));

const inMemory = (): Ledger => new TokenLedger({ store: new MemoryStore(), rate: RATE, now });
const inFolder = (rate: Rate = RATE): Ledger => new TokenLedger({ store: new FolderStore(folder), rate, now });

const kinds: [string, () => Ledger][] = [
  ['memory', inMemory],
  ['folder', inFolder],
];

/** A store in which others are always faster. */
class LostStore extends MemoryStore {
  override rename(): boolean {
    return false;
  }
}

test('a token that another took in between is not had', async () => {
  const ledger = new TokenLedger({ store: new LostStore(), rate: RATE, now });
  expect(await ledger.claim(claimOf(3))).toMatchObject({ tokens: [], waitMs: 1 });
});

describe.each(kinds)('the %s ledger', (_, open) => {
  test('grants up to the limit, then says when the first is due', async () => {
    const ledger = open();
    const { tokens } = await ledger.claim(claimOf(9));
    expect(tokens).toHaveLength(5);
    for (const [at, token] of tokens.entries()) await ledger.answered(token, nowMs + at);
    const next = await ledger.claim(claimOf(1));
    expect(next.tokens).toEqual([]);
    expect(next.waitMs).toBeCloseTo(RATE.windowMs + 3, 0);
    nowMs += next.waitMs;
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(1);
  });

  test('an unsent token is free at once, a failed one after grace and window', async () => {
    const ledger = open();
    const [unsent, failed] = (await ledger.claim(claimOf(5))).tokens as [Token, Token];
    await ledger.unsent(unsent);
    await ledger.failed(failed);
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(1);
    nowMs += RATE.windowMs + GRACE_MS;
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(0);
    nowMs += 5;
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(1);
  });

  test('leaves a reserve', async () => {
    expect((await open().claim(claimOf(5, 2))).tokens).toHaveLength(3);
  });

  test('grows and shrinks with the limit; what is in use beyond it still counts', async () => {
    const ledger = open();
    await ledger.resize(70);
    const { tokens } = await ledger.claim(claimOf(100));
    expect(tokens).toHaveLength(70);
    await ledger.resize(2);
    for (const token of tokens.slice(0, 69)) await ledger.answered(token, nowMs);
    await ledger.unsent(tokens[69] as Token);
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(0);
    nowMs += RATE.windowMs + 4;
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(2);
  });

  test('keeps a rate beyond what can be listed as a stricter one over a shorter window', async () => {
    const ledger = open();
    await ledger.resize(100_000);
    const { tokens } = await ledger.claim(claimOf(99_999));
    expect(tokens).toHaveLength(200);
    for (const token of tokens) await ledger.answered(token, nowMs);
    nowMs += 4;
    expect((await ledger.claim(claimOf(1))).tokens).toHaveLength(0);
    nowMs += 2;
    expect((await ledger.claim(claimOf(99_999))).tokens).toHaveLength(200);
  });

  test('spaces paced writes evenly', async () => {
    const ledger = open();
    const paced = { wanted: 3, reserve: 0, spacingMs: 100 };
    expect((await ledger.claim(paced)).tokens).toHaveLength(1);
    nowMs += 60;
    const early = await ledger.claim(paced);
    expect([early.tokens.length, Math.round(early.waitMs)]).toEqual([0, 40]);
    nowMs += 40;
    expect((await ledger.claim(paced)).tokens).toHaveLength(1);
  });

  test('whatever happens, no window holds more than the limit and no token is lost', async () => {
    const step = fc.record({
      do: fc.constantFrom('claim', 'answered', 'answered', 'unsent', 'failed', 'later', 'later'),
      size: fc.nat(400),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
        rmSync(folder, { recursive: true, force: true });
        nowMs = 1_000_000;
        const ledger = open();
        const underWay: Token[] = [];
        const spentMs: number[] = [];
        for (const { do: what, size } of steps) {
          const token =
            what === 'later' || what === 'claim'
              ? undefined
              : underWay.splice(size % Math.max(1, underWay.length), 1)[0];
          if (what === 'later') nowMs += size;
          if (what === 'claim') underWay.push(...(await ledger.claim(claimOf(1 + (size % 4)))).tokens);
          if (token !== undefined && what === 'unsent') await ledger.unsent(token);
          if (token !== undefined && what === 'answered') await ledger.answered(token, nowMs);
          if (token !== undefined && what === 'failed') await ledger.failed(token);
          if (token !== undefined && what !== 'unsent') spentMs.push(nowMs);
          // The server counted each no later than we stopped waiting for it.
          expect(underWay.length + spentMs.filter((ms) => ms >= nowMs - RATE.windowMs).length).toBeLessThanOrEqual(5);
        }
        for (const token of underWay) await ledger.answered(token, nowMs);
        nowMs += RATE.windowMs + GRACE_MS + 5;
        expect((await ledger.claim(claimOf(9))).tokens).toHaveLength(5);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what a server announced', () => {
  const DAY_MS = 24 * 3_600_000;

  test('is known to who opens the folder next, for a day; the newest, and one name of it', async () => {
    const ledger = inFolder();
    expect(ledger.announced).toBeUndefined();
    await ledger.note(30);
    nowMs += 1000;
    await inFolder().note(20);
    expect([inFolder().announced, tokenFiles().length]).toEqual([20, 65]);
    expect(readdirSync(folder).sort()).toEqual([limitName(20, nowMs), 't0']);
    nowMs += DAY_MS - 1;
    expect(inFolder().announced).toBe(20);
    nowMs += 1;
    expect(inFolder().announced).toBeUndefined();
  });

  test('before a reboot is not believed, and gone with the next that is announced', async () => {
    await inFolder().note(7);
    nowMs = 50;
    expect(inFolder().announced).toBeUndefined();
    await inFolder().note(60);
    expect(inFolder().announced).toBe(60);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  onPosix('is never noted through a link that lies there', async () => {
    const ledger = inFolder();
    const victim = join(folder, '..', 'victim');
    writeFileSync(victim, 'kept');
    symlinkSync(victim, join(folder, limitName(5, nowMs)));
    await ledger.note(9);
    expect([readFileSync(victim, 'utf8'), inFolder().announced]).toEqual(['kept', 9]);
  });
});

describe('the ledger in a folder, among processes', () => {
  test('two on one folder share one limit', async () => {
    const [one, other] = [inFolder(), inFolder()];
    expect((await one.claim(claimOf(3))).tokens).toHaveLength(3);
    const second = await other.claim(claimOf(3));
    expect(second.tokens).toHaveLength(2);
    expect(second.writes).toHaveLength(3);
  });

  test('every token has exactly one file, whatever was done to it', async () => {
    const ledger = inFolder();
    const [first, second] = (await ledger.claim(claimOf(4))).tokens as [Token, Token];
    await ledger.answered(first, nowMs);
    await ledger.failed(second);
    const indexes = tokenFiles().flatMap((name) => parseTokenName(name)?.index ?? []);
    expect(indexes.sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, at) => at));
  });

  test('a killed process’s token comes back after grace and window', async () => {
    const ledger = inFolder({ ...RATE, limit: 1 });
    const sent = { kind: 'sent', index: 0, sentMs: nowMs, holder: '999999-1', id: 'aa' } as const;
    renameSync(join(folder, 't0', '000.free'), join(folder, 't0', tokenName(sent)));
    nowMs += GRACE_MS + RATE.windowMs;
    expect((await ledger.claim(claimOf(1))).tokens).toHaveLength(0);
    nowMs += 4;
    expect((await ledger.claim(claimOf(1))).tokens).toHaveLength(1);
  });

  test('a living process’s token stays its own, however long the answer takes', async () => {
    const one = inFolder({ ...RATE, limit: 1 });
    const [token] = (await one.claim(claimOf(1))).tokens as [Token];
    nowMs += 5 * 60_000;
    const other = inFolder({ ...RATE, limit: 1 });
    expect((await other.claim(claimOf(1))).tokens).toHaveLength(0);
    await one.answered(token, nowMs);
    nowMs += RATE.windowMs + 4;
    expect((await other.claim(claimOf(1))).tokens).toHaveLength(1);
  });

  test('after a reboot, stamps of a clock that ran further count as now, once', async () => {
    const before = inFolder();
    for (const token of (await before.claim(claimOf(5))).tokens) await before.answered(token, nowMs);
    nowMs = 50;
    const after = inFolder();
    expect((await after.claim(claimOf(1))).waitMs).toBeCloseTo(RATE.windowMs + 3, 0);
    nowMs += RATE.windowMs + 4;
    expect((await after.claim(claimOf(5))).tokens).toHaveLength(5);
  });

  test('one paces itself: the others learn of it, for ten windows', async () => {
    const [one, other] = [inFolder(), inFolder()];
    expect((await other.claim(claimOf(0))).paced).toBe(false);
    await one.claim({ ...claimOf(1), spacingMs: 100 });
    expect((await other.claim(claimOf(0))).paced).toBe(true);
    expect((await other.claim({ ...claimOf(1), spacingMs: 100 })).tokens).toHaveLength(0);
    nowMs += 10 * RATE.windowMs + 1;
    expect((await other.claim(claimOf(0))).paced).toBe(false);
  });

  test('a folder cleared midway is made anew, as if all had just been spent', async () => {
    const ledger = inFolder();
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(0);
    nowMs += RATE.windowMs + 4;
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(5);
  });

  test('a folder whose files were cleared and not its folders is made anew as well', async () => {
    const ledger = inFolder();
    for (const name of tokenFiles()) rmSync(join(folder, 't0', name));
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(0);
    nowMs += RATE.windowMs + 4;
    expect((await ledger.claim(claimOf(5))).tokens).toHaveLength(5);
  });

  test('what a killed process was building is cleared away; a living one’s is not', () => {
    mkdirSync(join(folder, 'building-999999-1-aa'), { recursive: true });
    mkdirSync(join(folder, `building-${holderName()}-bb`));
    inFolder();
    expect(readdirSync(folder).sort()).toEqual([`building-${holderName()}-bb`, 't0']);
  });

  onPosix("is for its owner's eyes", () => {
    inFolder();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('is never behind a symbolic link', () => {
    inFolder();
    symlinkSync(folder, `${folder}-link`);
    expect(() => new FolderStore(`${folder}-link`)).toThrow('symbolic link');
  });

  test('foreign files in it are left alone', async () => {
    const ledger = inFolder();
    writeFileSync(join(folder, 't0', '.DS_Store'), '');
    expect((await ledger.claim(claimOf(9))).tokens).toHaveLength(5);
  });
});

test('a token file’s name holds its whole state', () => {
  const index = fc.nat(99_999);
  const ms = fc.nat(2 ** 40);
  const id = fc.stringMatching(/^[0-9a-f]{12}$/);
  const token = fc.oneof(
    fc.record({ kind: fc.constant('free' as const), index }),
    fc.record({
      kind: fc.constant('sent' as const),
      index,
      sentMs: ms,
      holder: fc.stringMatching(/^\d{1,7}-\d{1,9}$/),
      id,
    }),
    fc.record({ kind: fc.constant('done' as const), index, sentMs: ms, doneMs: ms, id }),
  );
  fc.assert(
    fc.property(token, (one) => {
      expect(parseTokenName(tokenName(one))).toEqual(one);
    }),
  );
});

test('a holder is told from another process with its number', () => {
  expect(holderIsAlive(holderName())).toBe(true);
  expect(holderIsAlive(`${String(process.pid)}-1`)).toBe(process.platform !== 'linux');
  expect(holderIsAlive('999999-0')).toBe(false);
});

describe('the accounts of a rate of another window than Clarky’s', () => {
  const MINUTE = { limit: 60, windowMs: 60_000 };
  const account = (name: string, rate: Rate): Ledger =>
    new TokenLedger({ store: new FolderStore(join(folder, name)), rate, now });
  const beside = (rate: Rate): Ledger => {
    const common = rateBeside(rate);
    if (common === undefined) throw new Error("it is Clarky's window");
    const own = account(`${rate.windowMs}`, rate);
    return new TwoAccounts(own, account('minute', common), { own: rate, beside: common });
  };

  test.each([
    [10, 10_000, 60],
    [59, 59_000, 60],
    [100, 3_600_000, 60],
    [1, 2000, 60],
    [30, 10_000, 180],
    [1, 999, 61],
    [60, 60_000, undefined],
    [600, 60_000, undefined],
    [1000, 1000, 'seen'],
  ])("of %d in %d ms: a minute's is of %s", (limit, windowMs, most) => {
    const isWitness = most === 'seen';
    const rate = { ...MINUTE, ...(typeof most === 'number' ? { limit: most } : {}), isWitness };
    expect(rateBeside({ limit, windowMs })).toEqual(most === undefined ? undefined : rate);
  });

  test.each([
    [30, 10_000],
    [1000, 1000],
  ])('show others what was written at %d in %d ms, which was asked for and goes out', async (limit, windowMs) => {
    const [minute, fast] = [account('minute', MINUTE), beside({ limit, windowMs })];
    const { tokens } = await fast.claim(claimOf(25));
    expect(tokens).toHaveLength(25);
    for (const token of tokens) await fast.answered(token, nowMs);
    const rest = (await minute.claim(claimOf(60))).tokens;
    expect(rest).toHaveLength(35);
    for (const token of rest) await minute.answered(token, nowMs);
    nowMs += windowMs + 200;
    expect((await fast.claim(claimOf(20))).tokens).toHaveLength(20);
  });

  test('know what was announced to one in Clarky’s window, and tell it there', async () => {
    await account('minute', MINUTE).note(20);
    expect(beside({ limit: 10, windowMs: 10_000 }).announced).toBe(20);
    await beside({ limit: 1000, windowMs: 1000 }).note(30);
    expect(account('minute', MINUTE).announced).toBe(30);
  });

  test('together never have more than a minute’s worth out, in whatever windows it is spent', async () => {
    const ledgers = [
      account('minute', MINUTE),
      beside({ limit: 10, windowMs: 10_000 }),
      beside({ limit: 59, windowMs: 59_000 }),
    ];
    const sentMs: number[] = [];
    const most = new Map<number, number>();
    for (let step = 0; step < 200; step++) {
      for (const [which, ledger] of ledgers.entries()) {
        const { tokens, waitMs } = await ledger.claim(claimOf(1 + ((step + which) % 25)));
        expect(waitMs).toBeGreaterThan(0);
        for (const token of tokens) await ledger.answered(token, nowMs);
        sentMs.push(...tokens.map(() => nowMs));
        most.set(which, (most.get(which) ?? 0) + tokens.length);
      }
      nowMs += 1500;
    }
    const inMinute = sentMs.map((from) => sentMs.filter((at) => at >= from && at < from + 60_000).length);
    expect(Math.max(...inMinute)).toBe(60);
    // None of them starves, and what is not sent is free for the others.
    expect([...most.values()].every((count) => count > 0)).toBe(true);
    expect(sentMs.length).toBeGreaterThanOrEqual(5 * 59);
  });

  test('give back what only one of them grants', async () => {
    const [wide, narrow] = [account('minute', MINUTE), beside({ limit: 30, windowMs: 30_000 })];
    const { tokens } = await wide.claim(claimOf(55));
    expect((await narrow.claim(claimOf(30))).tokens).toHaveLength(5);
    expect((await narrow.claim(claimOf(30))).tokens).toHaveLength(0);
    for (const token of tokens) await wide.unsent(token);
    expect((await narrow.claim(claimOf(30))).tokens).toHaveLength(25);
  });
});
