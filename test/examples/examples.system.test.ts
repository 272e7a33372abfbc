import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BINARY, ROOT } from '../support/built.js';
import { peopleCsv, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

const EXAMPLES = join(ROOT, 'examples');
const names = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(EXAMPLES, name)).isFile(),
);
const example = (name: string): string => readFileSync(join(EXAMPLES, name), 'utf8');
const has = (tool: string): boolean => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;

const help = execFileSync(process.execPath, [BINARY, 'import', '--help'], { encoding: 'utf8' });

describe('every example', () => {
  it.each(names)('%s uses no flag that does not exist', (name) => {
    const text = example(name).replaceAll(/\\\n\s*/g, ' ');
    for (const [command] of text.matchAll(/(?:clarky-contacts|"\$CLARKY_CONTACTS") import .*/g)) {
      const flags = command.match(/(?<=\s)--[a-z-]+/g) ?? [];
      expect(flags.length).toBeGreaterThan(0);
      for (const flag of flags) expect(help).toContain(`${flag} `);
    }
  });

  it('that imports is bounded in time, guarded, and leaves its summary', () => {
    const texts = names.map((name) => example(name)).filter((text) => text.includes('contacts.csv --'));
    const nightly = texts.filter((text) => !text.startsWith('# clarky-contacts in a container'));
    expect(nightly).toHaveLength(5);
    for (const text of nightly) {
      expect(text).toMatch(/--max-duration|--deadline/);
      expect(text).toMatch(/--fail-over '?20/);
      expect(text).toContain('--latest latest.json');
    }
  });
});

/** `clarky-contacts` and `npx` on a PATH of their own, so that an example's script runs as it stands. */
async function place(options: Parameters<typeof workplace>[0] = {}): Promise<Workplace & { sh: ShellRun }> {
  const made = await workplace(options);
  const bin = made.path('bin');
  execFileSync('mkdir', [bin]);
  const program = `exec "${process.execPath}" "${BINARY}" "$@" --rate off\n`;
  writeFileSync(join(bin, 'clarky-contacts'), `#!/bin/sh\n${program}`);
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift 2\n${program}`);
  for (const name of ['clarky-contacts', 'npx']) chmodSync(join(bin, name), 0o755);
  writeFileSync(made.path('key'), made.sandbox.key, { mode: 0o600 });
  const sh: ShellRun = async (script, env = {}) => {
    const { spawn } = await import('node:child_process');
    const child = spawn('bash', ['-e', '-c', script], {
      cwd: made.folder,
      env: {
        PATH: `${bin}:${process.env.PATH ?? ''}`,
        HOME: made.folder,
        XDG_STATE_HOME: made.path('state'),
        CLARKY_API_URL: made.sandbox.url,
        ...env,
      },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  };
  return { ...made, sh };
}
type ShellRun = (script: string, env?: Record<string, string>) => Promise<{ code: number | null; output: string }>;

const BAD_ROW = 'Bad,Row,no address,Acme\n';

describe('cron', () => {
  it('mails nothing on a good night, one line on rejects, the error on an error', async () => {
    const at = await place();
    copyFileSync(join(EXAMPLES, 'cron/nightly.sh'), at.path('nightly.sh'));
    chmodSync(at.path('nightly.sh'), 0o755);
    await at.write('contacts.csv', peopleCsv(20));
    expect(await at.sh('./nightly.sh')).toEqual({ code: 0, output: '' });
    await at.write('contacts.csv', `${peopleCsv(20)}${BAD_ROW}`);
    const rejected = await at.sh('./nightly.sh');
    expect(rejected.code).toBe(0);
    expect(rejected.output).toMatch(/^Some rows were rejected: see .*contacts\.csv\.rejected\.csv\n$/);
    at.sandbox.revokeKey();
    await at.write('contacts.csv', peopleCsv(20, 'Globex'));
    const failed = await at.sh('./nightly.sh');
    expect(failed.code).toBe(4);
    expect(failed.output).not.toBe('');
  });

  it('mails something where the import said nothing, being killed', async () => {
    const at = await place();
    copyFileSync(join(EXAMPLES, 'cron/nightly.sh'), at.path('nightly.sh'));
    writeFileSync(join(at.path('bin'), 'clarky-contacts'), '#!/bin/sh\nexit 137\n');
    expect(await at.sh('sh ./nightly.sh')).toEqual({ code: 137, output: 'The import ended with status 137.\n' });
  });

  it('mails nothing at the deadline', async () => {
    const at = await place();
    copyFileSync(join(EXAMPLES, 'cron/nightly.sh'), at.path('nightly.sh'));
    writeFileSync(join(at.path('bin'), 'clarky-contacts'), '#!/bin/sh\necho "The time is up." >&2\nexit 7\n');
    expect(await at.sh('sh ./nightly.sh')).toEqual({ code: 0, output: '' });
  });

  it('mails no corrections of an earlier night where the import could not be started', async () => {
    const at = await place();
    copyFileSync(join(EXAMPLES, 'cron/nightly.sh'), at.path('nightly.sh'));
    const warning = { code: 'rejects_edited', message: 'Set aside.' };
    await at.write('latest.json', JSON.stringify({ warnings: [warning] }));
    const bin = join(at.path('bin'), 'clarky-contacts');
    writeFileSync(bin, '#!/bin/sh\nexit 3\n');
    expect((await at.sh('sh ./nightly.sh')).output).toContain('Set aside.');
    writeFileSync(bin, '#!/bin/sh\nexit 127\n');
    expect(await at.sh('sh ./nightly.sh')).toEqual({ code: 127, output: 'The import ended with status 127.\n' });
  });

  it.runIf(has('shellcheck'))('is clean to shellcheck', () => {
    execFileSync('shellcheck', [join(EXAMPLES, 'cron/nightly.sh')], { encoding: 'utf8' });
  });
});

describe('GitHub Actions', () => {
  interface Step {
    readonly name?: string;
    readonly uses?: string;
    readonly if?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }
  const workflow = parse(example('github-actions.yml')) as {
    concurrency: unknown;
    env: Record<string, string>;
    jobs: { import: { steps: Step[] } };
  };
  const { steps } = workflow.jobs.import;
  const step = (what: string): Step => steps.find(({ name, uses }) => (name ?? uses ?? '').startsWith(what)) ?? {};

  it('keeps the checkpoint whichever way a run ends, under a pinned version, never twice at once', () => {
    expect(workflow.concurrency).toMatchObject({ 'cancel-in-progress': false });
    const [restore, save] = [step('actions/cache/restore@'), step('actions/cache/save@')];
    expect(save.if).toBe('always()');
    expect(save.with).toEqual({ path: restore.with?.path, key: restore.with?.key });
    expect(String(restore.with?.key)).toMatch(String(restore.with?.['restore-keys']));
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(workflow.env.CLARKY_CONTACTS).toBe(`clarky-contacts@${version}`);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@v\d+$/);
  });

  it('imports and leaves a summary', async () => {
    const at = await place();
    await at.write('contacts.csv', `${peopleCsv(20)}${BAD_ROW}`);
    const env = { CLARKY_KEY: at.sandbox.key, ...workflow.env, GITHUB_STEP_SUMMARY: at.path('summary.md') };
    const ended = await at.sh(step('Import').run ?? '', env);
    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('::warning::Some rows') as unknown });
    expect(at.sandbox.contacts()).toHaveLength(20);
    expect(await at.sh(step('Summary').run ?? '', env)).toEqual({ code: 0, output: '' });
    const summary = readFileSync(at.path('summary.md'), 'utf8');
    expect(summary).toContain('| created | 20 |');
    await at.write('latest.json', '{"exit":4,"error":"unauthorized"}');
    await at.write('summary.md', '');
    await at.sh(step('Summary').run ?? '', env);
    expect(readFileSync(at.path('summary.md'), 'utf8')).toBe(
      '## Contacts into Clarky\n\n\nEnded with 4: unauthorized.\n',
    );
    expect(summary).toContain('| rejected | 1 |');
    expect(summary).toContain('Ended with 3.');
  });
});

describe('systemd', () => {
  const units = readdirSync(join(EXAMPLES, 'systemd')).map((name) => join(EXAMPLES, 'systemd', name));

  it.runIf(has('systemd-analyze'))('takes the units', () => {
    const { stderr } = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' });
    const complaints = stderr
      .split('\n')
      .filter((line) => line.includes('clarky-contacts') && !/is not executable|not found/.test(line));
    expect(complaints).toEqual([]);
  });

  it('tries again where Clarky could not be reached, and is loud where it failed', () => {
    const service = example('systemd/clarky-contacts.service');
    expect(service).toMatch(/^SuccessExitStatus=3 7 143$/m);
    expect(service).toContain('Restart=on-failure');
    expect(/RestartPreventExitStatus=(.*)/.exec(service)?.[1]?.split(' ')).not.toContain('5');
    expect(service).toContain('OnFailure=clarky-contacts-failed.service');
    expect(service).not.toContain('--quiet');
  });
});

describe('Windows', () => {
  it('has a task that is well-formed, runs as a user without more rights, and a script that knows the statuses', () => {
    const text = example('windows/task.xml');
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
    expect(text).toContain('<RunLevel>LeastPrivilege</RunLevel>');
    expect(text).toMatch(/<Principal id="Importer">[^]*<Actions Context="Importer">/);
    expect(example('windows/nightly.ps1')).toContain('-in 0, 3, 7');
    // A status starts nothing again by itself.
    expect(example('windows/nightly.ps1')).toMatch(
      /for \(.*\$try -le 4.*\) \{[^]*if \(\$LASTEXITCODE -ne 5\) \{ break \}\n\}/,
    );
    expect(text).toMatch(/<RestartOnFailure>\s*<Interval>PT15M<\/Interval>\s*<Count>3<\/Count>\s*<\/RestartOnFailure>/);
    // Without the program there is no status, and nothing would be `exit 0`.
    expect(example('windows/nightly.ps1')).toContain('Get-Command clarky-contacts');
  });
});

interface CronJob {
  spec: { jobTemplate: { spec: { template: { spec: { containers: { args: string[] }[] } } } } };
}

describe('containers', () => {
  it('are not root, write to one volume alone, are pinned, and have time to end', () => {
    expect(example('docker/Dockerfile')).toMatch(/docker run .*--stop-timeout 90/);
    const docker = example('docker/Dockerfile');
    const instructions = docker.replaceAll(/\\\n/g, ' ').match(/^[A-Z]+ .*/gm) ?? [];
    expect(instructions[0]).toMatch(/^FROM node:\d+\.\d+-[a-z-]+$/);
    expect(instructions.filter((line) => line.startsWith('VOLUME'))).toEqual(['VOLUME /data']);
    expect(instructions.findIndex((line) => line === 'USER node')).toBeGreaterThan(
      instructions.findIndex((line) => line.startsWith('RUN')),
    );
    expect(docker).toContain('--read-only');
    expect(docker).not.toMatch(/latest\b/);
  });

  it('hand on that the pod is to end, so that what is in flight is recorded', async () => {
    const at = await place({ latency: { minMs: 300, maxMs: 300 } });
    await at.write('contacts.csv', peopleCsv(400));
    const { spec } = parse(example('kubernetes/cronjob.yaml')) as CronJob;
    const [container] = spec.jobTemplate.spec.template.spec.containers;
    const script = container?.args[0] ?? '';
    const ended = at.sh('echo $$ > pid; exec sh -c "$SCRIPT"', { SCRIPT: script.replace('/key/key', 'key') });
    await until(() => at.sandbox.contacts().length > 0);
    process.kill(Number(readFileSync(at.path('pid'), 'utf8')), 'SIGTERM');
    expect((await ended).code).toBe(143);
    const latest = JSON.parse(readFileSync(at.path('latest.json'), 'utf8')) as { created: number };
    expect(latest).toMatchObject({ exit: 143, created: at.sandbox.contacts().length });
  });

  it('run by Kubernetes as the Pod Security Standard "restricted" wants it', () => {
    const job = parse(example('kubernetes/cronjob.yaml')) as {
      spec: { concurrencyPolicy: string; jobTemplate: { spec: { template: { spec: Record<string, unknown> } } } };
    };
    expect(job.spec.concurrencyPolicy).toBe('Forbid');
    const pod = job.spec.jobTemplate.spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
    expect(JSON.stringify(pod)).not.toContain('ck_live');
    expect(JSON.stringify(job.spec.jobTemplate)).toContain('"values":[1,2,4,6]');
  });
});
