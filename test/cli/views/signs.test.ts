import { describe, expect, it } from 'vitest';
import { inSignsOf } from '../../../src/cli/views/signs.js';

const TERMINAL = { isTTY: true };
const OURS = '██░░ 2/4  3 × a → b · it’s “c”…';

describe('signs of ours at a terminal', () => {
  it.each([
    [{}],
    [{ LANG: 'C' }],
    [{ LANG: 'POSIX' }],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }],
    [{ LANG: 'en_GB.UTF-8', LC_CTYPE: 'POSIX' }],
    [{ LANG: 'de_DE.ISO-8859-1' }],
    [{ LANG: '', LC_ALL: '' }],
  ])('are plain in the locale of %j', (env) => {
    const shown = inSignsOf(TERMINAL, OURS, env, 'linux');
    expect(shown).toBe('##-- 2/4  3 x a > b - it\'s "c"~');
    // What was measured fits all the same.
    expect(shown).toHaveLength(OURS.length);
  });

  it.each([
    [{ LANG: 'C.UTF-8' }, 'linux'],
    [{ LANG: 'C', LC_ALL: 'en_GB.utf8' }, 'linux'],
    [{ LANG: 'de_DE.UTF-8@euro' }, 'linux'],
    [{ LANG: 'de_DE' }, 'linux'],
    [{}, 'win32'],
  ] as const)('stay what they are in that of %j on %s', (env, platform) => {
    expect(inSignsOf(TERMINAL, OURS, env, platform)).toBe(OURS);
  });

  it('stay what they are in a file or a pipe, and letters stay letters', () => {
    expect(inSignsOf({ isTTY: false }, OURS, {}, 'linux')).toBe(OURS);
    expect(inSignsOf(TERMINAL, 'Jürgen Łukasz 山田', {}, 'linux')).toBe('Jürgen Łukasz 山田');
  });
});
