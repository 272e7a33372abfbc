/** The importer as a process: started, killed, waited for. */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Ended
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * @param {string} cli path of the built command
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 */
export function start(cli, args, env) {
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (out.stdout += chunk));
  child.stderr.on('data', (chunk) => (out.stderr += chunk));
  /** @type {Promise<Ended>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...out }));
  });
  return { child, ended };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Kills a running process at the moment that was drawn, unless it ends before.
 * @param {ReturnType<typeof start>} running
 * @param {{ signal: NodeJS.Signals, afterWrites: number | undefined, delayMs: number }} kill
 * @param {() => number} writesSeen
 */
export async function killAt(running, kill, writesSeen) {
  const until = kill.afterWrites === undefined ? -1 : writesSeen() + kill.afterWrites;
  const isOver = () => running.child.exitCode !== null || running.child.signalCode !== null;
  while (!isOver() && writesSeen() < until) await sleep(2);
  if (kill.delayMs > 0) await sleep(kill.delayMs);
  if (!isOver()) running.child.kill(kill.signal);
  return running.ended;
}
