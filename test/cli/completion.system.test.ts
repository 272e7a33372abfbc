import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { workplace, type Workplace } from '../support/cli.js';

const run = promisify(execFile);
const has = (shell: string): boolean => spawnSync(shell, ['--version'], { stdio: 'ignore' }).status === 0;
for (const shell of ['zsh', 'fish']) {
  if (!has(shell)) process.stderr.write(`no ${shell} here: the test that needs it does not run\n`);
}

/** What was typed, and what it becomes by the tab key. */
const CASES: readonly [typed: string, completed: string][] = [
  ['imp', 'import'],
  ['import --shared-e', 'import --shared-email'],
  ['import --shared-email o', 'import --shared-email omit'],
  ['import c.', 'import c.csv'],
  ['import d', 'import d.csv'],
  ['import --checkpoint d.csv.c', 'import --checkpoint d.csv.checkpoint.jsonl'],
  ['import r', 'import r.csv.rejected.csv'],
  ['import --profile a', 'import --profile acme'],
  ['login a', 'login acme'],
  ['help exit', 'help exit-status'],
  ['completion fi', 'completion fish'],
  ['import --country X', 'import --country XK'],
];

async function withCompletion(shell: string): Promise<{ place: Workplace; env: NodeJS.ProcessEnv }> {
  const place = await workplace();
  await place.write('c.csv', '');
  const ours = ['checkpoint.jsonl', 'undo.jsonl', 'log.jsonl', 'log.jsonl.1', 'report.html', 'rejected.csv.ab1.tmp'];
  for (const name of ['d.csv', ...ours.map((ending) => `d.csv.${ending}`)]) await place.write(name, '');
  for (const name of ['r.csv.rejected.csv', 'r.csv.rejected.csv.ab1.tmp']) await place.write(name, '');
  expect((await place.here('login', 'acme')).code).toBe(0);
  const { stdout, code } = await place.run('completion', shell);
  expect(code).toBe(0);
  for (const word of ['import', 'completion', 'exit-status', 'shared-email', 'replace']) expect(stdout).toContain(word);
  await place.write(shell === 'zsh' ? '_clarky-contacts' : `completion.${shell}`, stdout);
  return { place, env: { PATH: process.env.PATH, HOME: place.folder, LC_ALL: 'C.UTF-8', TERM: 'dumb' } };
}

/** Types each line into an interactive shell, presses tab, and prints what stands there then. */
const ZSH = `
zmodload zsh/zpty
read_until() {
  local seen= piece
  while [[ $seen != *"$1"* ]]; do zpty -r shell piece || return 1; seen+=$piece; done
  REPLY=\${seen%%"$1"*}
}
for line in "$@"; do
  zpty shell zsh -f -i
  zpty -w shell 'PS1="rea""dy: "; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D
show() { print -r -- "beg""in $BUFFER e""nd" }; zle -N show; bindkey "^X" show; bindkey "^I" expand-or-complete'
  read_until 'ready: '
  zpty -w -n shell "clarky-contacts $line"$'\\t\\x18'
  read_until ' end'
  print -r -- "\${REPLY##*begin }"
  zpty -d shell
done
`;

describe('completion', () => {
  it('works in bash: commands, options, choices, files, profiles', async () => {
    const { place, env } = await withCompletion('bash');
    const script = CASES.map(([typed]) => {
      const words = `clarky-contacts ${typed}`.split(' ');
      return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _clarky_contacts; echo "\${COMPREPLY[@]}"`;
    });
    const { stdout } = await run('bash', ['-c', `. ./completion.bash; ${script.join('; ')}`], {
      cwd: place.folder,
      env,
    });
    expect(stdout.trim().split('\n')).toEqual(CASES.map(([, completed]) => completed.split(' ').at(-1)));
  });

  it.skipIf(!has('zsh'))('works in zsh', async () => {
    const { place, env } = await withCompletion('zsh');
    writeFileSync(place.path('type.zsh'), ZSH);
    const lines = CASES.map(([typed]) => typed);
    const { stdout } = await run('zsh', ['-f', 'type.zsh', ...lines], { cwd: place.folder, env });
    const shown = stdout.trimEnd().split('\n');
    expect(shown.map((line) => line.trimEnd())).toEqual(CASES.map(([, completed]) => `clarky-contacts ${completed}`));
  });

  it.skipIf(!has('fish'))('works in fish', async () => {
    const { place, env } = await withCompletion('fish');
    const ask = CASES.map(([typed]) => `complete -C "clarky-contacts ${typed}"; echo end`).join('\n');
    const script = `source completion.fish\n${ask}`;
    const { stdout, stderr } = await run('fish', ['--no-config', '-c', script], {
      cwd: place.folder,
      env,
    });
    expect(stderr).toBe('');
    const shown = stdout.trimEnd().split('\nend');
    const completed = shown.slice(0, -1).map((lines) => lines.trim().split('\t')[0]);
    expect(completed).toEqual(CASES.map(([, all]) => all.split(' ').at(-1)));
  });

  it('knows no other shell', async () => {
    const place = await workplace();
    expect(await place.here('completion', 'cmd')).toMatchObject({ code: 2, stdout: '' });
  });
});
