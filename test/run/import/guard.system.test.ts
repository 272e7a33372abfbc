import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../../support/cli.js';

const GUARDED = ['--fail-over', '20%', ...UNLIMITED];

describe('--fail-over compares with what the list itself has sent', () => {
  it('and with nothing on the first night of a list, whoever sent its people', async () => {
    const { write, here, imported } = await workplace();
    await write('a.csv', peopleCsv(5));
    await write('b.csv', peopleCsv(5));
    await write('c.csv', peopleCsv(5, 'Globex'));
    expect(await imported('a.csv')).toBe(0);
    expect((await here('import', 'b.csv', ...GUARDED)).code).toBe(0);
    expect((await here('import', 'c.csv', ...GUARDED)).code).toBe(0);
    await write('c.csv', peopleCsv(5, 'Initech'));
    const second = await here('import', 'c.csv', ...GUARDED);
    expect(second.code).toBe(4);
    expect(second.stderr).toContain(
      '5 of the 5 contacts that this list has sent before have changed, more than the 20 %',
    );
  });

  it('and not with whom another list has sent, later on', async () => {
    const { write, here, imported } = await workplace();
    const [header = '', ...people] = peopleCsv(10).trimEnd().split('\n');
    const list = (...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;
    await write('a.csv', peopleCsv(10, 'Globex'));
    await write('b.csv', list(...people.slice(0, 4)));
    expect(await imported('a.csv')).toBe(0);
    expect((await here('import', 'b.csv', ...GUARDED)).code).toBe(0);
    await write('b.csv', list(...people));
    expect((await here('import', 'b.csv', ...GUARDED)).code).toBe(0);
    const changed = (row: string): string => `${row} Ltd`;
    await write('b.csv', list(...people.slice(0, 7), ...people.slice(7).map(changed)));
    expect((await here('import', 'b.csv', ...GUARDED)).stderr).toContain('3 of the 10 contacts');
  });

  it('and with --live neither with what somebody else has put into Clarky', async () => {
    const { write, here, sandbox, imported } = await workplace();
    await write('a.csv', peopleCsv(5, 'Globex'));
    await imported('a.csv', { stateDir: false });
    await write('b.csv', peopleCsv(5));
    expect((await here('import', 'b.csv', '--live', ...GUARDED)).code).toBe(0);
    expect(sandbox.contacts().map(({ company }) => company)).toEqual(Array.from({ length: 5 }, () => 'Acme'));
    await write('b.csv', peopleCsv(5, 'Initech'));
    expect((await here('import', 'b.csv', '--live', ...GUARDED)).stderr).toContain('5 of the 5 contacts');
  });

  it('and with nothing once that is undone', async () => {
    const { write, here, imported } = await workplace();
    await write('a.csv', peopleCsv(5, 'Globex'));
    await write('b.csv', peopleCsv(5));
    expect(await imported('a.csv')).toBe(0);
    expect((await here('import', 'b.csv', '--live', ...GUARDED)).code).toBe(0);
    expect((await here('undo', 'b.csv', '--yes', ...UNLIMITED)).code).toBe(0);
    expect((await here('import', 'b.csv', ...GUARDED)).code).toBe(0);
  });

  it('though all of it is sent again', async () => {
    const { write, here } = await workplace();
    await write('a.csv', peopleCsv(5));
    for (const _night of [1, 2]) expect((await here('import', 'a.csv', '--resend', ...GUARDED)).code).toBe(0);
    await write('a.csv', peopleCsv(5, 'Globex'));
    expect((await here('import', 'a.csv', '--resend', ...GUARDED)).code).toBe(4);
  });

  it('under whichever e-mail that has sent them', async () => {
    const { write, here } = await workplace();
    const header = 'First Name,Last Name,Email,Phone\n';
    await write('a.csv', `${header}Ann,Lee,ann@x.com,+442079400001\n`);
    expect((await here('import', 'a.csv', ...GUARDED)).code).toBe(0);
    await write('a.csv', `${header}Ann,Lee,ann@y.com,+442079400001\n`);
    for (const flag of ['--quiet', '--live'])
      expect((await here('import', 'a.csv', flag, ...GUARDED)).stderr).toContain('1 of the 1 contacts');
  });
});
