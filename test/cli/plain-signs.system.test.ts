import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { atTerminal, CTRL_C, hasTerminal } from '../support/terminal.js';

const C_LOCALE = { LANG: '', LC_ALL: 'C' };
const NOT_ASCII = /[^\u0000-\u007f]/u;

describe.runIf(hasTerminal)('a terminal in the C locale', () => {
  it('gets plain ASCII from plan, import and status', async () => {
    const place = await workplace({ latency: { minMs: 5, maxMs: 5 } });
    const long = 'A company whose name is so long that no table has room for the whole of it, and cuts it';
    await place.write('c.csv', `${peopleCsv(12, long)}Bad,Row,no-email,Acme\n`);
    for (const args of [
      ['plan', 'c.csv'],
      ['import', 'c.csv', ...UNLIMITED],
      ['status', 'c.csv'],
    ]) {
      const { shown } = await atTerminal(place, args, 80, C_LOCALE).ended;
      expect([args[0], NOT_ASCII.exec(shown)]).toEqual([args[0], null]);
    }
  });

  it('and from the questions of map; in another locale lines are lines', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Name,Email,Shoe Size\nAnn,ann@example.com,38\n');
    for (const [locale, isPlain] of [
      [C_LOCALE, true],
      [{ LANG: 'C.UTF-8' }, false],
    ] as const) {
      const terminal = atTerminal(place, ['map', 'c.csv'], 80, locale);
      await terminal.shows('Shoe Size');
      terminal.type(CTRL_C);
      await terminal.shows('write');
      terminal.type(CTRL_C);
      const { shown } = await terminal.ended;
      expect(NOT_ASCII.test(shown)).toBe(!isPlain);
    }
  });
});
