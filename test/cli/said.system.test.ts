import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';
import { workbook } from '../support/workbook.js';

describe('what is said of a file', () => {
  it('--encoding has no meaning for a workbook: plan and import say so, whatever it is', async () => {
    const place = await workplace();
    const rows = [
      ['Name', 'Email'],
      ['Ann', 'ann@example.com'],
    ];
    await place.write('c.xlsx', workbook({ People: rows }));
    const said = '--encoding has no meaning for a workbook';
    for (const encoding of ['klingon', 'latin1']) {
      const plan = await place.here('plan', 'c.xlsx', '--encoding', encoding);
      expect([plan.code, plan.stdout.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining(said)]);
      const { code, stderr } = await place.here('import', 'c.xlsx', '--encoding', encoding, ...UNLIMITED);
      expect([code, stderr]).toEqual([0, expect.stringContaining(said)]);
    }
    expect((await place.here('plan', 'c.xlsx')).stdout).not.toContain(said);
  });

  it('one without rows has no counts', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Name,Email\n');
    const plan = await place.here('plan', 'c.csv');
    expect(plan.stdout).toContain('The file has no rows');
    expect(plan.stdout).not.toContain('created');
    const { stdout } = await place.here('import', 'c.csv', ...UNLIMITED);
    expect(stdout).toContain('has no rows, so nothing was imported');
    expect(stdout).not.toContain('created');
    const { warnings } = JSON.parse((await place.here('plan', 'c.csv', '--json')).stdout) as { warnings: unknown };
    expect(warnings).toContainEqual({ code: 'no_rows', message: 'The file has no rows: nothing is imported.' });
    const verified = await place.here('verify', 'c.csv');
    expect([verified.code, verified.stdout.split('\n')[0]]).toEqual([0, 'c.csv has no rows, so nothing was verified.']);
  });

  it('sandbox has its help in the form of the others', async () => {
    const place = await workplace();
    const { stdout } = await place.here('sandbox', '--help');
    expect(stdout).not.toContain('choices:');
    expect(stdout).toMatch(/\(rolling, fixed,\s+counter; default: rolling\)/);
    expect(stdout).toMatch(/\nOptions:\n {2}-h, --help +show help\n/);
  });
});
