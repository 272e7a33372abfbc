import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharedFolder } from '../../src/storage/state-folder.js';
import type { UiState } from '../../src/ui/wire.js';
import { privateFolder } from '../support/folder.js';
import { uiDesk, type UiDesk } from './desk.js';
import { inBrowser, violationsOf } from './tab.js';

const othersOf = async (desk: UiDesk): Promise<readonly string[]> =>
  (JSON.parse((await desk.ask('GET', '/api/state')).text) as UiState).otherPages.map(({ address }) => address);

inBrowser('a second page of one folder', (openTab) => {
  it('is told of the first, and that of it, for as long as both are there', async () => {
    const first = await uiDesk();
    const elsewhere = await uiDesk();
    expect(first.ui.others).toEqual([]);
    const second = await uiDesk({ folder: first.folder, api: first.sandbox });
    expect(second.ui.others).toMatchObject([{ address: first.ui.origin, pid: process.pid }]);
    expect(await othersOf(first)).toEqual([second.ui.origin]);
    expect(await othersOf(second)).toEqual([first.ui.origin]);
    expect(await othersOf(elsewhere)).toEqual([]);
    const page = await openTab(second, { viewport: { width: 390, height: 844 } });
    await page.getByText(`Another page of this folder is open, at ${first.ui.origin}`).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await first.close();
    expect(await othersOf(second)).toEqual([]);
  });
});

it('that was killed is told of no more, and nothing of it is left', async () => {
  const folder = await privateFolder();
  const desk = await uiDesk({ folder });
  const places = join(sharedFolder(undefined) ?? '', 'pages');
  const mine = (await readdir(places)).find((name) => name.endsWith(`.${new URL(desk.ui.origin).port}`)) ?? '';
  // No process has that number.
  const dead = `${mine.split('.')[0] ?? ''}.99999999-1.4010`;
  await writeFile(join(places, dead), 'http://127.0.0.1:4010');
  expect(await othersOf(desk)).toEqual([]);
  expect(await readdir(places)).not.toContain(dead);
});
