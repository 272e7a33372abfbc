/** What a person sees of a run: the screen is judged, and not what was sent to it. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BINARY } from '../support/built.js';
import { peopleCsv, workplace, type Workplace } from '../support/cli.js';
import { resizedTo, Screen } from '../support/screen.js';
import { CTRL_C, ENTER, hasTerminal } from '../support/terminal.js';
import { until } from '../support/until.js';

it('the screen of the tests breaks lines as a terminal does', () => {
  const screen = new Screen(10);
  screen.take('one\r\n0123456789abc\r\n');
  expect(screen.shown).toEqual(['one', '0123456789', 'abc']);
  // What a narrower window has broken is taken away only by who goes up far enough.
  screen.take(`0123456\u001b[8;24;4t\r\u001b[Jxx`);
  expect(screen.shown.slice(-2)).toEqual(['0123', 'xx']);
  screen.take('\r\u001b[1A\u001b[Jy');
  expect(screen.shown).toEqual(['one', '0123', '4567', '89ab', 'c', 'y']);
  const full = new Screen(4);
  full.take('abcd\rX\n李华e\u0301');
  expect(full.shown).toEqual(['Xbcd', ' 李', '华e\u0301']);
});

const CTRL_Z = '\u001a';

interface AtScreen {
  readonly screen: Screen;
  readonly type: (keys: string) => void;
  /** Resolves once the lines that stand on the screen are so. */
  readonly shows: (isSo: (lines: readonly string[]) => boolean) => Promise<unknown>;
  /** Each line that ever stood there. */
  readonly seen: Set<string>;
  readonly resize: (columns: number) => void;
}

/** A shell of a person, in which `run` is the command. */
async function atScreen(place: Workplace, columns = 80): Promise<AtScreen> {
  await place.write('rc', `run() { '${process.execPath}' '${BINARY}' "$@"; }\nPS1='$ '\n`);
  const child = spawn('script', ['-qec', `tty > tty; stty cols ${columns} rows 24; exec sh -i`, '/dev/null'], {
    cwd: place.folder,
    env: { ...place.env, TERM: 'xterm', LANG: 'C.UTF-8', ENV: place.path('rc'), SHELL: '/bin/sh' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const screen = new Screen(columns);
  const seen = new Set<string>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen.take(chunk);
    for (const line of screen.shown) seen.add(line);
  });
  const shows: AtScreen['shows'] = (isSo) =>
    until(() => isSo(screen.shown)).catch((cause: unknown) => {
      throw new Error(`The screen shows:\n${screen.shown.join('\n')}`, { cause });
    });
  await shows((lines) => lines.at(-1) === '$');
  return {
    screen,
    type: (keys) => void child.stdin.write(keys),
    seen,
    shows,
    resize: (to) => {
      const tty = readFileSync(place.path('tty'), 'utf8').trim();
      // In the stream, where the window changes, before anything is drawn for it; and at once, as a line that is drawn for the old
      // window in the new one is what no terminal shows.
      const both = 'printf "%s" "$2" > "$1"; exec stty -F "$1" cols "$3"';
      execFileSync('sh', ['-c', both, 'sh', tty, resizedTo(to), String(to)]);
    },
  };
}

/** Lines of progress, or what is left over of one. */
const isProgress = (line: string): boolean => /[█░]|\d+\/\d+ |next writes|\bleft\b/.test(line);
/** What is gone on while nothing is sent yet. */
const isPhase = (line: string): boolean => /^(Asking|Checking|Reading)/.test(line);

describe.skipIf(!hasTerminal || process.platform !== 'linux')('the line of progress', () => {
  it('leaves nothing behind in a window that became narrower or wider, by Ctrl-Z, nor at the end', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(90));
    const { screen, type, shows, seen, resize } = await atScreen(place);
    type(`run import c.csv${ENTER}`);
    await shows((lines) => /60\/90 {2}next writes in \d+ s, .*left/.test(lines.at(-1) ?? ''));
    const above = (): string => screen.shown.slice(0, -1).join('').replaceAll(' ', '');
    const before = above();
    for (const columns of [40, 63, 30, 80]) {
      // Just after a line was drawn, and so long before the next: the screen learns of the window a moment before the process can.
      const drawn = screen.shown.at(-1);
      await shows((lines) => lines.at(-1) !== drawn);
      resize(columns);
      // Drawn for this width, once the process has heard of it, and then twice more over what was there.
      for (let times = 0; times < 3; times++) {
        const line = screen.shown.at(-1);
        await shows((lines) => lines.at(-1) !== line && isProgress(lines.at(-1) ?? '') && above() === before);
      }
      // Broken elsewhere, and all there.
      expect(above()).toBe(before);
    }
    type(CTRL_Z);
    await shows((lines) => lines.at(-1) === '$');
    expect(screen.shown.filter(isProgress)).toEqual([]);
    type(`fg${ENTER}`);
    await shows((lines) => lines.at(-1)?.includes('60/90') === true);
    expect(screen.shown.filter(isProgress)).toHaveLength(1);
    type(CTRL_C);
    await shows((lines) => lines.at(-1) === '$');
    expect(screen.shown.join('\n')).toContain('Stopped: 60 of 90 rows');
    expect(screen.shown.filter(isProgress)).toEqual([]);
    // Whenever it was drawn: there was never a word of an end that is none, nor of a pace that is not allowed.
    expect([...seen].filter((line) => /\b0 s left|in 0 s\b/.test(line))).toEqual([]);
    for (const [, rate] of [...seen].join('\n').matchAll(/(\d+)\/min/g)) expect(Number(rate)).toBeLessThanOrEqual(60);
  });

  it.each(['bots', 'doctor', 'plan c.csv --live'])('is gone after Ctrl-C in %s', async (command) => {
    const place = await workplace({ latency: { minMs: 600_000, maxMs: 600_000 } });
    await place.write('c.csv', peopleCsv(2));
    const { screen, type, shows } = await atScreen(place);
    type(`run ${command}${ENTER}`);
    await shows((lines) => lines.some((line) => isPhase(line)));
    type(CTRL_C);
    await shows((lines) => lines.at(-1) === '$');
    expect(screen.shown.filter(isPhase)).toEqual([]);
    type(`echo rc=$?${ENTER}`);
    await shows((lines) => lines.includes('rc=130'));
  });

  it('of an undo says that an answer is waited for, and is gone after a second Ctrl-C', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    expect(await place.imported('c.csv', { live: true })).toBe(0);
    place.sandbox.setFaults({ at: [{ request: 1, kind: 'hang' }], on: 'writes' });
    const { screen, type, shows } = await atScreen(place);
    type(`run undo c.csv${ENTER}`);
    await shows((lines) => lines.some((line) => line.includes('Undo it?')));
    type('y\r');
    await shows((lines) => /Undoing: .*no answer for \d+ s/.test(lines.at(-1) ?? ''));
    type(CTRL_C);
    await shows((lines) => lines.includes('Finishing 1 request; Ctrl-C again to quit at once.'));
    type(CTRL_C);
    await shows((lines) => lines.at(-1) === '$');
    expect(screen.shown.filter((line) => isProgress(line) || line.startsWith('Undoing:'))).toEqual([]);
    type(`echo rc=$?${ENTER}`);
    await shows((lines) => lines.includes('rc=130'));
    // What it was at is done by the next one, which nothing of it stands in the way of.
    type(`run undo c.csv --yes${ENTER}`);
    await shows((lines) => lines.includes('Undone: c.csv'));
    expect(place.sandbox.contacts()).toEqual([]);
  });

  it('counts on resume at once what is in Clarky, also where new rows stand above it', async () => {
    const place = await workplace();
    const old = peopleCsv(300);
    await place.write('c.csv', old);
    expect(await place.imported('c.csv')).toBe(0);
    const fresh = Array.from({ length: 60 }, (_, n) => `New${n},New${n},new${n}@example.com,Acme`);
    await place.write('c.csv', old.replace('\n', `\n${fresh.join('\n')}\n`));
    const { type, seen, shows } = await atScreen(place, 100);
    type(`run import c.csv --rate 30/60${ENTER}`);
    await shows((lines) =>
      /330\/360 {2}next writes in \d+ s, (1 min|\d+ s) left, 30 new, 300 unchanged/.test(lines.at(-1) ?? ''),
    );
    type(CTRL_C);
    await shows((lines) => lines.at(-1) === '$');
    // An end of all 360 was never spoken of, as if they had to be sent again.
    expect([...seen].filter((line) => /\d\d min .*left/.test(line))).toEqual([]);
  });
});
