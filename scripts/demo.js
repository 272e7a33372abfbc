// The main job, start to end, on a fixture and against the sandbox: what the README's first command shows.
import { spawn } from 'node:child_process';
import { mkdtempSync, copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Who reads it through a pager may leave before its end.
process.stdout.on('error', () => {});

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'clarky-contacts-demo-'));
const file = 'contacts.csv';
copyFileSync(join(root, 'fixtures/demo.csv'), join(folder, file));

// A limit of 20 writes in any 2 seconds instead of 60 in 60, so that the pace can be seen without waiting for it.
const sandbox = spawn(
  process.execPath,
  [cli, 'sandbox', '--json', '--port', '0', '--limit', '20/2', '--latency', '20-60'],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const { url, key, botId } = await new Promise((resolve, reject) => {
  let text = '';
  sandbox.stdout.on('data', (chunk) => {
    text += chunk;
    if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))));
  });
  sandbox.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
});
const env = {
  ...process.env,
  CLARKY_API_URL: url,
  CLARKY_KEY: key,
  CLARKY_BOT_ID: botId,
  XDG_STATE_HOME: join(folder, 'state'),
};

/** Shows a command as a user would type it, runs it, and gives its exit status. */
function run(...args) {
  console.log(`\n$ clarky-contacts ${args.join(' ')}`);
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

let failed = false;
try {
  const settings = ['--country', 'GB', '--rate', '20/2'];
  const first = await run('import', file, ...settings);
  const second = await run('import', file, ...settings);
  await run('status', file);
  // The fixture holds rows that must be rejected: 3 is "finished, some rows rejected".
  failed = first !== 3 || second !== 3;
  console.log(
    failed
      ? '\nThe demo did not end as it should.'
      : '\nThe second run sent nothing: everything was there. Five rows were rejected on\npurpose: three share an office phone, one has no valid e-mail, one has neither\ne-mail nor phone.\nThe sandbox and the files of this demo are gone again: the commands above are\nfor a file of your own.',
  );
} finally {
  sandbox.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
