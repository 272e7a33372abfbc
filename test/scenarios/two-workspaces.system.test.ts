/** Two workspaces at one address, told apart by their keys: whom a list sends to the one is not in the other. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { workbench, type Workbench } from './workbench.js';

const PHONE = '+442079460001';
const HEADER = 'Email,First name,Last name,Phone\n';
const BOB = `bob@x.com,Bob,Mu,${PHONE}\n`;
const CID = `cid@x.com,Cid,Nu,${PHONE}\n`;

interface TwoWorkspaces {
  readonly first: Workbench;
  readonly second: Sandbox;
  /** Imports a list to the workspace of a key. */
  readonly send: (key: string, name: string, rows: string, bot?: string) => Promise<number>;
}

async function twoWorkspaces(bots: string[] = ['bot_1']): Promise<TwoWorkspaces> {
  const first = await workbench(HEADER, { bots });
  const second = await startSandbox({ bots: ['bot_other'] });
  const server = createServer((request, response) => {
    const handOn = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = 'GET', url = '/', headers } = request;
      const authorization = headers.authorization ?? '';
      const to = authorization.endsWith(second.key) ? second : first.sandbox;
      const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) };
      const sent = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(new URL(url, to.url), { method, headers: sent, ...body });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    };
    handOn().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await second.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const stateDir = join(first.folder, 'state');
  const send: TwoWorkspaces['send'] = async (key, name, rows, bot) => {
    const file = join(first.folder, name);
    await writeFile(file, `${HEADER}${rows}`);
    const { exitStatus } = await importContacts({ file, ...first.api, apiUrl, key, stateDir, bot });
    return exitStatus;
  };
  return { first, second, send };
}

const namesIn = (workspace: Pick<Sandbox, 'contacts'>): unknown[] =>
  workspace.contacts().map(({ first_name: name }) => name);

describe('two workspaces of one address', () => {
  it('nobody is overwritten in one by who went out to the other before', async () => {
    const { first, second, send } = await twoWorkspaces();
    expect(await send(first.api.key, 'march.csv', BOB)).toBe(0);
    expect(await send(second.key, 'april.csv', CID)).toBe(0);
    expect(await send(second.key, 'march.csv', BOB)).toBe(3);
    expect([namesIn(first.sandbox), namesIn(second)]).toEqual([['Bob'], ['Cid']]);
  });

  it('nobody is overwritten in one by who went out to the other since', async () => {
    const { first, second, send } = await twoWorkspaces();
    expect(await send(second.key, 'april.csv', CID)).toBe(0);
    // Nor is anybody rejected there for whom this workspace has.
    expect(await send(first.api.key, 'march.csv', BOB)).toBe(0);
    expect(await send(second.key, 'march.csv', BOB)).toBe(3);
    expect([namesIn(first.sandbox), namesIn(second)]).toEqual([['Bob'], ['Cid']]);
  });
});

describe('two bots of one workspace', () => {
  it('nobody is overwritten at one by who was at the other until they were deleted', async () => {
    const { first, send } = await twoWorkspaces(['bot_1', 'bot_2']);
    expect(await send(first.api.key, 'march.csv', BOB, 'bot_1')).toBe(0);
    first.sandbox.reset();
    expect(await send(first.api.key, 'april.csv', CID, 'bot_2')).toBe(0);
    expect(await send(first.api.key, 'march.csv', BOB, 'bot_2')).toBe(3);
    expect(namesIn(first.sandbox)).toEqual(['Cid']);
  });
});
