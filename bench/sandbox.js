/** A sandbox in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CLI } from './measure.js';

/**
 * Starts one, lends it, and ends it.
 * @template Result
 * @param {readonly string[]} flags of `clarky-contacts sandbox`
 * @param {(sandbox: { url: string, botId: string, keys: string[], env: Record<string, string> }) => Promise<Result>} use `env` is
 * what the command line needs to reach it
 * @returns {Promise<Result>}
 */
export async function withSandbox(flags, use) {
  const child = spawn(process.execPath, [CLI, 'sandbox', '--json', '--port', '0', '--keep-requests', '10', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    const { url, key, keys, botId } = JSON.parse(line);
    return await use({ url, botId, keys, env: { CLARKY_API_URL: url, CLARKY_KEY: key, CLARKY_BOT_ID: botId } });
  } finally {
    child.kill('SIGTERM');
  }
}
