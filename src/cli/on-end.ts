/** `--on-end URL`: tells somebody how a run ended. It never changes how it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { given } from '../given.js';
import { basic, type Proxy, proxyFor } from '../proxy.js';
import { describeTrouble, socketTrouble } from '../socket-trouble.js';
import { say } from './output.js';

const TRIES = 3;
const ANSWER_MS = 5000;
const PAUSE_MS = 1000;

/**
 * Posts an object as JSON; says so where nobody took it.
 * @param body without personal data
 * @param stop gives it up at once
 */
export async function postTo(url: string, body: object, stop?: AbortSignal): Promise<void> {
  const { Agent, ProxyAgent, request } = await import('undici');
  const { host, username, password } = new URL(url);
  let trouble = '';
  const proxy = proxyTo(url);
  const dispatcher =
    proxy === undefined ? new Agent() : new ProxyAgent({ uri: proxy.uri, ...given({ token: proxy.token }) });
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt > 1) await sleep(PAUSE_MS * attempt, undefined, given({ signal: stop })).catch(() => undefined);
      if (stop?.aborted === true) {
        trouble = 'It was given up.';
        break;
      }
      try {
        // It follows no redirect, which could lead anywhere.
        const { statusCode: status, body: answer } = await request(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'clarky-contacts',
            ...(username === '' && password === '' ? {} : { authorization: basic(username, password) }),
          },
          body: JSON.stringify(body),
          signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), ...(stop === undefined ? [] : [stop])]),
          dispatcher,
        });
        await answer.dump();
        if (status >= 200 && status < 300) return;
        trouble = `It answered ${status}.`;
        // What it does not want now it will not want in a second either.
        if (status < 500 && status !== 408 && status !== 429) break;
      } catch (error) {
        trouble = causeOf(error, host, proxy);
      }
    }
  } finally {
    await dispatcher.destroy().catch(() => undefined);
  }
  say(`clarky-contacts: the summary could not be posted to ${host}. ${trouble}\n`);
}

/** One that is no address was told already, or is not needed for Clarky: it must not change how the run ended. */
function proxyTo(url: string): Proxy | undefined {
  try {
    return proxyFor(url, {}, process.env);
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown, host: string, proxy: Proxy | undefined): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `No answer within ${ANSWER_MS / 1000} s.`;
  return describeTrouble(socketTrouble(error, proxy), host);
}
