/** A bot that is gone from the workspace: whom lists have sent to it is known all the same. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { Summary } from '../../src/run/tally.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const HEAD = 'First name,Last name,Email,Email 2,Phone,Notes\n';
const BEFORE = 'Ann,Lee,ann@x.com,,+442079461001,1\nZoe,Abel,office@x.com,,,1\nMax,Kern,max@x.com,mk@x.com,,1\n';
const AFTER = 'Bob,Stone,,,+442079461001,2\nYan,Moor,office@x.com,,,2\nMax,Kern,mk@x.com,,,2\n';

interface Agency {
  readonly bench: Workbench;
  readonly send: (name: string, rows: string, bot: string) => Promise<Summary>;
  /** The workspace has only these bots from now on. */
  readonly keepOnly: (...bots: string[]) => void;
}

async function agency(bots: readonly string[]): Promise<Agency> {
  const bench = await workbench('', { bots });
  let only = bots;
  const shown = (text: string, url: string): string => {
    if (!url.includes('/pipelines?')) return text;
    const answer = JSON.parse(text) as { data: { bot_id: string }[]; pagination: object };
    const data = answer.data.filter(({ bot_id: bot }) => only.includes(bot));
    return JSON.stringify({ ...answer, data, pagination: { ...answer.pagination, total: data.length } });
  };
  const apiUrl = await behindProxy(bench, () => Promise.resolve(), shown);
  const stateDir = join(bench.folder, 'state');
  return {
    bench,
    keepOnly: (...left) => void (only = left),
    send: async (name, rows, bot) => {
      const file = join(bench.folder, name);
      await writeFile(file, `${HEAD}${rows}`);
      return (await importContacts({ file, ...bench.api, apiUrl, stateDir, bot })).summary;
    },
  };
}

describe.each([
  ['another list', 'april.csv'],
  ['the same list', 'march.csv'],
])('whom a list has sent to a bot that is gone by now, for %s', (_, name) => {
  it('is not written over by others, nor made twice', async () => {
    const { bench, send, keepOnly } = await agency(['bot_1', 'bot_2']);
    expect(await send('march.csv', BEFORE, 'bot_1')).toMatchObject({ created: 3 });
    keepOnly('bot_2');
    expect(await send(name, AFTER, 'bot_2')).toMatchObject({ created: 0, rejected: 2 });
    const people = bench.sandbox.contacts().map(({ first_name: first }) => first);
    expect(people.sort()).toEqual(['Ann', 'Max', 'Zoe']);
  });
});

it('is known where one bot after the other was replaced', async () => {
  const { bench, send, keepOnly } = await agency(['bot_1', 'bot_2', 'bot_3']);
  keepOnly('bot_1', 'bot_2');
  await send('march.csv', BEFORE, 'bot_1');
  keepOnly('bot_2', 'bot_3');
  await send('may.csv', 'Eve,Fox,eve@x.com,,,1\n', 'bot_3');
  keepOnly('bot_3');
  expect(await send('july.csv', AFTER, 'bot_3')).toMatchObject({ created: 0, rejected: 2 });
  expect(bench.sandbox.contacts()).toHaveLength(4);
});
