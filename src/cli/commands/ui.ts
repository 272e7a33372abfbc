import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, ImporterError } from '../../errors.js';
import { given } from '../../given.js';
import type { Settings } from '../../settings/settings.js';
import type { RunningUi } from '../../ui/server.js';
import type { KeySource } from '../../ui/files/desk.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { collectSignals } from '../process/signals.js';
import { readVersion } from '../../version.js';
import { reflowed } from '../../wording/wrapped.js';

interface UiFlags {
  open: boolean;
  demo?: true;
}

const MEANING = `
Only this machine can open the page. The address works once, within a minute:
press Enter here for another one. The server ends with Ctrl-C, from the page,
or after 15 minutes without an open page and without a run.`;

export function registerUi(program: Command): void {
  const command = program
    .command('ui')
    .description('Opens the local page: look at a file, decide its columns, correct it, send it, take it back.')
    .argument('[file|folder]', 'a spreadsheet, or the folder of some (default: the current one)')
    .option('--no-open', 'do not open a browser: print the address')
    .option('--demo', 'try it out: a sandbox of its own and a sample; needs no key')
    .addHelpText('after', MEANING);
  addSettings(command, 'ui').action(async (target: string | undefined) => {
    process.exitCode = await runUi(target, settingsOf(command, 'ui'), command.opts<UiFlags>());
  });
}

async function runUi(target: string | undefined, settings: Settings, flags: UiFlags): Promise<number> {
  const [{ startUi }, { requireWorkDir }] = await Promise.all([
    import('../../ui/server.js'),
    import('../../run/known/state-of-source.js'),
  ]);
  requireWorkDir(settings);
  const demo = flags.demo === true ? await (await import('../../ui/demo.js')).startDemo() : undefined;
  try {
    const place = demo ?? (await placeOf(target ?? '.'));
    const found = demo === undefined ? await keyOf(settings) : { key: demo.key, to: demo.settings };
    const ui = await startUi({
      ...place,
      settings: { ...settings, ...found.to },
      key: found.key,
      isDemo: demo !== undefined,
      version: readVersion(),
      hearsEnter: hearsEnter(settings),
      onImported: (facts, error) => tellEnd(settings, facts, error),
    });
    try {
      await present(ui, settings, flags.open);
      return EXIT.ok;
    } finally {
      await ui.close();
    }
  } finally {
    await demo?.close();
  }
}

async function tellEnd(settings: Settings, facts: object, error: ImporterError | undefined): Promise<void> {
  if (settings.onEnd === undefined) return;
  const { postEnd } = await import('../on-end.js');
  await postEnd(settings, facts, error);
}

/** Whether somebody can press Enter for another address: a launcher has no terminal. */
function hearsEnter({ json }: Settings): boolean {
  return process.stdin.isTTY && json !== true;
}

/** Shows the address, and waits until the server is to end. */
async function present(ui: RunningUi, settings: Settings, opens: boolean): Promise<void> {
  const asJson = settings.json === true;
  const signals = collectSignals();
  const url = ui.newUrl();
  if (asJson)
    process.stdout.write(
      `${JSON.stringify({ url, pid: process.pid, others: ui.others.map(({ address, pid }) => ({ address, pid })) })}\n`,
    );
  else
    process.stdout.write(
      `${othersInWords(ui.others)}The page is at\n\n  ${url}\n\nIt is on this machine alone. Ctrl-C ends it.\n`,
    );
  if (opens && !asJson) await openBrowser(url);
  const onLine = (): void => void process.stdout.write(`\n  ${ui.newUrl()}\n\n`);
  const isAsked = hearsEnter(settings);
  if (isAsked) process.stdin.on('data', onLine);
  const stopped = new Promise<void>((done) => signals.signal.addEventListener('abort', () => done(), { once: true }));
  await Promise.race([ui.quit, stopped]);
  if (isAsked) process.stdin.off('data', onLine).pause();
  signals.dispose();
}

/** Whoever starts a second page of a folder may have lost sight of the first. */
function othersInWords(others: RunningUi['others']): string {
  return others.map(({ words }) => `${reflowed(words, process.stdout.columns || 80)}\n\n`).join('');
}

/** The folder, and the file to begin with. @throws ImporterError `file_not_found` */
async function placeOf(target: string): Promise<{ folder: string; first?: string }> {
  const path = resolve(target);
  const entry = await stat(path).catch((error: unknown) => {
    throw new ImporterError('file_not_found', `There is no file or folder ${target}.`, {
      next: 'Name a spreadsheet, or the folder that holds it.',
      cause: error,
    });
  });
  return entry.isDirectory() ? { folder: path } : { folder: dirname(path), first: path };
}

/** The key where there is one, and where it is for; without, the page asks for it. */
async function keyOf(settings: Settings): Promise<{ readonly key?: KeySource; readonly to?: Partial<Settings> }> {
  const { withKey } = await import('../keys.js');
  try {
    const { key, moreKeys, rereadKeys, apiUrl, bot } = await withKey(settings);
    return { key: { key, moreKeys, rereadKeys, from: 'environment' }, to: given({ apiUrl, bot }) };
  } catch (error) {
    const isNamed = settings.keyFile !== undefined || settings.profile !== undefined;
    if (error instanceof ImporterError && error.code === 'no_key' && !isNamed) return {};
    throw error;
  }
}

/** Opens an address in the user's browser. That there is none is no failure: the address is on the screen. */
async function openBrowser(url: string): Promise<void> {
  const [program, ...args] = openerOf(process.platform, url);
  if (program === undefined) return;
  await new Promise<void>((done) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', () => done());
    child.once('spawn', () => {
      child.unref();
      done();
    });
  });
}

function openerOf(platform: NodeJS.Platform, url: string): string[] {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined ? [] : ['xdg-open', url];
}
