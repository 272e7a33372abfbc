import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importContacts, planContacts, startSandbox } from '../../src/index.js';
import { privateFolder } from '../support/folder.js';

const cell = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const row = fc.record({
  name: cell('Ada Lovelace', 'ada lovelace', 'Bob Ray', ''),
  email: cell('ada@x.com', 'ADA@X.COM ', 'bob@x.com', 'cy@x.com', '', 'nonsense'),
  phone: cell('+44 20 7946 0001', '020 7946 0001', '+442079460002', '', '12'),
  deal: cell('', '1,234.50', '1,234', '99', 'lots'),
});

const table = fc.array(row, { minLength: 1, maxLength: 12 });
const settings = fc.record({
  duplicates: fc.constantFrom('merge' as const, 'last' as const, 'first' as const, 'reject' as const),
  sharedPhone: fc.constantFrom('reject' as const, 'omit' as const, 'send' as const),
  onInvalid: fc.constantFrom('reject' as const, 'omit' as const),
});

function csvOf(rows: readonly { name: string; email: string; phone: string; deal: string }[]): string {
  const lines = rows.map(({ name, email, phone, deal }) => `${name};${email};${phone};${deal}`);
  return `Name;Email;Phone;Deal value\n${lines.join('\n')}\n`;
}

describe('a plan', () => {
  it('says what the import then does, whatever the file and the settings, first and second time', async () => {
    const folder = await privateFolder();
    const sandbox = await startSandbox({ writes: { limit: 0, windowMs: 1000 }, reads: { limit: 0, windowMs: 1000 } });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(table, table, settings, async (first, second, how) => {
        sandbox.reset();
        const file = join(folder, `${n++}.csv`);
        // Of whom other files have sent a plan believes that they are there, and an import asks: here they never are.
        const stateDir = join(folder, `state-${n}`);
        const options = { ...how, file, country: 'GB', apiUrl: sandbox.url, bot: sandbox.botId, stateDir };
        const run = {
          ...options,
          key: sandbox.key,
          rate: { writes: Number.POSITIVE_INFINITY, seconds: 60 },
        };
        for (const rows of [first, second, second]) {
          await writeFile(file, csvOf(rows));
          const plan = await planContacts(options);
          const { summary } = await importContacts({ ...run, log: false });
          // Who shares a phone is sent because that was asked for; that Clarky makes one contact of two shows only then.
          const merged = summary.reasons.merged_in_clarky ?? 0;
          if (how.sharedPhone !== 'send') expect(merged).toBe(0);
          const kept = ({ rows: all, contacts, unchanged, pending }: typeof summary): unknown => ({
            all,
            contacts,
            unchanged,
            pending,
          });
          expect(kept(plan)).toEqual(kept(summary));
          if (merged > 0) continue;
          expect([plan.rejected, plan.merged]).toEqual([summary.rejected, summary.merged]);
          expect(plan.created + plan.updated).toBe(summary.created + summary.updated);
          expect(plan.problems.length > 0).toBe(plan.rejected > 0);
        }
      }),
      { numRuns: 16, endOnFailure: true },
    );
    await sandbox.close();
  });

  it('needs the whole column to read an amount, and says so', async () => {
    const file = join(await privateFolder(), 'c.csv');
    await writeFile(file, 'Email,Deal value\na@x.com,"1,234"\nb@x.com,"2,500"\n');
    const open = await planContacts({ file });
    expect(open).toMatchObject({ rejected: 2, columns: [{}, { column: 'Deal value', ambiguous: 2 }] });
    expect(open.problems[0]?.code).toBe('money_ambiguous');
    await writeFile(file, 'Email,Deal value\na@x.com,"1,234"\nb@x.com,"2,500.10"\n');
    expect(await planContacts({ file })).toMatchObject({ rejected: 0, created: 2 });
  });

  it('is of the Clarky that an import would send to, whatever was rehearsed in another', async () => {
    const folder = await privateFolder();
    const [rehearsal, real] = [await startSandbox(), await startSandbox()];
    onTestFinished(async () => void (await Promise.all([rehearsal.close(), real.close()])));
    const file = join(folder, 'people.csv');
    await writeFile(file, 'Name,Email\nAda Lee,ada@x.com\n');
    const how = { file, stateDir: join(folder, 'state'), rate: { writes: Infinity, seconds: 60 } };
    await importContacts({ ...how, key: rehearsal.key, apiUrl: rehearsal.url });
    expect(await planContacts({ ...how, apiUrl: rehearsal.url })).toMatchObject({ unchanged: 1, requests: 0 });
    expect(await planContacts({ ...how, apiUrl: real.url })).toMatchObject({ created: 1, requests: 1 });
    expect(await planContacts(how)).toMatchObject({ api: 'https://clarky.ai/api/v1', created: 1, requests: 1 });
  });
});
