import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { privateFolder } from '../support/folder.js';
import { uiDesk } from './desk.js';
import { inBrowser, violationsOf, visit } from './tab.js';

/** The page hears of a drop long before, unless it was lost. */
const LOST_AFTER_MS = 5000;

/** Lets go of files over the page as a hand does: by the browser's own drag and drop, with files of the disk. */
async function drop(page: Page, files: readonly string[], at = { x: 400, y: 360 }): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const hears =
    "globalThis.isLetGo = false; addEventListener('drop', () => { globalThis.isLetGo = true; }, { once: true });";
  await page.evaluate(hears);
  // A browser with much to do may lose hold of them on the way: then they are taken up again, as a hand does.
  for (let isLetGo = false; !isLetGo;) {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await protocol.send('Input.dispatchDragEvent', { type, ...at, data });
    const lostMs = performance.now() + LOST_AFTER_MS;
    while (!isLetGo && performance.now() < lostMs) isLetGo = await page.evaluate<boolean>('globalThis.isLetGo');
  }
  await protocol.detach();
}

inBrowser('what is dropped on the page', (openTab) => {
  it('is taken where it is a spreadsheet, several as well, and told by its name where it is none', async () => {
    const desk = await uiDesk();
    const from = await privateFolder();
    const put = async (name: string, email: string): Promise<string> => {
      await writeFile(join(from, name), `Email\n${email}\n`);
      return join(from, name);
    };
    const page = await openTab(desk, { viewport: { width: 1000, height: 800 } });
    const alert = (text: string) => page.getByRole('alert').getByText(text);

    await mkdir(join(from, 'exports'));
    await drop(page, [join(from, 'exports')]);
    await alert('exports is a folder.').waitFor();

    await drop(page, [await put('tool.exe', 'a@example.com')]);
    await alert('tool.exe is no spreadsheet by its name.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);

    await drop(page, [
      await put('one.csv', 'one@example.com'),
      await put('two.csv', 'two@example.com'),
      join(from, 'exports'),
    ]);
    await alert('exports is a folder.').waitFor();
    await page.getByRole('button', { name: 'one.csv' }).waitFor();
    await page.getByRole('button', { name: 'two.csv' }).waitFor();

    // Beside the zone is near enough, and the tab never shows the file instead.
    await drop(page, [await put('one.csv', 'newer@example.com')], { x: 970, y: 780 });
    await page.getByText('It takes the place of the one that is there. Not sent yet.').waitFor();
    await page.getByRole('button', { name: 'Keep the one that is there' }).click();
    expect(await readFile(join(desk.folder, 'one.csv'), 'utf8')).toContain('one@example.com');
    await drop(page, [join(from, 'one.csv')]);
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('cell', { name: 'newer@example.com' }).waitFor();
    expect((await readdir(desk.folder)).sort()).toEqual(['one.csv', 'two.csv']);

    // One answer leaves the other question standing, and another file of that name is taken beside the one that is there.
    await visit(page, 'Files');
    await put('one.csv', 'newest@example.com');
    await put('two.csv', 'other@example.com');
    await page.getByLabel('Spreadsheet').setInputFiles([join(from, 'one.csv'), join(from, 'two.csv')]);
    await page.getByRole('button', { name: 'Replace it' }).nth(1).waitFor();
    await page.getByRole('button', { name: 'Replace it' }).first().click();
    await expect.poll(() => page.getByRole('button', { name: 'Replace it' }).count()).toBe(1);
    await page.getByRole('button', { name: 'It is another file: take both' }).click();
    await page.getByRole('cell', { name: 'other@example.com' }).waitFor();
    expect((await readdir(desk.folder)).sort()).toEqual(['one.csv', 'two (2).csv', 'two.csv']);
    expect(await readFile(join(desk.folder, 'two.csv'), 'utf8')).toContain('two@example.com');

    // Of the very same there is nothing to ask; of one that was sent, what of the newer one would be.
    await visit(page, 'Files');
    await put('two.csv', 'two@example.com');
    await page.getByLabel('Spreadsheet').setInputFiles(join(from, 'two.csv'));
    await page.getByRole('cell', { name: 'two@example.com' }).waitFor();
    const sent = { file: join(desk.folder, 'two.csv'), key: desk.sandbox.key, apiUrl: desk.sandbox.url };
    await importContacts({ ...sent, live: true, stateDir: false });
    await visit(page, 'Files');
    await page.getByLabel('Spreadsheet').setInputFiles(await put('two.csv', 'twi@example.com'));
    await page.getByText('Only what changed since the last import will be sent.').waitFor();
    await undoImport({ ...sent, stateDir: false });
    await page.getByText('Nothing of that is in Clarky now.').waitFor();
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('cell', { name: 'twi@example.com' }).waitFor();

    // A question that nobody answers waits, wherever somebody goes; of two files of one name each has its own.
    await visit(page, 'Files');
    await drop(page, [await put('one.csv', 'second@example.com')]);
    await page.getByRole('alertdialog').waitFor();
    await page.getByRole('link', { name: 'Plan', exact: true }).click();
    await page.getByRole('link', { name: 'answer for one.csv' }).click();
    await drop(page, [await put('one.csv', 'the-third@example.com')]);
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(2);
    await drop(page, [join(from, 'one.csv'), await put('three.csv', 'three@example.com')]);
    await page.getByRole('button', { name: 'three.csv' }).waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(2);
    await page.getByRole('button', { name: 'Replace it' }).nth(1).click();
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(1);
    expect(await readFile(join(desk.folder, 'one.csv'), 'utf8')).toContain('the-third@example.com');
    await page.getByRole('button', { name: 'Keep the one that is there' }).click();
    await page.getByRole('button', { name: 'three.csv' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read' }).waitFor();

    // Whatever the screen, a file that is let go is meant for the page, and taken where files are.
    await put('four.csv', 'four@example.com');
    await drop(page, [join(from, 'four.csv'), join(from, 'exports')]);
    await page.getByRole('heading', { level: 1, name: 'Files' }).waitFor();
    await alert('exports is a folder.').waitFor();
    await page.getByRole('button', { name: 'four.csv' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read' }).waitFor();
    await drop(page, [await put('two.csv', 'twentieth@example.com')]);
    await page.getByRole('alertdialog').waitFor();
    expect(page.url()).toContain('#/files');
  });

  it('goes again where it was dropped by mistake, and nothing else does', async () => {
    const desk = await uiDesk();
    const from = await privateFolder();
    await writeFile(join(desk.folder, 'own.csv'), 'Email\nown@example.com\n');
    const names = ['mistake.csv', 'sent.csv', 'corrected.csv', 'saved.csv'];
    for (const name of names) await writeFile(join(from, name), `Email\n${name}@example.com\n`);
    const page = await openTab(desk);
    await page.getByLabel('Spreadsheet').setInputFiles(names.map((name) => join(from, name)));
    const card = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('button', { name }) });
    const mistake = card('mistake.csv');
    // In whatever row of cards it stands.
    for (const name of names) {
      await card(name).getByRole('button', { name: 'Dropped by mistake?' }).click({ timeout: 10_000 });
      await card(name).getByRole('button', { name: 'Keep it' }).click({ timeout: 10_000 });
    }
    await mistake.getByRole('button', { name: 'Dropped by mistake?' }).click();
    await mistake.getByText('Remove mistake.csv from this folder?').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await mistake.getByRole('button', { name: 'Remove the copy' }).click();
    await mistake.waitFor({ state: 'detached' });

    const { sandbox } = desk;
    const access = { key: sandbox.key, apiUrl: sandbox.url, bot: sandbox.botId, stateDir: false } as const;
    await importContacts({ file: join(desk.folder, 'sent.csv'), ...access });
    await writeFile(join(desk.folder, 'corrected.csv.edits.json'), '[]');
    await writeFile(join(desk.folder, 'saved.csv'), 'Email\nsaved@example.com\n');
    const files = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id: string; name: string }[];
    const answers = files.map(async ({ id, name }) => [name, (await desk.ask('DELETE', `/api/files/${id}`)).status]);
    const stay = ['own.csv', 'sent.csv', 'corrected.csv', 'saved.csv'];
    expect(Object.fromEntries(await Promise.all(answers))).toEqual(Object.fromEntries(stay.map((name) => [name, 409])));
    expect((await readdir(desk.folder)).filter((name) => name.endsWith('.csv')).sort()).toEqual(stay.sort());
    expect((await readdir(from)).sort()).toEqual([...names].sort());
    expect(JSON.parse((await desk.ask('GET', '/api/state')).text)).toMatchObject({ removable: [] });
  });
});
