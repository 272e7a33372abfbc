/** A sandbox, a private folder, and a file in it: what the scenarios about the workspace work with. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { importContacts, type ImportResult } from '../../src/run/import/import.js';
import { planContacts, type PlanOptions, type PlanResult } from '../../src/run/plan/plan.js';
import type { ApiOptions, ImportOptions } from '../../src/run/settings.js';
import { startSandbox, type Sandbox, type SandboxContact, type SandboxOptions } from '../../src/sandbox/index.js';
import { privateFolder } from '../support/folder.js';

/** Far above what a test sends, so that no test waits; the real limits have tests of their own. */
const GENEROUS = { limit: 100_000, windowMs: 60_000 };

export interface Workbench {
  readonly sandbox: Sandbox;
  readonly file: string;
  readonly folder: string;
  /** How the sandbox is reached. */
  readonly api: ApiOptions;
  write(text: string): Promise<void>;
  import(options?: Partial<ImportOptions>): Promise<ImportResult>;
  plan(options?: Partial<PlanOptions>): Promise<PlanResult>;
  /** The workspace's contact with this primary email. */
  byEmail(email: string): SandboxContact | undefined;
  /** Requests since the last call, by class. */
  traffic(): { reads: number; writes: number };
}

export async function workbench(csv: string, options: SandboxOptions = {}): Promise<Workbench> {
  const folder = await privateFolder();
  const sandbox = await startSandbox({ writes: GENEROUS, reads: GENEROUS, ...options });
  onTestFinished(() => sandbox.close());
  const file = join(folder, 'contacts.csv');
  await writeFile(file, csv);
  const api: ApiOptions = {
    apiUrl: sandbox.url,
    key: sandbox.key,
    stateDir: false,
    rate: { writes: Number.POSITIVE_INFINITY, seconds: 60 },
  };
  let seen = { reads: 0, writes: 0 };
  return {
    sandbox,
    file,
    folder,
    api,
    write: (text) => writeFile(file, text),
    import: (more = {}) => importContacts({ file, ...api, live: true, ...more }),
    plan: (more = {}) => planContacts({ file, live: api, diff: true, ...more }),
    byEmail: (email) => sandbox.contacts().find((contact) => contact.emails[0] === email),
    traffic: () => {
      const { reads, writes } = sandbox.stats();
      const since = { reads: reads - seen.reads, writes: writes - seen.writes };
      seen = { reads, writes };
      return since;
    },
  };
}

/**
 * Stands before the sandbox of a workbench; gives the address.
 * @param gate resolves once a request may be handed on
 * @param shown what an answer is turned into
 * @param statusOf the status that it gets
 * @param taken what is handed on in place of what was sent
 */
export async function behindProxy(
  { sandbox }: Pick<Workbench, 'sandbox'>,
  gate: (request: { readonly method: string; readonly url: string; readonly body: string }) => Promise<void>,
  shown: (text: string, url: string) => string = (text) => text,
  statusOf: (status: number, method: string) => number = (status) => status,
  taken: (body: string, method: string) => string = (body) => body,
): Promise<string> {
  const server = createServer((request, response) => {
    const { method = 'GET', url = '' } = request;
    const handOn = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      await gate({ method, url, body: Buffer.concat(chunks).toString() });
      const headers = { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' };
      const body = method === 'GET' ? {} : { body: taken(Buffer.concat(chunks).toString(), method) };
      const answer = await fetch(new URL(url, sandbox.url), { method, headers, ...body });
      response.writeHead(statusOf(answer.status, method), { 'content-type': 'application/json' });
      response.end(shown(await answer.text(), url));
    };
    handOn().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}
