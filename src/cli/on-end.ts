/** `--on-end URL`: tells somebody how a run ended. It never changes how it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImporterError } from '../errors.js';
import { given } from '../given.js';
import { openOutgoing } from '../outgoing.js';
import { basic, type Proxy, proxyFor } from '../proxy.js';
import type { Settings } from '../settings/settings.js';
import { describeTrouble, socketTrouble } from '../socket-trouble.js';
import { messageWithoutData } from './ended.js';
import { follow } from './follow/follow.js';
import { areLinesJson, reportTrouble } from './report-error.js';

const TRIES = 3;
const ANSWER_MS = 5000;
const PAUSE_MS = 1000;
/** Timers of the connection: a signal of a timer and of others may be collected, by several releases of Node, and never fire. */
const PATIENCE = { connect: { timeout: ANSWER_MS }, headersTimeout: ANSWER_MS };

/** Posts how an import ended to `--on-end`, without what a server may have said. @param stop gives it up at once */
export async function postEnd(
  settings: Settings,
  facts: object,
  error: ImporterError | undefined,
  stop?: AbortSignal,
): Promise<void> {
  const { onEnd } = settings;
  if (onEnd === undefined) return;
  const doing = `Posting the summary to ${new URL(onEnd).host}`;
  // Whoever reads objects has been given the last one.
  const watched = follow(settings.progress === 'json' ? { quiet: true } : settings, doing);
  const onTry = (nth: number): void => watched.enter(nth === 1 ? doing : `${doing}, try ${nth} of ${TRIES}`);
  const trouble = await postTo(
    onEnd,
    error === undefined ? facts : { ...facts, error: error.code, message: messageWithoutData(error) },
    onTry,
    stop,
  ).finally(watched.close);
  if (trouble !== undefined) reportTrouble('on_end_failed', trouble, areLinesJson(settings));
}

/**
 * Posts an object as JSON.
 * @param body without personal data
 * @param onTry told of each try, 1 the first, before the pause that goes ahead of it
 * @returns why nobody took it, as a sentence; undefined where somebody did
 */
async function postTo(
  url: string,
  body: object,
  onTry: (nth: number) => void,
  stop: AbortSignal | undefined,
): Promise<string | undefined> {
  const { host, username, password } = new URL(url);
  let trouble = '';
  const proxy = proxyTo(url);
  const outgoing = await openOutgoing(proxy, PATIENCE, ANSWER_MS);
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      onTry(attempt);
      if (attempt > 1) await sleep(PAUSE_MS * attempt, undefined, given({ signal: stop })).catch(() => undefined);
      if (stop?.aborted === true) {
        trouble = 'It was given up.';
        break;
      }
      try {
        // It follows no redirect, which could lead anywhere.
        const { statusCode: status, body: answer } = await outgoing.request(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'clarky-contacts',
            ...(username === '' && password === '' ? {} : { authorization: basic(username, password) }),
          },
          body: JSON.stringify(body),
          ...given({ signal: stop }),
        });
        // Whatever else it says is not waited for.
        answer.dump().catch(() => undefined);
        if (status >= 200 && status < 300) return undefined;
        trouble = `It answered ${status}.`;
        // What it does not want now it will not want in a second either.
        if (status < 500 && status !== 408 && status !== 429) break;
      } catch (error) {
        trouble = causeOf(error, host, proxy);
      }
    }
  } finally {
    await outgoing.close().catch(() => undefined);
  }
  return `the summary could not be posted to ${host}. ${trouble}`;
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
  if (error instanceof Error && /^(?:Headers|Connect)TimeoutError$/.test(error.name))
    return `No answer within ${ANSWER_MS / 1000} s.`;
  return describeTrouble(socketTrouble(error, proxy), host);
}
