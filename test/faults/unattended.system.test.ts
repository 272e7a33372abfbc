import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';

const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

describe('--latest', () => {
  it('tells a monitor how the run ended, whichever way', async () => {
    const place = await workplace({ faults: { on: 'writes', revokeAtRequest: 8 } });
    await place.write('c.csv', peopleCsv(10));
    const latest = async (): Promise<unknown> =>
      JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as unknown;
    const run = (...flags: string[]) => place.run('import', 'c.csv', '--latest', 'latest.json', '--quiet', ...flags);
    expect((await run('--concurrency', '1', ...UNLIMITED)).code).toBe(4);
    expect(await latest()).toMatchObject({ created: 7, pending: 3, exit: 4, error: 'unauthorized' });
    expect((await run(...UNLIMITED)).code).toBe(4);
    expect(await latest()).toMatchObject({ file: 'c.csv', exit: 4, error: 'unauthorized' });
    const { endedAt, message } = (await latest()) as { endedAt: string; message: string };
    expect(Math.abs(Date.parse(endedAt) - Date.now())).toBeLessThan(60_000);
    expect(message).not.toContain(place.sandbox.key);
    const guarded = await run('--fail-over', '0%', '--key-file', 'nope', ...UNLIMITED);
    expect(guarded.code).toBe(2);
    expect(await latest()).toMatchObject({ exit: 2, error: 'no_key' });
  });
});

describe('the examples', () => {
  it('for systemd are valid units', async () => {
    const units = [example('systemd/clarky-contacts.service'), example('systemd/clarky-contacts.timer')];
    const verified = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' });
    // Without systemd the files are at least there; the command itself is not installed where tests run.
    const complaints = (verified.stderr || '')
      .split('\n')
      .filter((line) => line.includes('clarky-contacts') && !/is not executable|not found/.test(line));
    expect(complaints).toEqual([]);
    const [service, timer] = await Promise.all(units.map((unit) => readFile(unit, 'utf8')));
    expect(timer).toContain('OnCalendar=');
    expect(service).toContain('clarky-contacts import');
  });

  it.each(['systemd/clarky-contacts.service', 'crontab', 'github-actions.yml', 'windows-task.xml'])(
    '%s uses no flag that does not exist',
    async (name) => {
      const place = await workplace();
      const text = await readFile(example(name), 'utf8');
      const { stdout: help } = await place.run('import', '--help');
      const command = /clarky-contacts import .*/.exec(text)?.[0] ?? '';
      const flags = command.match(/(?<=\s)--[a-z-]+/g) ?? [];
      expect(flags.length).toBeGreaterThan(2);
      for (const flag of flags) expect(help).toContain(flag);
    },
  );

  it('for GitHub Actions is a workflow that never runs twice at once', async () => {
    const workflow = parse(await readFile(example('github-actions.yml'), 'utf8')) as Record<string, unknown>;
    expect(workflow).toMatchObject({ concurrency: { 'cancel-in-progress': false } });
    expect(Object.keys(workflow.jobs as object)).toHaveLength(1);
  });
});
