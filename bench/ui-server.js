/** The server of the local page in a process of its own, signed in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { CLI } from './measure.js';

/**
 * @typedef {object} UiServer
 * @property {string} origin
 * @property {string} token
 * @property {(method: string, path: string, body?: object) => Promise<any>} ask what the API answers
 * @property {() => Promise<number>} peakMiB
 */

/**
 * Starts one on a folder, lends it, and ends it.
 * @template Result
 * @param {string} folder
 * @param {Record<string, string>} env
 * @param {(server: UiServer) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withUiServer(folder, env, use) {
  const args = [CLI, 'ui', folder, '--no-open', '--json', '--rate', 'off'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    return await use(await serverAt(JSON.parse(line)));
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

/** @returns {Promise<UiServer>} */
async function serverAt({ url, pid }) {
  const { origin, hash } = new URL(url);
  const askAs = async (headers, method, path, body) => {
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(`${origin}/api/${path}`, { method, headers, body: sent });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { token } = /** @type {{ token: string }} */ (await askAs({}, 'POST', 'session', { code: hash.slice(1) }));
  const ask = askAs.bind(undefined, { authorization: `Bearer ${token}` });
  return { origin, token, ask, peakMiB: () => peakMiBOf(pid) };
}

/** The most memory that a running process has had. */
async function peakMiBOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1]) / 1024;
}
