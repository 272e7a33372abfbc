/** A real browser, from Debian's chromium: CI installs it, and what needs it has nothing to show without. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The shell without windows first: it is the same browser for half the work. */
const PATHS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const executablePath = [process.env.CHROMIUM ?? '', ...PATHS].find((path) => path !== '' && existsSync(path));

export const chromiumIsInstalled = executablePath !== undefined;
if (!chromiumIsInstalled) process.stderr.write('no chromium here: the tests that need it do not run\n');

/** Starts one without a window. */
export async function startChromium(): Promise<Browser> {
  // Root may not use the sandbox of the browser.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // However long it takes here to start; what hangs is ended by its test.
  return chromium.launch({ executablePath: executablePath ?? '', args, timeout: 0 });
}
