import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startUi, type RunningUi, type UiOptions } from '../../src/ui/server.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';

/** The page as it was built. */
const PAGE = join(ROOT, 'dist', 'ui', 'page');

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface UiDesk {
  readonly ui: RunningUi;
  readonly folder: string;
  readonly spool: string;
  readonly sandbox: Sandbox;
  readonly token: string;
  /** A request with the token and the right Host, unless the headers say otherwise; null takes one away. */
  readonly ask: (
    method: string,
    path: string,
    body?: string | Buffer | object,
    headers?: Readonly<Record<string, string | null>>,
  ) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** A server of the page beside a sandbox without a limit, signed in. */
export async function uiDesk({
  bot,
  api,
  workDir,
  apiUrl,
  keepsLimit = false,
  ...options
}: Partial<Pick<UiOptions, 'now' | 'idleMs' | 'folder'>> & {
  readonly sandbox?: SandboxOptions;
  readonly workDir?: string;
  /** Where Clarky is said to be, if not where the sandbox is. */
  readonly apiUrl?: (sandbox: Sandbox) => string;
  /** It keeps to a limit, and to what is announced, in an account of its own. */
  readonly keepsLimit?: boolean;
  /** A sandbox that is there already, whoever closes it. */
  readonly api?: Sandbox;
  /** The bot that the command line names; null for none. */
  readonly bot?: string | null;
} = {}): Promise<UiDesk> {
  const folder = options.folder ?? (await privateFolder());
  const spool = await privateFolder();
  const sandbox =
    api ??
    (await startSandbox({
      writes: { limit: 0, windowMs: 1000 },
      reads: { limit: 0, windowMs: 1000 },
      ...options.sandbox,
    }));
  const ui = await startUi({
    settings: {
      apiUrl: apiUrl?.(sandbox) ?? sandbox.url,
      ...(bot === null ? {} : { bot: bot ?? sandbox.botId }),
      ...(workDir !== undefined && { workDir }),
      ...(keepsLimit ? {} : { rate: { writes: Infinity, seconds: 60 } }),
    },
    key: { key: sandbox.key, from: 'environment', ...(keepsLimit ? { stateDir: await privateFolder() } : {}) },
    isDemo: false,
    version: '1.0.0',
    assets: PAGE,
    spoolParent: spool,
    ...options,
    folder,
  });
  const close = async (): Promise<void> => {
    await ui.close();
    if (api === undefined) await sandbox.close();
  };
  onTestFinished(close);
  const host = ui.origin.replace('http://', '');
  const ask = async (
    method: string,
    path: string,
    body?: string | Buffer | object,
    headers: Readonly<Record<string, string | null>> = {},
  ): Promise<Answer> => {
    const wanted = { host, authorization: `Bearer ${token}`, ...headers };
    const given = Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== null);
    const isPlain = typeof body === 'string' || Buffer.isBuffer(body) || body === undefined;
    return send(ui.origin, method, path, Object.fromEntries(given), isPlain ? body : JSON.stringify(body));
  };
  const code = new URL(ui.newUrl()).hash.slice(1);
  let token = '';
  ({ token } = JSON.parse((await ask('POST', '/api/session', { code })).text) as { token: string });
  return { ui, folder, spool, sandbox, token, ask, close };
}

/** A request as it is written, its path untouched. */
export function send(
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
