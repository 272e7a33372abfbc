import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BINARY } from '../support/built.js';
import { peopleCsv, workplace } from '../support/cli.js';
import { hasTerminal } from '../support/terminal.js';
import { until } from '../support/until.js';

describe.skipIf(!hasTerminal || process.platform !== 'linux')('the line of progress', () => {
  it('leaves nothing behind in a window that became narrower or by Ctrl-Z, and says when the next writes go out', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(90));
    const command = `tty > tty; stty cols 80 rows 24; exec '${process.execPath}' '${BINARY}' import c.csv`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: place.folder,
      env: { ...place.env, TERM: 'xterm', LANG: 'C.UTF-8' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    // A window that is spent: the line is longer than the one that comes.
    await until(() => /60\/90 {2}next writes in \d+ s, [^\r]*left/.test(shown));
    const before = shown.length;
    const tty = readFileSync(place.path('tty'), 'utf8').trim();
    execFileSync('stty', ['-F', tty, 'cols', '40']);
    // What the terminal has wrapped is taken away over all its lines, and what comes fits.
    await until(() => shown.slice(before).includes('\r\u001b[1A\u001b[J'));
    await until(() => /\u001b\[1A\u001b\[J[^\r]*60\/90[^\r]*\r\u001b\[J/.test(shown.slice(before)));
    const narrow = shown.slice(shown.indexOf('\u001b[1A\u001b[J') + '\u001b[1A\u001b[J'.length);
    for (const line of narrow.split('\r\u001b[J')) expect(line.trimEnd().length).toBeLessThan(40);
    // Ctrl-Z takes it away, and what is stopped draws nothing; it is there again once it goes on.
    child.stdin.write('\u001a');
    await until(() => / \(script\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8')));
    const stopped = shown.length;
    process.kill(child.pid ?? 0, 'SIGCONT');
    await until(() => /60\/90/.test(shown.slice(stopped)));
    expect(shown.slice(0, stopped) + shown.slice(stopped).replace(/60\/90.*/s, '')).toMatch(/\u001b\[J[^\r\n]*$/);
    child.stdin.write('\u0003');
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, shown]).toEqual([130, expect.stringMatching(/Stopped: 60 of 90 rows/)]);
  });
});
