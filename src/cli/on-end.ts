/** `--on-end URL`: tells somebody how a run ended. It never changes how it ended. */
import { given } from '../given.js';
import { isLoopback } from '../endpoint.js';
import { proxiesOf, type ProxySettings } from '../proxy.js';
import { say } from './output.js';

const TRIES = 3;
const ANSWER_MS = 5000;
const PAUSE_MS = 1000;

/** Posts an object as JSON; says so where nobody took it. @param body without personal data */
export async function postTo(url: string, body: object): Promise<void> {
  const { Agent, EnvHttpProxyAgent, request } = await import('undici');
  const { host, hostname } = new URL(url);
  let trouble = '';
  // This machine itself is never reached by way of another.
  const dispatcher = isLoopback(hostname) ? new Agent() : new EnvHttpProxyAgent(given(proxies()));
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
      try {
        // It follows no redirect, which could lead anywhere.
        const { statusCode: status, body: answer } = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'user-agent': 'clarky-contacts' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(ANSWER_MS),
          dispatcher,
        });
        await answer.dump();
        if (status >= 200 && status < 300) return;
        trouble = `it answered ${status}`;
        // What it does not want now it will not want in a second either.
        if (status < 500 && status !== 408 && status !== 429) break;
      } catch (error) {
        trouble = error instanceof Error ? causeOf(error) : 'it could not be reached';
      }
    }
  } finally {
    await dispatcher.destroy().catch(() => undefined);
  }
  say(`clarky-contacts: the summary could not be posted to ${host}: ${trouble}.\n`);
}

/** One that is no address was told already, or is not needed for Clarky: it must not change how the run ended. */
function proxies(): ProxySettings {
  try {
    return proxiesOf({}, process.env);
  } catch {
    return { httpsProxy: '', httpProxy: '', noProxy: '*' };
  }
}

function causeOf(error: Error): string {
  if (error.name === 'TimeoutError') return `no answer within ${ANSWER_MS / 1000} s`;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? `it could not be reached (${code})` : 'it could not be reached';
}
