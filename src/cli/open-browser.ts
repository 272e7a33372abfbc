/** Opens an address in the user's browser, where there is one. */
import { spawn } from 'node:child_process';

/** Tries to; that it can't be done is no failure, since the address is on the screen. */
export async function openBrowser(url: string): Promise<void> {
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
