// Makes the pictures of README from the real page: `node scripts/pictures.js` after `npm run build`. Needs a Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TARGET = join(ROOT, 'docs', 'pictures');
const PATHS = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const SIZE = { width: 1000, height: 640 };

/** As many contacts as two windows of writes take, some of them wrong. */
function sample() {
  const names = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra', 'Radia Perlman'];
  const rows = Array.from({ length: 140 }, (_, n) => {
    const [first, last] = names[n % names.length].split(' ');
    const mail = n % 23 === 7 ? `${first}(at)example.com` : `${first}.${last}${n}@example.com`.toLowerCase();
    const phone = n % 31 === 5 ? '12' : `+4420794600${String(n % 100).padStart(2, '0')}`;
    return `${first},${last},${mail},${n % 3 === 0 ? phone : ''},${n % 2 === 0 ? 'Acme Ltd' : 'Northwind'},£${(n + 1) * 25}`;
  });
  return `First Name,Last Name,E-mail,Phone,Company,Deal Value\n${rows.join('\n')}\n`;
}

async function firstLine(child) {
  const [chunk] = await once(child.stdout, 'data');
  return JSON.parse(String(chunk));
}

const folder = mkdtempSync(join(tmpdir(), 'clarky-contacts-pictures-'));
const cli = join(ROOT, 'dist', 'cli', 'main.js');
const children = [];
const start = (args, env = {}) => {
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: join(folder, 'state'), ...env },
  });
  children.push(child);
  return child;
};
const browser = await chromium.launch({
  executablePath: PATHS.find((path) => path !== '' && existsSync(path)) ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  mkdirSync(TARGET, { recursive: true });
  const file = join(folder, 'contacts.csv');
  writeFileSync(file, sample());
  const sandbox = await firstLine(start(['sandbox', '--json', '--port', '0']));
  const keys = { CLARKY_KEY: sandbox.key, CLARKY_API_URL: sandbox.url, CLARKY_BOT_ID: sandbox.botId };
  const { url } = await firstLine(start(['ui', file, '--json', '--no-open'], keys));
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
  const picture = (name) => page.screenshot({ path: join(TARGET, `${name}.png`) });
  await page.goto(url);
  await page.getByRole('heading', { level: 1, name: 'How it was read' }).waitFor();
  await page.getByRole('link', { name: 'Plan', exact: true }).click();
  await page.getByRole('button', { name: /^Show/ }).first().waitFor();
  await page.locator('.dot.good').waitFor();
  await picture('plan');
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByText('Next writes in').waitFor();
  await page.getByText(/, about .* left\./).waitFor();
  await picture('run');
} finally {
  await browser.close();
  for (const child of children.reverse()) {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  rmSync(folder, { recursive: true, force: true });
}
